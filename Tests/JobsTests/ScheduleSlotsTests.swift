// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite("Civil time")
struct CivilSlotTests {
    @Test(arguments: ["1970-01-01T00:00", "2024-02-29T23:59", "2026-11-21T02:00", "1900-03-01T12:30", "9999-12-31T23:59"])
    func `a slot is written as it is read`(text: String) throws {
        #expect(try #require(CivilSlot(text)).description == text)
    }

    @Test(arguments: [
        "2026-02-29T02:00", "2026-13-01T02:00", "2026-11-31T02:00", "2026-11-21T24:00", "2026-11-21T02:60",
        "2026-11-21 02:00", "2026-11-21T2:00", "2026-11-21T02:00:00", "", "2026-1a-21T02:00",
    ])
    func `what is no civil time is refused`(text: String) {
        #expect(CivilSlot(text) == nil)
    }

    @Test func `days follow one another over four hundred years`() {
        var number = CivilDate(year: 1900, month: 1, day: 1).number
        for year in 1900..<2300 {
            for month in 1...12 {
                for day in 1...CivilDate.lastDay(year: year, month: month) {
                    let date = CivilDate(year: year, month: month, day: day)
                    #expect(date.number == number && CivilDate(number: number) == date)
                    number += 1
                }
            }
        }
    }

    @Test func `the twenty-first of November 2026 is a Saturday`() throws {
        #expect(Weekday(day: try #require(CivilSlot("2026-11-21T00:00")).day) == .saturday)
    }
}

@Suite("Patterns of schedules")
struct SchedulePatternTests {
    @Test(arguments: ["every 15m", "daily 02:00", "weekly mon 07:00", "monthly 5 07:00", "month-end 18:00"])
    func `a pattern is written as it is read`(text: String) throws {
        #expect(try #require(SchedulePattern(text)).description == text)
    }

    @Test(arguments: [
        "", "every 0m", "every 15", "every 1441m", "daily", "daily 2:00", "daily 24:00", "weekly fre 07:00",
        "monthly 0 07:00", "monthly 32 07:00", "month-end", "0 2 * * *",
    ])
    func `what is no pattern is refused`(text: String) {
        #expect(SchedulePattern(text) == nil)
    }

    @Test(arguments: [
        ("daily 02:00", "2026-11-21T01:59", "2026-11-21T02:00"),
        ("daily 02:00", "2026-11-21T02:00", "2026-11-22T02:00"),
        ("daily 02:00", "2026-12-31T02:00", "2027-01-01T02:00"),
        ("weekly mon 07:00", "2026-11-21T05:00", "2026-11-23T07:00"),
        ("weekly sat 07:00", "2026-11-21T05:00", "2026-11-21T07:00"),
        ("weekly sat 07:00", "2026-11-21T07:00", "2026-11-28T07:00"),
        ("monthly 5 07:00", "2026-11-21T05:00", "2026-12-05T07:00"),
        ("monthly 31 07:00", "2027-02-01T05:00", "2027-02-28T07:00"),
        ("monthly 31 07:00", "2028-02-28T07:00", "2028-02-29T07:00"),
        ("monthly 31 07:00", "2026-12-31T07:00", "2027-01-31T07:00"),
        ("month-end 18:00", "2026-11-30T18:00", "2026-12-31T18:00"),
        ("month-end 18:00", "2026-11-30T17:59", "2026-11-30T18:00"),
        ("every 15m", "2026-11-21T02:00", "2026-11-21T02:15"),
        ("every 45m", "2026-11-21T23:30", "2026-11-22T00:00"),
        ("every 1440m", "2026-11-21T02:00", "2026-11-22T00:00"),
    ])
    func `the next slot is the first one later`(pattern: String, slot: String, next: String) throws {
        #expect(try #require(SchedulePattern(pattern)).next(after: #require(CivilSlot(slot))).description == next)
    }
}

@Suite("Slots that have come")
struct ScheduleSlotsTests {
    private func plan(_ pattern: String, _ last: String, _ now: String, _ catchUp: CatchUp, limit: Int = 31) throws
        -> ScheduleSlots
    {
        ScheduleSlots(
            try #require(SchedulePattern(pattern)), after: try #require(CivilSlot(last)), upTo: try #require(CivilSlot(now)),
            catchUp: catchUp, limit: limit)
    }

    @Test func `before its time nothing runs`() throws {
        let plan = try plan("daily 02:00", "2026-11-20T02:00", "2026-11-21T01:59", .latest)
        #expect(plan.run.isEmpty && plan.skipped.isEmpty)
        #expect(plan.last.description == "2026-11-20T02:00")
        #expect(plan.next.description == "2026-11-21T02:00")
    }

    @Test(arguments: CatchUp.allCases)
    func `at its time one slot runs`(catchUp: CatchUp) throws {
        let plan = try plan("daily 02:00", "2026-11-20T02:00", "2026-11-21T02:00", catchUp)
        #expect(plan.run.map(\.description) == ["2026-11-21T02:00"])
        #expect(plan.skipped.isEmpty)
        #expect(plan.next.description == "2026-11-22T02:00")
    }

    @Test func `after four days down the latest runs and three are noted with the reason`() throws {
        let plan = try plan("daily 02:00", "2026-11-17T02:00", "2026-11-21T09:00", .latest)
        #expect(plan.run.map(\.description) == ["2026-11-21T02:00"])
        #expect(plan.skipped.map(\.slot.description) == ["2026-11-18T02:00", "2026-11-19T02:00", "2026-11-20T02:00"])
        #expect(
            plan.skipped.allSatisfy {
                $0.reason == "not running between 2026-11-17T02:00 and 2026-11-21T09:00; catch-up latest"
            })
    }

    @Test func `all missed slots run, the earliest first, up to the limit`() throws {
        let all = try plan("daily 02:00", "2026-11-17T02:00", "2026-11-21T09:00", .all)
        #expect(all.run.map(\.day).sorted() == all.run.map(\.day) && all.run.count == 4 && all.skipped.isEmpty)
        let two = try plan("daily 02:00", "2026-11-17T02:00", "2026-11-21T09:00", .all, limit: 2)
        #expect(two.run.map(\.description) == ["2026-11-20T02:00", "2026-11-21T02:00"])
        #expect(two.skipped.count == 2)
    }

    @Test func `without catching up a late slot is noted and not run`() throws {
        let late = try plan("daily 02:00", "2026-11-20T02:00", "2026-11-21T02:11", .none)
        #expect(late.run.isEmpty && late.skipped.count == 1)
        let inTime = try plan("daily 02:00", "2026-11-20T02:00", "2026-11-21T02:10", .none)
        #expect(inTime.run.count == 1 && inTime.skipped.isEmpty)
    }

    @Test func `a year of minutes is noted in a thousand lines and one sum`() throws {
        let plan = try plan("every 1m", "2025-11-21T00:00", "2026-11-21T00:00", .latest)
        #expect(plan.run.map(\.description) == ["2026-11-21T00:00"])
        #expect(plan.skipped.count == ScheduleSlots.mostNoted - 1)
        let first = try #require(plan.skipped.first)
        #expect(first.reason.hasSuffix("stands for \(365 * 1440 - ScheduleSlots.mostNoted) earlier slots too"))
    }

    @Test func `a look in the hour that the clocks repeat finds nothing new`() throws {
        let plan = try plan("daily 02:30", "2026-10-25T02:30", "2026-10-25T02:10", .latest)
        #expect(plan.run.isEmpty && plan.last.description == "2026-10-25T02:30")
    }
}
