// SPDX-License-Identifier: Apache-2.0
package import Logging

/// Listens on channels of the database and stays at it.
///
/// ``run()`` holds one connection of its own; when that is lost it connects again after a pause of 0.1 s, growing
/// to 5 s. A notification is a hint: after each `reconnected` the reader looks for itself.
package struct NotificationListener: Sendable {
    /// What is heard, until ``run()`` returns; a slow reader loses the oldest of more than 4,096.
    package let notifications: AsyncStream<PostgresNotification>

    private let continuation: AsyncStream<PostgresNotification>.Continuation
    private let settings: ConnectionSettings
    private let channels: [String]
    private let logger: Logger
    private let pingInterval: Duration
    private let pingLimit: Duration

    /// Names the channels; the connection is made by ``run()``.
    package init(settings: ConnectionSettings, channels: [String], logger: Logger) {
        self.init(
            settings: settings, channels: channels, logger: logger,
            pingInterval: .seconds(30), pingLimit: .seconds(5))
    }

    init(
        settings: ConnectionSettings, channels: [String], logger: Logger,
        pingInterval: Duration, pingLimit: Duration
    ) {
        var settings = settings
        settings.applicationName += "-listen"
        self.settings = settings
        self.channels = channels
        self.logger = logger
        self.pingInterval = pingInterval
        self.pingLimit = pingLimit
        (notifications, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4096))
    }

    /// Listens until the task is cancelled, then ends ``notifications``; called once.
    ///
    /// - Throws: ``PostgresError/misuse(_:)`` when the connection string cannot be read; an unreachable
    ///   database is not an error but a pause.
    package func run() async throws {
        defer { continuation.finish() }
        var backoff = Backoff(first: .milliseconds(100), longest: .seconds(5))
        while !Task.isCancelled {
            do {
                let reason = try await listenOnce()
                backoff.reset()
                if Task.isCancelled { return }
                continuation.yield(.lost)
                logger.info("listening connection lost", metadata: ["db.fault": "\(reason)"])
            } catch .misuse(let misuse) {
                throw PostgresError.misuse(misuse)
            } catch {
                logger.info("cannot listen", metadata: ["db.fault": "\(error.debugDescription)"])
            }
            do {
                try await Task.sleep(for: backoff.next())
            } catch {
                return
            }
        }
    }

    /// Holds one connection from its opening to its end and returns the reason.
    private func listenOnce() async throws(PostgresError) -> String {
        let continuation = continuation
        let session = ListeningSession(pingInterval: pingInterval, pingLimit: pingLimit) {
            continuation.yield($0)
        }
        try await session.start(settings, channels: channels)
        return await withTaskCancellationHandler {
            await session.ended()
        } onCancel: {
            session.stop()
        }
    }
}
