// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The examination of the queue")
struct QueueDoctorTests {
    private func findings(
        _ database: TestDatabase, _ probe: ListenerProbe = .heard
    ) async throws -> [QueueCheck: QueueFinding] {
        let clock = Int64(try await database.number("(extract(epoch from clock_timestamp()) * 1000)::bigint"))
        let found = try await database.pool.transaction(isolation: .repeatableRead, readOnly: true) {
            try QueueDoctor.examine(probe: probe, clock: clock, on: $0)
        }
        #expect(Set(found.map(\.check)) == Set(QueueCheck.allCases) && found.count == QueueCheck.allCases.count)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.check, $0) })
    }

    @Test func `a queue with a live worker and nothing in it is in order`() async throws {
        let database = try await TestDatabase.make()
        _ = try await database.ghost()
        try await database.script("update jobs.upkeep set due_at = now()")
        let found = try await findings(database)
        let grave = found.values.filter { $0.level != .ok && $0.check != .visibility }
        #expect(grave.isEmpty, "\(grave)")
        #expect(found[.workers]?.figure == 1)
    }

    @Test func `without a worker it is a fault, and an orphan is told`() async throws {
        let database = try await TestDatabase.make()
        #expect(try await findings(database)[.workers]?.level == .fault)
        let worker = try await database.ghost()
        let kind = JobKind("test.work")
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), on: $0) }
        _ = try await database.claim(worker, kind)
        try await database.silence(worker)
        let found = try await findings(database)
        #expect(found[.workers]?.level == .fault && found[.orphans]?.level == .warning && found[.orphans]?.figure == 1)
        try await database.script("update jobs.worker set beat_at = now() - interval '10 minutes'")
        #expect(try await findings(database)[.orphans]?.level == .fault)
    }

    @Test func `a paused lane, an old ready job, a moment that passed and a dead job are told with their figures`() async throws {
        let database = try await TestDatabase.make()
        _ = try await database.ghost()
        try await database.script(
            """
            update jobs.lane set paused_at = now() where name = 'mail';
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            values (3, 'a', 1, '{}', 1, jobs.now() - interval '20 minutes'), (2, 'a', 1, '{}', 1, jobs.now() - interval '2 days'),
                   (6, 'a', 1, '{}', 0, jobs.now() - interval '10 minutes');
            insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, payload, enqueued_at,
                                       enqueued_by, reason)
            values (9001, 2, 'a', 0, now(), 1, 1, 0, '{}', now(), 'test', 'all 1 attempts failed');
            """)
        let found = try await findings(database)
        #expect(found[.lanes]?.level == .warning && found[.lanes]?.names == ["mail"])
        // What a paused lane holds is not late: it was meant to wait.
        #expect(found[.ready]?.level == .warning && found[.ready]?.names == ["render"])
        #expect((1190...1260).contains(found[.ready]?.figure ?? 0))
        #expect(found[.waiting]?.level == .fault)
        #expect(found[.dead]?.level == .warning && found[.dead]?.figure == 1)
    }

    @Test func `a ready job of a kind that no worker takes is a fault, unless a worker does not tell what it takes`() async throws
    {
        let database = try await TestDatabase.make()
        let (known, unknown) = (JobKind("test.known"), JobKind("test.unknown"))
        try await database.pool.transaction { database in
            for _ in 1...3 { _ = try enqueue(unknown, payload: NoPayload(), on: database) }
            _ = try enqueue(known, payload: NoPayload(), on: database)
        }
        // Without any worker the other check tells.
        #expect(try await findings(database)[.kinds]?.level == .ok)
        _ = try await database.ghost(kinds: ["test.known"])
        let found = try await findings(database)
        #expect(found[.kinds]?.level == .fault && found[.kinds]?.figure == 3 && found[.kinds]?.names == ["test.unknown"])
        let elsewhere = try await database.ghost(kinds: ["test.unknown"], lanes: ["mail"])
        #expect(try await findings(database)[.kinds]?.figure == 3)
        _ = try await database.ghost(kinds: ["test.unknown"])
        #expect(try await findings(database)[.kinds]?.level == .ok)
        try await database.script("delete from jobs.worker where id > \(elsewhere)")
        _ = try await database.ghost()
        #expect(try await findings(database)[.kinds]?.level == .ok)
    }

    @Test func `jobs put off while the clock was ahead are told when it is set back`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let kind = JobKind("test.work")
        try await database.pool.transaction { database in
            for moment in [RunMoment.now, .now, .after(.seconds(86_400))] {
                _ = try enqueue(kind, payload: NoPayload(), at: moment, on: database)
            }
        }
        try await database.travel("10 years")
        let jobs = try await database.claim(worker, kind, room: 2)
        let (ids, attempts) = (jobs.map(\.id.rawValue), jobs.map(\.attempt))
        try await database.pool.transaction { database in
            _ = try database.rows(JobStatements.snooze, worker.rawValue, [ids[0]], [attempts[0]], [Int64(60_000)])
            _ = try database.rows(
                JobStatements.retry, worker.rawValue, [ids[1]], [attempts[1]], [Int64(60_000)], ["no printer"])
        }
        try await database.travel("-10 years")
        try await database.script(
            "insert into jobs.clock_event (at, what, shift, who) values (now(), 'moved', '-10 years', 'test')")
        let found = try await findings(database)[.stranded]
        #expect(found?.level == .warning && found?.figure == 2 && found?.names == ids.map(String.init))
        for id in ids {
            #expect(try await database.pool.transaction { try JobInspection.retry(JobID(rawValue: id), on: $0) })
        }
        #expect(try await findings(database)[.stranded]?.level == .ok)
    }

    @Test func `a schedule that did not run its slot is named`() async throws {
        let database = try await TestDatabase.make()
        _ = try await database.ghost()
        let kind = JobKind("test.nightly")
        try await database.travel(to: "2018-06-30T01:00")
        let time = try #require(TimeOfDay(hour: 2, minute: 0))
        let nightly = Schedule("nightly", .daily(time), runs: kind, timeZone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { try nightly.declare(on: $0) }
        #expect(try await findings(database)[.schedules]?.level == .ok)
        try await database.travel(to: "2018-06-30T02:05")
        #expect(try await findings(database)[.schedules]?.level == .warning)
        try await database.travel(to: "2018-06-30T04:00")
        let found = try await findings(database)
        #expect(found[.schedules]?.level == .fault && found[.schedules]?.names == ["nightly"])
    }

    @Test func `an index that is gone or broken is a fault`() async throws {
        let database = try await TestDatabase.make()
        try await database.script(
            "update pg_index set indisvalid = false where indexrelid = 'jobs.job_running'::regclass; drop index jobs.job_ready")
        let found = try await findings(database)
        #expect(found[.indexes]?.level == .fault && found[.indexes]?.names == ["job_running"])
        #expect(found[.plans]?.level == .fault && found[.plans]?.names == ["job_ready", "job_running"])
    }

    @Test func `a snapshot held by another session is told with its holder`() async throws {
        let database = try await TestDatabase.make()
        _ = try await database.ghost()
        let holder = try await Connection.open(database.settings)
        try await holder.script("begin isolation level repeatable read; select 1")
        let figures = try await database.pool.transaction(readOnly: true) { try QueueFigures.read(on: $0) }
        #expect(figures.snapshotHolder?.contains("pid") == true && figures.snapshotSeconds < 60)
        #expect(FindingLevel(121, warning: QueueDoctor.snapshotSeconds, fault: 1800) == .warning)
        await holder.close()
    }

    @Test func `what was not heard is a fault, a runner that only polls is in order`() async throws {
        let database = try await TestDatabase.make()
        #expect(try await findings(database, .silent)[.listener]?.level == .fault)
        #expect(try await findings(database, .polling)[.listener]?.level == .ok)
        #expect(try await findings(database, .heard)[.listener]?.level == .ok)
    }

    @Test func `a held clock, a missing month, a stray and upkeep that nobody does are told`() async throws {
        let database = try await TestDatabase.make()
        #expect(try await findings(database)[.upkeep]?.names == ["partitions", "prune", "vacuum", "watch"])
        try await database.script(
            """
            update jobs.upkeep set due_at = now() where task <> 'vacuum';
            update jobs.clock_guard set held_at = jobs.now(), expected_at = jobs.now() - interval '2 hours', noticed_by = 'test';
            insert into jobs.job_attempt (job_id, attempt, worker, at, error) values (1, 1, 1, timestamptz '2001-01-01 00:00Z', 'x');
            """)
        let found = try await findings(database)
        #expect(found[.upkeep]?.level == .warning && found[.upkeep]?.names == ["vacuum"])
        #expect(found[.clockGuard]?.level == .fault && found[.clockGuard]?.figure == 7200)
        #expect(found[.partitions]?.level == .warning && found[.partitions]?.figure == 1)
    }

    @Test func `figures are cheap beside a hundred thousand waiting jobs`() async throws {
        let database = try await TestDatabase.make()
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'future', 1, '{}', 0, jobs.now() + interval '2 days' + n * interval '1 s' from generate_series(1, 100000) n;
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'soon', 1, '{}', 0, jobs.now() + n * interval '10 min' from generate_series(1, 100) n;
            """)
        let owner = try await Connection.open(database.server.settings(database.name, as: "etalon_owner"))
        try await owner.script("vacuum analyze jobs.job")
        await owner.close()
        let figures = try await database.pool.transaction(readOnly: true) { try QueueFigures.read(on: $0) }
        #expect((99_000...101_500).contains(figures.waiting))
        #expect((5...6).contains(figures.dueWithinHour) && figures.dueWithinDay == 100 && figures.overdueSeconds == 0)
        let lanes = try await database.pool.transaction(readOnly: true) { try LaneControl.figures(on: $0) }
        #expect(lanes.allSatisfy { $0.ready == 0 && $0.oldestReadySeconds == 0 })
    }
}
