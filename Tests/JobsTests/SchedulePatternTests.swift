// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite("Patterns of schedules")
struct SchedulePatternTests {
    /// Tết of 2026 at Can Tho, and a Saturday that is worked in exchange.
    private static let tet = WorkingCalendar(
        "vn", week: [.monday, .tuesday, .wednesday, .thursday, .friday],
        exceptions: Dictionary(
            uniqueKeysWithValues: (16...20).map { (CivilDate(year: 2026, month: 2, day: $0).number, false) }
                + [(CivilDate(year: 2026, month: 2, day: 28).number, true)]))

    @Test(arguments: [
        "every 15m", "every 15m 08:00-17:45", "every 60m in jan,jul", "daily 02:00", "daily 07:00,13:30", "weekly mon 07:00",
        "weekly mon,wed,fri 07:00", "weekly sat every 30m 08:00-11:30", "monthly 5 07:00", "monthly 5,20 07:00",
        "month-end 18:00",
        "month-end 18:00 in mar,jun,sep,dec", "nth 2 tue 07:00", "nth last fri 17:00", "working-days 07:00",
        "working-day 1 07:00",
        "working-day last 16:00",
    ])
    func `a pattern is written as it is read`(text: String) throws {
        #expect(try #require(SchedulePattern(text)).description == text)
    }

    @Test func `a pattern made in the program is the one that is read`() throws {
        let seven = try #require(TimeOfDay(hour: 7, minute: 0))
        let made: [(SchedulePattern, String)] = [
            (.every(minutes: 15), "every 15m"), (.daily(seven), "daily 07:00"), (.weekly(.monday, seven), "weekly mon 07:00"),
            (.monthly(day: 5, seven), "monthly 5 07:00"), (.monthEnd(seven), "month-end 07:00"),
            (.workingDays(seven), "working-days 07:00"), (.lastWorkingDay(seven), "working-day last 07:00"),
            (.workingDay(3, seven), "working-day 3 07:00"), (.nth(2, .tuesday, seven), "nth 2 tue 07:00"),
            (.last(.friday, seven), "nth last fri 07:00"), (.daily(seven).only(inMonths: [1, 7]), "daily 07:00 in jan,jul"),
        ]
        for (pattern, text) in made {
            #expect(pattern.description == text && SchedulePattern(text) == pattern)
        }
    }

    @Test(arguments: [
        "", "every 0m", "every 15", "every 1441m", "every 15m 17:00-08:00", "daily", "daily 2:00", "daily 24:00", "daily 07:00,",
        "weekly fre 07:00", "weekly mon, 07:00", "monthly 0 07:00", "monthly 32 07:00", "month-end", "nth 6 tue 07:00",
        "nth 0 tue 07:00",
        "nth last 07:00", "working-day 24 07:00", "working-day 07:00", "daily 07:00 in", "daily 07:00 in july", "daily 07:00 x",
        "0 2 * * *", "daily +7:00", "every +5m",
    ])
    func `what is no pattern is refused`(text: String) {
        #expect(SchedulePattern(text) == nil)
    }

    @Test(arguments: [
        ("daily 02:00", "2026-11-21T01:59", "2026-11-21T02:00"),
        ("daily 02:00", "2026-11-21T02:00", "2026-11-22T02:00"),
        ("daily 02:00", "2026-12-31T02:00", "2027-01-01T02:00"),
        ("daily 07:00,13:30", "2026-11-21T07:00", "2026-11-21T13:30"),
        ("daily 07:00,13:30", "2026-11-21T13:30", "2026-11-22T07:00"),
        ("weekly mon 07:00", "2026-11-21T05:00", "2026-11-23T07:00"),
        ("weekly sat 07:00", "2026-11-21T05:00", "2026-11-21T07:00"),
        ("weekly sat 07:00", "2026-11-21T07:00", "2026-11-28T07:00"),
        ("weekly mon,fri 07:00", "2026-11-23T07:00", "2026-11-27T07:00"),
        ("monthly 5 07:00", "2026-11-21T05:00", "2026-12-05T07:00"),
        ("monthly 31 07:00", "2027-02-01T05:00", "2027-02-28T07:00"),
        ("monthly 30,31 07:00", "2027-02-01T05:00", "2027-02-28T07:00"),
        ("monthly 31 07:00", "2028-02-28T07:00", "2028-02-29T07:00"),
        ("monthly 31 07:00", "2026-12-31T07:00", "2027-01-31T07:00"),
        ("month-end 18:00", "2026-11-30T18:00", "2026-12-31T18:00"),
        ("month-end 18:00", "2026-11-30T17:59", "2026-11-30T18:00"),
        ("month-end 18:00 in mar,jun,sep,dec", "2026-12-31T18:00", "2027-03-31T18:00"),
        ("nth 2 tue 07:00", "2026-11-10T07:00", "2026-12-08T07:00"),
        ("nth 5 sat 07:00", "2026-11-01T00:00", "2027-01-30T07:00"),
        ("nth last fri 17:00", "2026-11-27T17:00", "2026-12-25T17:00"),
        ("working-days 07:00", "2026-11-20T07:00", "2026-11-23T07:00"),
        ("every 15m", "2026-11-21T02:00", "2026-11-21T02:15"),
        ("every 45m", "2026-11-21T23:30", "2026-11-22T00:00"),
        ("every 1440m", "2026-11-21T02:00", "2026-11-22T00:00"),
        ("every 30m 08:00-11:30", "2026-11-21T11:30", "2026-11-22T08:00"),
        ("every 30m 08:00-11:30", "2026-11-21T07:59", "2026-11-21T08:00"),
        ("weekly sat every 30m 08:00-11:30", "2026-11-21T11:30", "2026-11-28T08:00"),
    ])
    func `the next slot is the first one later`(pattern: String, slot: String, next: String) throws {
        #expect(try #require(SchedulePattern(pattern)).next(after: #require(CivilSlot(slot))).description == next)
    }

    @Test(arguments: [
        ("working-days 07:00", "2026-02-13T07:00", "2026-02-23T07:00"),
        ("working-days 07:00", "2026-02-27T07:00", "2026-02-28T07:00"),
        ("working-day last 16:00", "2026-02-01T00:00", "2026-02-28T16:00"),
        ("working-day 11 07:00", "2026-02-01T00:00", "2026-02-23T07:00"),
        ("working-day 23 07:00", "2026-02-01T00:00", "2026-02-28T07:00"),
        ("working-day 1 07:00", "2026-02-02T07:00", "2026-03-02T07:00"),
    ])
    func `working days leave out Tết and take a Saturday worked in exchange`(pattern: String, slot: String, next: String) throws {
        let pattern = try #require(SchedulePattern(pattern))
        #expect(pattern.next(after: try #require(CivilSlot(slot)), in: Self.tet).description == next)
    }

    @Test func `a month in which no day is worked has no working day, and a calendar without any ends the search`() throws {
        let closed = WorkingCalendar("closed", week: [], exceptions: [CivilDate(year: 2030, month: 5, day: 8).number: true])
        let pattern = try #require(SchedulePattern("working-day last 07:00"))
        let found = pattern.next(after: try #require(CivilSlot("2026-01-01T00:00")), in: closed)
        #expect(found.description == "2030-05-08T07:00")
        #expect(pattern.next(after: found, in: closed) == .never)
    }
}

@Suite("Lines of a crontab")
struct CronPatternTests {
    @Test(arguments: [
        ("0 2 * * *", "daily 02:00"), ("30 7,13 * * *", "daily 07:30,13:30"), ("*/15 * * * *", "every 15m"),
        ("0 * * * *", "every 60m"),
        ("0,15,30,45 8-17 * * 1-5", "weekly mon,tue,wed,thu,fri every 15m 08:00-17:45"), ("0 7 * * mon", "weekly mon 07:00"),
        ("0 7 * * 0", "weekly sun 07:00"), ("0 7 * * 7", "weekly sun 07:00"), ("0 7 * * 5-7", "weekly fri,sat,sun 07:00"),
        ("0 7 5 * *", "monthly 5 07:00"), ("0 7 1,15 * *", "monthly 1,15 07:00"),
        ("0 7 31 jan,mar *", "month-end 07:00 in jan,mar"),
        ("0 7 1 */3 *", "monthly 1 07:00 in jan,apr,jul,oct"), ("@daily", "daily 00:00"), ("@weekly", "weekly sun 00:00"),
        ("@monthly", "monthly 1 00:00"), ("@hourly", "every 60m"), ("5/20 7 * * *", "daily 07:05,07:25,07:45"),
        ("*/30 9-10 * * *", "every 30m 09:00-10:30"),
    ])
    func `a line becomes a pattern`(line: String, pattern: String) throws {
        #expect(try SchedulePattern(cron: line).description == pattern)
        #expect(SchedulePattern(pattern) != nil)
    }

    @Test(arguments: [
        ("0 0 2 * * *", "six fields"), ("0 2 * *", "four"), ("@reboot", "no time"), ("0 7 1 * mon", "either of them"),
        ("0 7 31 * *", "a month without it"), ("0 7 30 2 *", "February"), ("0 7 L * *", "an extension"),
        ("0 7 * * 2#2", "an extension"),
        ("60 7 * * *", "no minute"), ("0 24 * * *", "no hour"), ("0 7 0 * *", "no day"), ("0 7 * 13 *", "no month"),
        ("0 7 * * 8", "no weekday"),
        ("*/0 7 * * *", "no step"), ("30-10 7 * * *", "no range"), (", 7 * * *", "nothing"), ("-5 7 * * *", "negative"),
        ("", "empty"),
    ])
    func `what a pattern would run otherwise is refused in both languages`(line: String, why: String) {
        let refusal = #expect(throws: CronRefusal.self, "\(why)") { try SchedulePattern(cron: line) }
        #expect(refusal.map { !$0.english.isEmpty && !$0.vietnamese.isEmpty } == true)
    }
}
