// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// A job that comes again by civil time.
package struct Schedule: Sendable, Hashable {
    /// What to do when the job of an earlier slot is unfinished.
    package enum Overlap: String, Sendable, Hashable {
        /// Note the slot as skipped.
        case skip
        /// Enqueue one more.
        case queue
    }

    /// Name of the schedule, for example `audit.seal`.
    package let key: String
    /// When it runs.
    package let pattern: SchedulePattern
    /// What it enqueues; the payload is `{"slot": "YYYY-MM-DDTHH:MM"}`, see ``ScheduledSlot``.
    package let kind: JobKind
    /// Time zone by its IANA name.
    package let timeZone: String
    /// What becomes of slots missed while nothing ran.
    package let catchUp: CatchUp
    /// Most missed slots run at once with ``CatchUp/all``.
    package let limit: Int
    /// What becomes of a slot whose predecessor is unfinished.
    package let overlap: Overlap

    /// Describes a schedule; unless told otherwise, only one that catches up all its slots enqueues beside an unfinished job.
    package init(
        _ key: String, _ pattern: SchedulePattern, runs kind: JobKind, timeZone: String = "Asia/Ho_Chi_Minh",
        catchUp: CatchUp = .latest, limit: Int = 31, overlap: Overlap? = nil
    ) {
        self.key = key
        self.pattern = pattern
        self.kind = kind
        self.timeZone = timeZone
        self.catchUp = catchUp
        self.limit = max(1, limit)
        self.overlap = overlap ?? (catchUp == .all ? .queue : .skip)
    }

    /// Declares the schedule in the database; one that is there keeps its place, unless its pattern or zone changed.
    ///
    /// A new or changed schedule begins with its first slot after now.
    package func declare(on database: isolated Connection) throws {
        let now = try database.one(JobStatements.scheduleNow, timeZone).slot
        var last = now
        if let known = try database.first(JobStatements.scheduleLock, key),
            known.pattern == pattern.description, known.tz == timeZone
        {
            last = known.lastSlot
        }
        guard let lastSlot = CivilSlot(last) else { throw ScheduleUnreadable(key: key, text: last) }
        try database.execute(
            JobStatements.schedulePut, key, timeZone, pattern.description, kind.name, "{}", catchUp.rawValue, limit,
            overlap.rawValue, lastSlot.description, pattern.next(after: lastSlot).description)
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

/// One look at the schedules that are due.
struct ScheduleTick: Sendable {
    /// The kinds this process can run, by name.
    let kinds: [String: JobKind]

    /// Deals with every schedule that is due and not held by another process; several processes may look at once.
    ///
    /// Slot, note and job commit together.
    /// - Returns: schedules dealt with, and the names of those that could not be read.
    func callAsFunction(on database: isolated Connection) throws -> (advanced: Int, unreadable: [ScheduleUnreadable]) {
        var advanced = 0
        var unreadable: [ScheduleUnreadable] = []
        for row in try database.rows(JobStatements.scheduleDue, kinds.keys.sorted()) {
            guard let kind = kinds[row.kind] else { continue }
            do {
                try advance(row, kind, on: database)
                advanced += 1
            } catch let error as ScheduleUnreadable {
                unreadable.append(error)
            }
        }
        return (advanced, unreadable)
    }

    private func advance(_ row: DueScheduleRow, _ kind: JobKind, on database: isolated Connection) throws {
        guard let pattern = SchedulePattern(row.pattern) else { throw ScheduleUnreadable(key: row.key, text: row.pattern) }
        guard let last = CivilSlot(row.lastSlot) else { throw ScheduleUnreadable(key: row.key, text: row.lastSlot) }
        guard let now = CivilSlot(row.nowSlot) else { throw ScheduleUnreadable(key: row.key, text: row.nowSlot) }
        guard let catchUp = CatchUp(rawValue: row.catchUp) else { throw ScheduleUnreadable(key: row.key, text: row.catchUp) }
        let plan = ScheduleSlots(pattern, after: last, upTo: now, catchUp: catchUp, limit: row.maxSlots)
        if !plan.skipped.isEmpty {
            try database.execute(
                JobStatements.scheduleSkip, row.id, plan.skipped.map(\.slot.description), plan.skipped.map(\.reason))
        }
        for slot in plan.run {
            // With `skip`, all slots share one key, so the queue itself refuses a second unfinished job.
            let key = row.overlap == Schedule.Overlap.skip.rawValue ? row.key : "\(row.key)@\(slot)"
            _ = try database.first(
                JobStatements.scheduleFire, row.id, slot.description, kind.lane.rawValue, kind.maxAttempts, key)
        }
        if !plan.run.isEmpty { hint(.ready(kind.lane), on: database) }
        try database.execute(JobStatements.scheduleAdvance, row.id, plan.last.description, plan.next.description)
    }
}
