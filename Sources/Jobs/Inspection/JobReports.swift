// SPDX-License-Identifier: Apache-2.0

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
    /// When it ended or was given up.
    package let finishedAt: String?
    /// Who holds or held it.
    package let worker: Int?
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
    /// The trace it belongs to.
    package let trace: String?
    /// Longest run of one attempt in place of that of its kind.
    package let timeLimitMilliseconds: Int?
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

/// A lane as it is set and what it holds; counts end at 100,000.
package struct LaneFigures: Codable, Sendable, Hashable {
    /// Name of the lane.
    package let lane: String
    /// Whether no job of it is taken.
    package let isPaused: Bool
    /// Since when.
    package let pausedAt: String?
    /// Most running jobs in all processes together; nil: only the slots of each process limit it.
    package let maxRunning: Int?
    /// Most starts within ``rateSeconds`` in all processes together; nil for any number.
    package let rateCount: Int?
    /// The span of the rate, in seconds.
    package let rateSeconds: Int?
    /// Whether tenants take turns.
    package let isFair: Bool
    /// How long finished jobs are kept, in seconds.
    package let keepDoneSeconds: Int
    /// Jobs that wait for a slot.
    package let ready: Int
    /// Jobs that run.
    package let running: Int
    /// Jobs that wait for a person.
    package let dead: Int
    /// Seconds the oldest ready job has waited for a slot.
    package let oldestReadySeconds: Int
}

/// What ended of a kind within some hours.
package struct KindReport: Codable, Sendable, Hashable {
    /// Name of the kind.
    package let kind: String
    /// Name of the lane.
    package let lane: String
    /// Jobs that were done.
    package let succeeded: Int
    /// Jobs that a person ended.
    package let cancelled: Int
    /// Jobs whose work was no longer wanted.
    package let superseded: Int
    /// Jobs among them that took more than one attempt.
    package let triedAgain: Int
    /// Jobs of the kind that wait for a person now.
    package let dead: Int
    /// From the moment a job could run to its start, in milliseconds.
    package let meanWaitMilliseconds: Int?
    /// From its start to its end, in milliseconds.
    package let meanRunMilliseconds: Int?
    /// The longest from start to end, in milliseconds.
    package let longestRunMilliseconds: Int?
}

/// One start of a process that runs jobs.
package struct WorkerReport: Codable, Sendable, Hashable {
    /// Number of the start.
    package let id: Int
    /// Host it runs on, for a person who looks for it.
    package let host: String
    /// Process number there.
    package let pid: Int
    /// Version of the program.
    package let version: String
    /// When it started.
    package let startedAt: String
    /// `live`, `stopping` or `silent`.
    package let state: String
    /// Seconds since it gave a sign of life.
    package let silentSeconds: Int
    /// Jobs it holds.
    package let running: Int
    /// Kinds it has a handler for; nil for a program that does not tell.
    package let kinds: [String]?
    /// Lanes it has slots for; nil for a program that does not tell.
    package let lanes: [String]?
}

/// A job that runs.
package struct RunningReport: Codable, Sendable, Hashable {
    /// Number of the job.
    package let id: Int64
    /// Name of its kind.
    package let kind: String
    /// Name of the lane.
    package let lane: String
    /// Number of the attempt.
    package let attempt: Int
    /// Who holds it.
    package let worker: Int
    /// Name of the work, if it has one.
    package let key: String?
    /// Seconds since its start.
    package let seconds: Int
    /// Whether it has been asked to end.
    package let isCancelRequested: Bool
}

/// A failed attempt among others.
package struct FailureReport: Codable, Sendable, Hashable {
    /// Number of the job.
    package let job: Int64
    /// Name of its kind; nil when the job is forgotten.
    package let kind: String?
    /// Number of the attempt.
    package let attempt: Int
    /// What it said.
    package let error: String
    /// When it was noted.
    package let at: String
    /// Whether the job waits for a person now.
    package let isDead: Bool
}

/// A schedule as it stands.
package struct ScheduleReport: Codable, Sendable, Hashable {
    /// Its name.
    package let key: String
    /// When it runs, as `daily 02:00`.
    package let pattern: String
    /// Zone of its civil times.
    package let tz: String
    /// Kind of its jobs.
    package let kind: String
    /// What becomes of missed slots: `latest`, `all` or `none`.
    package let catchUp: String
    /// What becomes of a slot while the job of an earlier one is unfinished.
    package let overlap: String
    /// Whether it runs.
    package let isEnabled: Bool
    /// The last slot dealt with.
    package let lastSlot: String
    /// The next slot.
    package let nextSlot: String
    /// The instant of the next slot.
    package let nextAt: String
    /// Seconds by which the next slot is late; nil for one that does not run.
    package let lateSeconds: Int?
    /// What became of the latest slot: `enqueued` or `skipped`.
    package let outcome: String?
    /// Why it was skipped.
    package let reason: String?
    /// Its job.
    package let job: Int64?
    /// Slots skipped within the last day.
    package let skippedRecently: Int
}
