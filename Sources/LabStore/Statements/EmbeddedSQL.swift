// SPDX-License-Identifier: Apache-2.0
internal import CEtalonSQL
package import Postgres

/// The files of `sql/` as they were when the program was built.
package enum EmbeddedSQL {
    /// Text of each file by its path from the project's root.
    package static let files: [String: String] = {
        var files: [String: String] = [:]
        for index in 0..<Int(etalon_sql_file_count) {
            guard let file = etalon_sql_file_at(UInt(index)) else { continue }
            let bytes = UnsafeBufferPointer(start: file.pointee.bytes, count: Int(file.pointee.length))
            files[String(cString: file.pointee.path)] = String(decoding: bytes, as: UTF8.self)
        }
        return files
    }()

    /// Steps of a series, from the files of a folder named `NNNN_noun.sql`.
    package static func migrations(in folder: String) -> [Migration] {
        files.compactMap { path, text in
            guard path.hasPrefix(folder + "/") else { return nil }
            let name = String(path.dropFirst(folder.count + 1).dropLast(4))
            guard !name.contains("/"), let number = Int(name.prefix(4)) else { return nil }
            return Migration(number: number, name: name, sql: text)
        }
    }

    /// The laboratory's own schema.
    package static func laboratoryMigrator() throws(MigrationError) -> Migrator {
        try Migrator(series: "laboratory", steps: migrations(in: "sql/migrations"))
    }

    /// Texts of the named statements of `sql/queries`.
    package static let queries: [String: String] = {
        var texts: [String: String] = [:]
        for (path, text) in files where path.hasPrefix("sql/queries/") {
            texts.merge(NamedQueries.parse(text)) { first, _ in first }
        }
        return texts
    }()
}

extension Statement {
    /// The statement of `sql/queries` with this name. A test prepares every one, so that none is missing.
    static func named(_ name: String) -> Statement<Row> {
        Statement(name: name, sql: EmbeddedSQL.queries[name] ?? "")
    }
}
