// SPDX-License-Identifier: Apache-2.0
internal import Postgres
internal import Synchronization

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

/// Attempts that ended and that the runner has not yet dealt with.
final class EndedAttempts: Sendable {
    struct Ended: Sendable {
        /// Number of the run in this process.
        let run: Int
        let ending: AttemptEnding
        let instant: ContinuousClock.Instant
    }

    private struct State {
        var ended: [Ended] = []
        var wakesAt = 1
    }

    private let state = Mutex(State())

    /// Adds one; true when the runner should be woken.
    func add(_ run: Int, _ ending: AttemptEnding) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            state.ended.append(Ended(run: run, ending: ending, instant: now))
            return state.ended.count == state.wakesAt
        }
    }

    /// Takes all there are.
    func take() -> [Ended] {
        state.withLock { state in
            defer { state.ended.removeAll(keepingCapacity: true) }
            return state.ended
        }
    }

    /// Says how many have to come together before they wake the runner; true when there are as many already.
    func gather(_ count: Int) -> Bool {
        state.withLock { state in
            state.wakesAt = max(1, count)
            return state.ended.count >= state.wakesAt
        }
    }
}

/// Runs a synchronous attempt, on a queue of its lane.
func attempt(_ context: JobContext, _ body: (JobContext) throws -> JobOutcome) -> AttemptEnding {
    do {
        guard let trace = context.job.trace else { return .returned(try body(context)) }
        return .returned(try TraceContext.$current.withValue(trace) { try body(context) })
    } catch is LeaseLost {
        return .leaseLost
    } catch {
        return .failed(error)
    }
}

/// Runs an attempt that awaits, on the executor of its lane.
@concurrent
func attempt(_ context: JobContext, _ handler: JobHandler, _ pool: ConnectionPool) async -> AttemptEnding {
    do {
        return try await TraceContext.$current.withValue(context.job.trace) {
            switch handler {
            case .work(let body):
                return .returned(try body(context))
            case .effect(let body):
                return .returned(try await body(context))
            case .transaction(let body):
                try await pool.transaction { database in
                    try finish(context.job, try body(database, context), on: database)
                }
                return .committed
            }
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
