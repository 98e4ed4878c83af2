// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
package import Postgres

/// Whether an effect took place now or had taken place before.
package enum Effect<Result: Sendable>: Sendable {
    /// It took place now.
    case done(Result)
    /// It had taken place before, with this result; nothing was done.
    case doneBefore(Result)

    /// The result, whenever it came about.
    package var result: Result {
        switch self {
        case .done(let result), .doneBefore(let result): result
        }
    }
}

extension Effect: Equatable where Result: Equatable {}

/// Does something in the database once for a key, however often the job runs.
///
/// The note of it and the effect commit together. When the key is being used by another transaction, this one waits for its end.
/// - Parameters:
///   - key: readable name of the effect, for example `rv:123:3:2`; it is never used again.
///   - job: the job that asks for it.
///   - body: the effect and its result, in the caller's transaction.
/// - Throws: what the body throws; the caller's transaction must then be given up. ``PermanentFailure`` when the key has a
///   result of another type.
package func effectOnce<Result: Codable & Sendable>(
    _ key: String, of job: JobID, on database: isolated Connection,
    _ body: (isolated Connection) throws -> Result
) throws -> Effect<Result> {
    guard try database.first(JobStatements.effectBegin, key, job.rawValue) != nil else {
        return .doneBefore(try storedEffect(key, on: database))
    }
    let result = try body(database)
    try database.execute(JobStatements.effectEnd, key, try storedText(result))
    return .done(result)
}

/// The result of an effect that took place under a key, or nil when there was none.
///
/// For effects outside the database: look here first, let the other side have the key as its idempotency key, and note the
/// result by ``recordEffect(_:result:of:on:)``.
package func recordedEffect<Result: Codable & Sendable>(
    _ key: String, as type: Result.Type = Result.self, on database: isolated Connection
) throws -> Result? {
    guard let row = try database.first(JobStatements.effectLoad, key) else { return nil }
    return try storedValue(row.result, name: key)
}

/// Notes an effect outside the database under its key, if the worker still holds the job; an earlier note stays.
///
/// - Returns: the result that is noted.
/// - Throws: ``LeaseLost``.
@discardableResult
package func recordEffect<Result: Codable & Sendable>(
    _ key: String, result: Result, of job: ClaimedJob, on database: isolated Connection
) throws -> Result {
    guard
        let row = try database.first(
            JobStatements.effectStore, key, try storedText(result), job.id.rawValue, job.worker.rawValue, job.attempt)
    else { throw LeaseLost(job: job.id) }
    return try storedValue(row.result, name: key)
}

private func storedEffect<Result: Codable>(_ key: String, on database: isolated Connection) throws -> Result {
    guard let row = try database.first(JobStatements.effectLoad, key) else {
        throw PostgresError.noRow(statement: JobStatements.effectLoad.name)
    }
    return try storedValue(row.result, name: key)
}

// MARK: Stored results

/// A result as it is stored: in an array, since JSON at the top may be anything but has to be something.
func storedText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode([value]), as: UTF8.self)
}

/// A stored result, read back.
func storedValue<Value: Decodable>(_ text: String?, name: String) throws(PermanentFailure) -> Value {
    do {
        guard let value = try JSONDecoder().decode([Value].self, from: Data((text ?? "").utf8)).first else {
            throw PermanentFailure("nothing is stored under \(name)")
        }
        return value
    } catch let failure as PermanentFailure {
        throw failure
    } catch {
        throw PermanentFailure("what is stored under \(name) is not a \(Value.self): \(error)")
    }
}
