// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Upkeep", .timeLimit(.minutes(3)))
struct UpkeepTests {
    private func upkeep(
        _ database: TestDatabase, maintenance: ConnectionSettings? = nil, _ change: (inout UpkeepSettings) -> Void = { _ in }
    ) -> JobUpkeep {
        var settings = UpkeepSettings()
        settings.clock = nil
        change(&settings)
        return JobUpkeep(settings: settings, pool: database.pool, maintenance: maintenance, logger: .silent)
    }

    private func tables(_ database: TestDatabase, of parent: String) async throws -> [String] {
        try await database.texts(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'jobs.\(parent)'::regclass order by 1"
        )
    }

    private func finish(_ database: TestDatabase, lane: Int = 6, _ moments: [String]) async throws {
        for moment in moments {
            try await database.script(
                """
                insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, payload, enqueued_at, enqueued_by,
                                           outcome, finished_at)
                select coalesce(max(id), 0) + 1, \(lane), 'test', 0, '\(moment)', 1, 1, 0, '{}', '\(moment)', 'test', 1, '\(moment)'
                from jobs.job_done
                """)
        }
    }

    @Test func `months are made ahead, and what strayed gets a table of its own`() async throws {
        let database = try await TestDatabase.make()
        try await database.script("update jobs.lane set keep_done = '10 years'")
        try await database.travel(to: "2031-05-20 12:00:00")
        try await finish(database, ["2031-05-03 10:00Z", "2031-06-30 23:59Z", "2029-01-01 00:00Z"])
        try await database.script("insert into jobs.job_attempt (job_id, attempt, error, at) values (1, 1, 'x', '2030-02-02')")
        #expect(try await database.number("select count(*) from jobs.job_done_other") == 3)
        let round = await upkeep(database).round()
        #expect(round.failed.isEmpty && round.partitionsMade >= 3 + 3 + 1 + 1 + 2, "\(round)")
        #expect(try await database.number("select count(*) from jobs.job_done_other") == 0)
        #expect(try await database.number("select count(*) from jobs.job_done") == 3)
        #expect(
            Set(try await tables(database, of: "job_done")).isSuperset(
                of: ["job_done_2029_01", "job_done_2031_05", "job_done_2031_06", "job_done_2031_07"]))
        #expect(try await tables(database, of: "job_attempt").contains("job_attempt_2030_02"))
        #expect(try await tables(database, of: "schedule_run").contains("schedule_run_2032"))
        #expect(try await database.number("select count(*) from jobs.alarm where name in ('strays', 'partitions')") == 0)
    }

    @Test func `slots that strayed are moved with their year and stay unique`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2041-01-01 01:00:00")
        let kind = JobKind("test.list", lane: .list)
        let schedule = Schedule("list", try #require(SchedulePattern("daily 02:00")), runs: kind, timeZone: "Asia/Ho_Chi_Minh")
        let tick = ScheduleTick(kinds: [kind.name: kind])
        try await database.pool.transaction { try schedule.declare(on: $0) }
        try await database.travel(to: "2041-01-01 02:00:00")
        #expect(try await database.pool.transaction { try tick(on: $0).enqueued } == 1)
        #expect(try await database.number("select count(*) from jobs.schedule_run_other") == 1)
        #expect(await upkeep(database).round().failed.isEmpty)
        #expect(try await database.number("select count(*) from jobs.schedule_run_2041") == 1)
        try await database.script("update jobs.schedule set last_slot = '2040-12-31T02:00', next_at = jobs.now()")
        #expect(try await database.pool.transaction { try tick(on: $0).enqueued } == 0)
        #expect(try await database.number("select count(*) from jobs.schedule_run") == 1)
    }

    @Test func `old months are dropped after the longest time of a lane, and slots after ten years`() async throws {
        let database = try await TestDatabase.make()
        try await database.script(
            "update jobs.lane set keep_done = '10 days' where name = 'mail'; select jobs.make_run_year(2019)")
        try await database.travel(to: "2030-06-20 12:00:00")
        try await finish(
            database, ["2030-01-31 23:00Z", "2030-02-15 10:00Z", "2030-03-25 10:00Z", "2030-06-19 10:00Z"])
        try await finish(database, lane: 2, ["2030-06-09 10:00Z", "2030-06-11 10:00Z"])
        await upkeep(database).round()
        let round = await upkeep(database).round(isForced: true)
        #expect(round.failed.isEmpty, "\(round)")
        // 90 days before 20 June is 22 March: March is not over by then.
        #expect(
            try await database.texts("select to_char(finished_at at time zone 'UTC', 'MM-DD') as d from jobs.job_done order by 1")
                == ["03-25", "06-11", "06-19"])
        let done = try await tables(database, of: "job_done")
        #expect(!done.contains("job_done_2030_01") && !done.contains("job_done_2030_02") && done.contains("job_done_2030_03"))
        #expect(try await tables(database, of: "schedule_run").contains("schedule_run_2019") == false)
        #expect(
            try await database.number("select count(*) from pg_class where relname in ('job_done_2030_01', 'schedule_run_2019')")
                == 0)
    }

    @Test func `a clock that has jumped drops no history`() async throws {
        let database = try await TestDatabase.make()
        try await finish(database, ["2020-01-01 10:00Z"])
        let upkeep = upkeep(database) { $0.clock = ClockLimits() }
        try await database.script("update jobs.lane set keep_done = '100 years'")
        #expect(await upkeep.round(isForced: true).isHeldByClock == false)
        try await database.script("update jobs.lane set keep_done = '90 days'")
        try await database.travel("10 years")
        let round = await upkeep.round(isForced: true)
        #expect(round.isHeldByClock && round.dropped.isEmpty && round.expired == 0)
        #expect(try await database.number("select count(*) from jobs.job_done") == 1)
    }

    @Test func `a drop that meets a long reader gives up softly and comes back`() async throws {
        let database = try await TestDatabase.make()
        try await finish(database, ["2020-01-01 10:00Z"])
        await upkeep(database) { $0.watch = .seconds(3600) }.round(isForced: true)
        try await finish(database, ["2020-02-01 10:00Z"])
        try await database.script("select jobs.make_partition('job_done', 'finished_at', '2020-02-01')")
        let reader = try await Connection.open(database.settings)
        try await reader.script("begin; select count(*) from jobs.job_done")
        let round = await upkeep(database).round(isForced: true)
        #expect(round.failed.count == 1 && round.done.contains(.watch), "\(round)")
        #expect(
            try await database.number("select count(*) from jobs.upkeep where task = 'prune' and outcome like 'failed%'") == 1)
        try await reader.script("rollback")
        await reader.close()
        #expect(await upkeep(database).round(isForced: true).dropped == ["job_done_2020_02"])
    }

    @Test func `each task is done by one process at a time`() async throws {
        let database = try await TestDatabase.make()
        let (one, two) = (upkeep(database), upkeep(database))
        async let first = one.round()
        async let second = two.round()
        let done = await first.done + second.done
        #expect(done.count == UpkeepTask.allCases.count && Set(done) == Set(UpkeepTask.allCases))
        #expect(await one.round().done.isEmpty)
    }

    @Test func `upkeep done while the clock was ahead is done again when it is set back, and told as neglected until then`()
        async throws
    {
        let database = try await TestDatabase.make()
        func neglected() async throws -> Int {
            try await database.pool.transaction { try $0.one(JobStatements.queueCare).neglected.count }
        }
        await upkeep(database).round()
        #expect(try await neglected() == 0)
        try await database.script(
            "update jobs.upkeep set due_at = due_at + interval '10 years', done_at = done_at + interval '10 years'")
        #expect(try await neglected() == UpkeepTask.allCases.count)
        #expect(await Set(upkeep(database).round().done) == Set(UpkeepTask.allCases))
        #expect(try await neglected() == 0)
        #expect(await upkeep(database).round().done.isEmpty)
    }

    @Test func `dead rows are vacuumed by the owner, and left to the server without that right`() async throws {
        let database = try await TestDatabase.make()
        try await database.script("alter table jobs.job set (autovacuum_enabled = off)")
        let kind = JobKind("test.work")
        _ = try await database.pool.transaction { connection in
            try enqueueMany(kind, (0..<3000).map { _ in (payload: NoPayload(), key: nil) }, on: connection)
        }
        try await database.script("delete from jobs.job; select pg_stat_force_next_flush()")
        let owner = database.server.settings(database.name, as: "etalon_owner")
        #expect(await upkeep(database).round(isForced: true).isVacuumed == false)
        #expect(await upkeep(database, maintenance: database.settings).round(isForced: true).isVacuumed == false)
        let round = await upkeep(database, maintenance: owner).round(isForced: true)
        #expect(round.isVacuumed && round.failed.isEmpty, "\(round)")
        #expect(try await database.number("select pg_relation_size('jobs.job')") == 0)
    }

    @Test func `a snapshot held for long raises an alarm, which ends with it`() async throws {
        let database = try await TestDatabase.make()
        let reader = try await Connection.open(database.settings)
        try await reader.script("begin isolation level repeatable read; select count(*) from jobs.job")
        let upkeep = upkeep(database) { $0.snapshotAge = .zero }
        #expect(await upkeep.round(isForced: true).raised == ["snapshot"])
        #expect(await upkeep.round(isForced: true).raised == [])
        let alarm = try #require(try await database.pool.transaction { try JobUpkeep.alarms(on: $0) }.first)
        #expect(alarm.detail.contains("idle in transaction") && alarm.detail.contains("tests"))
        try await reader.script("rollback")
        await reader.close()
        #expect(await upkeep.round(isForced: true).cleared == ["snapshot"])
        // The usual settings tell within two minutes.
        #expect(UpkeepSettings().watch + UpkeepSettings().snapshotAge <= .seconds(120))
    }

    @Test func `an invalid index and a listener that reads nothing are told`() async throws {
        let database = try await TestDatabase.make()
        try await database.script(
            "create index job_broken on jobs.job (kind); update pg_index set indisvalid = false where indexrelid = 'jobs.job_broken'::regclass"
        )
        let deaf = try await Connection.open(database.settings)
        try await deaf.script("listen nobody")
        try await deaf.script("begin")
        try await database.script("select pg_notify('nobody', repeat('x', 7900) || n) from generate_series(1, 3000) n")
        let round = await upkeep(database) { $0.notificationQueue = 0.0001 }.round(isForced: true)
        #expect(Set(round.raised) == ["invalid_index", "notifications"], "\(round)")
        await deaf.close()
    }

    @Test func `the daemon's role owns nothing and can drop nothing by itself`() async throws {
        let database = try await TestDatabase.make()
        for text in [
            "drop table jobs.job_done_other", "alter table jobs.job_done detach partition jobs.job_done_other",
            "create table jobs.mine (n int)", "select jobs.make_run_year(2050)",
            "select jobs.make_partition('job_done', 'finished_at', '2050-01-01')", "vacuum full jobs.lane",
        ] {
            let refused = await #expect(throws: PostgresError.self, "\(text)") {
                _ = try await database.pool.transaction { try $0.script(text) }
            }
            #expect(refused != nil)
        }
        #expect(
            try await database.number(
                "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'etalon' and c.relnamespace = 'jobs'::regnamespace"
            )
                == 0)
    }
}
