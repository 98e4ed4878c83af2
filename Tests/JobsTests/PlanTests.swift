// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// The plans of the statements that every look pays for, pinned as the runner's own connection makes them.
@Suite("Plans of the queue", .timeLimit(.minutes(1)), .serialized)
struct PlanTests {
    private static let pump =
        "explain (costs off) execute plan(1, '{1,2}', '{1,1}', '{1,1}', '{6}', '{100}', '{a,b}', 30000, "
        + "'{0}', '{2026-01-01}', '{7}')"

    /// The plan of a named statement on a connection like the runner's.
    private func plan(_ database: TestDatabase, _ name: String, _ call: String) async throws -> [String] {
        var settings = database.settings
        settings.sessionSettings = JobRunner.planSettings
        let connection = try await Connection.open(settings)
        let sql = try #require(EmbeddedJobSQL.queries[name])
        try await connection.script("prepare plan as \(sql)")
        let plan = try await connection.transaction { try $0.rows(Statement<String>(call)) }
        await connection.close()
        return plan
    }

    private func database(waiting: Int, ready: Int = 0, isAnalyzed: Bool = true) async throws -> TestDatabase {
        let database = try await TestDatabase.make()
        try await database.script(
            """
            alter table jobs.job set (autovacuum_enabled = off);
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'future', 1, '{}', 0, jobs.now() + interval '1 year' + n * interval '1 s'
            from generate_series(1, \(waiting)) n;
            insert into jobs.job (lane, kind, max_attempt, payload, state)
            select 6, 'a', 1, '{}', 1 from generate_series(1, \(ready)) n;
            """)
        if isAnalyzed { try await database.script("analyze jobs.job") }
        return database
    }

    @Test(arguments: [(0, 0, true), (100_000, 0, true), (0, 50_000, false), (50_000, 50_000, false)])
    func `the pump finds its jobs by the primary key and the index of the ready ones`(
        waiting: Int, ready: Int, isAnalyzed: Bool
    ) async throws {
        let database = try await database(waiting: waiting, ready: ready, isAnalyzed: isAnalyzed)
        let plan = try await plan(database, "job_pump", Self.pump)
        #expect(plan.contains { $0.contains("Index Scan using job_ready on job c") }, "\(plan.joined(separator: "\n"))")
        #expect(plan.contains { $0.contains("job_waiting on job w") }, "\(plan.joined(separator: "\n"))")
        // Where a look begins further on, the index leads there; a filter would read all that is before it.
        #expect(plan.contains { $0.contains("Index Cond") && $0.contains("ROW(priority, run_at, id) >= ROW") })
        #expect(plan.filter { $0.contains("Index Scan using job_pkey on job j") }.count == 2, "\(plan.joined(separator: "\n"))")
        // A claim must not read and sort all that is ready, whatever the planner believes about the table.
        #expect(!plan.contains { $0.contains("Seq Scan on job") || $0.contains("Sort") })
    }

    @Test(arguments: [0, 100_000])
    func `promotion reads the waiting jobs in the order of their moments`(waiting: Int) async throws {
        let plan = try await plan(database(waiting: waiting), "job_promote", "explain (costs off) execute plan")
        #expect(plan.contains { $0.contains("job_waiting on job j") }, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job") || $0.contains("Sort") })
    }

    @Test(arguments: [0, 100_000])
    func `a beat looks at the running jobs alone`(waiting: Int) async throws {
        let plan = try await plan(database(waiting: waiting), "worker_beat", "explain (costs off) execute plan(1, 30000)")
        #expect(plan.filter { $0.contains("job_running on job") }.count == 2, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job") })
    }

    @Test func `an empty look beside a hundred thousand waiting jobs reads a handful of pages`() async throws {
        let database = try await database(waiting: 100_000)
        let call = Self.pump.replacing("(costs off)", with: "(analyze, buffers, timing off, costs off, summary off)")
        let plan = try await plan(database, "job_pump", call)
        let total = plan.first { $0.contains("Buffers: shared") }?.split(separator: "=").dropFirst().first
        let pages = try #require(total.flatMap { Int($0.prefix { $0.isNumber }) })
        #expect(pages < 60, "\(plan.joined(separator: "\n"))")
    }
}
