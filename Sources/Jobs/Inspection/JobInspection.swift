// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// One line of a list of jobs; instants are RFC 3339 with offset.
package struct JobSummary: Codable, Sendable, Hashable {
    /// Number of the job.
    package let id: Int64
    /// Name of its kind.
    package let kind: String
    /// Name of the lane.
    package let lane: String
    /// `waiting`, `ready`, `running`, `dead`, `succeeded`, `cancelled` or `superseded`.
    package let state: String
    /// Number of the attempt; 0 before the first.
    package let attempt: Int
    /// Most attempts.
    package let maxAttempt: Int
    /// Name of the work, if it has one.
    package let key: String?
    /// From when it may run.
    package let runAt: String
    /// What the latest failed attempt said.
    package let lastError: String?
}

/// A failed attempt of a job.
package struct AttemptReport: Codable, Sendable, Hashable {
    /// Number of the attempt; 0 before the first.
    package let attempt: Int
    /// Who holds or held it.
    package let worker: Int?
    /// What it said.
    package let error: String
    /// When it was noted.
    package let at: String
}

/// Everything about one job; instants are RFC 3339 with offset.
package struct JobReport: Codable, Sendable, Hashable {
    /// Number of the job.
    package let id: Int64
    /// Name of its kind.
    package let kind: String
    /// Name of the lane.
    package let lane: String
    /// As in ``JobSummary/state``.
    package let state: String
    /// Number of the attempt; 0 before the first.
    package let attempt: Int
    /// Most attempts.
    package let maxAttempt: Int
    /// How often a worker died while it held the job.
    package let rescues: Int
    /// Who holds or held it.
    package let worker: Int?
    /// Name of the work, if it has one.
    package let key: String?
    /// Payload as JSON.
    package let payload: String
    /// From when it may run.
    package let runAt: String
    /// When it was enqueued.
    package let enqueuedAt: String
    /// Program that enqueued it.
    package let enqueuedBy: String
    /// When it ended or was given up.
    package let finishedAt: String?
    /// Whether it runs and has been asked to end.
    package let isCancelRequested: Bool
    /// What the latest failed attempt said.
    package let lastError: String?
    /// Why it was given up.
    package let reason: String?
    /// Failed attempts, the earliest first.
    package let failures: [AttemptReport]
}

/// Depth and age of a lane.
package struct LaneReport: Codable, Sendable, Hashable {
    /// Name of the lane.
    package let lane: String
    /// Whether no job of it is taken.
    package let isPaused: Bool
    /// Jobs that wait for their moment.
    package let waiting: Int
    /// Jobs that wait for a slot.
    package let ready: Int
    /// Jobs that run.
    package let running: Int
    /// Jobs that wait for a person.
    package let dead: Int
    /// Seconds the oldest ready job has waited for a slot.
    package let oldestReadySeconds: Int
}

/// What became of one slot of a schedule.
package struct ScheduleRunReport: Codable, Sendable, Hashable {
    /// Civil time of the slot.
    package let slot: String
    /// `enqueued` or `skipped`.
    package let outcome: String
    /// Why it was skipped.
    package let reason: String?
    /// The job of an enqueued slot.
    package let jobId: Int64?
    /// When it was noted.
    package let at: String
}

/// What became of a wish to end a job.
package enum CancelOutcome: String, Sendable, Hashable {
    /// It has ended.
    case cancelled
    /// It runs and has been asked to end.
    case running
}

/// What an operator sees and does.
package enum JobInspection {
    /// Jobs, the latest first; without a state the unfinished and the dead.
    package static func list(
        state: String? = nil, lane: String? = nil, kind: String? = nil, limit: Int = 100, on database: isolated Connection
    ) throws(PostgresError) -> [JobSummary] {
        try database.rows(JobStatements.list, state, lane, kind, limit)
    }

    /// One job, or nil.
    package static func show(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> JobReport? {
        try database.first(JobStatements.show, id.rawValue)
    }

    /// Ends a job; nil when there is no such job that could be ended.
    package static func cancel(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> CancelOutcome? {
        try database.first(JobStatements.cancel, id.rawValue).flatMap { CancelOutcome(rawValue: $0.state) }
    }

    /// Makes a dead job ready again with all its attempts, or a waiting one ready at once; false when it is neither.
    package static func retry(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> Bool {
        if try database.first(JobStatements.redrive, id.rawValue) != nil { return true }
        return try database.first(JobStatements.runNow, id.rawValue) != nil
    }

    /// Depth and age of every lane.
    package static func lanes(on database: isolated Connection) throws(PostgresError) -> [LaneReport] {
        try database.rows(JobStatements.lanes)
    }

    /// The latest slots of a schedule and what became of them.
    package static func scheduleRuns(
        _ key: String, limit: Int = 100, on database: isolated Connection
    ) throws(PostgresError) -> [ScheduleRunReport] {
        try database.rows(JobStatements.scheduleRuns, key, limit)
    }
}
