// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

extension Connection {
    /// Hands over the rows of a statement in batches, so that only one batch is held here at a time.
    ///
    /// The rows are those of the moment the statement began; between two batches the body may run other statements.
    /// - Parameters:
    ///   - size: rows of a batch, at least 1; the last one has fewer. No row, no call of the body.
    ///   - body: takes one batch; when it throws, no more rows are asked for and the error is thrown on.
    /// - Throws: ``PostgresError``; a cursor needs a transaction, so one outside of it is refused by the server.
    package func eachBatch<Row: Decodable & Sendable>(
        of size: Int, _ statement: Statement<Row>, parameters: [any PostgresParameter], _ body: ([Row]) throws -> Void
    ) throws {
        let cursor = "cursor_\(statement.name)"
        var texts = CStrings([])
        for (index, parameter) in parameters.enumerated() {
            guard texts.append(parameter.postgresText) else {
                throw PostgresError.misuse(.zeroByteInParameter(statement: statement.name, number: index + 1))
            }
        }
        // All rows will be wanted: the planner is not to look for a plan that gives the first ones soon.
        try script("set local cursor_tuple_fraction = 1")
        try watchingTransaction { link throws(PostgresError) in
            try link.send { handle in
                texts.withPointers {
                    PQsendQueryParams(
                        handle, "declare \(cursor) no scroll cursor for \(statement.sql)", Int32(texts.count), nil, $0, nil, nil,
                        0)
                }
            }
            _ = try link.answer(to: statement.name)
        }
        while true {
            let result = try watchingTransaction { link throws(PostgresError) in
                try link.send { PQsendQuery($0, "fetch forward \(max(1, size)) from \(cursor)") }
                guard let result = try link.answer(to: statement.name) else {
                    throw .connectionLost("the server did not answer the statement")
                }
                return result
            }
            let rows: [Row] = try RowReader(result, statement: statement.name).rows(limit: .max)
            if rows.isEmpty { break }
            do {
                try body(rows)
            } catch {
                // The error of the body is the one to tell; the cursor ends with the transaction at the latest.
                try? script("close \(cursor)")
                throw error
            }
            if rows.count < size { break }
        }
        try script("close \(cursor)")
    }
}
