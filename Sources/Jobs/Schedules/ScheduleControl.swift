// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// A slot to come, as a preview shows it.
package struct ForecastSlot: Codable, Sendable, Hashable {
    /// Civil time of the slot, `YYYY-MM-DDTHH:MM`.
    package let slot: String
    /// When it is run, RFC 3339 with the offset of the zone then.
    package let instant: String
    /// What is special about it: `gap`, `repeated`, or `calendar_unknown` for a year of which the calendar tells nothing.
    package let note: String?
}

/// What an operator does with schedules, besides looking at ``JobInspection/scheduleRuns(_:limit:on:)``.
package enum ScheduleControl {
    /// Switches a schedule off until a person switches it on again; false when there is none or it is off.
    package static func disable(
        _ key: String, by who: String, reason: String, on database: isolated Connection
    ) throws(PostgresError) -> Bool {
        try database.first(JobStatements.scheduleDisable, key, who, reason) != nil
    }

    /// Switches a schedule on; the slots that passed meanwhile are noted as not run for that reason.
    ///
    /// - Returns: false when there is no such schedule or it is on.
    /// - Throws: ``ScheduleUnreadable``; ``PostgresError``.
    package static func enable(_ key: String, on database: isolated Connection) throws -> Bool {
        guard let row = try database.first(JobStatements.scheduleLock, key), !row.isEnabled else { return false }
        let now = try database.one(JobStatements.scheduleNow).instant
        _ = try ScheduleNotes.note(row, row.rules(on: database), at: now, absence: .disabled, on: database)
        try database.execute(JobStatements.scheduleEnable, row.id)
        try hintMoment(on: database)
        return true
    }

    /// Enqueues the job of a schedule at once, out of turn, with the present civil time as its slot.
    ///
    /// The rule about overlapping jobs holds as for any other slot. The place of the schedule does not change.
    /// - Parameter who: noted with the slot.
    /// - Returns: the job; nil when there is no such schedule, the minute has its run already, or an earlier job is unfinished.
    package static func runNow(_ key: String, by who: String, on database: isolated Connection) throws -> JobID? {
        guard let row = try database.first(JobStatements.scheduleLock, key) else { return nil }
        let now = try database.one(JobStatements.scheduleNow).instant
        let slot = try ZoneRules.named(row.tz, for: key, on: database).civil(at: now)
        return try ScheduleNotes.run(slot, of: row, requestedBy: who, on: database)
    }

    /// The slots of a schedule that come next.
    ///
    /// - Parameters:
    ///   - count: how many, 1 to 1,000.
    ///   - start: slots after this one; nil for those after the last dealt with.
    /// - Returns: nil when there is no such schedule.
    package static func forecast(
        _ key: String, _ count: Int, after start: CivilSlot? = nil, on database: isolated Connection
    ) throws -> [ForecastSlot]? {
        guard let row = try database.first(JobStatements.scheduleRead, key) else { return nil }
        return try row.rules(on: database).forecast(count, after: start ?? row.lastSlotRead())
    }

    /// The slots that a pattern would have, before anything is declared.
    package static func forecast(
        _ pattern: SchedulePattern, timeZone: String, calendar: String? = nil, _ count: Int, after start: CivilSlot? = nil,
        on database: isolated Connection
    ) throws -> [ForecastSlot] {
        let zone = try ZoneRules.named(timeZone, for: timeZone, on: database)
        let calendars = try WorkingCalendar.named([calendar].compactMap { $0 }, on: database)
        let rules = SlotRules(pattern, calendar: calendars[calendar ?? ""] ?? .week, zone: zone)
        return rules.forecast(count, after: try start ?? zone.civil(at: database.one(JobStatements.scheduleNow).instant))
    }
}

extension SlotRules {
    /// The slots after one, with their instants.
    func forecast(_ count: Int, after start: CivilSlot) -> [ForecastSlot] {
        var slots: [ForecastSlot] = []
        var slot = next(after: start)
        while slots.count < min(max(1, count), 1000), slot < .never {
            var note: String?
            switch zone.moment(of: slot).kind {
            case .plain:
                if pattern.asksForWorkingDays, !calendar.name.isEmpty,
                    (calendar.lastYearTold ?? 0) < CivilDate(number: slot.day).year
                {
                    note = "calendar_unknown"
                }
            case .skipped: note = "gap"
            case .repeated: note = "repeated"
            }
            slots.append(ForecastSlot(slot: slot.description, instant: zone.text(of: moment(of: slot)), note: note))
            slot = next(after: slot)
        }
        return slots
    }
}

extension ZoneRules {
    /// An instant as RFC 3339 with the offset of the zone.
    func text(of instant: Int) -> String {
        let offset = offset(at: instant)
        let minutes = abs(offset) / 60
        return "\(civil(at: instant)):" + digits(((instant + offset) % 60 + 60) % 60, 2) + (offset < 0 ? "-" : "+")
            + digits(minutes / 60, 2) + ":" + digits(minutes % 60, 2)
    }
}
