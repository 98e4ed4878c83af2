// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

extension Connection {
    /// Runs the body between BEGIN and COMMIT; any error it throws rolls back and is thrown on.
    ///
    /// An error of the server that the body swallowed is thrown in place of COMMIT.
    /// - Throws: ``PostgresError/commitOutcomeUnknown(_:)`` when the connection broke during COMMIT of a
    ///   transaction that may have written; errors of the body as they are.
    package func transaction<R: Sendable>(
        isolation: Isolation = .readCommitted,
        readOnly: Bool = false,
        _ body: (isolated Connection) throws -> R
    ) throws -> R {
        try begin(isolation: isolation, readOnly: readOnly)
        // In a unit its end sends them.
        defer { if !holdsHints { sendHints() } }
        return try finish(readOnly: readOnly, body)
    }

    /// Runs the body between BEGIN and COMMIT, for a caller outside the connection.
    ///
    /// When the calling task is cancelled, the running statement is cancelled at the server.
    /// - Throws: ``PostgresError/cancelled`` then; otherwise as the synchronous form.
    package nonisolated func transaction<R: Sendable>(
        isolation: Isolation = .readCommitted,
        readOnly: Bool = false,
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        try await perform { database in
            try database.transaction(isolation: isolation, readOnly: readOnly, body)
        }
    }

    /// Runs the body in one visit to the connection, without a transaction, for a caller outside.
    ///
    /// When the calling task is cancelled, the running statement is cancelled at the server.
    package nonisolated func perform<R: Sendable>(
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        let number = canceller.reserve()
        return try await withTaskCancellationHandler {
            try await cancellable(number, body)
        } onCancel: {
            canceller.cancel(number)
        }
    }

    /// Runs the body so that only its own work is taken back when it throws.
    ///
    /// Used inside a transaction, to go on after a refusal such as a unique violation.
    package func savepoint<R>(_ body: (isolated Connection) throws -> R) throws -> R {
        guard case .open = transactionState else {
            throw PostgresError.misuse(.savepointOutsideTransaction)
        }
        try run("SAVEPOINT etalon_savepoint")
        let hintsBefore = pendingHints.count
        do {
            let value = try body(self)
            try run("RELEASE SAVEPOINT etalon_savepoint")
            return value
        } catch {
            try run("ROLLBACK TO SAVEPOINT etalon_savepoint; RELEASE SAVEPOINT etalon_savepoint")
            transactionState = .open
            pendingHints.removeLast(max(0, pendingHints.count - hintsBefore))
            throw error
        }
    }

    /// Tells listeners of a channel something when the open transaction has committed; outside one, at once.
    ///
    /// It is sent in a statement of its own after the COMMIT, never inside: a NOTIFY in a transaction would make all
    /// commits of the cluster wait for each other. Nothing is sent after a rollback, and a hint may get lost.
    package func hint(_ channel: String, _ payload: String) {
        let hint = Hint(channel: channel, payload: payload)
        if transactionState.isOpen {
            if !pendingHints.contains(hint) { pendingHints.append(hint) }
        } else {
            if !committedHints.contains(hint) { committedHints.append(hint) }
            if !holdsHints { sendHints() }
        }
    }

    func begin(isolation: Isolation, readOnly: Bool) throws(PostgresError) {
        guard !transactionState.isOpen else { throw .misuse(.nestedTransaction) }
        try run("BEGIN ISOLATION LEVEL \(isolation.rawValue) \(readOnly ? "READ ONLY" : "READ WRITE")")
        transactionState = .open
        pendingHints = []
    }

    func finish<R>(readOnly: Bool, _ body: (isolated Connection) throws -> R) throws -> R {
        let value: R
        do {
            value = try body(self)
        } catch {
            rollBack()
            throw error
        }
        try commit(readOnly: readOnly)
        return value
    }

    /// Takes an open transaction back; a failure leaves the connection closed, which does the same.
    func rollBack() {
        defer { transactionState = .none }
        pendingHints = []
        guard transactionState.isOpen, let link = try? currentLink() else { return }  // a lost link has none
        let patience = link.patience
        link.patience = .seconds(10)
        defer { link.patience = patience }
        do {
            try link.rollBack()
        } catch {
            // The link records its fault, which the pool logs; the error of the body is the one to throw.
            link.close()
        }
    }

    func commit(readOnly: Bool) throws(PostgresError) {
        if let refusal = transactionState.refusal {
            rollBack()
            throw .server(refusal)
        }
        if canceller.isCancelled {
            rollBack()
            throw .cancelled
        }
        defer { transactionState = .none }
        let link = try currentLink()
        guard link.isAlive() else {
            // The session ended before COMMIT was sent, so nothing was committed.
            throw .connectionLost(link.fault ?? "")
        }
        guard link.transactionStatus != PQTRANS_IDLE else { throw .misuse(.transactionEndedInside) }
        do {
            try link.commit()
        } catch {
            let outcome = whatBecameOfCommit(error, readOnly: readOnly)
            if case .commitOutcomeUnknown = outcome { commitHints() }
            if link.isOpen, link.transactionStatus != PQTRANS_IDLE { rollBack() }
            throw outcome
        }
        commitHints()
    }

    private func commitHints() {
        committedHints += pendingHints
        pendingHints = []
    }

    /// Takes back a transaction that was begun by a text and left open.
    func leaveNoTransaction() {
        guard let link = try? currentLink(), link.transactionStatus != PQTRANS_IDLE else { return }  // lost: none
        transactionState = .open
        rollBack()
    }

    /// Whether the server has said nothing that ends the session; does not wait.
    func isAlive() -> Bool {
        (try? currentLink())?.isAlive() ?? false  // a lost connection is not alive
    }

    /// Tells a refused COMMIT from one whose answer was lost.
    private func whatBecameOfCommit(_ error: PostgresError, readOnly: Bool) -> PostgresError {
        switch error {
        case .connectionLost(let reason) where !readOnly: .commitOutcomeUnknown(reason)
        case .server(let refusal) where refusal.sqlState == .queryCanceled && canceller.isCancelled: .cancelled
        default: error
        }
    }

    /// Sends a text of this module's own.
    private func run(_ sql: String) throws(PostgresError) {
        try watchingTransaction { link throws(PostgresError) in
            _ = try link.run(sql)
        }
    }
}

extension Link {
    /// Commits; a connection lost before the server's word is ``PostgresError/connectionLost(_:)``.
    func commit() throws(PostgresError) {
        try sendRegardless { PQsendQuery($0, "COMMIT") }
        var tag: String?
        do {
            while let result = try nextResult() {
                switch result.status {
                case PGRES_COMMAND_OK: tag = result.commandTag
                default: try refuseCommit(result)
                }
            }
        } catch {
            // The word was given; that the connection broke after it does not take it back.
            if tag == "COMMIT", case .connectionLost = error { return }
            throw error
        }
        guard tag == "COMMIT" else { throw .misuse(.transactionEndedInside) }
    }

    /// Rolls back, also when the unit has been cancelled.
    ///
    /// A cancel request under way may hit the ROLLBACK in place of the statement it was meant for, so one that
    /// was cancelled is sent again.
    func rollBack() throws(PostgresError) {
        for isLast in [false, false, true] {
            try sendRegardless { PQsendQuery($0, "ROLLBACK") }
            var refusal: ServerError?
            while let result = try nextResult() {
                if result.status != PGRES_COMMAND_OK { refusal = result.serverError(statement: nil) }
            }
            guard let refusal else { return }
            guard refusal.sqlState == .queryCanceled, !isLast else { throw .server(refusal) }
        }
    }

    /// Reads a refusal of COMMIT: a session that lives on was told for certain, one that died was not.
    private func refuseCommit(_ result: QueryResult) throws(PostgresError) {
        let refusal = result.serverError(statement: nil)
        while try nextResult() != nil {}
        guard isAlive() else { throw .connectionLost(refusal.message) }
        throw .server(refusal)
    }
}
