// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// A person's word that a running job is to end holds however the run ends.
@Suite("Jobs that are cancelled while they run", .timeLimit(.minutes(2)))
struct CancelledRunTests {
    private let kind = JobKind("test.cancelled", maxAttempts: 3)

    /// How a run ends that has not heard that it is to.
    enum End: CaseIterable, Sendable {
        case fails, isGivenUp, asksForLater
    }

    private func running(_ database: TestDatabase) async throws -> ClaimedJob {
        try await database.put(kind, key: "k")
        let job = try #require(try await database.take(try await database.ghost(), kind).first)
        try await database.cancel(job.id)
        return job
    }

    @Test(arguments: End.allCases)
    func `a run that ends by itself before it hears of it is cancelled all the same, and its key is free`(end: End) async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let job = try await running(database)
        switch end {
        case .fails: try await database.fail(job, pause: .seconds(3600))
        case .isGivenUp: try await database.kill(job)
        case .asksForLater:
            var settlement = Settlement()
            settlement.add(job, .snoozed(.seconds(3600)))
            let batch = settlement
            #expect(try await database.pool.transaction { try batch.write(worker: job.worker, on: $0) }.isEmpty)
        }
        #expect(try await database.state(job.id) == "cancelled")
        #expect(try await database.number("select count(*) from jobs.job_dead") == 0)
        let failures = try await database.number("select count(*) from jobs.job_attempt where job_id = \(job.id)")
        #expect(failures == (end == .asksForLater ? 0 : 1))
        // New work under the key is a job of its own.
        let next = try await database.pool.transaction {
            try enqueue(kind, JobRequest(NoPayload(), key: "k"), ifKeyTaken: .replace, on: $0)
        }
        #expect(next.madeJob.map { $0 != job.id } == true)
    }

    @Test func `followers go on or end as after any cancelled job`() async throws {
        let database = try await TestDatabase.make()
        try await database.put(kind)
        let worker = try await database.ghost()
        let job = try #require(try await database.take(worker, kind).first)
        let follower = try await database.put(kind, links: JobLinks(after: [job.id], onFailure: .wait))
        try await database.cancel(job.id)
        try await database.kill(job)
        try await database.tie()
        #expect(try await database.state(follower) == "cancelled")
    }

    @Test func `new work that replaces a rescued job runs, although the old run was to end`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let job = try await running(database)
        try await database.rescue(job.worker)
        #expect(try await database.state(job.id) == "ready")
        _ = try await database.pool.transaction {
            try enqueue(kind, JobRequest(NoPayload(), key: "k"), ifKeyTaken: .replace, on: $0)
        }
        let taken = try #require(try await database.take(try await database.ghost(), kind).first)
        #expect(taken.id == job.id && !taken.isCancelRequested)
    }
}
