// SPDX-License-Identifier: Apache-2.0

/// When a schedule runs, in civil time: on which days, and at which times of such a day.
///
/// Calendar arithmetic is on days of the calendar, never on seconds, so a day has its slots also where clocks are changed.
package struct SchedulePattern: Hashable, Sendable {
    /// The days of a pattern.
    enum Days: Hashable, Sendable {
        case every
        case weekly(Set<Weekday>)
        /// Days of the month; a shorter month has a missing one on its last day.
        case monthly([Int])
        /// The n-th such day of a month, 1 to 5, or the last (nil); a month without a fifth has none.
        case nth(Int?, Weekday)
        case workingDays
        /// The n-th working day of a month, or the last (nil); a month with fewer has it on its last.
        case nthWorkingDay(Int?)
    }

    let days: Days
    let times: SlotTimes
    /// Months in which it runs, 1 to 12; empty for all.
    let months: Set<Int>

    init(_ days: Days, _ times: SlotTimes, months: Set<Int> = []) {
        (self.days, self.times) = (days, times)
        self.months = months.count == 12 ? [] : months
    }

    /// Every so many minutes from midnight, 1 to 1440; in an hour that the clocks repeat, only once.
    package static func every(minutes: Int) -> Self { Self(.every, .wholeDay(step: min(max(1, minutes), 1440))) }
    /// Every day.
    package static func daily(_ time: TimeOfDay) -> Self { Self(.every, .at(time)) }
    /// Once a week.
    package static func weekly(_ day: Weekday, _ time: TimeOfDay) -> Self { Self(.weekly([day]), .at(time)) }
    /// On a day of each month, 1 to 31; a shorter month has it on its last day.
    package static func monthly(day: Int, _ time: TimeOfDay) -> Self { Self(.monthly([min(max(1, day), 31)]), .at(time)) }
    /// On the last day of each month.
    package static func monthEnd(_ time: TimeOfDay) -> Self { Self(.monthly([31]), .at(time)) }
    /// On every working day of the schedule's calendar.
    package static func workingDays(_ time: TimeOfDay) -> Self { Self(.workingDays, .at(time)) }
    /// On the last working day of each month.
    package static func lastWorkingDay(_ time: TimeOfDay) -> Self { Self(.nthWorkingDay(nil), .at(time)) }
    /// On a working day of each month counted from its first, 1 to 23.
    package static func workingDay(_ number: Int, _ time: TimeOfDay) -> Self {
        Self(.nthWorkingDay(min(max(1, number), 23)), .at(time))
    }
    /// On the n-th such day of each month, 1 to 5; a month without a fifth has none.
    package static func nth(_ number: Int, _ day: Weekday, _ time: TimeOfDay) -> Self {
        Self(.nth(min(max(1, number), 5), day), .at(time))
    }
    /// On the last such day of each month.
    package static func last(_ day: Weekday, _ time: TimeOfDay) -> Self { Self(.nth(nil, day), .at(time)) }

    /// The same pattern in some months only, 1 to 12.
    package func only(inMonths months: Set<Int>) -> Self { Self(days, times, months: months.intersection(1...12)) }

    /// Whether the pattern asks which days are worked.
    package var asksForWorkingDays: Bool {
        switch days {
        case .workingDays, .nthWorkingDay: true
        case .every, .weekly, .monthly, .nth: false
        }
    }

    /// The first slot after another; ``CivilSlot/never`` when a century has none.
    package func next(after slot: CivilSlot, in calendar: WorkingCalendar = .week) -> CivilSlot {
        guard let day = firstDay(from: slot.day, in: calendar) else { return .never }
        if day > slot.day { return CivilSlot(day: day, minute: times.first) }
        if let minute = times.next(after: slot.minute) { return CivilSlot(day: day, minute: minute) }
        guard let later = firstDay(from: day + 1, in: calendar) else { return .never }
        return CivilSlot(day: later, minute: times.first)
    }

    private func firstDay(from day: Int, in calendar: WorkingCalendar) -> Int? {
        if case .every = days, months.isEmpty { return day }
        var date = CivilDate(number: day)
        for _ in 0..<1200 {
            if months.isEmpty || months.contains(date.month),
                let found = daysOf(year: date.year, month: date.month, calendar).first(where: { $0 >= day })
            {
                return found
            }
            date =
                date.month == 12
                ? CivilDate(year: date.year + 1, month: 1, day: 1) : CivilDate(year: date.year, month: date.month + 1, day: 1)
        }
        return nil
    }

    /// Days of a month, the earliest first, counted from 1970-01-01.
    private func daysOf(year: Int, month: Int, _ calendar: WorkingCalendar) -> [Int] {
        let first = CivilDate(year: year, month: month, day: 1).number
        let length = CivilDate.lastDay(year: year, month: month)
        let all = first..<first + length
        switch days {
        case .every: return Array(all)
        case .weekly(let wanted): return all.filter { wanted.contains(Weekday(day: $0)) }
        case .monthly(let wanted): return Set(wanted.map { first + min($0, length) - 1 }).sorted()
        case .nth(let number, let weekday):
            let such = all.filter { Weekday(day: $0) == weekday }
            guard let number else { return such.suffix(1) }
            return number <= such.count ? [such[number - 1]] : []
        case .workingDays: return all.filter(calendar.isWorked)
        case .nthWorkingDay(let number):
            let worked = all.filter(calendar.isWorked)
            guard let number, number < worked.count else { return worked.suffix(1) }
            return [worked[number - 1]]
        }
    }
}

extension CivilSlot {
    /// What stands for a slot that does not come.
    package static let never = CivilSlot(day: CivilDate(year: 9999, month: 12, day: 31).number, minute: 1439)
}

/// Times of a day, in minutes from midnight.
enum SlotTimes: Hashable, Sendable {
    /// At these minutes, sorted, at least one.
    case list([Int])
    /// Every `step` minutes from one minute through another.
    case steps(step: Int, from: Int, through: Int)

    static func at(_ time: TimeOfDay) -> Self { .list([time.minute]) }
    static func wholeDay(step: Int) -> Self { .steps(step: step, from: 0, through: 1439) }

    var first: Int {
        switch self {
        case .list(let minutes): minutes.first ?? 0
        case .steps(_, let from, _): from
        }
    }

    func next(after minute: Int) -> Int? {
        switch self {
        case .list(let minutes): return minutes.first { $0 > minute }
        case .steps(let step, let from, let through):
            guard minute >= from else { return from }
            let next = from + ((minute - from) / step + 1) * step
            return next <= through ? next : nil
        }
    }
}
