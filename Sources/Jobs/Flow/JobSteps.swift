// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// The steps of a job: each is done once and its result kept, so that another attempt goes on after the last one.
///
/// A step's result is committed by itself while the worker holds the job. A crash between the step's effect and that commit
/// makes the step run again: an effect outside needs a key of its own (``JobSteps/effect(_:_:)``).
package struct JobSteps: Sendable {
    private let job: ClaimedJob
    private let pool: ConnectionPool

    /// The steps of a job that this process runs.
    package init(of job: ClaimedJob, on pool: ConnectionPool) {
        self.job = job
        self.pool = pool
    }

    /// Does a step unless an earlier attempt has, and returns its result.
    ///
    /// - Parameters:
    ///   - name: name of the step, the same in every attempt; once in a job.
    ///   - body: the work.
    /// - Throws: what the body throws; ``LeaseLost`` when the worker no longer holds the job; ``PermanentFailure`` when the
    ///   stored result has another type.
    package func run<Result: Codable & Sendable>(
        _ name: String, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let job = job
        let stored = try await pool.transaction(readOnly: true) { database in
            try database.rows(JobStatements.stepLoad, job.id.rawValue).first { $0.name == name }
        }
        if let stored { return try storedValue(stored.result, name: name) }
        try Task.checkCancellation()
        let result = try await body()
        let text = try storedText(result)
        let row = try await pool.transaction { database in
            try database.first(
                JobStatements.stepStore, job.id.rawValue, job.worker.rawValue, job.attempt, name, text)
        }
        guard let row else { throw LeaseLost(job: job.id) }
        return try storedValue(row.result, name: name)
    }

    /// Does a step whose only effect is in the database: effect and result commit together, so it counts once.
    ///
    /// - Throws: as ``run(_:_:)``.
    package func transaction<Result: Codable & Sendable>(
        _ name: String, _ body: @Sendable (isolated Connection) throws -> Result
    ) async throws -> Result {
        let job = job
        return try await pool.transaction { database in
            if let stored = try database.rows(JobStatements.stepLoad, job.id.rawValue).first(where: { $0.name == name }) {
                return try storedValue(stored.result, name: name)
            }
            let result = try body(database)
            let row = try database.first(
                JobStatements.stepStore, job.id.rawValue, job.worker.rawValue, job.attempt, name, try storedText(result))
            guard row != nil else { throw LeaseLost(job: job.id) }
            return result
        }
    }

    /// Does something outside the database once for a key, as far as the other side allows: what the ledger has is not done
    /// again, and the body hands the key to the other side as its idempotency key.
    ///
    /// - Throws: what the body throws; ``LeaseLost``.
    package func effect<Result: Codable & Sendable>(
        _ key: String, _ body: @Sendable (_ key: String) async throws -> Result
    ) async throws -> Effect<Result> {
        let job = job
        let stored = try await pool.transaction(readOnly: true) { database in
            try recordedEffect(key, as: Result.self, on: database)
        }
        if let stored { return .doneBefore(stored) }
        try Task.checkCancellation()
        let result = try await body(key)
        return .done(try await pool.transaction { try recordEffect(key, result: result, of: job, on: $0) })
    }
}
