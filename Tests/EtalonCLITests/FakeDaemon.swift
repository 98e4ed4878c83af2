// SPDX-License-Identifier: Apache-2.0

import APIContract
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Vocabulary

@testable import etalon

/// A server on a port of this machine that keeps what it was sent and answers what it is told.
final class FakeDaemon: Sendable {
    struct Request: Sendable {
        let method: String
        let target: String
        let headers: [String: String]
        let body: String
    }

    typealias Answer = @Sendable (Request) -> (status: Int, body: String)

    private let seen = Mutex<[Request]>([])
    private let answer: Answer

    /// Everything received so far.
    var requests: [Request] { seen.withLock { $0 } }

    private init(_ answer: @escaping Answer) { self.answer = answer }

    /// Runs the body with a server that lives as long.
    static func running(
        _ answer: @escaping Answer, _ body: (FakeDaemon, ServerAddress) async throws -> Void
    ) async throws {
        let daemon = FakeDaemon(answer)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(daemon))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = ServerAddress.loopback(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
        do {
            try await body(daemon, address)
            try await channel.close()
        } catch {
            try await channel.close()
            throw error
        }
    }

    fileprivate func receive(_ request: Request) -> (status: Int, body: String) {
        seen.withLock { $0.append(request) }
        return answer(request)
    }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let daemon: FakeDaemon
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ daemon: FakeDaemon) { self.daemon = daemon }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, "")
        case .body(let piece): body += String(buffer: piece)
        case .end:
            guard let head else { return }
            let headers = head.headers.reduce(into: [String: String]()) { $0[$1.name.lowercased()] = $1.value }
            let answer = daemon.receive(
                .init(method: head.method.rawValue, target: head.uri, headers: headers, body: body))
            let buffer = ByteBuffer(string: answer.body)
            let fields: HTTPHeaders = ["content-length": "\(buffer.readableBytes)", "connection": "close"]
            let status = HTTPResponseStatus(statusCode: answer.status)
            context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: fields))), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}

/// What a session wrote.
final class Written: Sendable {
    private let texts = Mutex<(output: String, notes: String)>(("", ""))

    var output: String { texts.withLock { $0.output } }
    var notes: String { texts.withLock { $0.notes } }

    func session(_ server: ServerAddress, _ format: OutputFormat = .table, _ language: Language = .en) -> Session {
        Session(
            Transport(server),
            Presentation(format: format, language: language, style: .plain, errorStyle: .plain),
            output: { text in self.texts.withLock { $0.output += text } },
            notes: { text in self.texts.withLock { $0.notes += text } })
    }
}
