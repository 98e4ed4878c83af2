// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

/// A connection to the server, on a serial queue of its own.
///
/// Calls block the queue, never a thread of the cooperative pool. Units of work are synchronous closures over
/// `isolated Connection`: without an `await` inside, no other task can slip a statement into a transaction.
package actor Connection {
    private nonisolated let executor = SerialQueueExecutor(label: "etalon.postgres.connection")
    nonisolated let canceller = Canceller()
    private let settings: ConnectionSettings
    private let valve: HintValve?
    private var openLink: Link?

    /// Texts of the statements prepared on this connection, by name.
    var preparedTexts: [String: String] = [:]

    /// Where a transaction of this connection stands.
    var transactionState = TransactionState.none

    /// Hints of the open transaction, to be sent when it has committed.
    var pendingHints: [Hint] = []

    /// Hints of committed work, to be sent before the unit ends.
    var committedHints: [Hint] = []

    /// Whether hints of committed work wait for the end of the unit.
    var holdsHints = false

    /// The queue on which the connection works.
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private init(_ settings: ConnectionSettings, _ valve: HintValve?) {
        self.settings = settings
        self.valve = valve
    }

    /// Opens a connection.
    ///
    /// - Throws: ``PostgresError/unreachable(_:)`` when no host accepts it within the connect timeout.
    package static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
        try await open(settings, valve: nil)
    }

    /// Opens a connection whose hints pass a valve.
    static func open(_ settings: ConnectionSettings, valve: HintValve?) async throws(PostgresError) -> Connection {
        let connection = Connection(settings, valve)
        try await connection.connect()
        return connection
    }

    private func connect() throws(PostgresError) {
        openLink = try Link(settings, canceller: canceller)
    }

    isolated deinit {
        openLink?.close()
    }

    /// Whether the connection has not been closed or lost, as far as is known here.
    package var isOpen: Bool { openLink?.isOpen ?? false }

    /// Why the connection ended, once it has.
    package var fault: String? { openLink?.fault }

    /// Process number of the server's side of the connection.
    package var backendPID: Int32 { openLink?.backendPID ?? 0 }

    /// Version of the server, such as 150018 for 15.18.
    package var serverVersion: Int32 { openLink?.serverVersion ?? 0 }

    /// Closes the connection; an open transaction is rolled back by the server.
    package func close() {
        openLink?.close()
    }

    /// Runs several statements without parameters, as one text; stops at the first error.
    ///
    /// Outside a transaction the server runs the whole text as one transaction.
    /// - Throws: ``PostgresError/server(_:)`` for the first error; `misuse` when the text opens a COPY from the client.
    package func script(_ sql: String) throws(PostgresError) {
        try watchingTransaction { link throws(PostgresError) in
            try link.send { PQsendQuery($0, sql) }
            let result = try link.answer()
            if let result, result.opensCopy {
                try self.abandonCopy(result.status, link)
                throw .misuse(.unexpectedCopy)
            }
        }
    }

    /// Asks the server for the parameters and columns of a statement, preparing it under its name.
    ///
    /// - Throws: ``PostgresError/server(_:)`` when the text is wrong or names what does not exist.
    package func describe(name: String, sql: String) throws(PostgresError) -> StatementDescription {
        try watchingTransaction { link throws(PostgresError) in
            try self.prepare(name: name, sql: sql, on: link)
            try link.send { PQsendDescribePrepared($0, name) }
            guard let result = try link.answer(to: name) else {
                throw .connectionLost("the server did not describe the statement")
            }
            return StatementDescription(
                parameters: (0..<PQnparams(result.pointer)).map { number in
                    TypeOID(rawValue: PQparamtype(result.pointer, number))
                },
                columns: (0..<result.columnCount).map { column in
                    .init(name: result.columnName(column), type: result.columnType(column))
                }
            )
        }
    }

    /// Sends the hints of committed work, as far as the valve lets them pass now; called outside transactions.
    ///
    /// A hint is never worth an error: what cannot be sent is left to the valve, or to those who look without being told.
    func sendHints() {
        guard !committedHints.isEmpty else { return }
        let hints = committedHints
        committedHints = []
        let due = valve?.offer(hints) ?? hints
        guard !due.isEmpty else { return }
        do {
            try notify(due, origin: valve?.origin)
        } catch {
            valve?.failed(due)
        }
    }

    /// Waits at most the given time for an answer of the server; the connection is lost without one.
    func ping(limit: Duration) throws(PostgresError) {
        let link = try currentLink()
        let patience = link.patience
        link.patience = limit
        defer { link.patience = patience }
        try link.run("")
    }

    /// Whether statements are prepared under their names.
    var preparesStatements: Bool { settings.preparesStatements }

    /// Prepares a statement unless this connection knows it already.
    func prepare(name: String, sql: String, on link: Link) throws(PostgresError) {
        if let known = preparedTexts[name] {
            guard known == sql else { throw .misuse(.statementTextChanged(name: name)) }
            return
        }
        try link.send { PQsendPrepare($0, name, sql, 0, nil) }
        _ = try link.answer(to: name)
        preparedTexts[name] = sql
    }

    /// Runs a piece of work on the session and remembers a server error for the transaction it stands in.
    func watchingTransaction<R>(
        _ work: (Link) throws(PostgresError) -> R
    ) throws(PostgresError) -> R {
        do {
            return try work(try currentLink())
        } catch {
            transactionState.note(error)
            if case .connectionLost = error { openLink?.close() }
            throw error
        }
    }

    func currentLink() throws(PostgresError) -> Link {
        guard let openLink, openLink.isOpen else {
            throw .connectionLost(openLink?.fault ?? "the connection is closed")
        }
        return openLink
    }
}
