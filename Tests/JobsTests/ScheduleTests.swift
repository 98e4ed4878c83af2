// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Schedules")
struct ScheduleTests {
    private let kind = JobKind("test.list", lane: .list)

    private func schedule(_ pattern: String, _ catchUp: CatchUp = .latest, zone: String = "Asia/Ho_Chi_Minh") throws -> Schedule {
        Schedule("list.nightly", try #require(SchedulePattern(pattern)), runs: kind, timeZone: zone, catchUp: catchUp)
    }

    private func tick(_ database: TestDatabase) async throws -> Int {
        let tick = ScheduleTick(kinds: [kind.name: kind])
        return try await database.pool.transaction { try tick(on: $0).advanced }
    }

    private func runs(_ database: TestDatabase) async throws -> [ScheduleRunReport] {
        try await database.pool.transaction { try JobInspection.scheduleRuns("list.nightly", on: $0) }
    }

    @Test func `a new schedule begins with its next slot`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 09:00:00")
        let schedule = try schedule("daily 02:00")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        #expect(try await tick(database) == 0)
        try await database.travel(to: "2026-11-21 02:00:00")
        #expect(try await tick(database) == 1)
        #expect(try await tick(database) == 0)
        #expect(try await database.texts("select payload->>'slot' as slot from jobs.job") == ["2026-11-21T02:00"])
        #expect(try await runs(database).map(\.slot) == ["2026-11-21T02:00"])
    }

    @Test func `after four days down the latest slot runs and the others are on record`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-17 01:00:00")
        let schedule = try schedule("daily 02:00")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        try await database.travel(to: "2026-11-20 05:30:00")
        // A restart declares the schedule again: it keeps its place.
        try await database.pool.transaction { try schedule.declare(on: $0) }
        #expect(try await tick(database) == 1)
        let runs = try await runs(database)
        #expect(runs.map(\.slot) == ["2026-11-20T02:00", "2026-11-19T02:00", "2026-11-18T02:00", "2026-11-17T02:00"])
        #expect(runs.map(\.outcome) == ["enqueued", "skipped", "skipped", "skipped"])
        #expect(runs[1].reason == "not running between 2026-11-17T01:00 and 2026-11-20T05:30; catch-up latest")
        #expect(try await database.number("select count(*) from jobs.job") == 1)
    }

    @Test func `a ledger catches up every day`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-17 01:00:00")
        let schedule = try schedule("daily 02:00", .all)
        try await database.pool.transaction { try schedule.declare(on: $0) }
        try await database.travel(to: "2026-11-20 05:30:00")
        #expect(try await tick(database) == 1)
        #expect(try await runs(database).map(\.outcome) == Array(repeating: "enqueued", count: 4))
        #expect(try await database.number("select count(*) from jobs.job") == 4)
    }

    @Test func `a slot whose predecessor is unfinished is skipped with that reason`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        let schedule = try schedule("daily 02:00")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        for day in [20, 21] {
            try await database.travel(to: "2026-11-\(day) 02:00:01")
            #expect(try await tick(database) == 1)
        }
        #expect(try await runs(database).map(\.reason) == ["the job of an earlier slot is unfinished", nil])
    }

    @Test func `two processes that tick at once run each slot once`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-20 01:00:00")
        let (kind, names) = (kind, (1...40).map { "list.\($0)" })
        let pattern = try #require(SchedulePattern("daily 02:00"))
        try await database.pool.transaction { connection in
            for name in names {
                try Schedule(name, pattern, runs: kind, timeZone: "Asia/Ho_Chi_Minh", catchUp: .all).declare(on: connection)
            }
        }
        try await database.travel(to: "2026-11-24 02:00:00")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { while try await tick(database) > 0 {} } }
            try await group.waitForAll()
        }
        #expect(try await database.number("select count(*) from jobs.schedule_run where outcome = 'enqueued'") == 200)
        #expect(try await database.number("select count(*) from jobs.job") == 200)
    }

    @Test(arguments: [
        // Inside the gap the slot is shifted forward by it.
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29 01:30"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08 07:30"),
        ("2026-10-04T02:10", "Australia/Lord_Howe", "2026-10-03 15:40"),
        ("2026-04-24T00:30", "Africa/Cairo", "2026-04-23 22:30"),
        // A time the clock shows twice is the earlier one.
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25 00:30"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01 05:30"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04 14:45"),
        ("2026-10-29T23:30", "Africa/Cairo", "2026-10-29 20:30"),
        ("2026-11-21T02:00", "Asia/Ho_Chi_Minh", "2026-11-20 19:00"),
    ])
    func `a slot is one instant also where clocks are changed`(slot: String, zone: String, instant: String) async throws {
        let database = try await TestDatabase.make()
        let found = try await database.texts(
            "select to_char(jobs.slot_instant('\(slot)', '\(zone)') at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as instant")
        #expect(found == [instant])
    }

    @Test func `a night on which the clocks go back has its slot once`() async throws {
        let database = try await TestDatabase.make()
        let schedule = try schedule("daily 02:30", zone: "Europe/Berlin")
        try await database.travel(to: "2026-10-25 03:00:00")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        // Every ten minutes through the night, in Can Tho's time.
        for minute in stride(from: 0, to: 360, by: 10) {
            try await database.travel(to: "2026-10-25 \(4 + minute / 60):\(minute % 60):00")
            while try await tick(database) > 0 {}
        }
        #expect(try await runs(database).map(\.slot) == ["2026-10-25T02:30"])
    }
}
