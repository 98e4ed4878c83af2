// SPDX-License-Identifier: Apache-2.0

/// How one unit of work on a borrowed connection went.
struct UnitReport<R: Sendable>: Sendable {
    enum Outcome: Sendable {
        case value(R)
        /// The connection turned out to be dead before the body began; another may be tried.
        case notStarted(PostgresError)
        case failed(any Error, mayRetry: Bool)
    }

    let outcome: Outcome
    /// Whether the connection may be lent again.
    let isReusable: Bool
    /// Why the connection ended, if it has.
    let fault: String?
}

/// What a unit of work is.
enum UnitKind: Sendable {
    /// Between BEGIN and COMMIT.
    case transaction(Isolation, readOnly: Bool)
    /// Each statement for itself.
    case plain
}

extension Connection {
    /// Runs one unit of work whose number was reserved at the ``canceller``.
    ///
    /// - Parameter wantsPing: whether to ask for a sign of life first, for a connection idle for long.
    func unit<R: Sendable>(
        _ number: UInt64, kind: UnitKind, wantsPing: Bool, _ body: (isolated Connection) throws -> R
    ) -> UnitReport<R> {
        canceller.start(number)
        // Where each statement stands for itself, others need not wait for the last of them.
        if case .transaction = kind { holdsHints = true }
        let outcome = outcome(kind: kind, wantsPing: wantsPing, body)
        finishUnit(number)
        return UnitReport(outcome: outcome, isReusable: isOpen && !transactionState.isOpen, fault: fault)
    }

    /// Runs a body that has the number of a unit.
    func cancellable<R>(_ number: UInt64, _ body: (isolated Connection) throws -> R) throws -> R {
        canceller.start(number)
        holdsHints = true
        defer { finishUnit(number) }
        return try body(self)
    }

    /// Ends the unit; closes the connection when a cancel request for it could hit the next.
    private func finishUnit(_ number: UInt64) {
        let isSettled =
            switch canceller.finish(number) {
            case .clean: true
            case .settle: settle()
            case .discard: false
            }
        if !isSettled { close() }
        holdsHints = false
        sendHints()
    }

    private func outcome<R: Sendable>(
        kind: UnitKind, wantsPing: Bool, _ body: (isolated Connection) throws -> R
    ) -> UnitReport<R>.Outcome {
        do {
            // A server that closed an idle connection has said so; nobody has read it yet.
            guard isAlive() else { return .notStarted(.connectionLost(fault ?? "")) }
            if wantsPing { try ping(limit: .seconds(5)) }
            if case .transaction(let isolation, let readOnly) = kind { try begin(isolation: isolation, readOnly: readOnly) }
        } catch .connectionLost(let reason) {
            return .notStarted(.connectionLost(reason))
        } catch {
            return .failed(error, mayRetry: false)
        }
        switch kind {
        case .transaction(_, let readOnly): return transactionOutcome(readOnly: readOnly, body)
        case .plain: return plainOutcome(body)
        }
    }

    private func transactionOutcome<R: Sendable>(
        readOnly: Bool, _ body: (isolated Connection) throws -> R
    ) -> UnitReport<R>.Outcome {
        let value: R
        do {
            value = try body(self)
        } catch {
            // The body may have turned the server's refusal into an error of its own; the refusal decides.
            let mayRetry = transactionState.refusal?.sqlState.isWorthRetrying ?? false
            rollBack()
            return .failed(error, mayRetry: mayRetry)
        }
        do {
            try commit(readOnly: readOnly)
        } catch {
            return .failed(error, mayRetry: error.sqlState?.isWorthRetrying ?? false)
        }
        return .value(value)
    }

    private func plainOutcome<R: Sendable>(
        _ body: (isolated Connection) throws -> R
    ) -> UnitReport<R>.Outcome {
        do {
            let value = try body(self)
            leaveNoTransaction()
            return .value(value)
        } catch {
            leaveNoTransaction()
            return .failed(error, mayRetry: false)
        }
    }

    /// Takes the answer a late cancel request may still cause.
    private func settle() -> Bool {
        do {
            try ping(limit: .seconds(5))
            return true
        } catch {
            return error.sqlState == .queryCanceled
        }
    }
}
