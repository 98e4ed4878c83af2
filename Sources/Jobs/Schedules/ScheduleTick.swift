// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// One look at the schedules that are due.
struct ScheduleTick: Sendable {
    /// The kinds this process can run, by name.
    let kinds: [String: JobKind]

    /// What one look did.
    struct Round: Sendable {
        /// Schedules dealt with.
        var advanced = 0
        /// Jobs enqueued.
        var enqueued = 0
        /// Slots noted as not run.
        var skipped = 0
        /// Schedules that this program cannot read; they are tried again in five minutes.
        var unreadable: [ScheduleUnreadable] = []
        /// Time until the next slot; nil when there is none.
        var pause: Duration?
    }

    /// Deals with schedules that are due and not held by another process, at most 500; several processes may look at once.
    ///
    /// Slot, note and job commit together. However many schedules are due, it is a handful of statements.
    func callAsFunction(on database: isolated Connection) throws -> Round {
        let known = kinds.keys.sorted()
        var round = Round()
        let rows = try database.rows(JobStatements.scheduleDue, known)
        if !rows.isEmpty {
            try deal(with: rows, &round, on: database)
        }
        round.pause = try database.one(JobStatements.scheduleNextMoment, known).pause
        return round
    }

    private func deal(with rows: [ScheduleRow], _ round: inout Round, on database: isolated Connection) throws {
        let now = try database.one(JobStatements.scheduleNow).instant
        let calendars = try WorkingCalendar.named(Set(rows.map(\.calendar)).filter { !$0.isEmpty }.sorted(), on: database)
        var notes = ScheduleNotes()
        var unreadable: [Int] = []
        for row in rows {
            do throws(any Error) {
                let rules = SlotRules(
                    try row.patternRead(), calendar: calendars[row.calendar] ?? .week,
                    zone: try ZoneRules.named(row.tz, for: row.key, on: database))
                let plan = ScheduleSlots(rules, after: try row.lastSlotRead(), at: now, catchUp: try row.catchUpRead())
                notes.add(plan, of: row, at: rules.zone.civil(at: now))
            } catch let error as ScheduleUnreadable {
                round.unreadable.append(error)
                unreadable.append(row.id)
            }
        }
        if !unreadable.isEmpty { try database.execute(JobStatements.schedulePostpone, unreadable) }
        let written = try notes.write(on: database)
        round.advanced = notes.count
        round.enqueued = written.enqueued
        round.skipped = written.skipped
    }
}

/// What becomes of slots, gathered over many schedules and written together.
struct ScheduleNotes: Sendable {
    private struct Firing: Sendable {
        let row: ScheduleRow
        let slot: CivilSlot

        /// With `skip`, all slots share one key, so the queue itself refuses a second unfinished job.
        var key: String { row.overlap == Schedule.Overlap.skip.rawValue ? row.key : "\(row.key)@\(slot)" }
    }

    private var firings: [Firing] = []
    private var skips: [(id: Int, skipped: ScheduleSlots.Skipped, from: String, to: CivilSlot)] = []
    private var places: [(id: Int, last: CivilSlot, next: CivilSlot, moment: Int)] = []

    /// Schedules gathered.
    var count: Int { places.count }

    mutating func add(_ plan: ScheduleSlots, of row: ScheduleRow, at now: CivilSlot) {
        firings += plan.run.map { Firing(row: row, slot: $0) }
        skips += plan.skipped.map { (row.id, $0, row.lastSlot, now) }
        places.append((row.id, plan.last, plan.next, plan.moment))
    }

    /// Notes every slot that came during an absence as not run, for the reason given.
    ///
    /// - Returns: the last slot noted, or the place it had.
    static func note(
        _ row: ScheduleRow, _ rules: SlotRules, at now: Int, absence: SkipCause, on database: isolated Connection
    ) throws -> CivilSlot {
        let last = try row.lastSlotRead()
        let plan = ScheduleSlots(rules, after: last, at: now, catchUp: try row.catchUpRead(), absence: absence, most: .max)
        var notes = ScheduleNotes()
        notes.skips = plan.skipped.map { (row.id, $0, row.lastSlot, rules.zone.civil(at: now)) }
        notes.places = [(row.id, plan.last, plan.next, plan.moment)]
        _ = try notes.write(on: database)
        return plan.last
    }

    /// Writes everything: what is skipped, what runs, and where each schedule stands now.
    func write(on database: isolated Connection) throws -> (enqueued: Int, skipped: Int) {
        if !skips.isEmpty {
            try database.execute(
                JobStatements.scheduleSkip, skips.map(\.id), skips.map(\.skipped.slot.description),
                skips.map(\.skipped.cause.rawValue),
                skips.map(\.skipped.reason), skips.map(\.from), skips.map(\.to.description))
        }
        let jobs = try fire(on: database, requestedBy: nil)
        if !places.isEmpty {
            try database.execute(
                JobStatements.scheduleAdvance, places.map(\.id), places.map(\.last.description), places.map(\.next.description),
                places.map(\.moment), places.map { jobs.latest[$0.id] })
        }
        return (jobs.enqueued, skips.count + jobs.refused)
    }

    /// Enqueues a slot out of turn; nil when the slot has been dealt with or its predecessor is unfinished.
    static func run(
        _ slot: CivilSlot, of row: ScheduleRow, requestedBy: String, on database: isolated Connection
    ) throws -> JobID? {
        var notes = ScheduleNotes()
        notes.firings = [Firing(row: row, slot: slot)]
        guard let job = try notes.fire(on: database, requestedBy: requestedBy).latest[row.id] else { return nil }
        // Where the next slot ends the one before, it ends this one.
        try database.execute(JobStatements.scheduleRan, row.id, job)
        return JobID(rawValue: job)
    }

    private func fire(
        on database: isolated Connection, requestedBy: String?
    ) throws -> (enqueued: Int, refused: Int, latest: [Int: Int64]) {
        guard !firings.isEmpty else { return (0, 0, [:]) }
        for firing in firings where firing.row.overlap == Schedule.Overlap.cancelOlder.rawValue {
            // One that has been given up waits for a person, whom no newer slot answers for.
            if let older = firing.row.lastJob {
                _ = try JobInspection.cancel(JobID(rawValue: older), evenDead: false, on: database)
            }
        }
        let rows = try database.rows(
            JobStatements.scheduleFire, firings.map(\.row.id), firings.map(\.slot.description), firings.map(\.key),
            requestedBy, TraceContext.current?.rawValue)
        var latest: [Int: Int64] = [:]
        for row in rows.sorted(by: { $0.slot < $1.slot }) {
            if let job = row.jobId { latest[row.scheduleId] = job }
        }
        let enqueued = rows.count { $0.jobId != nil }
        if enqueued > 0 { hint(.ready, on: database) }
        return (enqueued, rows.count - enqueued, latest)
    }
}
