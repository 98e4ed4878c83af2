// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Number of a batch.
package struct BatchID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number, never used again.
    package let rawValue: Int64

    /// Takes a number of the database.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }
}

/// When a batch closes and its follow-up is made.
package enum BatchRule: String, Sendable, Hashable, CaseIterable {
    /// When every job has ended, however it did.
    case always
    /// When every job has ended well. A job that was given up holds the batch open until a person has dealt with it; one that
    /// was cancelled closes the batch without the follow-up.
    case whenAllSucceed
}

/// How a batch ended; it is added to the follow-up's payload as `batch`.
package struct BatchEnd: Codable, Sendable, Hashable {
    /// Number of the batch.
    package let id: Int64
    /// Name of the batch.
    package let name: String
    /// Jobs that ended well.
    package let succeeded: Int
    /// Jobs that were given up.
    package let dead: Int
    /// Jobs that were cancelled.
    package let cancelled: Int
}

/// A batch as it stands; instants are RFC 3339 with offset.
package struct BatchReport: Codable, Sendable, Hashable {
    /// Number of the batch.
    package let id: Int64
    /// Name of the batch.
    package let name: String
    /// When it closes, as ``BatchRule``.
    package let policy: String
    /// Kind of the follow-up, if one was asked for.
    package let thenKind: String?
    /// Whether its last job has ended.
    package let isClosed: Bool
    /// The follow-up that was made.
    package let followUp: Int64?
    /// When it was opened.
    package let openedAt: String
    /// When its last job ended.
    package let closedAt: String?
    /// Jobs that have not ended.
    package let unfinished: Int
    /// Jobs that ended well.
    package let succeeded: Int
    /// Jobs that were cancelled.
    package let cancelled: Int
    /// Jobs that wait for a person.
    package let dead: Int
}

/// Jobs were to join a batch whose last job has ended.
package struct BatchClosed: Error, Sendable, Hashable {
    /// The batch.
    package let batch: BatchID
}

/// Opens a batch in the caller's transaction, without a follow-up.
///
/// - Parameter name: readable, for people.
package func openBatch(
    _ name: String, rule: BatchRule = .always, on database: isolated Connection
) throws(PostgresError) -> BatchID {
    let row = try database.one(
        JobStatements.batchOpen, name, rule.rawValue, String?.none, String?.none, String?.none, Int?.none, Int?.none)
    // One that stays without jobs closes when somebody looks.
    hint(.ready, on: database)
    return BatchID(rawValue: row.id)
}

/// Opens a batch in the caller's transaction; when its last job has ended, the follow-up is made, once.
///
/// Jobs join with ``JobLinks/batch``: in the same transaction, from a running job of the batch, or from anywhere until it
/// closes. A batch without jobs closes at once.
/// - Parameters:
///   - name: readable, for people.
///   - kind: kind of the follow-up.
///   - payload: payload of the follow-up, an object to which ``BatchEnd`` is added as `batch`.
///   - rule: when the batch closes.
package func openBatch(
    _ name: String, then kind: JobKind, payload: some Encodable, rule: BatchRule = .always, on database: isolated Connection
) throws -> BatchID {
    let row = try database.one(
        JobStatements.batchOpen, name, rule.rawValue, kind.name, kind.lane.rawValue, try PayloadWriter(kind).text(payload),
        kind.priority, kind.maxAttempts)
    hint(.ready, on: database)
    return BatchID(rawValue: row.id)
}

/// A batch with its jobs counted, or nil.
package func batchReport(_ batch: BatchID, on database: isolated Connection) throws(PostgresError) -> BatchReport? {
    try database.first(JobStatements.batchShow, batch.rawValue)
}

/// Holds a batch open until the transaction ends.
func join(_ batch: BatchID, on database: isolated Connection) throws {
    guard try database.first(JobStatements.batchJoin, batch.rawValue) != nil else { throw BatchClosed(batch: batch) }
}
