// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// A job that comes again by civil time.
package struct Schedule: Sendable, Hashable {
    /// What to do when the job of an earlier slot is unfinished.
    package enum Overlap: String, Sendable, Hashable, CaseIterable {
        /// Note the slot as skipped.
        case skip
        /// Enqueue one more.
        case queue
        /// End the earlier job, or ask it to end when it runs, and enqueue the new one.
        case cancelOlder = "cancel"
    }

    /// Name of the schedule, for example `audit.seal`.
    package let key: String
    /// When it runs.
    package let pattern: SchedulePattern
    /// What it enqueues; the payload gets a member `slot`, see ``ScheduledSlot``.
    package let kind: JobKind
    /// Time zone by its IANA name.
    package let timeZone: String
    /// What becomes of slots missed while nothing ran.
    package let catchUp: CatchUpRule
    /// What becomes of a slot whose predecessor is unfinished.
    package let overlap: Overlap
    /// Name of the calendar that says which days are worked; nil for Monday to Friday.
    package let calendar: String?
    /// Members of the payload besides the slot, a JSON object.
    package let payload: String

    /// Describes a schedule; unless told otherwise, only one that catches up all its slots enqueues beside an unfinished job.
    ///
    /// - Parameters:
    ///   - key: name of the schedule; it outlives the program's version.
    ///   - pattern: when it runs, in civil time.
    ///   - kind: what it enqueues; the process must have a handler for it.
    ///   - timeZone: IANA name.
    ///   - catchUp: what becomes of slots missed while nothing ran.
    ///   - limit: most missed slots run at once with ``CatchUp/all``, from 1.
    ///   - window: age beyond which a missed slot is run no more, whole minutes; nil for any age.
    ///   - overlap: what becomes of a slot whose predecessor is unfinished.
    ///   - calendar: name of a calendar filled by ``JobCalendar``; nil for Monday to Friday without holidays.
    ///   - payload: a JSON object, copied into every job.
    package init(
        _ key: String, _ pattern: SchedulePattern, runs kind: JobKind, timeZone: String,
        catchUp: CatchUp = .latest, limit: Int = 31, window: Duration? = nil, overlap: Overlap? = nil, calendar: String? = nil,
        payload: String = "{}"
    ) {
        self.key = key
        self.pattern = pattern
        self.kind = kind
        self.timeZone = timeZone
        self.catchUp = CatchUpRule(catchUp, limit: limit, window: window.map { max(1, Int($0.components.seconds / 60)) })
        self.overlap = overlap ?? (catchUp == .all ? .queue : .skip)
        self.calendar = calendar
        self.payload = payload
    }

    /// Declares the schedule in the database; one that is there keeps its place, unless its pattern, zone or calendar changed.
    ///
    /// A new or changed schedule begins with its first slot after now. One that no program had declared for a while begins there
    /// too, and the slots in between are noted as such. A person's word that it is disabled stands.
    /// - Throws: ``ScheduleUnreadable`` for a zone that the database does not know.
    package func declare(on database: isolated Connection) throws {
        if let calendar { try database.execute(JobStatements.calendarAdd, calendar) }
        let known = try database.first(JobStatements.scheduleLock, key)
        let now = try database.one(JobStatements.scheduleNow).instant
        let rules = SlotRules(
            pattern, calendar: try WorkingCalendar.named([calendar].compactMap { $0 }, on: database)[calendar ?? ""] ?? .week,
            zone: try ZoneRules.named(timeZone, for: key, on: database))
        var last = rules.zone.civil(at: now)
        if let known, known.pattern == pattern.description, known.tz == timeZone, known.calendar == calendar ?? "" {
            let place = try known.lastSlotRead()
            if known.isWithdrawn {
                last = max(place, try ScheduleNotes.note(known, rules, at: now, absence: .withdrawn, on: database))
            } else {
                last = place
            }
        }
        let next = rules.next(after: last)
        try database.execute(
            JobStatements.schedulePut, key, timeZone, pattern.description, kind.name, kind.lane.rawValue, kind.priority,
            kind.maxAttempts, payload, catchUp.policy.rawValue, catchUp.limit, catchUp.window, overlap.rawValue, calendar,
            last.description, next.description, rules.moment(of: next))
    }

    /// Declares all schedules of a program; what an earlier version of it declared and nobody does any more is kept but not run.
    ///
    /// - Returns: names of the schedules withdrawn.
    @discardableResult
    package static func declare(_ schedules: [Schedule], on database: isolated Connection) throws -> [String] {
        guard !schedules.isEmpty else { return [] }
        for schedule in schedules { try schedule.declare(on: database) }
        return try withdraw(keeping: schedules, on: database)
    }

    /// Says that this process still knows its schedules, and withdraws those that no process does.
    @discardableResult
    static func renew(_ schedules: [Schedule], on database: isolated Connection) throws -> [String] {
        guard !schedules.isEmpty else { return [] }
        try database.execute(JobStatements.scheduleRenew, schedules.map(\.key).sorted())
        return try withdraw(keeping: schedules, on: database)
    }

    private static func withdraw(keeping schedules: [Schedule], on database: isolated Connection) throws -> [String] {
        try database.rows(JobStatements.scheduleWithdraw, schedules.map(\.key).sorted()).map(\.key)
    }
}

/// Payload of a job that a schedule enqueued.
package struct ScheduledSlot: Codable, Sendable, Hashable {
    /// The civil time the run is meant for, `YYYY-MM-DDTHH:MM`.
    package let slot: String
}

/// A row of `jobs.schedule` that this program cannot read; a newer one may have written it.
package struct ScheduleUnreadable: Error, Sendable, Hashable {
    /// Name of the schedule.
    package let key: String
    /// The text that cannot be read.
    package let text: String
}
