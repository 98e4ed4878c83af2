// SPDX-License-Identifier: Apache-2.0

/// Day of the proleptic Gregorian calendar, without a time of day and without a time zone.
///
/// The laboratory's days are those of Asia/Ho_Chi_Minh; who turns an instant into a day says so. Years
/// 1...9999.
package struct CivilDate: Sendable, Hashable {
    /// Days since 1970-01-01; negative before it.
    package let daysSinceEpoch: Int

    /// Creates the day that lies a number of days after 1970-01-01.
    ///
    /// - Throws: ``CivilDateError/outOfRange`` outside the years 1...9999.
    package init(daysSinceEpoch: Int) throws(CivilDateError) {
        guard Self.allowedDays.contains(daysSinceEpoch) else { throw .outOfRange }
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Creates a day from its year 1...9999, month 1...12 and day of the month.
    ///
    /// - Throws: ``CivilDateError/noSuchDay(year:month:day:)`` for days such as 30 February.
    package init(year: Int, month: Int, day: Int) throws(CivilDateError) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.dayCount(ofMonth: month, inYear: year)).contains(day)
        else { throw .noSuchDay(year: year, month: month, day: day) }
        self.init(validYear: year, month: month, day: day)
    }

    /// Creates a day whose parts are known to exist.
    private init(validYear year: Int, month: Int, day: Int) {
        daysSinceEpoch = Self.days(year: year, month: month, day: day)
    }

    /// 0001-01-01 to 9999-12-31.
    private static let allowedDays = days(year: 1, month: 1, day: 1)...days(year: 9999, month: 12, day: 31)
}

/// Reason why a date was refused.
package enum CivilDateError: Error, Sendable, Hashable {
    /// Nothing but blanks was given.
    case empty
    /// The text has neither the form YYYY-MM-DD nor DD/MM/YYYY.
    case notADate(String)
    /// The calendar has no such day.
    case noSuchDay(year: Int, month: Int, day: Int)
    /// The result lies outside the years 1...9999.
    case outOfRange
}

extension CivilDateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "no date was given"
        case .notADate(let text): "'\(text)' is not a date; write YYYY-MM-DD or DD/MM/YYYY"
        case .noSuchDay(let year, let month, let day): "there is no day \(day)/\(month)/\(year)"
        case .outOfRange: "the date lies outside the years 1 to 9999"
        }
    }
}

// MARK: - Parts of the date

extension CivilDate {
    /// Day of the week, numbered as in ISO 8601.
    package enum Weekday: Int, Sendable, CaseIterable {
        case monday = 1
        case tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// Year, 1...9999.
    package var year: Int { parts.year }
    /// Month, 1...12.
    package var month: Int { parts.month }
    /// Day of the month, 1...31.
    package var day: Int { parts.day }

    /// Day of the week.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday, the fourth day counted from Monday.
        Weekday.allCases[Self.flooredRemainder(daysSinceEpoch + 3, 7)]
    }

    /// Last day of the month of this day.
    package var endOfMonth: CivilDate {
        let parts = parts
        let last = Self.dayCount(ofMonth: parts.month, inYear: parts.year)
        return CivilDate(validYear: parts.year, month: parts.month, day: last)
    }

    /// Year, month and day of the month together, computed once.
    ///
    /// Counts years from 1 March, so that the leap day is the last day of a year of 400-year eras.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = Self.flooredQuotient(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

// MARK: - Reckoning

extension CivilDate {
    /// Day a number of days later, or earlier for a negative number.
    ///
    /// - Throws: ``CivilDateError/outOfRange`` outside the years 1...9999.
    package func adding(days: Int) throws(CivilDateError) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        guard !overflow else { throw .outOfRange }
        return try CivilDate(daysSinceEpoch: sum)
    }

    /// Corresponding day a number of months later, or the last day of that month where there is none.
    ///
    /// - Throws: ``CivilDateError/outOfRange`` outside the years 1...9999.
    /// - Source: Civil Code 91/2015/QH13, Art. 148(3) (terms counted in months).
    package func adding(months: Int) throws(CivilDateError) -> CivilDate {
        let parts = parts
        let (total, overflow) = (parts.year * 12 + parts.month - 1).addingReportingOverflow(months)
        let year = Self.flooredQuotient(total, 12)
        guard !overflow, (1...9999).contains(year) else { throw .outOfRange }
        let month = Self.flooredRemainder(total, 12) + 1
        let day = min(parts.day, Self.dayCount(ofMonth: month, inYear: year))
        return CivilDate(validYear: year, month: month, day: day)
    }

    /// Number of days from this day to another one; negative when the other is earlier.
    package func days(until other: CivilDate) -> Int {
        other.daysSinceEpoch - daysSinceEpoch
    }

    /// Number of days of a month 1...12.
    package static func dayCount(ofMonth month: Int, inYear year: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether February of a year has 29 days.
    package static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = flooredQuotient(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func flooredQuotient(_ dividend: Int, _ divisor: Int) -> Int {
        (dividend - flooredRemainder(dividend, divisor)) / divisor
    }

    private static func flooredRemainder(_ dividend: Int, _ divisor: Int) -> Int {
        let remainder = dividend % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}

extension CivilDate: Comparable {
    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }
}

extension CivilDate {
    /// 1 January 1970, for checks that read no date.
    package static let epoch = CivilDate(uncheckedDays: 0)

    private init(uncheckedDays days: Int) {
        daysSinceEpoch = days
    }
}
