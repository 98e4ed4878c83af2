// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ
internal import Glibc

/// The libpq session of one actor: sends, waits with a limit, receives.
///
/// Not `Sendable`: it lives on the queue of its owner. Every call of libpq that could block is made in
/// non-blocking form and the waiting is done here, so that a silent server cannot hold the thread for ever.
/// The order of calls is psycopg's: flush, consume input meanwhile, wait while busy, take the result.
final class Link {
    private var handle: OpaquePointer?
    private let canceller: Canceller

    /// Longest wait for a sign of life from the server; nil is unlimited.
    var patience: Duration?

    /// Why the session ended, once it has.
    ///
    /// A lost session keeps its socket until ``close()``: a read source may still be watching it, and a
    /// descriptor closed under a source can come back as that of another connection.
    private(set) var fault: String?

    /// Opens a session; blocks for at most the connect timeout of each host.
    init(_ settings: ConnectionSettings, canceller: Canceller) throws(PostgresError) {
        self.canceller = canceller
        patience = settings.patience
        let parameters = try settings.parameters()
        let handle = CStrings(parameters.map(\.keyword)).withPointers { keywords in
            CStrings(parameters.map(\.value)).withPointers { values in
                PQconnectdbParams(keywords, values, 0)
            }
        }
        guard let handle else { throw .unreachable("out of memory") }
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0 else {
            defer { PQfinish(handle) }
            throw .unreachable(Self.message(handle))
        }
        // libpq would print notices on standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        canceller.attach(handle)
        self.handle = handle
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the session can take a statement.
    var isOpen: Bool { fault == nil }

    /// Socket of the session, or -1 when it is closed.
    var socket: Int32 { handle.map { PQsocket($0) } ?? -1 }

    /// Process number of the server's side.
    var backendPID: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

    /// Version of the server, such as 150018.
    var serverVersion: Int32 { handle.map { PQserverVersion($0) } ?? 0 }

    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(handle) }

    /// Ends the session; a second call does nothing.
    func close() {
        PQfinish(handle)
        handle = nil
        if fault == nil { fault = "the connection is closed" }
    }

    // MARK: Sending

    /// Hands a request to libpq and pushes it out.
    func send(_ request: (OpaquePointer) -> Int32) throws(PostgresError) {
        if canceller.isCancelled { throw .cancelled }
        try sendRegardless(request)
    }

    /// Sends also when the unit of work has been cancelled: what ends a transaction must go out.
    func sendRegardless(_ request: (OpaquePointer) -> Int32) throws(PostgresError) {
        guard request(try openHandle()) == 1 else { throw lost() }
        try flush()
    }

    /// Pushes out what libpq still holds, reading meanwhile so that both sides cannot wait for each other.
    private func flush() throws(PostgresError) {
        while true {
            switch PQflush(try openHandle()) {
            case 0: return
            case 1:
                let ready = try wait(for: POLLIN | POLLOUT)
                if ready & POLLIN != 0 { try consumeInput() }
            default: throw lost()
            }
        }
    }

    // MARK: Receiving

    /// Next result of the request, or nil after the last.
    func nextResult() throws(PostgresError) -> QueryResult? {
        while PQisBusy(try openHandle()) == 1 {
            _ = try wait(for: POLLIN)
            try consumeInput()
        }
        return PQgetResult(try openHandle()).map(QueryResult.init)
    }

    /// Takes all results of a request and returns the last, or the one that opens a COPY.
    ///
    /// - Throws: ``PostgresError/server(_:)`` for the first error among them, after the last has been taken.
    func answer(to statement: String? = nil) throws(PostgresError) -> QueryResult? {
        var last: QueryResult?
        var refusal: ServerError?
        while let result = try nextResult() {
            switch result.status {
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: return result
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                refusal = refusal ?? result.serverError(statement: statement)
            default: last = result
            }
        }
        if PQstatus(handle) != CONNECTION_OK {
            throw lost(refusal?.message)
        }
        guard let refusal else { return last }
        if refusal.sqlState == .queryCanceled, canceller.isCancelled { throw .cancelled }
        throw .server(refusal)
    }

    /// Sends a text of our own without parameters and returns its last result.
    @discardableResult
    func run(_ sql: String) throws(PostgresError) -> QueryResult? {
        try send { PQsendQuery($0, sql) }
        return try answer()
    }

    /// Whether the server has said nothing that ends the session; does not wait.
    func isAlive() -> Bool {
        guard let handle, isOpen else { return false }
        // The first read may take the server's farewell, the second meets the end of the stream.
        guard PQconsumeInput(handle) == 1, PQconsumeInput(handle) == 1, PQisBusy(handle) == 0,
            PQstatus(handle) == CONNECTION_OK
        else {
            _ = lost()
            return false
        }
        return true
    }

    /// Reads what has arrived.
    func consumeInput() throws(PostgresError) {
        guard PQconsumeInput(try openHandle()) == 1 else { throw lost() }
    }

    /// Notification that has arrived, or nil.
    func nextNotification() -> PostgresNotification? {
        guard let handle, let notice = PQnotifies(handle) else { return nil }
        defer { PQfreemem(notice) }
        return .message(
            channel: String(cString: notice.pointee.relname),
            payload: String(cString: notice.pointee.extra)
        )
    }

    /// Takes results that are complete already; true when the whole answer has been taken.
    func takeReadyResults() throws(PostgresError) -> Bool {
        let handle = try openHandle()
        while PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else { return true }
            PQclear(result)
        }
        return false
    }

    // MARK: COPY

    /// Sends a piece of COPY data.
    func putCopy(_ bytes: [UInt8]) throws(PostgresError) {
        if canceller.isCancelled { throw .cancelled }
        try repeatUntilTaken { handle in
            bytes.withUnsafeBytes { buffer in
                PQputCopyData(handle, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count))
            }
        }
        try flush()
    }

    /// Ends COPY data; with a reason the server discards them.
    func endCopy(refusing reason: String? = nil) throws(PostgresError) {
        try repeatUntilTaken { handle in PQputCopyEnd(handle, reason) }
        try flush()
    }

    /// Next row of COPY data, appended to the buffer; false after the last.
    func takeCopy(into buffer: inout [UInt8]) throws(PostgresError) -> Bool {
        while true {
            var data: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(try openHandle(), &data, 1)
            if count > 0, let data {
                buffer.append(contentsOf: UnsafeRawBufferPointer(start: data, count: Int(count)))
                PQfreemem(data)
                return true
            }
            guard count == 0 else { return false }
            _ = try wait(for: POLLIN)
            try consumeInput()
        }
    }

    private func repeatUntilTaken(_ call: (OpaquePointer) -> Int32) throws(PostgresError) {
        while true {
            switch call(try openHandle()) {
            case 1: return
            case 0:
                let ready = try wait(for: POLLIN | POLLOUT)
                if ready & POLLIN != 0 { try consumeInput() }
            default: throw lost()
            }
        }
    }

    // MARK: Waiting

    /// Waits for the socket; gives the session up when nothing happens within ``patience``.
    private func wait(for events: Int32) throws(PostgresError) -> Int32 {
        let deadline = patience.map { ContinuousClock.now + $0 }
        while true {
            let left = deadline.map { Int32(clamping: ($0 - .now).wholeMilliseconds) } ?? -1
            guard deadline == nil || left > 0 else {
                throw lost("the server has been silent for \(patience ?? .zero)")
            }
            var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
            let count = poll(&descriptor, 1, left)
            if count > 0 { return Int32(descriptor.revents) }
            if count < 0, errno != EINTR { throw lost("poll failed with error number \(errno)") }
        }
    }

    private func openHandle() throws(PostgresError) -> OpaquePointer {
        guard let handle, isOpen else { throw .connectionLost(fault ?? "the connection is closed") }
        return handle
    }

    /// Ends a broken session and returns the error to throw.
    private func lost(_ reason: String? = nil) -> PostgresError {
        let reason = reason ?? handle.map(Self.message) ?? "the connection is closed"
        if fault == nil { fault = reason }
        return .connectionLost(reason)
    }

    private static func message(_ handle: OpaquePointer) -> String {
        var text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
