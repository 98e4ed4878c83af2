// SPDX-License-Identifier: Apache-2.0
import CEtalonSQL
import Postgres

/// The statements of `sql/bench`: those of programs that measure and of jobs that are meant to fail.
enum BenchStatements {
    static let remaining = Statement<NoRow>(name: "jobs_remaining", sql: text("jobs_remaining"))
    static let addEffect = Command(name: "effect_add", sql: text("effect_add"))
    static let addKeyedEffect = Command(name: "effect_add_keyed", sql: text("effect_add_keyed"))
    static let beginLetter = Statement<Letter>(name: "letter_begin", sql: text("letter_begin"))
    static let acceptLetter = Command(name: "letter_accepted", sql: text("letter_accepted"))

    /// A letter and how far it has come.
    struct Letter: Decodable, Sendable {
        let messageId: String
        let stage: String
    }

    /// The tables of the effects.
    static let effects = files["effects.sql"] ?? ""

    private static let queries = NamedQueries.parse(files["queries.sql"] ?? "")

    private static func text(_ name: String) -> String { queries[name] ?? "" }

    private static let files: [String: String] = {
        let folder = "sql/bench/"
        var files: [String: String] = [:]
        for index in 0..<Int(etalon_sql_file_count) {
            guard let file = etalon_sql_file_at(UInt(index)) else { continue }
            let path = String(cString: file.pointee.path)
            guard path.hasPrefix(folder) else { continue }
            let bytes = UnsafeBufferPointer(start: file.pointee.bytes, count: Int(file.pointee.length))
            files[String(path.dropFirst(folder.count))] = String(decoding: bytes, as: UTF8.self)
        }
        return files
    }()
}
