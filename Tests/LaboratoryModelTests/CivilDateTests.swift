// SPDX-License-Identifier: Apache-2.0

import LaboratoryModel
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    private func date(_ text: String) throws -> CivilDate { try CivilDate(parsing: text) }

    @Test(arguments: [
        ("2017-03-15", "2017-03-15"), ("15/03/2017", "2017-03-15"), ("5/3/2017", "2017-03-05"),
        (" 29/02/2024 ", "2024-02-29"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"),
    ])
    func `a date is read in both forms`(typed: String, stored: String) throws {
        #expect(try date(typed).description == stored)
    }

    @Test func `a date prints the Vietnamese way`() throws {
        #expect(try date("2017-03-05").dayMonthYear == "05/03/2017")
    }

    @Test(arguments: [
        "2017-3-15", "15-03-2017", "2017/03/15", "15.03.2017", "03/2017", "20170315", "aa/bb/cccc",
        "15/03/17",
    ])
    func `a text in another form is refused`(typed: String) {
        #expect(throws: CivilDateError.notADate(typed)) { try CivilDate(parsing: typed) }
    }

    @Test func `a day that does not exist is refused`() {
        #expect(throws: CivilDateError.noSuchDay(year: 2017, month: 2, day: 29)) {
            try CivilDate(parsing: "29/02/2017")
        }
        #expect(throws: CivilDateError.noSuchDay(year: 2017, month: 13, day: 1)) {
            try CivilDate(parsing: "2017-13-01")
        }
        #expect(throws: CivilDateError.noSuchDay(year: 0, month: 1, day: 1)) {
            try CivilDate(parsing: "0000-01-01")
        }
        #expect(throws: CivilDateError.empty) { try CivilDate(parsing: "  ") }
    }

    @Test func `known days lie where they belong`() throws {
        #expect(try date("1970-01-01").daysSinceEpoch == 0)
        #expect(try date("2000-03-01").daysSinceEpoch == 11_017)
        #expect(try date("1970-01-01").weekday == .thursday)
        #expect(try date("2017-01-28").weekday == .saturday)
        #expect(try date("2026-04-26").weekday == .sunday)
    }

    @Test func `every day of 400 years follows the day before`() throws {
        var day = try date("1900-01-01")
        var weekday = try #require(CivilDate.Weekday.allCases.firstIndex(of: .monday))
        for _ in 0..<146_097 {
            let parts = day.parts
            #expect(try CivilDate(year: parts.year, month: parts.month, day: parts.day) == day)
            #expect(day.weekday == CivilDate.Weekday.allCases[weekday])
            let next = try day.adding(days: 1)
            let isLast = parts.day == CivilDate.dayCount(ofMonth: parts.month, inYear: parts.year)
            #expect(isLast == (day == day.endOfMonth))
            #expect(next.day == (isLast ? 1 : parts.day + 1))
            day = next
            weekday = (weekday + 1) % 7
        }
        #expect(day.description == "2300-01-01")
    }

    @Test(arguments: [
        ("2017-01-31", 1, "2017-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2017-08-31", 6, "2018-02-28"),
        ("2017-03-15", 12, "2018-03-15"), ("2017-03-31", -1, "2017-02-28"), ("2017-01-15", -1, "2016-12-15"),
        ("2017-12-01", 1, "2018-01-01"),
    ])
    func `months are added to the corresponding day or the last`(
        from: String, months: Int, to: String
    ) throws {
        #expect(try date(from).adding(months: months).description == to)
    }

    @Test func `days are counted between dates and compared`() throws {
        let (first, second) = (try date("2017-12-31"), try date("2018-01-02"))
        #expect(first < second && first.days(until: second) == 2)
        #expect(try first.adding(days: 2) == second)
    }

    @Test func `a date beyond the calendar is refused`() throws {
        #expect(throws: CivilDateError.outOfRange) { try date("9999-12-31").adding(days: 1) }
        #expect(throws: CivilDateError.outOfRange) { try date("0001-01-01").adding(months: -1) }
        #expect(throws: CivilDateError.outOfRange) { try date("2017-01-01").adding(days: .max) }
        #expect(throws: CivilDateError.outOfRange) { try date("2017-01-01").adding(months: .max) }
        #expect(throws: CivilDateError.outOfRange) { try CivilDate(daysSinceEpoch: .min) }
    }
}

@Suite("Validity (Circular 24/2013, Art. 41)")
struct ValidityPolicyTests {
    @Test(arguments: [
        ("15/03/2017", 12, "2018-03-31", "2018-03-15"), ("29/02/2024", 12, "2025-02-28", "2025-02-28"),
        ("31/08/2017", 6, "2018-02-28", "2018-02-28"), ("01/02/2024", 24, "2026-02-28", "2026-02-01"),
    ])
    func `the last valid day follows from work, cycle and policy`(
        work: String,
        cycle: Int,
        endOfMonth: String,
        anniversary: String
    ) throws {
        let work = try CivilDate(parsing: work)
        #expect(
            try ValidityPolicy.endOfMonth.lastValidDay(workDate: work, cycleMonths: cycle).description
                == endOfMonth
        )
        #expect(
            try ValidityPolicy.anniversary.lastValidDay(workDate: work, cycleMonths: cycle).description
                == anniversary
        )
    }

    @Test func `a cycle of no months is refused`() throws {
        let work = try CivilDate(parsing: "15/03/2017")
        #expect(throws: ValidityError.cycleOutOfRange(months: 0)) {
            try ValidityPolicy.endOfMonth.lastValidDay(workDate: work, cycleMonths: 0)
        }
        let late = try CivilDate(parsing: "9999-06-15")
        #expect(throws: ValidityError.dateOutOfRange) {
            try ValidityPolicy.anniversary.lastValidDay(workDate: late, cycleMonths: 12)
        }
    }
}
