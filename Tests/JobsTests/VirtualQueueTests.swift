// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import JobsTesting
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

@Suite("A queue under a virtual clock", .timeLimit(.minutes(2)))
struct VirtualQueueTests {
    private let letter = JobKind(
        "test.letter", lane: .mail, maxAttempts: 3, retryDelay: RetryDelay(first: .seconds(60), spread: 0))
    private let list = JobKind("test.list", lane: .list)

    private struct Address: Codable, Equatable {
        let to: String
    }

    private func queue(
        _ database: TestDatabase, _ handlers: JobHandlers, _ schedules: [Schedule] = [], _ moments: [MomentSource] = [],
        watch: ClockGuard? = nil
    ) -> VirtualQueue {
        VirtualQueue(
            handlers: handlers, schedules: schedules, moments: moments, passingOver: ["pulse"], pool: database.pool,
            clock: database.clock, watch: watch)
    }

    @Test func `what is due runs to the end, what waits is travelled to, and time stands still between`() async throws {
        let database = try await TestDatabase.make()
        try await database.clock.stand(at: "2031-02-28T22:00:00+07:00")
        var handlers = JobHandlers()
        handlers.work(letter) { [list] job in
            guard try job.payload(as: Address.self).to == "a@x.vn" || job.attempt > 1 else { throw Unavailable(what: "line") }
            _ = list
            return .succeeded
        }
        handlers.transaction(list) { [letter] database, _ in
            try enqueue(letter, payload: Address(to: "b@x.vn"), key: "b", on: database)
            return .succeeded
        }
        let queue = queue(database, handlers)
        let two = RunMoment.civil(try #require(CivilSlot("2031-03-01T02:00")), zone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { [letter, list] database in
            try enqueue(letter, payload: Address(to: "a@x.vn"), key: "a", on: database)
            try enqueue(list, payload: NoPayload(), at: two, on: database)
        }
        #expect(try await queue.drain().ended.map(\.ending) == [.succeeded])
        #expect(await queue.untilNext == .seconds(4 * 3600))
        #expect(try await database.clock.now() == "2031-02-28T15:00:00.000Z")
        // The list and the letter it asks for, which fails once.
        let night = try #require(try await queue.travelToNext())
        #expect(night.ended.map(\.job.kind) == ["test.list", "test.letter"])
        #expect(night.ended(list).map(\.ending) == [.committed])
        #expect(try await database.clock.now() == "2031-02-28T19:00:00.000Z")
        #expect(try await queue.travelToNext(within: .seconds(59)) == nil)
        #expect(try await queue.travelToNext(within: .seconds(60))?.ended.map(\.ending) == [.succeeded])
        #expect(try await queue.travelToNext() == nil)
        #expect(await queue.ran(letter).map(\.job.attempt) == [1, 1, 2])
        let letters = try await queue.enqueued(letter) { $0.payload.contains("b@x.vn") }
        #expect(letters.map(\.state) == ["succeeded"] && letters.map(\.key) == ["b"] && letters.map(\.attempt) == [2])
        #expect(try await queue.enqueued(list).map(\.runAt) == ["2031-02-28T19:00:00Z"])
    }

    @Test func `a year of nights is lived through in order, each slot once`() async throws {
        let database = try await TestDatabase.make()
        try await database.clock.stand(at: "2030-12-31T12:00:00+01:00")
        var handlers = JobHandlers()
        handlers.transaction(list) { _, _ in .succeeded }
        let nights = Schedule(
            "night", .daily(try #require(TimeOfDay("02:30"))), runs: list, timeZone: "Europe/Berlin")
        let looks = Atomic(0)
        let pulse = MomentSource("pulse") { _ in
            looks.add(1, ordering: .relaxed).newValue * 0
        } untilNext: { _ in
            .seconds(60)
        }
        let queue = queue(database, handlers, [nights], [pulse])
        let year = try await queue.live(through: .seconds(365 * 86_400))
        #expect(year.slots == 365 && year.skippedSlots == 0 && year.ended.count == 365)
        // Nobody stops for the pulse: a stop is two looks and one for the end of the job.
        #expect(looks.load(ordering: .relaxed) < 1200)
        let runs = try await database.texts(
            "select to_char(d.run_at at time zone 'Europe/Berlin', 'MM-DD HH24:MI') from jobs.job_done d order by d.run_at")
        #expect(runs.count == 365 && Set(runs).count == 365)
        #expect(runs.filter { !$0.hasSuffix("02:30") } == ["03-30 03:30"])
    }

    @Test func `a stop and a jump of the clock look as they do in production`() async throws {
        let database = try await TestDatabase.make()
        try await database.clock.stand(at: "2030-05-01T12:00:00Z")
        let uptime = Atomic(Int64(0))
        let running = ClockGuard.Running(boot: "test") { uptime.load(ordering: .relaxed) }
        var handlers = JobHandlers()
        handlers.transaction(list) { _, _ in .succeeded }
        let hourly = Schedule("hourly", .every(minutes: 60), runs: list, timeZone: "Asia/Ho_Chi_Minh")
        let queue = queue(database, handlers, [hourly], watch: ClockGuard(running: running, logger: .silent))
        #expect(try await queue.drain().isHeld == false)
        // Both clocks go on: ten hours were missed, the last is run.
        uptime.add(36_000_000, ordering: .relaxed)
        try await database.clock.move(by: .seconds(36_000))
        let back = try await queue.drain()
        #expect(back.slots == 1 && back.skippedSlots == 9)
        // The database's clock alone goes on: nothing runs until a person says so.
        try await database.clock.move(by: .seconds(86_400))
        let held = try await queue.drain()
        #expect(held.isHeld && held.slots == 0)
        #expect(try await database.pool.transaction { try ClockGuard.release(by: "chief", reason: "checked", on: $0) })
        #expect(try await queue.drain().slots == 1)
    }

    @Test func `a job that is never done is not waited for`() async throws {
        let database = try await TestDatabase.make()
        var handlers = JobHandlers()
        handlers.work(letter) { _ in .snoozed(.zero) }
        let queue = queue(database, handlers)
        _ = try await database.pool.transaction { [letter] in try enqueue(letter, payload: NoPayload(), on: $0) }
        await #expect(throws: NeverIdle.self) { try await queue.drain(limit: 20) }
        try await queue.stop()
        #expect(try await database.number("select count(*) from jobs.worker") == 0)
        #expect(try await queue.enqueued(letter).map(\.state) != ["running"])
    }

    @Test func `a handler runs without a database`() async throws {
        var handlers = JobHandlers()
        handlers.work(letter) { job in
            guard try job.payload(as: Address.self).to.contains("@") else { throw PermanentFailure("no address") }
            return .succeeded
        }
        handlers.effect(list) { job in .snoozed(.seconds(job.attempt)) }
        #expect(try await handlers.runInline(letter, payload: Address(to: "a@x")).ending == .succeeded)
        #expect(try await handlers.runInline(letter, payload: Address(to: "a")).ending == .givenUp("no address"))
        #expect(try await handlers.runInline(list, payload: NoPayload(), attempt: 7).ending == .snoozed(.seconds(7)))
        let unknown = try await handlers.runInline(JobKind("other"), payload: NoPayload())
        #expect(unknown.ending == .givenUp("no handler for the kind"))
    }
}
