// SPDX-License-Identifier: Apache-2.0

/// A time of day to the minute.
package struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    let minute: Int

    /// Takes hour and minute; nil when the clock has no such time.
    package init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        self.minute = hour * 60 + minute
    }

    /// Reads `HH:MM`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// `HH:MM`.
    package var description: String { digits(minute / 60, 2) + ":" + digits(minute % 60, 2) }
}

/// A day of the week; the week begins on Monday.
/// - Source: ISO 8601-1:2019, calendar day of week numbers 1 to 7.
package enum Weekday: String, CaseIterable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// Day of the week of a day counted from 1970-01-01, a Thursday.
    init(day: Int) {
        let fromMonday = ((day + 3) % 7 + 7) % 7
        self = Self.allCases[fromMonday]
    }
}

/// When a schedule runs, in civil time.
///
/// Calendar arithmetic is on days of the calendar, never on seconds, so a day has a slot also where clocks are changed.
package enum SchedulePattern: Hashable, Sendable {
    /// Every so many minutes from midnight; in an hour that the clocks repeat, only once.
    case every(minutes: Int)
    /// Every day.
    case daily(TimeOfDay)
    /// Once a week.
    case weekly(Weekday, TimeOfDay)
    /// On a day of each month; a shorter month has it on its last day.
    case monthly(day: Int, TimeOfDay)
    /// On the last day of each month.
    case monthEnd(TimeOfDay)

    /// The first slot after another.
    package func next(after slot: CivilSlot) -> CivilSlot {
        switch self {
        case .every(let minutes):
            let next = (slot.minute / minutes + 1) * minutes
            return next < 1440 ? CivilSlot(day: slot.day, minute: next) : CivilSlot(day: slot.day + 1, minute: 0)
        case .daily(let time):
            let today = CivilSlot(day: slot.day, minute: time.minute)
            return today > slot ? today : CivilSlot(day: slot.day + 1, minute: time.minute)
        case .weekly(let weekday, let time):
            var candidate = CivilSlot(day: slot.day, minute: time.minute)
            while candidate <= slot || Weekday(day: candidate.day) != weekday {
                candidate = CivilSlot(day: candidate.day + 1, minute: time.minute)
            }
            return candidate
        case .monthly(let day, let time):
            return Self.next(after: slot, day: day, time)
        case .monthEnd(let time):
            return Self.next(after: slot, day: 31, time)
        }
    }

    private static func next(after slot: CivilSlot, day: Int, _ time: TimeOfDay) -> CivilSlot {
        let date = CivilDate(number: slot.day)
        func slotOf(year: Int, month: Int) -> CivilSlot {
            let day = min(day, CivilDate.lastDay(year: year, month: month))
            return CivilSlot(day: CivilDate(year: year, month: month, day: day).number, minute: time.minute)
        }
        let thisMonth = slotOf(year: date.year, month: date.month)
        if thisMonth > slot { return thisMonth }
        return date.month == 12 ? slotOf(year: date.year + 1, month: 1) : slotOf(year: date.year, month: date.month + 1)
    }
}

extension SchedulePattern: CustomStringConvertible {
    /// The text kept in the database, which ``init(_:)`` reads.
    package var description: String {
        switch self {
        case .every(let minutes): "every \(minutes)m"
        case .daily(let time): "daily \(time)"
        case .weekly(let weekday, let time): "weekly \(weekday.rawValue) \(time)"
        case .monthly(let day, let time): "monthly \(day) \(time)"
        case .monthEnd(let time): "month-end \(time)"
        }
    }

    /// Reads `every 15m`, `daily 02:00`, `weekly mon 07:00`, `monthly 5 07:00` or `month-end 18:00`; nil for anything else.
    ///
    /// Minutes of `every` run from 1 to 1440, days of `monthly` from 1 to 31.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.count) {
        case ("every", 2):
            guard words[1].last == "m", let minutes = Int(words[1].dropLast()), (1...1440).contains(minutes) else { return nil }
            self = .every(minutes: minutes)
        case ("daily", 2):
            guard let time = TimeOfDay(words[1]) else { return nil }
            self = .daily(time)
        case ("weekly", 3):
            guard let weekday = Weekday(rawValue: String(words[1])), let time = TimeOfDay(words[2]) else { return nil }
            self = .weekly(weekday, time)
        case ("monthly", 3):
            guard let day = Int(words[1]), (1...31).contains(day), let time = TimeOfDay(words[2]) else { return nil }
            self = .monthly(day: day, time)
        case ("month-end", 2):
            guard let time = TimeOfDay(words[1]) else { return nil }
            self = .monthEnd(time)
        default:
            return nil
        }
    }
}
