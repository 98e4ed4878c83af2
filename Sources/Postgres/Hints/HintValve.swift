// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Lets the hints of a pool pass: the first at once, then at most one statement an interval, the last one never dropped.
///
/// Observers in the process are told of every hint at once, without the way through the server.
package final class HintValve: Sendable {
    /// Shortest time between two statements that send hints.
    static let interval: Duration = .milliseconds(5)
    /// Pause after hints could not be sent.
    private static let pause: Duration = .milliseconds(200)

    /// Names the pool in the payloads that it sends, so that a process can leave out what it knows already.
    package let origin: String

    fileprivate struct State {
        var waiting: [Hint] = []
        var lastSent: ContinuousClock.Instant?
        var isArmed = false
        /// Whether hints that waited are on their way on another connection; newer ones may not overtake them.
        var isSending = false
        var observers: [@Sendable (Hint) -> Void] = []
        var arm: (@Sendable (Duration) -> Void)?
    }

    private let state = Mutex(State())

    init() {
        origin = String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Tells an observer of every hint of this pool from now on, on the queue of the connection that commits.
    package func observe(_ observer: @escaping @Sendable (Hint) -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    /// Says who sends, after a time, what has to wait.
    func onDue(_ arm: @escaping @Sendable (Duration) -> Void) {
        state.withLock { $0.arm = arm }
    }

    /// Takes hints of committed work and returns what is to be sent now.
    func offer(_ hints: [Hint]) -> [Hint] {
        let (due, observers, arm) = state.withLock {
            state -> ([Hint], [@Sendable (Hint) -> Void], (() -> Void)?) in
            let now = ContinuousClock.now
            let passed = state.lastSent.map { $0.duration(to: now) } ?? .seconds(3600)
            if state.waiting.isEmpty, !state.isSending, passed >= Self.interval {
                state.lastSent = now
                return (hints, state.observers, nil)
            }
            state.keep(hints)
            // While others are on their way, whoever sends those sends these afterwards.
            return ([], state.observers, state.isSending ? nil : state.arming(Self.interval - passed))
        }
        for observer in observers { hints.forEach(observer) }
        arm?()
        return due
    }

    /// Takes what waits, to be sent now.
    func takeWaiting() -> [Hint] {
        state.withLock { state in
            defer { state.waiting = [] }
            state.isArmed = false
            state.isSending = !state.waiting.isEmpty
            state.lastSent = .now
            return state.waiting
        }
    }

    /// Notes that what was taken to be sent has left; what came meanwhile follows.
    func sent() {
        let arm = state.withLock { state -> (() -> Void)? in
            state.isSending = false
            return state.waiting.isEmpty ? nil : state.arming(Self.interval)
        }
        arm?()
    }

    /// Puts hints back that could not be sent.
    func failed(_ hints: [Hint]) {
        let arm = state.withLock { state -> (() -> Void)? in
            state.isSending = false
            state.keep(hints)
            return state.arming(Self.pause)
        }
        arm?()
    }
}

extension HintValve.State {
    fileprivate mutating func keep(_ hints: [Hint]) {
        for hint in hints where !waiting.contains(hint) { waiting.append(hint) }
    }

    fileprivate mutating func arming(_ pause: Duration) -> (() -> Void)? {
        guard !isArmed, let arm else { return nil }
        isArmed = true
        return { arm(max(pause, .milliseconds(1))) }
    }
}
