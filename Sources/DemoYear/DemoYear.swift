// SPDX-License-Identifier: Apache-2.0

package import Postgres

/// The demonstration year 2017 with the years around it, drawn from a seed.
///
/// The same seed and the same catalogue give the same rows, but for the moment at which they are recorded. The annual report
/// of 2017 over these rows gives the figures of ``PublishedYear``.
package struct DemoYear: Sendable {
    private let pieceSize = 1 << 20
    private let seed: UInt64

    private let checkAddress: String

    /// A year of a seed.
    /// - Parameters:
    ///   - seed: what everything is drawn from.
    ///   - publicURL: address of the public check page, as the daemon is given it; documents carry it with their code.
    package init(seed: UInt64 = 0x2017_0092, publicURL: String = "http://127.0.0.1:8080") {
        self.seed = seed
        checkAddress = publicURL + "/verify/"
    }

    /// Fills an empty database in one transaction; nothing is left behind when it fails.
    ///
    /// - Parameters:
    ///   - connection: the owner's: identities are moved behind the rows, which the daemon may not do.
    ///   - progress: told what is filled, the number of the step and how many there are.
    /// - Throws: ``DemoYearError/notEmpty`` for a database with records, ``DemoYearError/missing(kind:code:)`` when the
    ///   catalogue lacks something, and what the database refuses.
    package func fill(
        _ connection: isolated Connection, progress: @Sendable (String, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        let sql = DemoStatements()
        try connection.transaction { database in
            let found = try database.first(sql.rows("demo_year_is_empty", of: EmptyRow.self))
            guard found?.isEmpty == true else { throw DemoYearError.notEmpty }
            let before = TableCopy.beforeDocuments
            let after = TableCopy.afterDocuments
            let steps = before.count + after.count + 5
            progress("catalogue", 1, steps)
            let catalogue = try DemoCatalogue(reading: database, sql: sql)
            progress("plan of the year", 2, steps)
            var generator = DemoGenerator(catalogue: catalogue, seed: seed, checkAddress: checkAddress)
            try generator.generate()
            try database.script(sql.text("demo_year_begin"))
            for (index, table) in before.enumerated() {
                progress(table.name, 3 + index, steps)
                try copy(table, of: &generator.tables, to: database, sql: sql)
            }
            progress("conclusions and documents", steps - after.count - 1, steps)
            try database.execute(sql.command("demo_year_conclusions"))
            try database.execute(sql.command("demo_year_documents"))
            for (index, table) in after.enumerated() {
                progress(table.name, steps - after.count + index, steps)
                try copy(table, of: &generator.tables, to: database, sql: sql)
            }
            progress("signatures and sequences", steps, steps)
            try database.execute(sql.command("demo_year_signatures"))
            try database.script(sql.text("demo_year_end"))
        }
    }

    private func copy(
        _ table: TableCopy, of tables: inout DemoTables, to database: isolated Connection, sql: DemoStatements
    ) throws {
        let bytes = tables[keyPath: table.rows].bytes
        guard !bytes.isEmpty else { return }
        try database.copyIn(sql.text("demo_year_copy_\(table.name)")) { writer in
            var start = 0
            while start < bytes.count {
                let end = min(start + pieceSize, bytes.count)
                try writer.raw(bytes[start..<end])
                start = end
            }
        }
        tables[keyPath: table.rows].dropBytes()
    }
}
