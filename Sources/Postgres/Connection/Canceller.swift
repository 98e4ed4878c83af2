// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ
internal import Dispatch
internal import Synchronization

/// Cancels the running statement of one connection from outside its queue.
///
/// Work is cancelled by unit, not by connection: a request that comes late cannot hit the next borrower.
/// A unit goes from *reserved* to *running* to *finished*; the cancel request is sent while it runs and
/// repeated until it finishes, since one that arrives between two statements is ignored by the server.
final class Canceller: Sendable {
    /// What the owner has to do with the connection after a unit.
    enum Aftermath {
        /// No cancel request was sent.
        case clean
        /// A request was sent and its sending has ended; the next answer may still be "cancelled".
        case settle
        /// A request is still being sent; the connection must not be used again.
        case discard
    }

    private struct State {
        var handle: Handle?
        var lastNumber: UInt64 = 0
        /// Units announced and not finished; a cancel request for any other comes too late.
        var pending: Set<UInt64> = []
        var cancelled: Set<UInt64> = []
        /// The unit that runs, if one does.
        var running: UInt64?
        var requestsSent = 0
        var isSending = false
    }

    // PGcancel is immutable after PQgetCancel and PQcancel is safe from any thread (PostgreSQL 15
    // documentation, 34.7), so the pointer may cross threads; it is freed once, in `deinit`.
    private final class Handle: @unchecked Sendable {
        private let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit {
            PQfreeCancel(pointer)
        }

        /// Sends one request; a failure is not reported because the next repetition is the remedy.
        func send() {
            var reason = [CChar](repeating: 0, count: 256)
            _ = PQcancel(pointer, &reason, Int32(reason.count))
        }
    }

    private static let queue = DispatchQueue(label: "etalon.postgres.cancel", attributes: .concurrent)
    private let state = Mutex(State())

    /// Learns the connection to cancel on; called once, after it was opened.
    func attach(_ connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return }
        let handle = Handle(pointer)
        state.withLock { $0.handle = handle }
    }

    /// Announces a unit of work and returns its number.
    func reserve() -> UInt64 {
        state.withLock { state in
            state.lastNumber += 1
            state.pending.insert(state.lastNumber)
            return state.lastNumber
        }
    }

    /// Marks the unit as running; a unit cancelled before will refuse its first statement.
    func start(_ unit: UInt64) {
        state.withLock { state in
            state.running = unit
            state.requestsSent = 0
        }
    }

    /// Whether the running unit has been cancelled.
    var isCancelled: Bool {
        state.withLock { state in state.running.map(state.cancelled.contains) ?? false }
    }

    /// Ends the unit; later requests for it do nothing.
    func finish(_ unit: UInt64) -> Aftermath {
        state.withLock { state in
            state.pending.remove(unit)
            state.cancelled.remove(unit)
            state.running = nil
            if state.isSending { return .discard }
            return state.requestsSent > 0 ? .settle : .clean
        }
    }

    /// Cancels a unit, from any thread and without waiting.
    func cancel(_ unit: UInt64) {
        let isNew = state.withLock { state in
            state.pending.contains(unit) && state.cancelled.insert(unit).inserted
        }
        if isNew {
            Self.queue.async { self.send(for: unit) }
        }
    }

    /// Sends a request on the spot, for the owner of the connection.
    func cancelNow() {
        state.withLock { $0.handle }?.send()
    }

    /// Sends a request if the unit runs, and looks again a little later until it has finished.
    private func send(for unit: UInt64) {
        let (handle, isPending) = state.withLock { state -> (Handle?, Bool) in
            guard state.pending.contains(unit) else { return (nil, false) }
            guard state.running == unit, !state.isSending else { return (nil, true) }
            state.isSending = true
            state.requestsSent += 1
            return (state.handle, true)
        }
        guard isPending else { return }
        if let handle {
            handle.send()
            state.withLock { $0.isSending = false }
        }
        Self.queue.asyncAfter(deadline: .now() + .milliseconds(100)) { self.send(for: unit) }
    }
}
