// SPDX-License-Identifier: Apache-2.0

/// How often upkeep is done, and what it says something about.
package struct UpkeepSettings: Sendable, Hashable {
    /// Time between two looks at what an operator must be told; with ``snapshotAge`` at most two minutes.
    package var watch: Duration = .seconds(45)
    /// Time between two looks at dead rows of unfinished jobs.
    package var vacuum: Duration = .seconds(300)
    /// Time between two times at which old history is removed.
    package var prune: Duration = .seconds(3600)
    /// Time between two looks whether the months to come are there.
    package var partitions: Duration = .seconds(6 * 3600)
    /// Dead rows of unfinished jobs from which they are vacuumed.
    package var deadRows = 2000
    /// Dead rows of unfinished jobs from which an operator is told.
    package var alarmingDeadRows = 50_000
    /// Longest time for which a session may hold back vacuum.
    package var snapshotAge: Duration = .seconds(60)
    /// Part of the notification queue, 0 to 1, from which an operator is told.
    package var notificationQueue = 0.1
    /// How far the database's clock may stray before nothing is pruned; nil where a test moves the clock.
    package var clock: ClockLimits? = ClockLimits()

    /// The usual settings.
    package init() {}

    func pause(of task: UpkeepTask) -> Duration {
        switch task {
        case .watch: watch
        case .partitions: partitions
        case .prune: prune
        case .vacuum: vacuum
        }
    }
}

/// What has to be done now and then; the words of `jobs.upkeep.task`.
package enum UpkeepTask: String, Sendable, Hashable, CaseIterable {
    /// Makes months and years ahead, and gives strays a table of their own.
    case partitions
    /// Drops old history.
    case prune
    /// Removes dead rows of unfinished jobs.
    case vacuum
    /// Looks for what an operator must be told.
    case watch
}

/// What one round of upkeep did.
package struct UpkeepRound: Sendable, Hashable {
    /// Tasks that were due and went well.
    package internal(set) var done: [UpkeepTask] = []
    /// Tasks that failed, each with why.
    package internal(set) var failed: [String] = []
    /// Months and years made.
    package internal(set) var partitionsMade = 0
    /// Names of the parts of the history dropped.
    package internal(set) var dropped: [String] = []
    /// Finished jobs removed one by one, of lanes with a shorter time than others.
    package internal(set) var expired = 0
    /// Rows of workers silent for a week removed.
    package internal(set) var workersForgotten = 0
    /// Batches and connections of jobs removed, older than all history.
    package internal(set) var linksForgotten = 0
    /// Ends of linked jobs that nobody had been told of, as after a restored backup; they are dealt with next.
    package internal(set) var looseEnds = 0
    /// Whether old history was left because the clock is not trusted.
    package internal(set) var isHeldByClock = false
    /// Whether unfinished jobs were vacuumed.
    package internal(set) var isVacuumed = false
    /// Names of alarms raised.
    package internal(set) var raised: [String] = []
    /// Names of alarms that are over.
    package internal(set) var cleared: [String] = []
}

/// Something an operator must be told; instants are RFC 3339 with offset.
package struct AlarmReport: Codable, Sendable, Hashable {
    /// `snapshot`, `notifications`, `invalid_index`, `dead_rows`, `strays` or `partitions`.
    package let name: String
    /// How bad it is: seconds, part of the queue, or a count.
    package let figure: String
    /// What it is.
    package let detail: String
    /// Since when.
    package let raisedAt: String
    /// When it was found last.
    package let seenAt: String
}

/// How a task of upkeep stands; instants are RFC 3339 with offset.
package struct UpkeepReport: Codable, Sendable, Hashable {
    /// As in ``UpkeepTask``.
    package let task: String
    /// When it was done last.
    package let doneAt: String?
    /// How it went, or why it failed.
    package let outcome: String?
    /// Seconds since it was done.
    package let secondsAgo: Int?
}
