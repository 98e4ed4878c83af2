// SPDX-License-Identifier: Apache-2.0
package import Postgres

// What an operation may do with a transaction: run a statement of `Statements`. It cannot write SQL: neither the initialiser of
// Statement nor the members of Connection are visible to a module that does not import Postgres.
extension Connection {
    /// Every row of a statement.
    package func all<Row: Decodable & Sendable>(_ statement: Statement<Row>, _ parameters: (any PostgresParameter)?...) throws
        -> [Row]
    {
        try rows(statement, parameters: parameters.map { $0 ?? String?.none })
    }

    /// The first row, or nil.
    package func find<Row: Decodable & Sendable>(_ statement: Statement<Row>, _ parameters: (any PostgresParameter)?...) throws
        -> Row?
    {
        try rows(statement, parameters: parameters.map { $0 ?? String?.none }).first
    }

    /// The row of a statement that always has one.
    package func only<Row: Decodable & Sendable>(_ statement: Statement<Row>, _ parameters: (any PostgresParameter)?...) throws
        -> Row
    {
        guard let row = try rows(statement, parameters: parameters.map { $0 ?? String?.none }).first else {
            throw PostgresError.noRow(statement: statement.name)
        }
        return row
    }

    /// Runs a statement for its effect.
    /// - Returns: rows touched.
    @discardableResult
    package func run(_ command: Command, _ parameters: (any PostgresParameter)?...) throws -> Int {
        try execute(command, parameters: parameters.map { $0 ?? String?.none })
    }
}
