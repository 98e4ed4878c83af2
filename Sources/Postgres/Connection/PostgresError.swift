// SPDX-License-Identifier: Apache-2.0

/// What can go wrong between the program and the server.
///
/// `description` names the kind of failure and may be shown to anyone; `debugDescription` holds the server's
/// words, which may contain values of rows.
package enum PostgresError: Error, Sendable, Hashable {
    /// No connection could be made; the text is libpq's reason.
    case unreachable(String)
    /// The server refused the statement.
    case server(ServerError)
    /// No connection of the pool became free within the limit.
    case poolTimeout(Duration)
    /// The pool has been shut down.
    case poolClosed
    /// The connection broke while COMMIT was under way: the transaction may have been committed or not.
    case commitOutcomeUnknown(String)
    /// The calling task was cancelled; the transaction was rolled back.
    case cancelled
    /// The connection broke; an open transaction was not committed.
    case connectionLost(String)
    /// A row does not fit its type: a column is missing, null or of another type.
    case rowMismatch(statement: String, column: String, expected: String)
    /// A statement that must return a row returned none.
    case noRow(statement: String)
    /// The call itself was wrong.
    case misuse(PostgresMisuse)
}

/// Ways to call this module wrongly; each is a mistake in the program or its configuration.
package enum PostgresMisuse: Sendable, Hashable {
    /// The connection string cannot be parsed.
    case malformedConnectionString
    /// A transaction was begun inside another.
    case nestedTransaction
    /// A savepoint was asked for outside a transaction.
    case savepointOutsideTransaction
    /// The body ended its transaction itself.
    case transactionEndedInside
    /// Two texts were given for one prepared statement.
    case statementTextChanged(name: String)
    /// A text parameter contains a zero byte, which PostgreSQL cannot store; the number counts from 1.
    case zeroByteInParameter(statement: String, number: Int)
    /// The statement is not the kind of COPY that was asked for, or a COPY stands in a script.
    case unexpectedCopy
}

/// Error report of the server.
/// - Source: PostgreSQL 15 documentation, 55.8, error and notice message fields.
package struct ServerError: Error, Sendable, Hashable {
    /// Code of the error.
    package let sqlState: SQLState
    /// Primary message; it may contain values of the row.
    package let message: String
    /// More about the error, such as the key that exists already.
    package let detail: String?
    /// Advice of the server.
    package let hint: String?
    /// Name of the constraint that refused the row.
    package let constraint: String?
    /// Name of the table the error is about.
    package let table: String?
    /// Name of the column the error is about.
    package let column: String?
    /// Name of our statement, or nil for a script or COPY.
    package let statement: String?

    /// Puts a report together; fields the server did not send are nil.
    package init(
        sqlState: SQLState, message: String, detail: String? = nil, hint: String? = nil,
        constraint: String? = nil, table: String? = nil, column: String? = nil, statement: String? = nil
    ) {
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.table = table
        self.column = column
        self.statement = statement
    }
}

extension PostgresError {
    /// Code of the server's error, or nil when the server did not speak.
    package var sqlState: SQLState? {
        guard case .server(let error) = self else { return nil }
        return error.sqlState
    }

    /// Name of the constraint that refused a row, or nil.
    package var constraint: String? {
        guard case .server(let error) = self else { return nil }
        return error.constraint
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Kind of the failure, without any value of the database.
    package var description: String {
        switch self {
        case .unreachable: "the database cannot be reached"
        case .server(let error): error.description
        case .poolTimeout: "no database connection became free in time"
        case .poolClosed: "the database connections are closed"
        case .commitOutcomeUnknown: "the connection broke during COMMIT; its outcome is unknown"
        case .cancelled: "the database call was cancelled"
        case .connectionLost: "the database connection was lost"
        case .rowMismatch: "a database row does not have the expected form"
        case .noRow: "a database row was expected and none was found"
        case .misuse: "the database was called wrongly"
        }
    }

    /// Everything known about the failure, for the log.
    package var debugDescription: String {
        switch self {
        case .unreachable(let reason), .commitOutcomeUnknown(let reason), .connectionLost(let reason):
            "\(description): \(reason)"
        case .server(let error): error.debugDescription
        case .poolTimeout(let limit): "\(description) (limit \(limit))"
        case .poolClosed, .cancelled: description
        case .rowMismatch(let statement, let column, let expected):
            "\(description): statement \(statement), column \(column), expected \(expected)"
        case .noRow(let statement): "\(description): statement \(statement)"
        case .misuse(let misuse): "\(description): \(misuse)"
        }
    }
}

extension ServerError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The code only; messages of the server may contain values of rows.
    package var description: String { "the database refused the statement (\(sqlState))" }

    /// Every field the server sent.
    package var debugDescription: String {
        let fields = [
            ("statement", statement), ("message", message), ("detail", detail), ("hint", hint),
            ("constraint", constraint), ("table", table), ("column", column),
        ]
        let known = fields.compactMap { name, value in value.map { "\(name): \($0)" } }
        return "SQLSTATE \(sqlState), " + known.joined(separator: ", ")
    }
}
