// SPDX-License-Identifier: Apache-2.0

/// Result of a statement, read cell by cell by position: for hot paths, where decoding each row into a type would cost
/// more than the statement.
///
/// Not `Sendable`; lives during one call of ``Connection/read(_:_:_:)``.
package struct ResultTable: ~Copyable {
    private let result: QueryResult
    private let statement: String

    init(_ result: QueryResult, statement: String) {
        self.result = result
        self.statement = statement
    }

    /// Number of rows.
    package var count: Int { Int(result.rowCount) }

    /// Position of a column.
    ///
    /// - Throws: ``PostgresError/rowMismatch(statement:column:expected:)`` when there is none of this name.
    package func position(_ name: String) throws(PostgresError) -> Int32 {
        for column in 0..<result.columnCount where result.columnName(column) == name { return column }
        throw mismatch(name, "a column of this name")
    }

    /// Whether a cell is null.
    package func isNull(_ row: Int, _ column: Int32) -> Bool {
        result.isNull(row: Int32(row), column: column)
    }

    /// A whole number, or nil for null.
    package func integer<Number: FixedWidthInteger>(_ row: Int, _ column: Int32) throws(PostgresError) -> Number? {
        let bytes = result.bytes(row: Int32(row), column: column)
        if bytes.isEmpty { return nil }
        guard let number = Number(decimal: bytes) else { throw mismatch(result.columnName(column), "\(Number.self)") }
        return number
    }

    /// A text as the server sent it, or nil for null.
    package func text(_ row: Int, _ column: Int32) -> String? {
        let bytes = result.bytes(row: Int32(row), column: column)
        if bytes.isEmpty { return isNull(row, column) ? nil : "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A truth value, or nil for null.
    package func bool(_ row: Int, _ column: Int32) -> Bool? {
        result.bytes(row: Int32(row), column: column).first.map { $0 == UInt8(ascii: "t") }
    }

    private func mismatch(_ column: String, _ expected: String) -> PostgresError {
        .rowMismatch(statement: statement, column: column, expected: expected)
    }
}

extension Connection {
    /// Runs a statement and reads its result by position.
    package func read<Row: Sendable, R>(
        _ statement: Statement<Row>, _ parameters: any PostgresParameter...,
        body: (borrowing ResultTable) throws(PostgresError) -> R
    ) throws(PostgresError) -> R {
        let result = try perform(name: statement.name, sql: statement.sql, parameters)
        return try body(ResultTable(result, statement: statement.name))
    }
}
