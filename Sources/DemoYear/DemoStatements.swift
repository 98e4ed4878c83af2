// SPDX-License-Identifier: Apache-2.0

import CEtalonSQL
import Postgres

/// The named blocks of sql/queries/demo_year.sql, found by name.
struct DemoStatements: Sendable {
    private let blocks: [String: String]

    /// Reads the file as it was when the program was built.
    init() {
        blocks = NamedQueries.parse(Self.text(of: "sql/queries/demo_year.sql"))
    }

    /// A statement that returns rows.
    func rows<Row: Decodable & Sendable>(_ name: String, of: Row.Type) throws(DemoYearError) -> Statement<Row> {
        Statement(name: name, sql: try text(name))
    }

    /// A statement run for its effect.
    func command(_ name: String) throws(DemoYearError) -> Command {
        Command(name: name, sql: try text(name))
    }

    /// The text of a block.
    func text(_ name: String) throws(DemoYearError) -> String {
        guard let found = blocks[name] else { throw .unknownStatement(name) }
        return found
    }

    private static func text(of path: String) -> String {
        for index in 0..<Int(etalon_sql_file_count) {
            guard let file = etalon_sql_file_at(UInt(index))?.pointee, String(cString: file.path) == path
            else { continue }
            let bytes = UnsafeBufferPointer(start: file.bytes, count: Int(file.length))
            return String(decoding: bytes, as: UTF8.self)
        }
        return ""
    }
}
