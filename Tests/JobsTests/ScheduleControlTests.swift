// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Schedules under way", .timeLimit(.minutes(3)))
struct ScheduleControlTests {
    private let kind = JobKind("test.list", lane: .list, maxAttempts: 3, priority: 2)

    private func schedule(
        _ key: String = "list.nightly", _ pattern: String = "daily 02:00", _ catchUp: CatchUp = .latest,
        overlap: Schedule.Overlap? = nil, calendar: String? = nil
    ) throws -> Schedule {
        Schedule(
            key, try #require(SchedulePattern(pattern)), runs: kind, timeZone: "Asia/Ho_Chi_Minh", catchUp: catchUp,
            limit: 10_000, overlap: overlap, calendar: calendar, payload: #"{"region": "east"}"#)
    }

    private func declare(_ schedules: [Schedule], _ database: TestDatabase) async throws {
        try await database.pool.transaction { connection in for schedule in schedules { try schedule.declare(on: connection) } }
    }

    @discardableResult
    private func tick(_ database: TestDatabase) async throws -> ScheduleTick.Round {
        let tick = ScheduleTick(kinds: [kind.name: kind])
        return try await database.pool.transaction { try tick(on: $0) }
    }

    private func causes(_ database: TestDatabase) async throws -> [String] {
        try await database.texts("select slot || ' ' || coalesce(cause, outcome) from jobs.schedule_run order by slot")
    }

    @Test func `two daemons that tick at once run ten thousand slots once each (F14)`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        let many = try (1...100).map { try schedule("list.\($0)", "every 60m", .all) }
        try await declare(many, database)
        try await database.travel(to: "2026-11-24 05:00:00")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var enqueued = 0
                    while try await database.number("select count(*) from jobs.schedule where next_at <= jobs.now()") > 0 {
                        enqueued += try await tick(database).enqueued
                    }
                    return enqueued
                }
            }
            var enqueued = 0
            for try await part in group { enqueued += part }
            #expect(enqueued == 10_000)
        }
        #expect(try await database.number("select count(*) from jobs.job") == 10_000)
        #expect(
            try await database.number(
                "select count(distinct job_id) from jobs.schedule_run r join jobs.job j on j.id = r.job_id and j.payload->>'slot' = r.slot"
            )
                == 10_000)
    }

    @Test func `a thousand schedules that come together are a handful of statements`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        let many = try (1...1000).map { try schedule("list.\($0)") }
        try await declare(many, database)
        try await database.travel(to: "2026-11-20 02:00:00")
        let start = ContinuousClock.now
        var enqueued = 0
        for _ in 0..<2 { enqueued += try await tick(database).enqueued }
        let took = start.duration(to: .now)
        #expect(enqueued == 1000 && took < .seconds(3), "\(took)")
        let idle = ContinuousClock.now
        let round = try await tick(database)
        #expect(round.advanced == 0 && (round.pause ?? .zero) > .seconds(86_000))
        #expect(idle.duration(to: .now) < .milliseconds(100))
    }

    @Test func `a storm of restarts around a slot neither doubles nor loses it`() async throws {
        let database = try await TestDatabase.make()
        let schedules = [try schedule("a", "every 5m", .all), try schedule("b", "every 7m", .all)]
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare(schedules, database)
        for second in stride(from: 0, to: 3600, by: 37) {
            try await database.travel(to: "2026-11-20 \(1 + second / 3600):\(second / 60 % 60):\(second % 60)")
            // A start declares; every third one is killed before it ticks.
            try await database.pool.transaction { _ = try Schedule.declare(schedules, on: $0) }
            if second % 3 != 0 { try await tick(database) }
        }
        try await database.travel(to: "2026-11-20 02:00:00")
        try await tick(database)
        let slots = try await database.texts(
            "select s.key || ' ' || count(*) from jobs.schedule_run r join jobs.schedule s on s.id = r.schedule_id where outcome = 'enqueued' group by s.key order by s.key"
        )
        #expect(slots == ["a 12", "b 9"])
        #expect(try await database.number("select count(*) from jobs.job") == 21)
    }

    @Test func `a job carries the slot, the payload, the lane and the priority`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare([try schedule()], database)
        try await database.travel(to: "2026-11-20 02:00:00")
        try await tick(database)
        #expect(
            try await database.texts("select payload::text || lane || priority || max_attempt || ukey from jobs.job")
                == [#"{"slot": "2026-11-20T02:00", "region": "east"}423list.nightly"#])
    }

    @Test func `a newer slot ends the older job where that is wanted`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare([try schedule(overlap: .cancelOlder)], database)
        let worker = try await database.ghost()
        for day in 20...22 {
            try await database.travel(to: "2026-11-\(day) 02:00:00")
            #expect(try await tick(database).enqueued == 1)
            if day == 21 { _ = try await database.claim(worker, kind) }
        }
        // The first waited and is ended, the second ran and is asked to end, the third is ready.
        #expect(
            try await database.texts(
                "select payload->>'slot' || ' ' || state || (cancel_at is not null) from jobs.job order by id")
                == ["2026-11-21T02:00 2true", "2026-11-22T02:00 1false"])
        #expect(try await database.number("select count(*) from jobs.job_done where outcome = 2") == 1)
    }

    @Test func `a newer slot tells the older job at once, and leaves one that waits for a person`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare([try schedule(overlap: .cancelOlder)], database)
        let worker = try await database.ghost()
        try await database.travel(to: "2026-11-20 02:00:00")
        try await tick(database)
        let dead = try #require(try await database.claim(worker, kind).first)
        let buried = try await database.pool.transaction {
            try $0.rows(
                JobStatements.bury, worker.rawValue, [dead.id.rawValue], [dead.attempt], ["no printer"], ["out of attempts"])
        }
        #expect(buried.count == 1)
        try await database.travel(to: "2026-11-21 02:00:00")
        #expect(try await tick(database).enqueued == 1)
        #expect(try await database.number("select count(*) from jobs.job_dead where id = \(dead.id)") == 1)
        let running = try #require(try await database.claim(worker, kind).first)
        let told = Mutex<[String]>([])
        database.pool.hints.observe { hint in told.withLock { $0.append(hint.payload) } }
        try await database.travel(to: "2026-11-22 02:00:00")
        #expect(try await tick(database).enqueued == 1)
        #expect(told.withLock { $0 }.contains("cancel \(running.id)"))
        #expect(try await database.number("select count(*) from jobs.job_done") == 0)
    }

    @Test func `slots that pass while a person has disabled a schedule are on record`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare([try schedule()], database)
        #expect(
            try await database.pool.transaction {
                try ScheduleControl.disable("list.nightly", by: "Nguyễn Văn An", reason: "stocktaking", on: $0)
            })
        try await database.travel(to: "2026-11-22 03:00:00")
        #expect(try await tick(database).advanced == 0)
        // A restart does not switch it on.
        try await declare([try schedule()], database)
        #expect(try await tick(database).advanced == 0)
        #expect(
            try await database.texts("select enabled || ' ' || disabled_by || ': ' || disabled_reason from jobs.schedule")
                == ["false Nguyễn Văn An: stocktaking"])
        #expect(try await database.pool.transaction { try ScheduleControl.enable("list.nightly", on: $0) })
        try await database.travel(to: "2026-11-23 02:00:00")
        try await tick(database)
        #expect(
            try await causes(database) == [
                "2026-11-20T02:00 disabled", "2026-11-21T02:00 disabled", "2026-11-22T02:00 disabled",
                "2026-11-23T02:00 enqueued",
            ])
        #expect(try await database.pool.transaction { try ScheduleControl.enable("list.nightly", on: $0) } == false)
    }

    @Test func `a schedule that no program declares any more is kept, not run, and comes back with a note`() async throws {
        let database = try await TestDatabase.make()
        let (old, stays) = (try schedule("old"), try schedule("stays"))
        try await database.travel(to: "2026-11-20 01:00:00")
        try await database.pool.transaction { _ = try Schedule.declare([old, stays], on: $0) }
        #expect(try await database.pool.transaction { try Schedule.declare([stays], on: $0) } == ["old"])
        try await database.travel(to: "2026-11-22 03:00:00")
        #expect(try await tick(database).advanced == 1)
        #expect(try await database.number("select count(*) from jobs.schedule") == 2)
        try await database.pool.transaction { _ = try Schedule.declare([old, stays], on: $0) }
        #expect(
            try await database.texts(
                "select cause || ' ' || r.slot from jobs.schedule_run r join jobs.schedule s on s.id = r.schedule_id where s.key = 'old' order by r.slot"
            )
                == ["withdrawn 2026-11-20T02:00", "withdrawn 2026-11-21T02:00", "withdrawn 2026-11-22T02:00"])
    }

    @Test func `an older daemon that starts beside a newer one does not withdraw what only the newer knows`() async throws {
        let database = try await TestDatabase.make()
        let (common, newer) = (try schedule("common"), try schedule("newer"))
        try await database.pool.transaction { _ = try Schedule.declare([common, newer], on: $0) }
        _ = try await database.ghost()
        #expect(try await database.pool.transaction { try Schedule.declare([common], on: $0) } == [])
        // The newer one has gone for good: a quarter of an hour later nobody has renewed it.
        try await database.script(
            "update jobs.schedule set declared_at = declared_at - interval '16 minutes' where key = 'newer'")
        #expect(try await database.pool.transaction { try Schedule.renew([common], on: $0) } == ["newer"])
        #expect(try await database.pool.transaction { try Schedule.renew([common, newer], on: $0) } == [])
    }

    @Test func `a person runs a schedule out of turn, and its own slot comes all the same`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:10:00")
        try await declare([try schedule(overlap: .queue)], database)
        let job = try await database.pool.transaction { try ScheduleControl.runNow("list.nightly", by: "An", on: $0) }
        #expect(job != nil)
        #expect(try await database.pool.transaction { try ScheduleControl.runNow("list.nightly", by: "An", on: $0) } == nil)
        #expect(try await database.pool.transaction { try ScheduleControl.runNow("none", by: "An", on: $0) } == nil)
        try await database.travel(to: "2026-11-20 02:00:00")
        try await tick(database)
        #expect(
            try await database.texts("select slot || coalesce(' by ' || requested_by, '') from jobs.schedule_run order by slot")
                == ["2026-11-20T01:10 by An", "2026-11-20T02:00"])
    }

    @Test func `a newer slot ends the run that a person asked for out of turn`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:10:00")
        try await declare([try schedule(overlap: .cancelOlder)], database)
        let asked = try #require(
            try await database.pool.transaction { try ScheduleControl.runNow("list.nightly", by: "An", on: $0) })
        try await database.travel(to: "2026-11-20 02:00:00")
        #expect(try await tick(database).enqueued == 1)
        #expect(try await database.texts("select payload->>'slot' from jobs.job") == ["2026-11-20T02:00"])
        #expect(try await database.number("select count(*) from jobs.job_done where id = \(asked) and outcome = 2") == 1)
    }

    @Test func `the renewal withdraws what the runner of the same program declared on a connection of its own`() async throws {
        let database = try await TestDatabase.make()
        let (common, newer) = (try schedule("common"), try schedule("newer"))
        var own = database.settings
        own.applicationName += "-jobs"
        let control = try await Connection.open(own)
        try await control.transaction { _ = try Schedule.declare([common, newer], on: $0) }
        await control.close()
        _ = try await database.ghost()
        try await database.script("update jobs.schedule set declared_at = declared_at - interval '16 minutes'")
        #expect(try await database.pool.transaction { try Schedule.renew([common], on: $0) } == ["newer"])
    }

    @Test func `when the days of Tết are announced, the next slot moves`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-02-13 08:00:00")
        try await declare([try schedule("list.working", "working-days 07:00", calendar: "vn")], database)
        func next() async throws -> String? {
            try await database.pool.transaction { try JobInspection.schedules(on: $0) }.first?.nextSlot
        }
        #expect(try await next() == "2026-02-16T07:00")
        let tet = (16...20).map { CalendarDay("2026-02-\($0)", name: "Tết") }
        try await database.pool.transaction { try JobCalendar.put("vn", tet, on: $0) }
        #expect(try await next() == "2026-02-23T07:00")
        // Announced anew, a week later, with a Saturday worked in exchange.
        try await database.pool.transaction {
            try JobCalendar.put("vn", [CalendarDay("2026-02-14", isWorked: true), CalendarDay("2026-02-23")], on: $0)
        }
        #expect(try await next() == "2026-02-14T07:00")
        try await database.travel(to: "2026-02-24 08:00:00")
        try await tick(database)
        #expect(try await database.number("select count(*) from jobs.schedule_run") == 7)
        let forecast = try await database.pool.transaction {
            try ScheduleControl.forecast("list.working", 2, after: CivilSlot("2026-12-31T00:00"), on: $0)
        }
        #expect(forecast?.map(\.slot) == ["2026-12-31T07:00", "2027-01-01T07:00"])
        #expect(forecast?.map(\.note) == [nil, "calendar_unknown"])
    }

    @Test func `a forecast shows instants and says where clocks are changed`() async throws {
        let database = try await TestDatabase.make()
        let pattern = try #require(SchedulePattern("daily 02:30"))
        let spring = try await database.pool.transaction {
            try ScheduleControl.forecast(pattern, timeZone: "Europe/Berlin", 3, after: CivilSlot("2026-03-28T00:00"), on: $0)
        }
        #expect(
            spring.map(\.instant) == ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"])
        #expect(spring.map(\.note) == [nil, "gap", nil])
        let autumn = try await database.pool.transaction {
            try ScheduleControl.forecast(pattern, timeZone: "Europe/Berlin", 1, after: CivilSlot("2026-10-25T00:00"), on: $0)
        }
        #expect(autumn.map(\.instant) == ["2026-10-25T02:30:00+02:00"] && autumn.map(\.note) == ["repeated"])
        await #expect(throws: ScheduleUnreadable.self) {
            _ = try await database.pool.transaction {
                try ScheduleControl.forecast(pattern, timeZone: "Europe/Cantho", 1, on: $0)
            }
        }
    }

    @Test func `a schedule that only a newer program can read holds up no other`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        try await declare([try schedule("newer"), try schedule("plain")], database)
        try await database.script("update jobs.schedule set pattern = 'full-moon 02:00' where key = 'newer'")
        try await database.travel(to: "2026-11-20 02:00:00")
        let round = try await tick(database)
        #expect(round.advanced == 1 && round.unreadable == [ScheduleUnreadable(key: "newer", text: "full-moon 02:00")])
        #expect(try await tick(database).unreadable.isEmpty)
        #expect(try await database.number("select count(*) from jobs.schedule where next_at <= jobs.now()") == 0)
    }
}
