// SPDX-License-Identifier: Apache-2.0
internal import Postgres
internal import Synchronization

/// What a handler is given: the job, and whether it is still wanted.
///
/// Members of ``ClaimedJob`` are members of the context too: `job.id`, `job.attempt`, `job.key`.
@dynamicMemberLookup
package struct JobContext: Sendable {
    /// The job.
    package let job: ClaimedJob
    /// When its time is up; nil when nothing limits it.
    let deadline: ContinuousClock.Instant?
    let token: CancelToken
    /// Where its steps are kept; nil without a database.
    let pool: ConnectionPool?

    init(
        _ job: ClaimedJob, deadline: ContinuousClock.Instant? = nil, token: CancelToken = CancelToken(),
        pool: ConnectionPool? = nil
    ) {
        (self.job, self.deadline, self.token, self.pool) = (job, deadline, token, pool)
    }

    /// Payload as JSON.
    package var payload: String { job.payload }

    /// A member of the job.
    package subscript<Value>(dynamicMember path: KeyPath<ClaimedJob, Value>) -> Value { job[keyPath: path] }

    /// Whether the handler should end: by a person's wish, the time limit, the stop of the process or a lost lease.
    ///
    /// For synchronous code too; a task is cancelled at the same moment.
    package var isCancelled: Bool { token.reason != nil }

    /// Ends a handler that should.
    ///
    /// - Throws: `CancellationError`, which the runner understands by the reason it knows itself.
    package func checkCancellation() throws {
        if isCancelled { throw CancellationError() }
    }

    /// Time left to the attempt, never negative; nil when nothing limits it.
    package var timeLeft: Duration? { deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) } }

    /// Reads the payload.
    ///
    /// - Throws: ``PermanentFailure``: what cannot be read now cannot be read at the next attempt either.
    package func payload<Payload: Decodable>(as type: Payload.Type) throws(PermanentFailure) -> Payload {
        try job.payload(as: type)
    }
}

/// Tells one attempt that it should end; the first reason stays.
final class CancelToken: Sendable {
    enum Reason: Sendable, Hashable {
        /// A person ended the job.
        case person
        /// The attempt took too long.
        case timeLimit
        /// The process stops.
        case stop
        /// The worker was declared dead.
        case leaseLost
    }

    private struct State {
        var reason: Reason?
        var task: Task<Void, Never>?
    }

    private let isSet = Atomic(false)
    private let state = Mutex(State())

    /// Why the attempt should end, if it should.
    var reason: Reason? { isSet.load(ordering: .acquiring) ? state.withLock { $0.reason } : nil }

    /// Cancels, also the task if there is one.
    func cancel(_ reason: Reason) {
        let task = state.withLock { state -> Task<Void, Never>? in
            if state.reason == nil { state.reason = reason }
            isSet.store(true, ordering: .releasing)
            return state.task
        }
        task?.cancel()
    }

    /// Learns the task in which the handler runs.
    func attach(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.reason != nil
        }
        if isLate { task.cancel() }
    }
}
