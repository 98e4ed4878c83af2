// SPDX-License-Identifier: Apache-2.0

/// The days on which the centre works: Monday to Friday, without the holidays of the catalogue.
struct WorkingCalendar: Sendable {
    private let holidays: Set<Day>

    init(holidays: Set<Day>) {
        self.holidays = holidays
    }

    /// Whether the centre works on a day.
    func isWorkingDay(_ day: Day) -> Bool {
        day.weekday < 5 && !holidays.contains(day)
    }

    /// The day itself when the centre works on it, else the next one on which it does.
    func onOrAfter(_ day: Day) -> Day {
        var found = day
        while !isWorkingDay(found) { found = found + 1 }
        return found
    }

    /// The working day so many working days before (negative) or after a working day.
    func step(_ day: Day, by count: Int) -> Day {
        var found = day
        var left = abs(count)
        let direction = count < 0 ? -1 : 1
        while left > 0 {
            found = found + direction
            if isWorkingDay(found) { left -= 1 }
        }
        return found
    }

    /// The day itself or the next that is no holiday: a market is open at weekends.
    func marketDay(_ day: Day) -> Day {
        var found = day
        while holidays.contains(found) { found = found + 1 }
        return found
    }

    /// Working days of a month.
    func workingDays(year: Int, month: Int) -> [Day] {
        let first = Day(year, month, 1)
        let next = month == 12 ? Day(year + 1, 1, 1) : Day(year, month + 1, 1)
        return (first.number..<next.number).map(Day.init(number:)).filter(isWorkingDay)
    }
}
