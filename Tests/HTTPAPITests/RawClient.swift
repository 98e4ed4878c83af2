// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

@testable import HTTPAPI

/// Speaks raw bytes with a server, and reads until it closes.
enum RawClient {
    static func send(_ text: String, to address: String, halfClose: Bool = false) async throws -> String {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
        let initializer: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            }
        }
        let channel =
            if address.hasPrefix("http://127.0.0.1:") {
                try await bootstrap.connect(
                    host: "127.0.0.1", port: Int(address.dropFirst(17)) ?? 0, channelInitializer: initializer
                )
            } else {
                try await bootstrap.connect(
                    unixDomainSocketPath: String(address.dropFirst(5)), channelInitializer: initializer
                )
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            if halfClose { outbound.finish() }
            var answer = ByteBuffer()
            for try await piece in inbound { answer.writeImmutableBuffer(piece) }
            return String(buffer: answer)
        }
    }

    static func get(_ path: String, from address: String, _ headers: String...) async throws -> String {
        let lines = ["GET \(path) HTTP/1.1", "Host: x", "Connection: close"] + headers
        return try await send(lines.joined(separator: "\r\n") + "\r\n\r\n", to: address)
    }
}

/// Runs a server while a body talks to it, and stops it in an orderly way.
///
/// - Parameter server: makes it with what is to be called for each address.
func listening<R: Sendable>(
    to server: (@escaping @Sendable (String) async -> Void, Logger) throws -> APIServer,
    _ body: @Sendable ([String]) async throws -> R
) async throws -> R {
    let (addresses, arrival) = AsyncStream.makeStream(of: String.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let services = try server({ arrival.yield($0) }, logger).services()
    let group = ServiceGroup(services: services, logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { arrival.finish() }
            try await group.run()
        }
        var listening: [String] = []
        for await address in addresses {
            listening.append(address)
            if listening.count == services.count { break }
        }
        guard listening.count == services.count else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        let result = try await body(listening)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}
