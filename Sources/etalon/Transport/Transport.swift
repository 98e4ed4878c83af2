// SPDX-License-Identifier: Apache-2.0

import APIContract
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Vocabulary

/// Speaks HTTP/1.1 with the daemon, one connection for each request.
///
/// A request that is safe to repeat is sent once more, with the same Idempotency-Key, when the connection broke
/// before the answer was complete.
struct Transport: Sendable {
    /// How long is waited, and how much is kept.
    struct Limits: Sendable {
        /// Until the connection stands.
        var connectSeconds = 5
        /// Without a byte in either direction.
        var idleSeconds = 60
        /// An answer kept in memory, in megabytes.
        var answerMegabytes = 64
    }

    /// Takes the pieces of an answer as they come.
    typealias Sink = @Sendable (ByteBuffer) async throws -> Void

    let server: ServerAddress
    let token: String?
    /// What the requests belong to in a distributed trace, as the daemon's header wants it.
    let trace: String?
    let limits: Limits

    /// A transport to a server; a token, where given, says who is calling. A trace that could not stand in a header is left out.
    init(_ server: ServerAddress, token: String? = nil, trace: String? = nil, limits: Limits = Limits()) {
        self.server = server
        self.token = token
        self.trace = trace.flatMap { text in
            (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
        }
        self.limits = limits
    }

    /// Sends a request and keeps the answer in memory.
    ///
    /// - Throws: ``TransportError``; an answer with an error status is an answer, not an error.
    func send(_ request: ClientRequest) async throws -> ClientResponse {
        do {
            return try await exchange(request, sink: nil)
        } catch TransportError.connectionLost where request.isRepeatable {
            return try await exchange(request, sink: nil)
        }
    }

    /// Sends a request and hands a successful answer's body to a sink, piece by piece; any other is kept.
    ///
    /// - Throws: ``TransportError``, or what the sink throws.
    func send(_ request: ClientRequest, into sink: @escaping Sink) async throws -> ClientResponse {
        let hasBegun = Flag()
        let noting: Sink = { piece in
            hasBegun.raise()
            try await sink(piece)
        }
        do {
            return try await exchange(request, sink: noting)
        } catch TransportError.connectionLost where request.isRepeatable && !hasBegun.isRaised {
            return try await exchange(request, sink: noting)
        }
    }

    // MARK: One exchange

    private typealias Exchange = NIOAsyncChannel<HTTPClientResponsePart, BufferRequestPart>

    private func exchange(_ request: ClientRequest, sink: Sink?) async throws -> ClientResponse {
        let channel = try await connect()
        let sending = SendingFailure()
        do {
            return try await channel.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Beside the reading, since a daemon that refuses a long body answers before it has it all.
                    group.addTask {
                        do {
                            try await write(request, to: outbound)
                        } catch let error as TransportError {
                            sending.note(error)
                            channel.channel.close(promise: nil)
                        }
                    }
                    let response = try await read(inbound, sink: sink)
                    group.cancelAll()
                    return response
                }
            }
        } catch {
            throw sending.error ?? named(error)
        }
    }

    private func connect() async throws -> Exchange {
        let idleSeconds = limits.idleSeconds
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Int64(limits.connectSeconds)))
        let initializer: @Sendable (any Channel) -> EventLoopFuture<Exchange> = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(Int64(idleSeconds))))
                try pipeline.addHandler(IdleEnds())
                try pipeline.addHandler(BufferRequestHandler())
                return try Exchange(wrappingChannelSynchronously: channel)
            }
        }
        do {
            switch server {
            case .unix(let path):
                return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: initializer)
            case .loopback(let host, let port):
                return try await bootstrap.connect(host: host, port: port, channelInitializer: initializer)
            }
        } catch {
            throw unreachable(error)
        }
    }

    // MARK: Writing

    private func write(
        _ request: ClientRequest,
        to outbound: NIOAsyncChannelOutboundWriter<BufferRequestPart>
    ) async throws {
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: server.hostHeader)
        headers.add(name: "Connection", value: "close")
        headers.add(name: "Accept", value: "\(Wire.json), \(Wire.problemJSON);q=0.9, */*;q=0.8")
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let trace { headers.add(name: Wire.traceParent, value: trace) }
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        var head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method.rawValue),
            uri: request.target
        )
        switch request.content {
        case .none:
            if request.method != .get { headers.add(name: "Content-Length", value: "0") }
            head.headers = headers
            try await outbound.write(.head(head))
        case .bytes(let bytes, let type):
            headers.add(name: "Content-Type", value: type)
            headers.add(name: "Content-Length", value: "\(bytes.count)")
            head.headers = headers
            try await outbound.write(.head(head))
            try await outbound.write(.body(ByteBuffer(bytes: bytes)))
        case .file(let path, let type):
            let reader = try ContentReader(path)
            headers.add(name: "Content-Type", value: type)
            if let length = reader.length {
                headers.add(name: "Content-Length", value: "\(length)")
            } else {
                headers.add(name: "Transfer-Encoding", value: "chunked")
            }
            head.headers = headers
            try await outbound.write(.head(head))
            while let piece = try reader.next() { try await outbound.write(.body(ByteBuffer(bytes: piece))) }
        }
        try await outbound.write(.end(nil))
    }

    // MARK: Reading

    private func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        sink: Sink?
    ) async throws -> ClientResponse {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        for try await part in inbound {
            switch part {
            case .head(let answer): head = answer
            case .body(let piece):
                if let sink, let head, (200..<300).contains(Int(head.status.code)) {
                    try await sink(piece)
                    continue
                }
                guard body.count + piece.readableBytes <= limits.answerMegabytes << 20 else {
                    throw TransportError.answerTooLarge(megabytes: limits.answerMegabytes)
                }
                body.append(contentsOf: piece.readableBytesView)
            case .end:
                guard let head else { throw TransportError.notHTTP(server) }
                let headers = head.headers.map { (name: $0.name, value: $0.value) }
                return ClientResponse(status: Int(head.status.code), headers: headers, body: body)
            }
        }
        throw TransportError.connectionLost(server)
    }
}

// MARK: - Errors by name

extension Transport {
    private func unreachable(_ error: any Error) -> any Error {
        let number: Int32? =
            switch error {
            case let error as IOError: error.errnoCode
            case let error as NIOConnectionError:
                error.connectionErrors.lazy.compactMap { ($0.error as? IOError)?.errnoCode }.first
            default: nil
            }
        if error is CancellationError { return error }
        if number == EACCES || number == EPERM { return TransportError.notAllowed(server) }
        if let number { return TransportError.unreachable(server, why: SystemReason.text(number)) }
        if case ChannelError.connectTimeout = error {
            return TransportError.timedOut(server, seconds: limits.connectSeconds)
        }
        return TransportError.unreachable(server, why: Bilingual(vi: "“\(error)”", en: "\(error)"))
    }

    private func named(_ error: any Error) -> any Error {
        switch error {
        case is IdleEnds.Elapsed: TransportError.timedOut(server, seconds: limits.idleSeconds)
        case HTTPParserError.invalidEOFState: TransportError.connectionLost(server)
        case is HTTPParserError: TransportError.notHTTP(server)
        case is IOError, is ChannelError: TransportError.connectionLost(server)
        default: error
        }
    }
}

/// Remembers why the sending side gave up, since the reading side only sees the connection close.
private final class SendingFailure: Sendable {
    private let stored = Mutex<TransportError?>(nil)
    var error: TransportError? { stored.withLock { $0 } }
    func note(_ error: TransportError) { stored.withLock { $0 = error } }
}

/// Raised once and for all.
private final class Flag: Sendable {
    private let stored = Mutex(false)
    var isRaised: Bool { stored.withLock { $0 } }
    func raise() { stored.withLock { $0 = true } }
}
