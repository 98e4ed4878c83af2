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

@Suite("Slots that have come")
struct ScheduleSlotsTests {
    private static let canTho = ZoneRules(name: "Asia/Ho_Chi_Minh", first: 7 * 3600, changes: [])
    /// Clocks of a spring and an autumn in Berlin.
    private static let berlin = ZoneRules(
        name: "Europe/Berlin", first: 3600,
        changes: [.init(at: 1_774_746_000, before: 3600, after: 7200), .init(at: 1_792_890_000, before: 7200, after: 3600)])

    private func plan(
        _ pattern: String, _ last: String, _ now: String, _ catchUp: CatchUp, limit: Int = 31, window: Int? = nil,
        most: Int = 5000
    ) throws -> ScheduleSlots {
        let instant = Self.canTho.moment(of: try #require(CivilSlot(now))).instant
        return ScheduleSlots(
            SlotRules(try #require(SchedulePattern(pattern)), zone: Self.canTho), after: try #require(CivilSlot(last)),
            at: instant,
            catchUp: CatchUpRule(catchUp, limit: limit, window: window), most: most)
    }

    private func inBerlin(
        _ pattern: String, _ last: String, at instant: Int, _ catchUp: CatchUp, limit: Int = 31, window: Int? = nil,
        most: Int = 5000
    ) throws -> ScheduleSlots {
        ScheduleSlots(
            SlotRules(try #require(SchedulePattern(pattern)), zone: Self.berlin), after: try #require(CivilSlot(last)),
            at: instant, catchUp: CatchUpRule(catchUp, limit: limit, window: window), most: most)
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

    @Test func `a year of hours down is noted slot by slot, in parts`() throws {
        var last = try #require(CivilSlot("2025-11-21T00:00"))
        var noted = 0
        var run: [CivilSlot] = []
        for part in 1... {
            let plan = try plan("every 60m", last.description, "2026-11-21T00:00", .latest, most: 1000)
            noted += plan.skipped.count
            run += plan.run
            #expect(plan.skipped.count <= 1000 && part < 20)
            last = plan.last
            if !plan.run.isEmpty { break }
            #expect(plan.moment <= Self.canTho.moment(of: try #require(CivilSlot("2026-11-21T00:00"))).instant)
        }
        #expect(noted == 365 * 24 - 1 && run.map(\.description) == ["2026-11-21T00:00"])
    }

    @Test func `what lies beyond the window or the maximum is noted as such`() throws {
        let window = try plan("daily 02:00", "2026-11-10T02:00", "2026-11-21T09:00", .all, window: 3 * 1440)
        #expect(window.run.map(\.description) == ["2026-11-19T02:00", "2026-11-20T02:00", "2026-11-21T02:00"])
        #expect(window.skipped.count == 8 && window.skipped.allSatisfy { $0.cause == .window })
        let both = try plan("daily 02:00", "2026-11-10T02:00", "2026-11-21T09:00", .all, limit: 2, window: 3 * 1440)
        #expect(both.run.count == 2 && both.skipped.last?.cause == .maximum && both.skipped.first?.cause == .window)
        let none = try plan("daily 02:00", "2026-11-17T02:00", "2026-11-21T09:00", .latest, window: 60)
        #expect(none.run.isEmpty && none.skipped.map(\.cause) == [.down, .down, .down, .window])
        #expect(none.last.description == "2026-11-21T02:00")
    }

    @Test func `a look in the hour that the clocks repeat finds nothing new`() throws {
        // 02:10 shown the second time.
        let plan = try inBerlin("daily 02:30", "2026-10-25T02:30", at: 1_792_890_600, .latest)
        #expect(plan.run.isEmpty && plan.last.description == "2026-10-25T02:30")
    }

    @Test func `a slot of the first pass is found in the second, and its schedule does not turn in circles`() throws {
        let plan = try inBerlin("daily 02:30", "2026-10-24T02:30", at: 1_792_890_600, .latest)
        #expect(plan.run.map(\.description) == ["2026-10-25T02:30"] && plan.next.description == "2026-10-26T02:30")
        #expect(plan.moment > 1_792_890_600)
    }

    @Test func `quarters of an hour that the clocks skip come with the hour after them`() throws {
        let latest = try inBerlin("every 15m", "2026-03-29T01:45", at: 1_774_746_000, .latest)
        #expect(latest.run.map(\.description) == ["2026-03-29T03:00"])
        #expect(latest.skipped.map(\.cause) == [.gap, .gap, .gap, .gap])
        #expect(
            latest.skipped.first?.reason == "the clocks skip this time, up to 2026-03-29T03:00; a later slot came with it")
        let all = try inBerlin("every 15m", "2026-03-29T01:45", at: 1_774_746_000, .all)
        #expect(all.run.count == 5 && all.skipped.isEmpty && all.next.description == "2026-03-29T03:15")
    }

    @Test func `in the night of a gap each slot is run or noted, though a later slot is the older one`() throws {
        // 04:20 in summer time: 03:00 and 03:15 were more than an hour ago, the skipped 02:30 and 02:45 came after them.
        let plan = try inBerlin("every 15m", "2026-03-29T01:45", at: 1_774_750_800, .all, window: 60)
        #expect(plan.run.map { $0.description.suffix(5) } == ["02:30", "02:45", "03:30", "03:45", "04:00", "04:15"])
        #expect(plan.skipped.map { $0.slot.description.suffix(5) } == ["02:00", "02:15", "03:00", "03:15"])
        #expect(plan.skipped.allSatisfy { $0.cause == .window } && plan.last.description == "2026-03-29T04:15")
    }

    @Test func `in the night of a gap the slots are the same when they are noted in parts`() throws {
        for most in 1...6 {
            var last = "2026-03-28T23:45"
            var (run, noted): ([CivilSlot], [CivilSlot]) = ([], [])
            for _ in 0..<20 where last != "2026-03-29T04:15" {
                let plan = try inBerlin("every 15m", last, at: 1_774_750_800, .all, window: 60, most: most)
                run += plan.run
                noted += plan.skipped.map(\.slot)
                last = plan.last.description
            }
            #expect(run.map { $0.description.suffix(5) } == ["02:30", "02:45", "03:30", "03:45", "04:00", "04:15"], "\(most)")
            #expect(noted.count == 12 && Set(noted + run).count == 18, "\(most)")
        }
    }

    @Test func `a daily time that the clocks skip is shifted forward by what they skip`() throws {
        let before = try inBerlin("daily 02:30", "2026-03-28T02:30", at: 1_774_746_000, .latest)
        #expect(before.run.isEmpty && before.moment == 1_774_746_000 + 1800)
        let then = try inBerlin("daily 02:30", "2026-03-28T02:30", at: 1_774_747_800, .latest)
        #expect(then.run.map(\.description) == ["2026-03-29T02:30"] && then.next.description == "2026-03-30T02:30")
    }
}
