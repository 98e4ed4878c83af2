// SPDX-License-Identifier: Apache-2.0

/// Which days are worked: a week, and the days that differ from it.
package struct WorkingCalendar: Hashable, Sendable {
    /// Name in the database, for example `vn`; empty for the week alone.
    package let name: String
    /// Days of the week that are worked.
    let week: Set<Weekday>
    /// Days that differ from the week, counted from 1970-01-01: true when worked nevertheless.
    let exceptions: [Int: Bool]

    /// Monday to Friday without holidays.
    package static let week = WorkingCalendar("", week: [.monday, .tuesday, .wednesday, .thursday, .friday], exceptions: [:])

    init(_ name: String, week: Set<Weekday>, exceptions: [Int: Bool]) {
        (self.name, self.week, self.exceptions) = (name, week, exceptions)
    }

    /// Whether a day, counted from 1970-01-01, is worked.
    func isWorked(_ day: Int) -> Bool { exceptions[day] ?? week.contains(Weekday(day: day)) }

    /// The last year of which some day is told; nil when none is.
    var lastYearTold: Int? { exceptions.keys.max().map { CivilDate(number: $0).year } }
}

/// A day that differs from the week: a holiday, or a day off that is worked in exchange.
package struct CalendarDay: Hashable, Sendable {
    /// The day, `YYYY-MM-DD`.
    package let day: String
    /// Whether it is worked.
    package let isWorked: Bool
    /// What it is, for a person.
    package let name: String

    /// Describes a day, a holiday unless told otherwise.
    package init(_ day: String, isWorked: Bool = false, name: String = "") {
        (self.day, self.isWorked, self.name) = (day, isWorked, name)
    }
}
