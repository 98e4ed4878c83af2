// SPDX-License-Identifier: Apache-2.0

/// One forward step of a schema.
package struct Migration: Sendable, Equatable {
    /// Position in its series, from 1 without gaps.
    package let number: Int
    /// File name without ending, for example `0001_catalogue`.
    package let name: String
    /// The statements, run in one transaction.
    package let sql: String

    package init(number: Int, name: String, sql: String) {
        (self.number, self.name, self.sql) = (number, name, sql)
    }
}

/// Why a schema cannot be brought to the program's state.
package enum MigrationError: Error, Sendable, Equatable {
    /// The database is newer than the program: install the newer program.
    case schemaNewer(series: String, database: Int, program: Int)
    /// An applied step is not the one the program has.
    case stepChanged(series: String, number: Int, name: String)
    /// A number is missing or twice in the program's series.
    case seriesBroken(series: String, number: Int)
}

/// What an applied step left behind.
private struct AppliedStep: Decodable, Sendable {
    let number: Int
    let name: String
    let sha256: String
    let expected: String?
}

/// Brings a schema forward: numbered steps, each in its own transaction, checksummed, one process at a time.
package struct Migrator: Sendable {
    /// Name of the series; several may live in one database.
    package let series: String
    private let steps: [Migration]

    /// - Throws: ``MigrationError/seriesBroken(series:number:)`` when the numbers are not 1, 2, 3 …
    package init(series: String, steps: [Migration]) throws(MigrationError) {
        self.series = series
        self.steps = steps.sorted { $0.number < $1.number }
        for (index, step) in self.steps.enumerated() where step.number != index + 1 {
            throw .seriesBroken(series: series, number: index + 1)
        }
    }

    /// Steps that are still to be applied; checks those applied already.
    package func pending(on database: isolated Connection) throws -> [Migration] {
        try database.transaction { database in
            try prepareRegister(on: database)
            return try compare(on: database)
        }
    }

    /// Applies what is pending, oldest first.
    /// - Returns: the steps applied.
    package func apply(on database: isolated Connection, progress: (Migration) -> Void = { _ in }) throws -> [Migration] {
        _ = try database.first(Statement<Held>(name: "migration_lock", sql: "select pg_advisory_lock(7305000)::text as held"))
        defer {
            // The lock ends with the connection in any case.
            try? database.script("select pg_advisory_unlock(7305000)")
        }
        var applied: [Migration] = []
        for step in try pending(on: database) {
            progress(step)
            try database.transaction { database in
                try database.script(step.sql)
                try database.execute(
                    Command(
                        name: "migration_note",
                        sql: """
                            insert into etalon_migration (series, number, name, sha256)
                            values ($1::text, $2::int, $3::text, encode(sha256(convert_to($4::text, 'UTF8')), 'hex'))
                            """),
                    series, step.number, step.name, step.sql)
            }
            applied.append(step)
        }
        return applied
    }

    private struct Held: Decodable, Sendable {
        let held: String
    }

    private func prepareRegister(on database: isolated Connection) throws {
        try database.script(
            """
            create table if not exists etalon_migration (
                series text not null, number integer not null, name text not null, sha256 text not null,
                applied_at timestamptz not null default now(), primary key (series, number))
            """)
    }

    private func compare(on database: isolated Connection) throws -> [Migration] {
        let applied = try database.rows(
            Statement<AppliedStep>(
                name: "migration_compare",
                sql: """
                    select m.number, m.name, m.sha256, encode(sha256(convert_to(u.sql, 'UTF8')), 'hex') as expected
                    from etalon_migration m
                    left join unnest($2::int[], $3::text[]) as u(number, sql) on u.number = m.number
                    where m.series = $1::text order by m.number
                    """),
            series, steps.map(\.number), steps.map(\.sql))
        for step in applied {
            guard let expected = step.expected else {
                throw MigrationError.schemaNewer(series: series, database: applied.count, program: steps.count)
            }
            guard expected == step.sha256 else {
                throw MigrationError.stepChanged(series: series, number: step.number, name: step.name)
            }
        }
        return Array(steps.dropFirst(applied.count))
    }
}
