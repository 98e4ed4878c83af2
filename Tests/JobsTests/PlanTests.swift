// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// The plans of the statements that every look pays for, pinned as the runner's own connection makes them.
@Suite("Plans of the queue", .timeLimit(.minutes(1)), .serialized)
struct PlanTests {
    private static let pump =
        "explain (costs off) execute plan(1, '{1,2}', '{1,1}', '{1,1}', '{6}', '{100}', '{a,b}', 30000, "
        + "'{0}', '{2026-01-01}', '{7}', null, null)"

    /// The same where the look begins further on.
    private static let furtherOn = pump.replacing("null, null)", with: "'2026-01-01', 20001)")

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

    @Test func `a look takes jobs before it removes those that have ended`() async throws {
        // The other way round two workers fall into step and wait for each other's rows and pages: a fifth slower.
        let plan = try await plan(database(waiting: 0), "job_pump", Self.pump)
        let outer = try #require(plan.firstIndex { $0.hasPrefix("  ->  ") }, "\(plan.joined(separator: "\n"))")
        #expect(plan[outer] == "  ->  Result")
        #expect(plan[outer + 1] == "  ->  CTE Scan on taken t")
        #expect(plan.contains { $0.hasPrefix("          ->  CTE Scan on history") })
    }

    @Test(arguments: [0, 100_000])
    func `promotion reads the waiting jobs in the order of their moments`(waiting: Int) async throws {
        let plan = try await plan(database(waiting: waiting), "job_promote", "explain (costs off) execute plan(null)")
        #expect(plan.contains { $0.contains("job_waiting on job j") }, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job") || $0.contains("Sort") })
    }

    @Test(arguments: [0, 100_000])
    func `a beat looks at the running jobs alone`(waiting: Int) async throws {
        let plan = try await plan(database(waiting: waiting), "worker_beat", "explain (costs off) execute plan(1, 30000)")
        #expect(plan.filter { $0.contains("job_running on job") }.count == 2, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job") })
    }

    @Test(arguments: [0, 100_000])
    func `aging reads none of the ready jobs that are young`(young: Int) async throws {
        let database = try await database(waiting: 0)
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, priority)
            select 6, 'a', 1, '{}', 1, 1 + n % 3 from generate_series(1, \(young)) n;
            analyze jobs.job
            """)
        let call = "explain (analyze, buffers, timing off, costs off, summary off) execute plan"
        let plan = try await plan(database, "job_age", call)
        #expect(plan.contains { $0.contains("Index Cond") && $0.contains("run_at <") }, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job c") })
        #expect(try pages(plan) < 120, "\(plan.joined(separator: "\n"))")
    }

    @Test func `the figures of the lanes count the dead in one pass`() async throws {
        let plan = try await plan(try await database(waiting: 0), "lane_figures", "explain (costs off) execute plan")
        let scan = try #require(plan.firstIndex { $0.contains("Scan on job_dead") }, "\(plan.joined(separator: "\n"))")
        #expect(plan[..<scan].last?.contains("Group Key") == true, "\(plan.joined(separator: "\n"))")
        #expect(!plan.dropFirst(scan).prefix(2).contains { $0.contains("l.id") }, "\(plan.joined(separator: "\n"))")
    }

    @Test func `an empty look beside a hundred thousand waiting jobs reads a handful of pages`() async throws {
        let database = try await database(waiting: 100_000)
        let call = Self.pump.replacing("(costs off)", with: "(analyze, buffers, timing off, costs off, summary off)")
        let plan = try await plan(database, "job_pump", call)
        #expect(try pages(plan) < 60, "\(plan.joined(separator: "\n"))")
    }

    /// Pages that a plan with its buffers read.
    private func pages(_ plan: [String]) throws -> Int {
        let total = plan.first { $0.contains("Buffers: shared") }?.split(separator: "=").dropFirst().first
        return try #require(total.flatMap { Int($0.prefix { $0.isNumber }) })
    }

    @Test func `under a held snapshot a look further on does not read what was promoted and tied before`() async throws {
        let database = try await database(waiting: 0)
        let holder = try await Connection.open(database.settings)
        try await holder.script("begin isolation level repeatable read; select count(*) from jobs.job")
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'a', 1, '{}', 0, timestamptz '2025-06-01' + n * interval '1 s' from generate_series(1, 20000) n;
            update jobs.job set state = 1;
            delete from jobs.job;
            insert into jobs.loose_end (job_id, what) select n, 1 from generate_series(1, 20000) n;
            delete from jobs.loose_end;
            """)
        func pages(_ name: String, _ call: String) async throws -> Int {
            let measured = call.replacing("(costs off)", with: "(analyze, buffers, timing off, costs off, summary off)")
            return try self.pages(try await plan(database, name, measured))
        }
        let (front, further) = (try await pages("job_pump", Self.pump), try await pages("job_pump", Self.furtherOn))
        #expect(front > 400 && further < 60, "\(front) pages from the front, \(further) further on")
        let promotion = try await pages("job_promote", "explain (costs off) execute plan('2026-01-01')")
        #expect(promotion < 60)
        await holder.close()
    }

    @Test(arguments: [0, 50_000])
    func `a look further on finds what is yet to come by the indexes`(waiting: Int) async throws {
        let plan = try await plan(database(waiting: waiting), "job_pump", Self.furtherOn)
        #expect(plan.contains { $0.contains("job_waiting on job w") }, "\(plan.joined(separator: "\n"))")
        #expect(plan.contains { $0.contains("Index Cond") && $0.contains("run_at >= COALESCE") })
        #expect(plan.contains { $0.contains("loose_end_pkey on loose_end") }, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on job") || $0.contains("Sort") })
    }
}
