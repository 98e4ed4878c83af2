// SPDX-License-Identifier: Apache-2.0

import Logging

/// A log whose messages a test can wait for.
struct RecordingLog {
    /// Every message, in order.
    let messages: AsyncStream<String>
    /// What the code under test is given.
    let logger: Logger

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        messages = stream
        logger = Logger(label: "test") { _ in Handler(continuation: continuation) }
    }

    private struct Handler: LogHandler {
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace
        let continuation: AsyncStream<String>.Continuation

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            continuation.yield(event.message.description)
        }
    }
}
