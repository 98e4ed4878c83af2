// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The watch over the database's clock")
struct ClockWatchTests {
    private static let hour: Int64 = 3_600_000
    private static let day = 24 * hour
    private static let start: Int64 = 1_795_226_400_000

    /// Feeds looks: hours of running time, and what the clock shows ahead of it.
    private func judge(_ watch: inout ClockWatch, after hours: Int64, ahead: Int64 = 0, _ memory: ClockWatch.Memory = .init())
        -> ClockWatch.Verdict
    {
        watch.judge(
            .init(database: Self.start + hours * Self.hour + ahead, running: 1_000_000 + hours * Self.hour), memory)
    }

    private func held(_ ahead: Int64, at hours: Int64) -> ClockWatch.Memory {
        .init(heldAt: Self.start + hours * Self.hour + ahead, shift: ahead)
    }

    @Test func `a clock that goes like time is steady, also over days and with a drift`() {
        var watch = ClockWatch(limits: ClockLimits())
        for hours in 0..<200 { #expect(judge(&watch, after: Int64(hours), ahead: Int64(hours) * 2000) == .steady) }
    }

    @Test func `a small jump is told, a jump of more than an hour forward holds, one back never does`() {
        var watch = ClockWatch(limits: ClockLimits())
        #expect(judge(&watch, after: 0) == .steady)
        #expect(judge(&watch, after: 1, ahead: 61_000) == .moved(61_000))
        #expect(judge(&watch, after: 2, ahead: 61_000) == .steady)
        #expect(judge(&watch, after: 3, ahead: 61_000 - 2 * Self.hour) == .moved(-2 * Self.hour))
        #expect(judge(&watch, after: 4, ahead: 61_000 - 2 * Self.hour) == .steady)
        // Put right again: that is no jump forward.
        #expect(judge(&watch, after: 5, ahead: 0) == .moved(2 * Self.hour - 61_000))
        #expect(judge(&watch, after: 6, ahead: 2 * Self.hour) == .jumped(2 * Self.hour))
    }

    @Test func `a held clock stays held until it comes back`() {
        var watch = ClockWatch(limits: ClockLimits())
        let ahead = 10 * 365 * Self.day
        #expect(judge(&watch, after: 0) == .steady)
        #expect(judge(&watch, after: 1, ahead: ahead) == .jumped(ahead))
        #expect(judge(&watch, after: 30, ahead: ahead, held(ahead, at: 1)) == .held)
        #expect(judge(&watch, after: 31, ahead: 90_000, held(ahead, at: 1)) == .returned)
        #expect(judge(&watch, after: 32, ahead: 90_000) == .steady)
    }

    @Test func `what one process holds is held by the others, also by one that begins then, and each sees the clock come back`() {
        let ahead = 3 * Self.hour
        var other = ClockWatch(limits: ClockLimits())
        #expect(judge(&other, after: 0) == .steady)
        #expect(judge(&other, after: 1, ahead: ahead, held(ahead, at: 1)) == .held)
        #expect(judge(&other, after: 2, ahead: 0, held(ahead, at: 1)) == .returned)
        var new = ClockWatch(limits: ClockLimits())
        #expect(judge(&new, after: 5, ahead: ahead, held(ahead, at: 1)) == .held)
        #expect(judge(&new, after: 6, ahead: 0, held(ahead, at: 1)) == .returned)
    }

    @Test func `after a release every process goes on, also one that had not looked since the jump`() {
        let ahead = 3 * Self.hour
        let released = ClockWatch.Memory(releasedAt: Self.start + 2 * Self.hour + ahead)
        var noticed = ClockWatch(limits: ClockLimits())
        var late = noticed
        _ = judge(&noticed, after: 0)
        _ = judge(&late, after: 0)
        #expect(judge(&noticed, after: 1, ahead: ahead) == .jumped(ahead))
        #expect(judge(&noticed, after: 3, ahead: ahead, released) == .released)
        #expect(judge(&late, after: 3, ahead: ahead, released) == .released)
        // A second jump asks anew.
        #expect(judge(&late, after: 4, ahead: 2 * ahead, released) == .jumped(ahead))
    }

    @Test func `a release that was given while the clock was years ahead says nothing about a jump after it was mended`() {
        let (ahead, less) = (10 * 365 * Self.day, 365 * Self.day)
        let released = ClockWatch.Memory(releasedAt: Self.start + 2 * Self.hour + ahead)
        var watch = ClockWatch(limits: ClockLimits())
        _ = judge(&watch, after: 0)
        #expect(judge(&watch, after: 1, ahead: ahead) == .jumped(ahead))
        #expect(judge(&watch, after: 3, ahead: ahead, released) == .released)
        #expect(judge(&watch, after: 4, ahead: 0, released) == .moved(-ahead))
        #expect(judge(&watch, after: 400, ahead: less, released) == .jumped(less))
        // Nor to a computer that starts then.
        var other = ClockWatch(limits: ClockLimits())
        let memory = ClockWatch.Memory(releasedAt: released.releasedAt, latest: Self.start + 4 * Self.hour)
        #expect(judge(&other, after: 5, ahead: less, memory) == .jumped(less + Self.hour))
    }

    @Test func `a start on the same computer knows how much time has passed`() {
        let here = ClockWatch.Reading(database: Self.start, running: 1_000_000)
        var weeks = ClockWatch(limits: ClockLimits())
        #expect(judge(&weeks, after: 24 * 90, .init(here: here, latest: Self.start)) == .steady)
        var jumped = ClockWatch(limits: ClockLimits())
        #expect(judge(&jumped, after: 2, ahead: 5 * Self.hour, .init(here: here, latest: Self.start)) == .jumped(5 * Self.hour))
    }

    @Test func `a start on another computer takes weeks and months for a stop, and asks from half a year`() {
        for (days, verdict) in [
            (Int64(30), ClockWatch.Verdict.steady), (120, .steady), (179, .steady), (3650, .jumped(3650 * Self.day)),
        ] {
            var watch = ClockWatch(limits: ClockLimits())
            #expect(judge(&watch, after: 0, ahead: days * Self.day, .init(latest: Self.start)) == verdict)
        }
        var back = ClockWatch(limits: ClockLimits())
        #expect(judge(&back, after: 0, ahead: -Self.day, .init(latest: Self.start)) == .moved(-Self.day))
        // A running time that went back is that of another start, whatever it is called.
        var odd = ClockWatch(limits: ClockLimits())
        let later = ClockWatch.Reading(database: Self.start, running: 9_000_000)
        #expect(judge(&odd, after: 0, ahead: 40 * Self.day, .init(here: later, latest: Self.start)) == .steady)
    }
}

@Suite("The guard of the clock", .timeLimit(.minutes(2)))
struct ClockGuardTests {
    private let kind = JobKind("test.list", lane: .list)

    /// Running time that the test makes pass together with the queue's clock, or apart from it.
    private final class RunningTime: Sendable {
        private let milliseconds = Mutex<Int64>(50_000_000)

        func pass(_ hours: Int64) { milliseconds.withLock { $0 += hours * 3_600_000 } }

        func clock(boot: String = "here") -> ClockGuard.Running {
            ClockGuard.Running(boot: boot) { self.milliseconds.withLock { $0 } }
        }
    }

    private func trusts(_ guardian: ClockGuard, _ database: TestDatabase) async throws -> Bool {
        try await database.pool.transaction { try guardian.trustsClock(on: $0) }
    }

    @Test func `a jump is held for every process until a person releases it, who stands in the events`() async throws {
        let database = try await TestDatabase.make()
        let time = RunningTime()
        let (one, two) = (
            ClockGuard(running: time.clock(), logger: .silent), ClockGuard(running: time.clock(boot: "there"), logger: .silent)
        )
        #expect(try await trusts(one, database))
        #expect(try await trusts(two, database))
        try await database.travel("2 hours")
        #expect(try await trusts(one, database) == false)
        #expect(try await trusts(two, database) == false)
        // A restart does not forget it, and upkeep leaves the history alone.
        let restarted = ClockGuard(running: time.clock(), logger: .silent)
        #expect(try await trusts(restarted, database) == false)
        let report = try await database.pool.transaction { try ClockGuard.report(on: $0) }
        #expect(report.heldAt != nil && abs((report.shiftSeconds ?? 0) - 7200) < 60)
        #expect(try await database.pool.transaction { try ClockGuard.release(by: "An", reason: "the server was wrong", on: $0) })
        for guardian in [one, two, restarted] { #expect(try await trusts(guardian, database)) }
        let events = try await database.pool.transaction { try ClockGuard.events(on: $0) }
        #expect(events.map(\.what) == ["released", "held"] && events.first?.who == "An")
        #expect(try await database.pool.transaction { try ClockGuard.release(by: "An", reason: "again", on: $0) } == false)
    }

    @Test func `a clock that comes back is trusted again without a person`() async throws {
        let database = try await TestDatabase.make()
        let time = RunningTime()
        let guardian = ClockGuard(running: time.clock(), logger: .silent)
        #expect(try await trusts(guardian, database))
        try await database.travel("10 years")
        #expect(try await trusts(guardian, database) == false)
        try await database.travel("-10 years")
        #expect(try await trusts(guardian, database))
        #expect(try await database.texts("select what from jobs.clock_event order by id") == ["held", "returned"])
    }

    @Test func `a daemon started after a stop of weeks goes on, after a jump of years it asks`() async throws {
        let database = try await TestDatabase.make()
        let time = RunningTime()
        #expect(try await trusts(ClockGuard(running: time.clock(), logger: .silent), database))
        try await database.travel("6 weeks")
        // The computer was off, or it is another one.
        #expect(try await trusts(ClockGuard(running: time.clock(boot: "second"), logger: .silent), database))
        try await database.travel("10 years")
        #expect(try await trusts(ClockGuard(running: time.clock(boot: "third"), logger: .silent), database) == false)
    }

    @Test func `hours that pass on both clocks are no jump`() async throws {
        let database = try await TestDatabase.make()
        let time = RunningTime()
        let guardian = ClockGuard(running: time.clock(), logger: .silent)
        for _ in 0..<5 {
            #expect(try await trusts(guardian, database))
            time.pass(7)
            try await database.travel("7 hours")
        }
        #expect(try await database.number("select count(*) from jobs.clock_event") == 0)
    }

    @Test func `while the clock is held no schedule and no deadline is dealt with, and a release lets both go on`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<String>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.kind)
            return .succeeded
        }
        let ready = Told<Void>()
        let deadlines = MomentSource("deadlines") { _ in
            told.tell("deadline")
            return 0
        } untilNext: { _ in
            nil
        }
        let seal = MomentSource("seal", isBoundToDate: false) { _ in
            ready.tell(())
            return 0
        } untilNext: { _ in
            nil
        }
        let daily = try #require(SchedulePattern("daily 02:00"))
        let schedule = Schedule("list.daily", daily, runs: kind, timeZone: "Asia/Ho_Chi_Minh")
        var settings = RunnerSettings(slots: [.list: 1])
        settings.ceiling = .seconds(3600)
        // This computer looked a moment ago, and since then the database's clock went ahead by a day.
        #expect(try await trusts(ClockGuard(logger: .silent), database))
        try await database.pool.transaction { try schedule.declare(on: $0) }
        try await database.travel("25 hours")
        let runner = JobRunner(
            settings: settings, handlers: handlers, schedules: [schedule], moments: [deadlines, seal],
            database: database.settings,
            pool: database.pool, logger: .silent)
        try await running(runner) {
            // What is not bound to the date is dealt with in the same round, after the others were held.
            _ = try await ready.next()
            #expect(try await database.number("select count(*) from jobs.schedule_run") == 0)
            #expect(try await database.number("select count(*) from jobs.clock_guard where held_at is not null") == 1)
            #expect(try await database.pool.transaction { try ClockGuard.release(by: "An", reason: "checked", on: $0) })
            let words = try await told.next(2)
            #expect(Set(words) == ["deadline", "test.list"])
        }
        #expect(try await database.number("select count(*) from jobs.schedule_run where outcome = 'enqueued'") == 1)
    }

    @Test func `a clock that was months ahead when the computer started, and is set right, leaves no schedule in the future`()
        async throws
    {
        let database = try await TestDatabase.make()
        let (kind, passing) = (kind, RunningTime())
        let daily = try #require(SchedulePattern("daily 02:00"))
        let schedule = Schedule("list.daily", daily, runs: kind, timeZone: "Asia/Ho_Chi_Minh")
        let tick = ScheduleTick(kinds: [kind.name: kind])
        try await database.travel(to: "2026-11-20 01:00:00")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        #expect(try await trusts(ClockGuard(running: passing.clock(), logger: .silent), database))
        // The computer starts anew with a clock five months ahead, which is taken for a stop.
        try await database.travel(to: "2027-04-20 03:00:00")
        let guardian = ClockGuard(running: passing.clock(boot: "anew"), logger: .silent)
        #expect(try await trusts(guardian, database))
        #expect(try await database.pool.transaction { try tick(on: $0) }.enqueued == 1)
        let ahead = "select count(*) from jobs.schedule_run where slot > '2026-11-20T02:00' and outcome = 'skipped'"
        #expect(try await database.number(ahead) > 100)
        // The clock is set right before the first slot.
        try await database.travel(to: "2026-11-20 01:30:00")
        passing.pass(1)
        #expect(try await trusts(guardian, database))
        #expect(try await database.number(ahead) == 0)
        _ = try await database.pool.transaction { try tick(on: $0) }
        try await database.script("delete from jobs.job")
        try await database.travel(to: "2026-11-20 02:00:30")
        #expect(try await database.pool.transaction { try tick(on: $0) }.enqueued == 1)
        #expect(
            try await database.texts("select slot || ' ' || outcome from jobs.schedule_run order by slot")
                == ["2026-11-20T02:00 enqueued", "2027-04-20T02:00 enqueued"])
    }
}
