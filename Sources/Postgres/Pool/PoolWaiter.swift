// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// One caller that waits for a connection; the first word decides: a permit, the time limit, or cancellation.
final class PoolWaiter<Permit: Sendable>: Sendable {
    private enum State {
        case unheard
        case waiting(CheckedContinuation<Result<Permit, PostgresError>, Never>)
        case decided(Result<Permit, PostgresError>)
        case finished
    }

    private let state = Mutex(State.unheard)

    /// Gives the word; false when another came first, and then nothing has happened.
    func decide(_ result: Result<Permit, PostgresError>) -> Bool {
        let (isFirst, continuation) = state.withLock {
            state -> (Bool, CheckedContinuation<Result<Permit, PostgresError>, Never>?) in
            switch state {
            case .unheard:
                state = .decided(result)
                return (true, nil)
            case .waiting(let continuation):
                state = .finished
                return (true, continuation)
            case .decided, .finished:
                return (false, nil)
            }
        }
        continuation?.resume(returning: result)
        return isFirst
    }

    /// Waits for the word; called once.
    func word() async -> Result<Permit, PostgresError> {
        await withCheckedContinuation { continuation in
            let result = state.withLock { state -> Result<Permit, PostgresError>? in
                guard case .decided(let result) = state else {
                    state = .waiting(continuation)
                    return nil
                }
                state = .finished
                return result
            }
            if let result { continuation.resume(returning: result) }
        }
    }
}
