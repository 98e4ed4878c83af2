// SPDX-License-Identifier: Apache-2.0

/// A civil time to the minute, without a time zone: what the clock on the wall shows.
///
/// It is the key of a schedule's run, the line of the log and what a person reads: `2026-11-21T02:00`.
package struct CivilSlot: Hashable, Comparable, Sendable {
    /// Days from 1970-01-01.
    let day: Int
    /// Minutes from midnight, 0 to 1439.
    let minute: Int

    /// Minutes from 1970-01-01T00:00.
    var minutes: Int { day * 1440 + minute }

    init(day: Int, minute: Int) {
        self.day = day
        self.minute = minute
    }

    /// Takes a date and a time of day; nil when there is no such date or time.
    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (0...23).contains(hour), (0...59).contains(minute),
            day >= 1, day <= CivilDate.lastDay(year: year, month: month)
        else { return nil }
        self.init(day: CivilDate(year: year, month: month, day: day).number, minute: hour * 60 + minute)
    }

    /// Reads `YYYY-MM-DDTHH:MM`; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16)
        else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute)
    }

    /// The earlier first.
    package static func < (left: CivilSlot, right: CivilSlot) -> Bool { left.minutes < right.minutes }
}

extension CivilSlot: CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM`.
    package var description: String {
        let date = CivilDate(number: day)
        return digits(date.year, 4) + "-" + digits(date.month, 2) + "-" + digits(date.day, 2)
            + "T" + digits(minute / 60, 2) + ":" + digits(minute % 60, 2)
    }
}

/// A day of the Gregorian calendar.
struct CivilDate: Hashable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day with a number of days from 1970-01-01.
    ///
    /// - Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`.
    init(number: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days from 1970-01-01.
    ///
    /// - Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, `days_from_civil`.
    var number: Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Last day of a month.
    static func lastDay(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

/// Decimal digits with leading zeros.
func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
