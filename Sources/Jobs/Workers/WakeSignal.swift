// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Wakes one loop; any number of calls while it is busy are one more round.
final class WakeSignal: Sendable {
    /// Why a round is due; several reasons may come together.
    struct Reasons: OptionSet, Sendable {
        let rawValue: UInt8

        /// Someone told that there is work.
        static let hint = Reasons(rawValue: 1)
        /// Attempts ended.
        static let ended = Reasons(rawValue: 2)
        /// The moment of a waiting job has come.
        static let due = Reasons(rawValue: 4)
        /// Nothing was heard for as long as one may go without looking.
        static let poll = Reasons(rawValue: 8)
        /// The state of the runner changed, or there is more of what the last round found.
        static let more = Reasons(rawValue: 16)
    }

    private struct State {
        var reasons: Reasons = []
        var firstHint: ContinuousClock.Instant?
        var hints = 0
    }

    /// Rounds to do.
    let rounds: AsyncStream<Void>

    private let continuation: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() {
        (rounds, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake(_ reasons: Reasons) {
        state.withLock { state in
            state.reasons.formUnion(reasons)
            guard reasons.contains(.hint) else { return }
            state.hints += 1
            state.firstHint = state.firstHint ?? .now
        }
        continuation.yield()
    }

    /// Takes why this round is due, when the first of its hints was heard and how many there were.
    func take() -> (reasons: Reasons, firstHint: ContinuousClock.Instant?, hints: Int) {
        state.withLock { state in
            defer { state = State() }
            return (state.reasons, state.firstHint, state.hints)
        }
    }
}

/// Whether the process wants the runner to stop.
final class StopRequest: Sendable {
    private let requested = Atomic(false)

    var isMade: Bool { requested.load(ordering: .acquiring) }

    func make() { requested.store(true, ordering: .releasing) }
}
