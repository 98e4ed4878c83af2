// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

extension Connection {
    /// Rows of a statement, in the order the server sent them.
    ///
    /// - Throws: ``PostgresError/rowMismatch(statement:column:expected:)`` when a row does not fit its type.
    package func rows<Row: Decodable & Sendable>(
        _ statement: Statement<Row>, _ parameters: any PostgresParameter...
    ) throws(PostgresError) -> [Row] {
        try rows(statement, parameters: parameters)
    }

    /// Rows of a statement whose parameters are in a list.
    package func rows<Row: Decodable & Sendable>(
        _ statement: Statement<Row>, parameters: [any PostgresParameter]
    ) throws(PostgresError) -> [Row] {
        let result = try perform(name: statement.name, sql: statement.sql, parameters)
        return try RowReader(result, statement: statement.name).rows(limit: .max)
    }

    /// First row of a statement, or nil when there is none.
    package func first<Row: Decodable & Sendable>(
        _ statement: Statement<Row>, _ parameters: any PostgresParameter...
    ) throws(PostgresError) -> Row? {
        let result = try perform(name: statement.name, sql: statement.sql, parameters)
        let rows: [Row] = try RowReader(result, statement: statement.name).rows(limit: 1)
        return rows.first
    }

    /// First row of a statement that always has one.
    ///
    /// - Throws: ``PostgresError/noRow(statement:)`` when there is none.
    package func one<Row: Decodable & Sendable>(
        _ statement: Statement<Row>, _ parameters: any PostgresParameter...
    ) throws(PostgresError) -> Row {
        let result = try perform(name: statement.name, sql: statement.sql, parameters)
        let rows: [Row] = try RowReader(result, statement: statement.name).rows(limit: 1)
        guard let row = rows.first else { throw .noRow(statement: statement.name) }
        return row
    }

    /// Runs a statement for its effect and returns how many rows it touched.
    @discardableResult
    package func execute(
        _ command: Command, _ parameters: any PostgresParameter...
    ) throws(PostgresError) -> Int {
        try execute(command, parameters: parameters)
    }

    /// Runs a statement whose parameters are in a list and returns how many rows it touched.
    @discardableResult
    package func execute(
        _ command: Command, parameters: [any PostgresParameter]
    ) throws(PostgresError) -> Int {
        try perform(name: command.name, sql: command.sql, parameters).rowsAffected
    }

    /// Sends a statement with its parameters and takes its result.
    func perform(
        name: String, sql: String, _ parameters: [any PostgresParameter]
    ) throws(PostgresError) -> QueryResult {
        var texts = CStrings([])
        for (index, parameter) in parameters.enumerated() {
            guard texts.append(parameter.postgresText) else {
                throw .misuse(.zeroByteInParameter(statement: name, number: index + 1))
            }
        }
        return try watchingTransaction { link throws(PostgresError) in
            let count = Int32(texts.count)
            if self.preparesStatements {
                try self.prepare(name: name, sql: sql, on: link)
                try link.send { handle in
                    texts.withPointers { PQsendQueryPrepared(handle, name, count, $0, nil, nil, 0) }
                }
            } else {
                try link.send { handle in
                    texts.withPointers { PQsendQueryParams(handle, sql, count, nil, $0, nil, nil, 0) }
                }
            }
            guard let result = try link.answer(to: name) else {
                throw .connectionLost("the server did not answer the statement")
            }
            return result
        }
    }
}
