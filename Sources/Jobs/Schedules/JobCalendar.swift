// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// The days that schedules of a calendar count as worked; the queue knows none of its own.
package enum JobCalendar {
    /// Puts days in the place of those a calendar had, and reckons the next slots of its schedules anew.
    ///
    /// - Parameters:
    ///   - name: of the calendar.
    ///   - days: every day that differs from the week.
    ///   - week: days of the week that are worked.
    /// - Throws: ``PostgresError`` for a day that is no date; ``ScheduleUnreadable``.
    package static func put(
        _ name: String, _ days: [CalendarDay],
        week: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday], on database: isolated Connection
    ) throws {
        try database.execute(JobStatements.calendarPut, name, Weekday.allCases.filter(week.contains).map(\.rawValue))
        try database.execute(
            JobStatements.calendarFill, name, days.map(\.day), days.map(\.isWorked), days.map(\.name))
        let rows = try database.rows(JobStatements.calendarSchedules, name)
        guard !rows.isEmpty else { return }
        let calendar = try WorkingCalendar.named([name], on: database)[name] ?? .week
        var places: [(id: Int, last: CivilSlot, next: CivilSlot, moment: Int)] = []
        for row in rows {
            let zone = try ZoneRules.named(row.tz, for: row.key, on: database)
            let rules = SlotRules(try row.patternRead(), calendar: calendar, zone: zone)
            let last = try row.lastSlotRead()
            let next = rules.next(after: last)
            places.append((row.id, last, next, rules.moment(of: next)))
        }
        try database.execute(
            JobStatements.scheduleAdvance, places.map(\.id), places.map(\.last.description), places.map(\.next.description),
            places.map(\.moment), places.map { _ in Int64?.none })
        try hintMoment(on: database)
    }
}
