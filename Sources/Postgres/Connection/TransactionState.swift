// SPDX-License-Identifier: Apache-2.0

/// Where the transaction of a connection stands.
///
/// *none* → *open* by BEGIN; *open* → *failed* by the first server error, *failed* → *open* when a savepoint
/// takes it back; *open* and *failed* → *none* by COMMIT, ROLLBACK or the loss of the connection.
enum TransactionState {
    /// No transaction is open.
    case none
    /// Statements are accepted.
    case open
    /// The server refused a statement and accepts no other; the first refusal is kept, since the body may
    /// have turned it into an error of its own or swallowed it.
    case failed(ServerError)

    /// Remembers a refusal of the server.
    mutating func note(_ error: PostgresError) {
        guard case .open = self, case .server(let refusal) = error else { return }
        self = .failed(refusal)
    }

    /// The refusal that ended the transaction, if one has.
    var refusal: ServerError? {
        guard case .failed(let refusal) = self else { return nil }
        return refusal
    }

    var isOpen: Bool {
        if case .none = self { false } else { true }
    }
}

/// How strictly concurrent transactions are kept apart.
/// - Source: PostgreSQL 15 documentation, 13.2.
package enum Isolation: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// The transaction sees what was committed before its first statement.
    case repeatableRead = "REPEATABLE READ"
    /// The outcome is that of some serial order.
    case serializable = "SERIALIZABLE"
}
