// SPDX-License-Identifier: Apache-2.0

/// Right to one connection of a pool.
enum PoolPermit<Resource: Sendable>: Sendable {
    /// Use this connection, idle since then.
    case reuse(Resource, since: ContinuousClock.Instant)
    /// Open a new one.
    case open
}

/// Bookkeeping of a pool: which connections are idle, how many places are taken, who waits.
///
/// A place is free, or taken by a connection that is idle, lent or being opened. States: *open* → *closing*
/// (``shutDown()``; places are given back, nothing is lent) → *closed* (no place is taken).
/// Performs no I/O; the pool does what the returned action says.
struct PoolStateMachine<Resource: Sendable, Waiter: Sendable> {
    /// An idle connection and how long it has been so.
    struct Idle {
        let resource: Resource
        let since: ContinuousClock.Instant
    }

    enum LendAction {
        case lend(PoolPermit<Resource>)
        /// Wait until a permit is handed over.
        case wait
        case refuse
    }

    enum ReturnAction {
        /// Nothing more to do.
        case none
        /// Hand the permit to the waiter; if the waiter has gone, give the permit back.
        case hand(PoolPermit<Resource>, to: Waiter)
        /// Close the connection; its place is free.
        case close(Resource)
        /// The last place of a closing pool is free; `Resource` is to be closed if there is one.
        case finished(Resource?)
    }

    private enum Phase {
        case open
        case closing
        case closed
    }

    let size: Int
    private var phase = Phase.open
    private(set) var idle: [Idle] = []
    private(set) var taken = 0
    private var queue: [UInt64: Waiter] = [:]
    private var nextTicket: UInt64 = 0
    private var firstTicket: UInt64 = 0

    init(size: Int) {
        self.size = max(1, size)
    }

    /// Connections lent or being opened.
    var lent: Int { taken - idle.count }

    var waiting: Int { queue.count }

    var isFinished: Bool { phase == .closed }

    var isOpen: Bool { phase == .open }

    /// Someone asks for a connection.
    mutating func lend() -> LendAction {
        guard phase == .open else { return .refuse }
        if let last = idle.popLast() { return .lend(.reuse(last.resource, since: last.since)) }
        guard taken < size else { return .wait }
        taken += 1
        return .lend(.open)
    }

    /// Someone told to wait begins to wait; returns the ticket for ``abandon(_:)``.
    mutating func enqueue(_ waiter: Waiter) -> UInt64 {
        defer { nextTicket += 1 }
        queue[nextTicket] = waiter
        return nextTicket
    }

    /// Someone stops waiting.
    mutating func abandon(_ ticket: UInt64) {
        queue[ticket] = nil
    }

    /// A connection comes back in good order.
    mutating func giveBack(_ resource: Resource, at now: ContinuousClock.Instant) -> ReturnAction {
        guard phase == .open else {
            taken -= 1
            return finishIfEmpty() ? .finished(resource) : .close(resource)
        }
        if let waiter = nextWaiter() { return .hand(.reuse(resource, since: now), to: waiter) }
        idle.append(Idle(resource: resource, since: now))
        return .none
    }

    /// A connection was lost, or could not be opened: its place is free.
    mutating func free() -> ReturnAction {
        guard phase == .open else {
            taken -= 1
            return finishIfEmpty() ? .finished(nil) : .none
        }
        if let waiter = nextWaiter() { return .hand(.open, to: waiter) }
        taken -= 1
        return .none
    }

    /// No more lending; returns whom to refuse and what to close.
    mutating func shutDown() -> (refused: [Waiter], closing: [Resource]) {
        guard phase == .open else { return ([], []) }
        phase = .closing
        defer {
            taken -= idle.count
            idle = []
            queue = [:]
            _ = finishIfEmpty()
        }
        return (queue.sorted { $0.key < $1.key }.map(\.value), idle.map(\.resource))
    }

    private mutating func finishIfEmpty() -> Bool {
        guard phase == .closing, taken == 0 else { return false }
        phase = .closed
        return true
    }

    /// Takes the one who has waited longest.
    private mutating func nextWaiter() -> Waiter? {
        while firstTicket < nextTicket {
            defer { firstTicket += 1 }
            if let waiter = queue.removeValue(forKey: firstTicket) { return waiter }
        }
        return nil
    }
}
