// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOCore
import NIOPosix
import Synchronization

/// Answers each connection by a script, and remembers what it received.
final class ScriptedServer: Sendable {
    enum Step: Sendable {
        /// Waits for the whole request (its announced length), then sends these bytes and closes.
        case answer(String)
        /// Sends these bytes after the head alone, and goes on taking the body, as the daemon does.
        case answerEarly(String)
        /// Closes without a word.
        case hangUp
        /// Says nothing until the client goes away.
        case silence
    }

    private let stored = Mutex<[String]>([])

    /// What came, one text for each connection.
    var received: [String] { stored.withLock { $0 } }

    /// Serves the script on a socket while a body talks to it.
    @discardableResult
    static func with<R: Sendable>(
        _ steps: [Step],
        _ body: (String, ScriptedServer) async throws -> R
    ) async throws -> R {
        let server = ScriptedServer()
        let path = "/tmp/etalon-cli-\(UUID().uuidString.prefix(8)).sock"
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        let serving = Task { try await server.serve(listener, steps) }
        defer { try? FileManager.default.removeItem(atPath: path) }  // it may never have been made
        let result: Result<R, any Error>
        do {
            result = .success(try await body(path, server))
        } catch {
            result = .failure(error)
        }
        // Closed and not cancelled: a connection that is just arriving is still taken and ended in order.
        listener.channel.close(promise: nil)
        _ = await serving.result
        return try result.get()
    }

    private func serve(
        _ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>,
        _ steps: [Step]
    ) async throws {
        try await listener.executeThenClose { connections in
            var steps = steps[...]
            for try await connection in connections {
                // A client that breaks off is part of some scripts; one too many is hung up on.
                try? await serve(connection, steps.popFirst() ?? .hangUp)
            }
        }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ step: Step) async throws {
        try await connection.executeThenClose { inbound, outbound in
            let number = stored.withLock {
                $0.append("")
                return $0.count - 1
            }
            if case .hangUp = step { return }
            var request = ""
            var answered = false
            for try await piece in inbound {
                request += String(buffer: piece)
                let text = request
                stored.withLock { $0[number] = text }
                switch step {
                case .answer(let answer) where !answered && Self.isWhole(request):
                    answered = true
                    try await outbound.write(ByteBuffer(string: answer))
                    // Finished and not closed, so that nothing already written is lost.
                    outbound.finish()
                case .answerEarly(let answer) where !answered && request.contains("\r\n\r\n"):
                    answered = true
                    try await outbound.write(ByteBuffer(string: answer))
                case .answer, .answerEarly, .hangUp, .silence: continue
                }
            }
        }
    }

    private static func isWhole(_ request: String) -> Bool {
        guard let end = request.firstRange(of: "\r\n\r\n") else { return false }
        let head = request[..<end.lowerBound].lowercased()
        if head.contains("transfer-encoding: chunked") { return request.hasSuffix("0\r\n\r\n") }
        let field = head.split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
        let length = field.flatMap { Int($0.dropFirst(16)) } ?? 0
        return request[end.upperBound...].utf8.count >= length
    }
}
