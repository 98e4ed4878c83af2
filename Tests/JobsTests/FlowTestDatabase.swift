// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// A failure that another attempt may mend.
struct Mishap: Error {}

extension TestDatabase {
    /// Enqueues a job without a payload.
    @discardableResult
    func put(
        _ kind: JobKind, key: String? = nil, at moment: RunMoment = .now, priority: Int? = nil, tenant: String? = nil,
        serial: String? = nil, limit: KeyLimit? = nil, links: JobLinks = .none
    ) async throws -> JobID {
        let request = JobRequest(
            NoPayload(), key: key, at: moment, priority: priority, tenant: tenant, serialKey: serial, limit: limit)
        return try #require(try await pool.transaction { try enqueue(kind, request, links: links, on: $0) }.madeJob)
    }

    /// Deals with everything that has come: moments and ends.
    @discardableResult
    func tie() async throws -> FlowLook {
        try await pool.transaction { _ = try $0.one(JobStatements.promote, String?.none) }
        return try await pool.use { try JobFlow.tie(on: $0) }
    }

    /// Takes what is ready after everything that has come was dealt with.
    func take(_ worker: WorkerID, _ kind: JobKind, room: Int = 100) async throws -> [ClaimedJob] {
        try await tie()
        return try await claim(worker, kind, room: room)
    }

    /// Ends jobs well.
    func succeed(_ jobs: ClaimedJob...) async throws {
        for job in jobs { try await pool.transaction { try finish(job, on: $0) } }
    }

    /// Ends a job by a failure: the last word with a permanent one.
    func fail(_ job: ClaimedJob, _ error: any Error = Mishap(), pause: Duration = .zero) async throws {
        var settlement = Settlement()
        settlement.addFailure(job, error, delay: RetryDelay(first: pause, spread: 0), chance: 0.5)
        let batch = settlement
        #expect(try await pool.transaction { try batch.write(worker: job.worker, on: $0) }.isEmpty)
    }

    /// Gives a job up.
    func kill(_ job: ClaimedJob) async throws {
        try await fail(job, PermanentFailure("no"))
    }

    /// Ends a job as a person does.
    func cancel(_ id: JobID) async throws {
        _ = try await pool.transaction { try JobInspection.cancel(id, on: $0) }
    }

    /// Puts a dead job back.
    func redrive(_ id: JobID) async throws {
        #expect(try await pool.transaction { try JobInspection.retry(id, on: $0) })
    }

    /// Where a job stands.
    func state(_ id: JobID) async throws -> String {
        try #require(try await pool.transaction { try JobInspection.show(id, on: $0) }).state
    }

    /// What connects a job.
    func flow(_ id: JobID) async throws -> FlowReport? {
        try await pool.transaction { try JobFlow.show(id, on: $0) }
    }

    /// Puts every job of a dead worker back.
    func rescue(_ worker: WorkerID) async throws {
        try await silence(worker)
        _ = try await pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }
    }
}
