// SPDX-License-Identifier: Apache-2.0

/// A day of the calendar, counted from 1970-01-01; reckoned here and nowhere else, so that nothing under test is asked.
package struct CivilDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days from 1970-01-01.
    package let number: Int

    /// Takes a number of days from 1970-01-01.
    package init(_ number: Int) { self.number = number }

    /// Takes year, month and day; months beyond 12 run into the next years.
    ///
    /// - Source: era arithmetic of the proleptic Gregorian calendar: 146,097 days in 400 years, years beginning with March.
    package init(_ year: Int, _ month: Int, _ day: Int) {
        let month0 = month - 1
        let (wholeYears, rest) = (month0 >= 0 ? month0 / 12 : (month0 - 11) / 12, ((month0 % 12) + 12) % 12)
        let shifted = rest + 1 <= 2 ? year + wholeYears - 1 : year + wholeYears
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * ((rest + 10) % 12) + 2) / 5 + day - 1
        number = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// Year, month and day.
    var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * month + 2) / 5 + 1
        return (year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
    }

    /// The last day of the month some months later.
    func endOfMonth(after months: Int) -> CivilDay {
        let (year, month, _) = parts
        return CivilDay(year, month + months + 1, 1) - 1
    }

    /// 1 Monday to 7 Sunday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    /// `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    package static func + (day: Self, days: Int) -> Self { Self(day.number + days) }
    package static func - (day: Self, days: Int) -> Self { Self(day.number - days) }
}

/// The zones in which a simulated laboratory may live, with their clocks as the law has them.
package enum SimulatedZone: String, CaseIterable, Sendable {
    /// Seven hours ahead of Greenwich, all the year.
    case hoChiMinh = "Asia/Ho_Chi_Minh"
    /// An hour ahead, two in summer.
    ///
    /// - Source: Directive 2000/84/EC: from the last Sunday of March to the last of October, 01:00 of Greenwich.
    case berlin = "Europe/Berlin"

    /// Seconds ahead of Greenwich at an instant.
    func offset(at instant: Int) -> Int {
        guard self == .berlin else { return 7 * 3600 }
        let year = CivilDay(instant.flooredQuotient(by: 86_400)).parts.year
        let (from, to) = (Self.lastSunday(year, 3), Self.lastSunday(year, 10))
        return instant >= from.number * 86_400 + 3600 && instant < to.number * 86_400 + 3600 ? 7200 : 3600
    }

    /// The instant of a civil time: the earlier of two, and shifted forward by what the clocks skip.
    func instant(_ day: CivilDay, minute: Int) -> Int {
        let local = day.number * 86_400 + minute * 60
        guard self == .berlin else { return local - 7 * 3600 }
        let summer = local - 7200
        return offset(at: summer) == 7200 ? summer : local - 3600
    }

    /// Day and second of the day that the clock shows.
    func civil(_ instant: Int) -> (day: CivilDay, second: Int) {
        let local = instant + offset(at: instant)
        let day = local.flooredQuotient(by: 86_400)
        return (CivilDay(day), local - day * 86_400)
    }

    private static func lastSunday(_ year: Int, _ month: Int) -> CivilDay {
        let last = CivilDay(year, month + 1, 1) - 1
        return last - last.weekday % 7
    }
}

extension Int {
    /// The quotient rounded down.
    func flooredQuotient(by divisor: Int) -> Int { self >= 0 ? self / divisor : (self - divisor + 1) / divisor }
}

/// Numbers drawn from a seed; the same on every machine.
///
/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014 (SplitMix64).
struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in so many of a thousand draws.
    mutating func happens(_ perMille: Int) -> Bool { Int.random(in: 0..<1000, using: &self) < perMille }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
