// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What became of a wish to end a job.
package enum CancelOutcome: String, Sendable, Hashable {
    /// It has ended.
    case cancelled
    /// It runs and has been asked to end.
    case running
}

/// What an operator sees and does.
package enum JobInspection {
    /// How long a worker may be silent before it is taken for dead, where nobody says otherwise.
    package static let usualLease: Duration = .seconds(30)

    /// A page of jobs, the latest first; without a state the unfinished and the dead.
    ///
    /// - Parameters:
    ///   - key: how the name of the work begins.
    ///   - before: number of the last job of the page before.
    package static func list(
        state: String? = nil, lane: String? = nil, kind: String? = nil, key: String? = nil, before: Int64 = .max,
        limit: Int = 100, on database: isolated Connection
    ) throws(PostgresError) -> [JobSummary] {
        try database.rows(JobStatements.list, state, lane, kind, limit, key, before)
    }

    /// One job, or nil.
    package static func show(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> JobReport? {
        try database.first(JobStatements.show, id.rawValue)
    }

    /// Ends a job; nil when there is no such job that could be ended.
    package static func cancel(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> CancelOutcome? {
        try cancel(id, evenDead: true, on: database)
    }

    /// Ends a job, one that waits for a person only where that is meant.
    static func cancel(_ id: JobID, evenDead: Bool, on database: isolated Connection) throws(PostgresError) -> CancelOutcome? {
        let outcome = try database.first(JobStatements.cancel, id.rawValue, evenDead)
            .flatMap { CancelOutcome(rawValue: $0.state) }
        switch outcome {
        case .running: hint(.cancel(id), on: database)
        // What came after it can go on.
        case .cancelled: hint(.ready, on: database)
        case nil: break
        }
        return outcome
    }

    /// Makes a dead job ready again with all its attempts, or a waiting one ready at once; false when it is neither.
    package static func retry(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> Bool {
        let isDead = try database.first(JobStatements.redrive, id.rawValue) != nil
        if !isDead, try database.first(JobStatements.runNow, id.rawValue) == nil { return false }
        hint(.ready, on: database)
        return true
    }

    /// Puts a waiting or ready job off.
    ///
    /// - Returns: from when it may run; nil when it is neither.
    package static func snooze(
        _ id: JobID, for pause: Duration, on database: isolated Connection
    ) throws(PostgresError) -> String? {
        hint(.ready, on: database)
        return try database.first(JobStatements.snoozeUntil, id.rawValue, pause.milliseconds)?.runAt
    }

    /// Makes a waiting job ready at once; false when it does not wait, or waits for other jobs.
    package static func runNow(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> Bool {
        hint(.ready, on: database)
        return try database.first(JobStatements.runNow, id.rawValue) != nil
    }

    /// Makes dead jobs of a kind, or all, ready again, the oldest first; those whose key is taken stay dead.
    ///
    /// - Returns: numbers of the jobs.
    package static func redrive(
        kind: String?, limit: Int = 1000, on database: isolated Connection
    ) throws(PostgresError) -> [JobID] {
        let jobs = try database.rows(JobStatements.redriveMany, kind, limit).map { JobID(rawValue: $0.id) }
        if !jobs.isEmpty { hint(.ready, on: database) }
        return jobs
    }

    /// Dead jobs of a kind, or all of them.
    package static func deadCount(kind: String?, on database: isolated Connection) throws(PostgresError) -> Int {
        try database.one(JobStatements.deadCount, kind).count
    }

    /// The unfinished job that holds the key of a dead one, which therefore cannot be tried again.
    package static func twin(of id: JobID, on database: isolated Connection) throws(PostgresError) -> JobID? {
        try database.first(JobStatements.twin, id.rawValue).map { JobID(rawValue: $0.id) }
    }

    /// What ended of each kind within some hours.
    package static func kinds(hours: Int = 24, on database: isolated Connection) throws(PostgresError) -> [KindReport] {
        try database.rows(JobStatements.kinds, hours)
    }

    /// Whether a process takes a kind, a schedule makes it, or a job has or had it.
    package static func knows(kind: String, on database: isolated Connection) throws(PostgresError) -> Bool {
        try database.first(JobStatements.kindKnown, kind) != nil
    }

    /// Starts of processes that are not forgotten yet, the latest first, at most 100.
    package static func workers(
        lease: Duration = usualLease, on database: isolated Connection
    ) throws(PostgresError) -> [WorkerReport] {
        try database.rows(JobStatements.workers, lease.milliseconds)
    }

    /// Jobs that run, the longest running first.
    package static func running(limit: Int = 100, on database: isolated Connection) throws(PostgresError) -> [RunningReport] {
        try database.rows(JobStatements.running, limit)
    }

    /// The latest failed attempts of the last day.
    package static func failures(limit: Int = 100, on database: isolated Connection) throws(PostgresError) -> [FailureReport] {
        try database.rows(JobStatements.failures, limit)
    }

    /// Depth and age of every lane.
    package static func lanes(on database: isolated Connection) throws(PostgresError) -> [LaneReport] {
        try database.rows(JobStatements.lanes)
    }

    /// Every schedule as it stands.
    package static func schedules(on database: isolated Connection) throws(PostgresError) -> [ScheduleReport] {
        try database.rows(JobStatements.schedules)
    }

    /// The latest slots of a schedule and what became of them.
    package static func scheduleRuns(
        _ key: String, limit: Int = 100, on database: isolated Connection
    ) throws(PostgresError) -> [ScheduleRunReport] {
        try database.rows(JobStatements.scheduleRuns, key, limit)
    }
}
