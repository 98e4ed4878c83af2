// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Statements of the queue")
struct StatementTests {
    @Test func `every statement fits the schema and its row type`() async throws {
        let database = try await TestDatabase.make()
        let connection = try await Connection.open(database.settings)
        for statement in CheckedJobStatement.all {
            #expect(!statement.sql.isEmpty, "\(statement.name) has no text")
            let columns = try await connection.describe(name: statement.name, sql: statement.sql).columns.map(\.name)
            // A row of one plain value reads its column by place, not by name.
            for wanted in statement.columns where !wanted.name.isEmpty {
                #expect(columns.contains(wanted.name), "\(statement.name) lacks \(wanted.name)")
            }
        }
        await connection.close()
    }

    @Test func `no block of the files is without a name in the program`() {
        #expect(Set(EmbeddedJobSQL.queries.keys) == Set(CheckedJobStatement.all.map(\.name)))
    }

    @Test func `migrating twice changes nothing`() async throws {
        let database = try await TestDatabase.make()
        let owner = try await Connection.open(database.server.settings(database.name, as: "etalon_owner"))
        #expect(try await owner.migrateJobs().isEmpty)
        await owner.close()
    }

    @Test func `the daemon cannot change the tables`() async throws {
        let database = try await TestDatabase.make()
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { try $0.script("alter table jobs.job drop column priority") }
        }
    }

    @Test func `an empty look and a claim use the partial indexes beside many waiting jobs`() async throws {
        let database = try await TestDatabase.make()
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'future', 1, '{}', 0, jobs.now() + interval '1 year' + n * interval '1 s' from generate_series(1, 50000) n;
            analyze jobs.job;
            """)
        let plans = try await database.texts(
            """
            explain select c.id from jobs.job c where c.state = 1 and c.lane = 6 and c.kind = any(array['a'])
            order by c.priority, c.run_at, c.id limit 10 for update skip locked
            """)
        #expect(plans.contains { $0.contains("job_ready") } && !plans.contains { $0.contains("Seq Scan") })
        let waiting = try await database.texts(
            """
            explain select j.id from jobs.job j where j.state = 0 and j.open_deps = 0 and j.run_at <= jobs.now()
            order by j.run_at limit 1000 for update skip locked
            """)
        #expect(waiting.contains { $0.contains("job_waiting") } && !waiting.contains { $0.contains("Seq Scan on job") })
    }
}
