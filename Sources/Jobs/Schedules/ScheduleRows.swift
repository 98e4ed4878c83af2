// SPDX-License-Identifier: Apache-2.0
internal import Postgres
internal import Synchronization

struct ScheduleRow: Decodable, Sendable {
    let id: Int
    let key: String
    let tz: String
    let pattern: String
    let kind: String
    let lane: String
    let catchUp: String
    let maxSlots: Int
    let windowMinutes: Int?
    let overlap: String
    let calendar: String
    let lastSlot: String
    let lastJob: Int64?
    let isEnabled: Bool
    let isWithdrawn: Bool

    func lastSlotRead() throws(ScheduleUnreadable) -> CivilSlot {
        guard let slot = CivilSlot(lastSlot) else { throw ScheduleUnreadable(key: key, text: lastSlot) }
        return slot
    }

    func patternRead() throws(ScheduleUnreadable) -> SchedulePattern {
        guard let pattern = SchedulePattern(pattern) else { throw ScheduleUnreadable(key: key, text: pattern) }
        return pattern
    }

    func catchUpRead() throws(ScheduleUnreadable) -> CatchUpRule {
        guard let policy = CatchUp(rawValue: catchUp) else { throw ScheduleUnreadable(key: key, text: catchUp) }
        return CatchUpRule(policy, limit: maxSlots, window: windowMinutes)
    }

    /// Pattern, calendar and zone of the schedule.
    func rules(on database: isolated Connection) throws -> SlotRules {
        let names = calendar.isEmpty ? [] : [calendar]
        return SlotRules(
            try patternRead(), calendar: try WorkingCalendar.named(names, on: database)[calendar] ?? .week,
            zone: try ZoneRules.named(tz, for: key, on: database))
    }
}

struct InstantRow: Decodable, Sendable {
    let instant: Int
}

struct KeyRow: Decodable, Sendable {
    let key: String
}

struct ZoneChangeRow: Decodable, Sendable {
    let at: Int
    let before: Int
    let after: Int
}

struct CalendarDayRow: Decodable, Sendable {
    let name: String
    let week: String
    let day: Int?
    let isWorked: Bool
}

struct FiredRow: Decodable, Sendable {
    let scheduleId: Int
    let slot: String
    let outcome: String
    let jobId: Int64?
}

extension ZoneRules {
    private struct Kept: Sendable {
        let rules: ZoneRules
        let since: ContinuousClock.Instant
    }

    /// Zones asked for lately; zone files change, so each is asked again after a day.
    private static let kept = Mutex<[String: Kept]>([:])

    /// The rules of a zone as the database has them.
    ///
    /// - Throws: ``ScheduleUnreadable`` for a zone that the database does not know.
    static func named(_ name: String, for key: String, on database: isolated Connection) throws -> ZoneRules {
        if let kept = kept.withLock({ $0[name] }), kept.since.duration(to: .now) < .seconds(86_400) { return kept.rules }
        let rows = try database.rows(JobStatements.zoneChanges, name)
        guard let beginning = rows.first else { throw ScheduleUnreadable(key: key, text: name) }
        let rules = ZoneRules(
            name: name, first: beginning.after,
            changes: rows.dropFirst().map { Change(at: $0.at, before: $0.before, after: $0.after) })
        kept.withLock { $0[name] = Kept(rules: rules, since: .now) }
        return rules
    }
}

extension WorkingCalendar {
    /// Calendars of the database by name.
    static func named(_ names: [String], on database: isolated Connection) throws -> [String: WorkingCalendar] {
        guard !names.isEmpty else { return [:] }
        var weeks: [String: Set<Weekday>] = [:]
        var days: [String: [Int: Bool]] = [:]
        for row in try database.rows(JobStatements.calendarDays, names) {
            weeks[row.name] = Set(row.week.split(separator: ",").compactMap { Weekday(rawValue: String($0)) })
            if let day = row.day { days[row.name, default: [:]][day] = row.isWorked }
        }
        return weeks.reduce(into: [:]) { $0[$1.key] = WorkingCalendar($1.key, week: $1.value, exceptions: days[$1.key] ?? [:]) }
    }
}
