// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Figures of the whole queue and of the server around it; counts end at 100,000.
package struct QueueFigures: Codable, Sendable, Hashable {
    /// When they were read, by the queue's clock.
    package let at: String
    /// The server's clock in milliseconds since 1970.
    package let clockMilliseconds: Int64
    /// Jobs that wait for their moment or for others; above 20,000 an estimate.
    package let waiting: Int
    /// Waiting jobs whose moment comes within an hour.
    package let dueWithinHour: Int
    /// Waiting jobs whose moment comes within a day.
    package let dueWithinDay: Int
    /// Seconds by which the earliest waiting job has passed its moment.
    package let overdueSeconds: Int
    /// Jobs that wait for a person.
    package let dead: Int
    /// Workers that take jobs.
    package let liveWorkers: Int
    /// Running jobs whose worker gives no signs of life.
    package let orphans: Int
    /// Seconds of silence of the most silent worker that holds jobs.
    package let longestSilenceSeconds: Int
    /// Dead rows of the hot table, as the server counts them.
    package let deadTuples: Int
    /// Seconds since the hot table was vacuumed; 0 when it never was.
    package let unvacuumedSeconds: Int
    /// Part of the server's notification queue in use, 0 to 1.
    package let notificationUsage: Double
    /// Seconds for which the oldest snapshot of another session has been held.
    package let snapshotSeconds: Int
    /// Transactions that have begun since.
    package let snapshotTransactions: Int
    /// Who holds it.
    package let snapshotHolder: String?
    /// Whether sessions of other roles are seen.
    package let isAllVisible: Bool

    /// Reads the figures.
    ///
    /// - Parameter lease: how long a worker may be silent before it is taken for dead.
    package static func read(
        lease: Duration = JobInspection.usualLease, on database: isolated Connection
    ) throws(PostgresError) -> QueueFigures {
        try database.one(JobStatements.queueFigures, lease.milliseconds)
    }
}

/// What ended and what failed in a lane within the last minute.
package struct LaneRate: Codable, Sendable, Hashable {
    /// Name of the lane.
    package let lane: String
    /// Jobs that ended.
    package let finished: Int
    /// Attempts that failed, of jobs that are not finished.
    package let failed: Int
}

/// Everything that a live view shows, from one view of the data.
package struct QueueOverview: Codable, Sendable, Hashable {
    /// Figures of the whole queue.
    package let figures: QueueFigures
    /// Lanes as they are set and what they hold.
    package let lanes: [LaneFigures]
    /// What ended within the last minute, by lane.
    package let rates: [LaneRate]
    /// Jobs that run, the longest running first.
    package let running: [RunningReport]
    /// The latest failed attempts.
    package let failures: [FailureReport]
    /// Processes that run jobs.
    package let workers: [WorkerReport]

    /// Reads all of it.
    package static func read(on database: isolated Connection) throws(PostgresError) -> QueueOverview {
        QueueOverview(
            figures: try QueueFigures.read(on: database), lanes: try LaneControl.figures(on: database),
            rates: try database.rows(JobStatements.laneRates), running: try JobInspection.running(limit: 20, on: database),
            failures: try JobInspection.failures(limit: 10, on: database), workers: try JobInspection.workers(on: database))
    }
}
