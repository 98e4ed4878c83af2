// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
package import Logging

/// A limited number of connections, lent for one unit of work each.
///
/// Its size is also the number of threads that may block in libpq. A connection keeps its session settings,
/// so a body that issues SET takes them back itself or uses SET LOCAL.
package actor ConnectionPool {
    private typealias Permit = PoolPermit<Connection>

    /// How long a connection may be idle before the next borrower asks it for a sign of life first.
    private static let idleBeforePing: Duration = .seconds(30)

    /// What the hints of its connections pass.
    package nonisolated let hints = HintValve()

    private let settings: ConnectionSettings
    private let waitLimit: Duration
    private let logger: Logger
    private let timers = DispatchQueue(label: "etalon.postgres.pool")
    private var machine: PoolStateMachine<Connection, PoolWaiter<Permit>>
    private var counts = PoolStatistics()
    private var shutdownWaiters: [CheckedContinuation<Void, Never>] = []

    /// Makes a pool; connections are opened when they are needed.
    ///
    /// - Parameters:
    ///   - settings: where to connect and how long to wait there.
    ///   - size: most connections at a time, at least 1.
    ///   - waitLimit: longest wait of a caller, for a connection to become free or for the server to return.
    ///   - logger: told about lost connections and repeated transactions.
    package init(
        settings: ConnectionSettings, size: Int, waitLimit: Duration = .seconds(5), logger: Logger
    ) {
        self.settings = settings
        self.waitLimit = waitLimit
        self.logger = logger
        machine = PoolStateMachine(size: size)
        hints.onDue { [weak self, timers] pause in
            timers.asyncAfter(deadline: .now() + .milliseconds(Int(pause.wholeMilliseconds))) {
                // Owned by the pool, which it asks for a connection; it ends with that unit of work.
                Task { await self?.sendWaitingHints() }
            }
        }
    }

    /// Numbers for the operator.
    package var statistics: PoolStatistics {
        var statistics = counts
        statistics.size = machine.size
        statistics.idle = machine.idle.count
        statistics.lent = machine.lent
        statistics.waiting = machine.waiting
        return statistics
    }

    /// Runs the body between BEGIN and COMMIT on a connection of the pool.
    ///
    /// After a serialization failure or deadlock the body runs again, in a new transaction, until `attempts`
    /// are used up; it must have no effect outside the database. When the calling task is cancelled, the running
    /// statement is cancelled at the server and the transaction rolled back.
    /// - Throws: ``PostgresError/poolTimeout(_:)``, ``PostgresError/unreachable(_:)``,
    ///   ``PostgresError/commitOutcomeUnknown(_:)`` (never repeated), ``PostgresError/cancelled``, and what the
    ///   body throws.
    package func transaction<R: Sendable>(
        isolation: Isolation = .readCommitted,
        readOnly: Bool = false,
        attempts: Int = 5,
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        var backoff = Backoff(first: .milliseconds(5), longest: .milliseconds(500))
        var attempt = 1
        while true {
            switch try await report(kind: .transaction(isolation, readOnly: readOnly), body) {
            case .value(let value): return value
            case .notStarted(let error): throw error
            case .failed(let error, let mayRetry):
                guard mayRetry, attempt < attempts else { throw error }
            }
            attempt += 1
            counts.retried += 1
            logger.debug("transaction is tried again", metadata: ["db.attempt": "\(attempt)"])
            try await pause(backoff.next())
        }
    }

    /// Runs the body on a connection of the pool without a transaction, each statement for itself.
    ///
    /// For what PostgreSQL refuses inside a transaction; an open transaction the body leaves behind is rolled back.
    package func use<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        switch try await report(kind: .plain, body) {
        case .value(let value): return value
        case .notStarted(let error): throw error
        case .failed(let error, _): throw error
        }
    }

    /// Sends the hints that had to wait.
    private func sendWaitingHints() async {
        let waiting = hints.takeWaiting()
        guard !waiting.isEmpty, machine.isOpen else { return hints.sent() }
        let origin = hints.origin
        do {
            try await use { database in try database.notify(waiting, origin: origin) }
            hints.sent()
        } catch {
            logger.debug("hints wait for the database", metadata: ["db.fault": "\(error)"])
            hints.failed(waiting)
        }
    }

    /// Refuses those who wait, closes what is idle and returns when the last borrowed connection came back.
    package func shutdown() async {
        await sendWaitingHints()
        let (refused, closing) = machine.shutDown()
        for waiter in refused {
            _ = waiter.decide(.failure(.poolClosed))
        }
        for connection in closing {
            await connection.close()
        }
        guard !machine.isFinished else { return }
        await withCheckedContinuation { shutdownWaiters.append($0) }
    }

    // MARK: Units of work

    /// Runs one unit, on another connection when the first turns out to be dead before the body began.
    private func report<R: Sendable>(
        kind: UnitKind, _ body: @Sendable (isolated Connection) throws -> R
    ) async throws(PostgresError) -> UnitReport<R>.Outcome {
        var spares = machine.size + 1
        while true {
            let (connection, wantsPing) = try await borrow()
            let number = connection.canceller.reserve()
            let report = await withTaskCancellationHandler {
                await connection.unit(number, kind: kind, wantsPing: wantsPing, body)
            } onCancel: {
                connection.canceller.cancel(number)
            }
            await giveBack(connection, report.isReusable, report.fault)
            if case .notStarted = report.outcome, spares > 0 {
                spares -= 1
                continue
            }
            return report.outcome
        }
    }

    private func giveBack(_ connection: Connection, _ isReusable: Bool, _ fault: String?) async {
        if isReusable {
            await carryOut(machine.giveBack(connection, at: .now))
            return
        }
        counts.lost += 1
        logger.info("database connection lost", metadata: ["db.fault": "\(fault ?? "left in a transaction")"])
        await connection.close()
        await carryOut(machine.free())
    }

    private func carryOut(_ first: PoolStateMachine<Connection, PoolWaiter<Permit>>.ReturnAction) async {
        var action = first
        while true {
            switch action {
            case .none: return
            case .hand(let permit, let waiter):
                if waiter.decide(.success(permit)) { return }
                // The waiter has gone; its permit goes to the next.
                action =
                    switch permit {
                    case .reuse(let connection, let since): machine.giveBack(connection, at: since)
                    case .open: machine.free()
                    }
            case .close(let connection):
                await connection.close()
                return
            case .finished(let connection):
                await connection?.close()
                for waiter in shutdownWaiters { waiter.resume() }
                shutdownWaiters = []
                return
            }
        }
    }

    // MARK: Borrowing

    private func borrow() async throws(PostgresError) -> (Connection, wantsPing: Bool) {
        let deadline = ContinuousClock.now + waitLimit
        switch try await permit(until: deadline) {
        case .reuse(let connection, let since):
            return (connection, since.duration(to: .now) > Self.idleBeforePing)
        case .open:
            return (try await open(until: deadline), false)
        }
    }

    private func permit(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Permit {
        if Task.isCancelled { throw .cancelled }
        switch machine.lend() {
        case .refuse: throw .poolClosed
        case .lend(let permit): return permit
        case .wait: break
        }
        let waiter = PoolWaiter<Permit>()
        let ticket = machine.enqueue(waiter)
        let limit = waitLimit
        timers.asyncAfter(deadline: .now() + .milliseconds(Int(limit.wholeMilliseconds))) {
            _ = waiter.decide(.failure(.poolTimeout(limit)))
        }
        let word = await withTaskCancellationHandler {
            await waiter.word()
        } onCancel: {
            _ = waiter.decide(.failure(.cancelled))
        }
        machine.abandon(ticket)
        if case .failure(.poolTimeout) = word { counts.timedOut += 1 }
        return try word.get()
    }

    /// Opens a connection, trying again while the server is away and the limit has not passed.
    private func open(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Connection {
        var backoff = Backoff(first: .milliseconds(100), longest: .seconds(1))
        while true {
            do throws(PostgresError) {
                guard machine.isOpen else { throw .poolClosed }
                let connection = try await Connection.open(settings, valve: hints)
                counts.opened += 1
                return connection
            } catch .unreachable(let reason) where deadline > .now {
                logger.info("database is unreachable", metadata: ["db.fault": "\(reason)"])
                do {
                    try await pause(min(backoff.next(), ContinuousClock.now.duration(to: deadline)))
                } catch {
                    await carryOut(machine.free())
                    throw error
                }
            } catch {
                await carryOut(machine.free())
                throw error
            }
        }
    }

    private func pause(_ duration: Duration) async throws(PostgresError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw .cancelled
        }
    }
}
