// SPDX-License-Identifier: Apache-2.0
internal import CEtalonSQL
package import Postgres

/// The files of `sql/jobs` as they were when the program was built.
package enum EmbeddedJobSQL {
    private static let folder = "sql/jobs/"

    /// Text of each file by its path below `sql/jobs/`.
    package static let files: [String: String] = {
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

    /// Texts of the named statements of `sql/jobs/queries`.
    package static let queries: [String: String] = {
        var texts: [String: String] = [:]
        for (path, text) in files where path.hasPrefix("queries/") {
            texts.merge(NamedQueries.parse(text)) { first, _ in first }
        }
        return texts
    }()

    /// The queue's own schema, a series beside the laboratory's; runs as the owner.
    ///
    /// - Throws: ``MigrationError/seriesBroken(series:number:)`` when a number is missing among the files.
    package static func migrator() throws(MigrationError) -> Migrator {
        let prefix = "migrations/"
        let steps = files.compactMap { path, text -> Migration? in
            guard path.hasPrefix(prefix) else { return nil }
            let name = String(path.dropFirst(prefix.count).dropLast(4))
            guard let number = Int(name.prefix(4)) else { return nil }
            return Migration(number: number, name: name, sql: text)
        }
        return try Migrator(series: "jobs", steps: steps)
    }
}

extension Statement {
    /// The statement of `sql/jobs/queries` with this name. A test prepares every one, so that none is missing.
    static func named(_ name: String) -> Statement<Row> {
        Statement(name: name, sql: EmbeddedJobSQL.queries[name] ?? "")
    }
}
