// SPDX-License-Identifier: Apache-2.0
package import Postgres

extension JobContext {
    /// Does a step unless an earlier attempt has, and returns its result; see ``JobSteps/run(_:_:)``.
    ///
    /// In a context without a database, as in a test, every step is done.
    package func step<Result: Codable & Sendable>(
        _ name: String, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let steps else { return try await body() }
        return try await steps.run(name, body)
    }

    /// Does a step whose only effect is in the database, together with the note of it; see ``JobSteps/transaction(_:_:)``.
    ///
    /// - Throws: ``PermanentFailure`` in a context without a database.
    package func transactionStep<Result: Codable & Sendable>(
        _ name: String, _ body: @Sendable (isolated Connection) throws -> Result
    ) async throws -> Result {
        guard let steps else { throw PermanentFailure("the step \(name) needs a database") }
        return try await steps.transaction(name, body)
    }

    /// Does something outside the database once for a key; see ``JobSteps/effect(_:_:)``.
    ///
    /// In a context without a database, as in a test, it is always done.
    package func effectOnce<Result: Codable & Sendable>(
        _ key: String, _ body: @Sendable (_ key: String) async throws -> Result
    ) async throws -> Effect<Result> {
        guard let steps else { return .done(try await body(key)) }
        return try await steps.effect(key, body)
    }

    private var steps: JobSteps? { pool.map { JobSteps(of: job, on: $0) } }
}
