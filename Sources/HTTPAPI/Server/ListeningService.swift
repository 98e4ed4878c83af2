// SPDX-License-Identifier: Apache-2.0

import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// One of the daemon's servers: a Unix socket, or a port on the loopback interface.
struct ListeningService: Service, CustomStringConvertible {
    enum Place: Sendable {
        case unix(SocketFile)
        case loopback(port: Int)
    }

    let place: Place
    let responder: RouterResponder<APIContext>
    let idleSeconds: Int
    let logger: Logger
    /// Called with the address once connections are accepted.
    let onListening: @Sendable (String) async -> Void

    var description: String {
        switch place {
        case .unix(let file): "unix:\(file.path)"
        case .loopback(let port): "http://127.0.0.1:\(port)"
        }
    }

    func run() async throws {
        switch place {
        case .unix(let file): try await serve(file)
        case .loopback(let port):
            try await application(.hostname("127.0.0.1", port: port)) { channel in
                await onListening("http://127.0.0.1:\(channel.localAddress?.port ?? port)")
            }.run()
        }
    }

    private func serve(_ file: SocketFile) async throws {
        let lock = try file.lock()
        defer { close(lock) }
        let failure = PublishingFailure()
        defer { file.remove() }
        let application = application(.unixDomainSocket(path: file.workingPath)) { channel in
            do throws(ListeningError) {
                try file.publish()
            } catch {
                // The only way out of here is to stop listening; the error is thrown once the server has ended.
                failure.note(error)
                channel.close(promise: nil)
                return
            }
            await onListening("unix:\(file.path)")
        }
        do {
            try await application.run()
        } catch {
            // A server that ends by itself is an error of its own; ours says why it ended.
            throw failure.error ?? error
        }
        if let error = failure.error { throw error }
    }

    private func application(
        _ address: BindAddress,
        onRunning: @escaping @Sendable (any Channel) async -> Void
    ) -> Application<RouterResponder<APIContext>> {
        Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(Int64(idleSeconds)))),
            configuration: .init(address: address),
            onServerRunning: onRunning,
            logger: logger
        )
    }
}

/// Why the socket could not be published, kept until the server has ended.
private final class PublishingFailure: Sendable {
    private let stored = Mutex<ListeningError?>(nil)
    var error: ListeningError? { stored.withLock { $0 } }
    func note(_ error: ListeningError) { stored.withLock { $0 = error } }
}
