// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Batches with a follow-up")
struct FlowBatchTests {
    struct Summary: Codable, Sendable {
        let night: String
        var batch: BatchEnd?
    }

    private let kind = JobKind("flow.part", maxAttempts: 2)
    private let then = JobKind("flow.after", lane: .list, maxAttempts: 5, priority: 2)

    private func open(
        _ database: TestDatabase, _ rule: BatchRule = .always, jobs count: Int
    ) async throws -> (batch: BatchID, jobs: [JobID]) {
        let (kind, then) = (kind, then)
        return try await database.pool.transaction { connection in
            let batch = try openBatch("due list", then: then, payload: Summary(night: "2026-11-21"), rule: rule, on: connection)
            let requests = (0..<count).map { _ in JobRequest(NoPayload()) }
            let made = try enqueueAll(kind, requests, links: JobLinks(batch: batch), on: connection)
            return (batch, made.compactMap(\.madeJob))
        }
    }

    private func followUps(_ database: TestDatabase) async throws -> Int {
        try await database.number(
            """
            select count(*) from (select kind from jobs.job union all select kind from jobs.job_done
                                  union all select kind from jobs.job_dead) j where kind = 'flow.after'
            """)
    }

    private func report(_ database: TestDatabase, _ batch: BatchID) async throws -> BatchReport {
        try #require(try await database.pool.transaction { try batchReport(batch, on: $0) })
    }

    @Test func `the follow-up is made once, when the last job has ended, with the counts`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 3)
        let worker = try await database.ghost()
        let jobs = try await database.take(worker, kind)
        try await database.succeed(jobs[0], jobs[1])
        try await database.tie()
        #expect(try await followUps(database) == 0)
        try await database.kill(jobs[2])
        try await database.tie()
        try await database.tie()
        #expect(try await followUps(database) == 1)
        let follow = try #require(try await database.claim(worker, then).first)
        let summary = try follow.payload(as: Summary.self)
        #expect(summary.night == "2026-11-21" && follow.maxAttempts == 5)
        let end = try #require(summary.batch)
        #expect(end.id == batch.rawValue && end.name == "due list")
        #expect(end.succeeded == 2 && end.dead == 1 && end.cancelled == 0)
        let report = try await report(database, batch)
        #expect(report.isClosed && report.followUp == follow.id.rawValue && report.dead == 1 && report.unfinished == 0)
    }

    @Test func `two last jobs that end at the same time make one follow-up`() async throws {
        let database = try await TestDatabase.make()
        for _ in 0..<20 {
            _ = try await open(database, jobs: 2)
            let worker = try await database.ghost()
            let jobs = try await database.take(worker, kind)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for job in jobs {
                    group.addTask {
                        try await database.succeed(job)
                        try await database.tie()
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(try await followUps(database) == 20)
    }

    @Test func `a batch without jobs closes at once`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 0)
        try await database.tie()
        #expect(try await report(database, batch).isClosed)
        #expect(try await followUps(database) == 1)
    }

    @Test func `a batch rolled back leaves nothing`() async throws {
        struct Regret: Error {}
        let database = try await TestDatabase.make()
        let (kind, then) = (kind, then)
        await #expect(throws: Regret.self) {
            try await database.pool.transaction { connection in
                let batch = try openBatch("x", then: then, payload: NoPayload(), on: connection)
                try enqueue(kind, JobRequest(NoPayload()), links: JobLinks(batch: batch), on: connection)
                throw Regret()
            }
        }
        try await database.tie()
        #expect(try await followUps(database) == 0)
        #expect(try await database.number("select count(*) from jobs.batch") == 0)
    }

    @Test func `a running job adds others to its batch`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 1)
        let worker = try await database.ghost()
        let first = try #require(try await database.take(worker, kind).first)
        let kind = kind
        try await database.pool.transaction { connection in
            try enqueueAll(
                kind, (0..<2).map { _ in JobRequest(NoPayload()) }, links: JobLinks(batch: batch), on: connection)
            try finish(first, on: connection)
        }
        try await database.tie()
        #expect(try await followUps(database) == 0)
        for job in try await database.claim(worker, kind) { try await database.succeed(job) }
        try await database.tie()
        #expect(try await followUps(database) == 1)
        #expect(try await report(database, batch).succeeded == 3)
        await #expect(throws: BatchClosed(batch: batch)) {
            try await database.pool.transaction {
                try enqueue(kind, JobRequest(NoPayload()), links: JobLinks(batch: batch), on: $0)
            }
        }
    }

    @Test func `a batch does not close while another transaction adds to it`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 1)
        let worker = try await database.ghost()
        let job = try #require(try await database.take(worker, kind).first)
        let adder = try await Connection.open(database.settings)
        try await adder.script("begin")
        try await adder.perform { _ = try $0.one(JobStatements.batchJoin, batch.rawValue) }
        try await database.succeed(job)
        let look = try await database.tie()
        // It is looked at again soon, although nothing else will happen.
        #expect(look.pause.map { $0 <= .milliseconds(200) } == true)
        #expect(try await followUps(database) == 0)
        try await adder.script("rollback")
        await adder.close()
        try await database.script("update jobs.loose_end set not_before = 'epoch'")
        try await database.tie()
        #expect(try await followUps(database) == 1)
    }

    @Test func `where all have to succeed, a dead job holds the batch open until it was put back`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, .whenAllSucceed, jobs: 2)
        let worker = try await database.ghost()
        let jobs = try await database.take(worker, kind)
        try await database.succeed(jobs[0])
        try await database.kill(jobs[1])
        try await database.tie()
        let open = try await report(database, batch)
        #expect(!open.isClosed && open.dead == 1 && open.unfinished == 0)
        try await database.redrive(jobs[1].id)
        try await database.tie()
        #expect(try await report(database, batch).unfinished == 1)
        let again = try #require(try await database.claim(worker, kind).first)
        #expect(again.id == jobs[1].id && again.attempt == 1)
        try await database.succeed(again)
        try await database.tie()
        #expect(try await report(database, batch).isClosed)
        #expect(try await followUps(database) == 1)
    }

    @Test func `where all have to succeed, a cancelled job closes the batch without its follow-up`() async throws {
        let database = try await TestDatabase.make()
        let (batch, ids) = try await open(database, .whenAllSucceed, jobs: 2)
        try await database.cancel(ids[0])
        let worker = try await database.ghost()
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        try await database.tie()
        let report = try await report(database, batch)
        #expect(report.isClosed && report.followUp == nil && report.cancelled == 1)
        #expect(try await followUps(database) == 0)
    }

    @Test func `a job put back after the follow-up was made changes the counts and makes no second one`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 1)
        let worker = try await database.ghost()
        let job = try #require(try await database.take(worker, kind).first)
        try await database.kill(job)
        try await database.tie()
        #expect(try await followUps(database) == 1)
        try await database.redrive(job.id)
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        try await database.tie()
        #expect(try await followUps(database) == 1)
        #expect(try await report(database, batch).succeeded == 1)
    }

    @Test func `retries and rescues do not end a job for its batch`() async throws {
        let database = try await TestDatabase.make()
        let (batch, _) = try await open(database, jobs: 1)
        let lost = try await database.ghost()
        try await database.fail(try #require(try await database.take(lost, kind).first))
        _ = try #require(try await database.take(lost, kind).first)
        try await database.rescue(lost)
        try await database.tie()
        #expect(try await report(database, batch).unfinished == 1)
        #expect(try await followUps(database) == 0)
    }
}
