// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// How one attempt ended.
enum AttemptEnding: Sendable {
    /// The handler returned; the runner acknowledges.
    case returned(JobOutcome)
    /// Effect and acknowledgement were committed together.
    case committed
    /// The worker no longer held the job; its effect was rolled back.
    case leaseLost
    /// The handler threw.
    case failed(any Error)
}

/// Runs one attempt, away from the runner's own queue.
@concurrent
func attempt(_ job: ClaimedJob, _ handler: JobHandler, _ pool: ConnectionPool) async -> AttemptEnding {
    do {
        switch handler {
        case .effect(let body):
            return .returned(try await body(job))
        case .transaction(let body):
            try await pool.transaction { database in
                try finish(job, try body(database, job), on: database)
            }
            return .committed
        }
    } catch is LeaseLost {
        return .leaseLost
    } catch {
        return .failed(error)
    }
}

extension Error {
    /// Whether the error says no more than that the task was cancelled.
    var isCancellation: Bool {
        if self is CancellationError { return true }
        if case .cancelled? = self as? PostgresError { return true }
        return false
    }
}
