// SPDX-License-Identifier: Apache-2.0

/// Five-character code of a server error.
///
/// In a `switch` a code of the form `xx000` stands for its whole class, so that
/// `case .integrityConstraintViolation` also matches ``uniqueViolation``; put the narrower case first.
/// `==` compares the exact code.
/// - Source: PostgreSQL 15 documentation, appendix A.
package struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code itself, such as `23505`.
    package let rawValue: String

    /// Takes a code as the server sends it.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The code itself.
    package var description: String { rawValue }

    /// Whether the code is this one or, for a class code, belongs to this class.
    package static func ~= (pattern: SQLState, value: SQLState) -> Bool {
        pattern == value
            || (pattern.rawValue.hasSuffix("000") && pattern.rawValue.prefix(2) == value.rawValue.prefix(2))
    }
}

extension SQLState {
    /// Class 08: the connection failed.
    package static let connectionException = SQLState(rawValue: "08000")
    /// Class 0A: the server does not support this.
    package static let featureNotSupported = SQLState(rawValue: "0A000")
    /// Class 22: a value is not acceptable.
    package static let dataException = SQLState(rawValue: "22000")
    /// A number lies outside its type.
    package static let numericValueOutOfRange = SQLState(rawValue: "22003")
    /// A text is not a date or time.
    package static let invalidDatetimeFormat = SQLState(rawValue: "22007")
    /// A date or time does not exist, such as 30 February.
    package static let datetimeFieldOverflow = SQLState(rawValue: "22008")
    /// A text is not a value of its type.
    package static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    /// COPY data have the wrong form.
    package static let badCopyFileFormat = SQLState(rawValue: "22P04")
    /// Class 23: a constraint refused the row.
    package static let integrityConstraintViolation = SQLState(rawValue: "23000")
    /// A required column is null.
    package static let notNullViolation = SQLState(rawValue: "23502")
    /// A referenced row is missing, or a row still referenced was to go.
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// The key exists already.
    package static let uniqueViolation = SQLState(rawValue: "23505")
    /// A check constraint refused the row.
    package static let checkViolation = SQLState(rawValue: "23514")
    /// An exclusion constraint refused the row.
    package static let exclusionViolation = SQLState(rawValue: "23P01")
    /// A write was tried in a read-only transaction.
    package static let readOnlySQLTransaction = SQLState(rawValue: "25006")
    /// The transaction has failed already and takes no further statement.
    package static let inFailedSQLTransaction = SQLState(rawValue: "25P02")
    /// Class 40: the server rolled the transaction back.
    package static let transactionRollback = SQLState(rawValue: "40000")
    /// Concurrent transactions have no serial order; the transaction may be tried again.
    package static let serializationFailure = SQLState(rawValue: "40001")
    /// The transaction was chosen to end a deadlock; it may be tried again.
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    /// The role may not do this.
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// The statement is not SQL.
    package static let syntaxError = SQLState(rawValue: "42601")
    /// A column of the statement does not exist.
    package static let undefinedColumn = SQLState(rawValue: "42703")
    /// A table of the statement does not exist.
    package static let undefinedTable = SQLState(rawValue: "42P01")
    /// Class 53: the server lacks memory, disk or connections.
    package static let insufficientResources = SQLState(rawValue: "53000")
    /// A lock was not given within the time limit.
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// The statement was cancelled or ran into its time limit.
    package static let queryCanceled = SQLState(rawValue: "57014")
    /// The server is being stopped or the session was ended by an administrator.
    package static let adminShutdown = SQLState(rawValue: "57P01")
    /// The server is starting or stopping.
    package static let cannotConnectNow = SQLState(rawValue: "57P03")
    /// `RAISE EXCEPTION` without a code of its own.
    package static let raiseException = SQLState(rawValue: "P0001")

    /// Whether the same transaction, tried again, may succeed.
    package var isWorthRetrying: Bool {
        self == .serializationFailure || self == .deadlockDetected
    }
}
