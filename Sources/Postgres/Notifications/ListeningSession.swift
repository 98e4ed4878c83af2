// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ
internal import Dispatch

/// One connection that listens, with a read source on its own queue.
///
/// *opened* → *listening* → *ended*; it ends by loss of the connection, by a ping without answer, or by
/// ``stop()``. The socket is closed only in the cancel handler of the read source, which is after the last read.
actor ListeningSession {
    private nonisolated let executor = SerialQueueExecutor(label: "etalon.postgres.listener")
    private let pingInterval: Duration
    private let pingLimit: Duration
    private let hear: @Sendable (PostgresNotification) -> Void
    private var link: Link?
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    private var pingsSent: UInt64 = 0
    private var awaitedPing: UInt64?
    private var end: String?
    private var endWaiter: CheckedContinuation<String, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        pingInterval: Duration, pingLimit: Duration, hear: @escaping @Sendable (PostgresNotification) -> Void
    ) {
        self.pingInterval = pingInterval
        self.pingLimit = pingLimit
        self.hear = hear
    }

    /// Connects and listens; what is heard from then on goes to the handler.
    func start(_ settings: ConnectionSettings, channels: [String]) throws(PostgresError) {
        let link = try Link(settings, canceller: Canceller())
        for channel in channels {
            try link.run("LISTEN \(Self.quoted(channel))")
        }
        self.link = link
        let source = DispatchSource.makeReadSource(fileDescriptor: link.socket, queue: executor.queue)
        source.setEventHandler { [weak self] in
            self?.assumeIsolated { $0.readable() }
        }
        source.setCancelHandler {
            // Keeps the session, and with it the socket, until the source has let go of it.
            self.assumeIsolated { $0.finish() }
        }
        self.source = source
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        timer.schedule(
            deadline: .now() + pingInterval.dispatch, repeating: pingInterval.dispatch, leeway: .milliseconds(50))
        timer.setEventHandler { [weak self] in
            self?.assumeIsolated { $0.ping() }
        }
        self.timer = timer
        hear(.reconnected)
        // A notification may have come together with the answer to LISTEN.
        hearPending()
        source.activate()
        timer.activate()
    }

    /// Returns the reason once the session has ended.
    func ended() async -> String {
        if let end { return end }
        return await withCheckedContinuation { endWaiter = $0 }
    }

    /// Ends the session, from any thread and without waiting.
    nonisolated func stop() {
        executor.queue.async {
            self.assumeIsolated { $0.cancel("stopped") }
        }
    }

    private func readable() {
        guard let link, end == nil else { return }
        do {
            // Twice: the server's farewell and the end of the stream may come as one event, which the source
            // does not repeat on Linux; the first read takes the words, the second meets the end.
            try link.consumeInput()
            try link.consumeInput()
            if try link.takeReadyResults() { awaitedPing = nil }
            hearPending()
        } catch {
            cancel(error.debugDescription)
        }
    }

    private func hearPending() {
        while let notification = link?.nextNotification() {
            hear(notification)
        }
    }

    private func ping() {
        guard let link, end == nil, awaitedPing == nil else { return }
        pingsSent += 1
        let number = pingsSent
        awaitedPing = number
        do {
            try link.send { PQsendQuery($0, "") }
        } catch {
            cancel(error.debugDescription)
            return
        }
        executor.queue.asyncAfter(deadline: .now() + pingLimit.dispatch) { [weak self] in
            self?.assumeIsolated { session in
                if session.awaitedPing == number { session.cancel("no answer to a ping") }
            }
        }
    }

    private func cancel(_ reason: String) {
        guard end == nil else { return }
        end = reason
        timer?.cancel()
        if let source { source.cancel() } else { finish() }
    }

    private func finish() {
        link?.close()
        link = nil
        source = nil
        timer = nil
        endWaiter?.resume(returning: end ?? "stopped")
        endWaiter = nil
    }

    /// Name of a channel as an SQL identifier.
    private static func quoted(_ channel: String) -> String {
        var quoted = "\""
        for letter in channel {
            quoted += letter == "\"" ? "\"\"" : String(letter)
        }
        return quoted + "\""
    }
}

extension Duration {
    var dispatch: DispatchTimeInterval { .milliseconds(Int(wholeMilliseconds)) }
}
