// SPDX-License-Identifier: Apache-2.0

import APIContract
import Testing

@testable import HTTPAPI

/// Runs the routes of the tests while a body talks to them.
private func listening<R: Sendable>(
    _ configuration: APIServer.Configuration, _ body: @Sendable ([String]) async throws -> R
) async throws -> R {
    try await listening(
        to: { onListening, logger in
            var hooks = TestRoutes.hooks
            hooks.onListening = onListening
            return TestRoutes.server(configuration, hooks: hooks, logger: logger)
        }, body)
}

@Suite("HTTP, on sockets")
struct ListeningTests {
    @Test func `the account at the other end of the Unix socket is known`() async throws {
        try await SocketFolder.with { folder in
            let path = "\(folder)/s"
            try await listening(.init(socketPath: path)) { addresses in
                #expect(addresses == ["unix:\(path)"])
                let answer = try await RawClient.get("/v1/whoami", from: "unix:\(path)")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\nuid-\(SocketFolder.uid)"))
            }
        }
    }

    @Test func `the socket has mode 0660 and is gone after an orderly stop`() async throws {
        try await SocketFolder.with { folder in
            let path = "\(folder)/s"
            try await listening(.init(socketPath: path)) { _ in
                #expect(SocketFolder.mode(of: path) == 0o660)
                #expect(SocketFolder.mode(of: "\(path)~") == nil)
            }
            #expect(SocketFolder.mode(of: path) == nil)
        }
    }

    @Test func `a second daemon is refused and the first goes on serving`() async throws {
        try await SocketFolder.with { folder in
            let path = "\(folder)/s"
            try await listening(.init(socketPath: path)) { addresses in
                await #expect(throws: ListeningError.alreadyServed(path: path)) {
                    try await listening(.init(socketPath: path)) { _ in }
                }
                let answer = try await RawClient.get("/healthz", from: addresses[0])
                #expect(answer.hasSuffix("ok\n"))
            }
        }
    }

    @Test func `a socket left over from a crash is replaced`() async throws {
        try await SocketFolder.with { folder in
            let path = "\(folder)/s"
            try SocketFolder.leaveSocket(at: path)
            let answer = try await listening(.init(socketPath: path)) { try await RawClient.get("/healthz", from: $0[0]) }
            #expect(answer.hasSuffix("ok\n"))
        }
    }

    @Test func `a group that does not exist stops the start`() async throws {
        try await SocketFolder.with { folder in
            await #expect(throws: ListeningError.unknownGroup("no-such-group")) {
                try await listening(.init(socketPath: "\(folder)/s", socketGroup: "no-such-group")) { _ in }
            }
        }
    }

    @Test func `a path too long for a socket is refused before anything starts`() throws {
        let path = "/" + String(repeating: "a", count: 106)
        #expect(throws: ListeningError.unusablePath(path)) {
            try TestRoutes.server(.init(socketPath: path)).services()
        }
    }

    @Test func `both places serve the same router, and over TCP nobody is known without a token`() async throws {
        try await SocketFolder.with { folder in
            try await listening(.init(socketPath: "\(folder)/s", loopbackPort: 0)) { addresses in
                for address in addresses {
                    let answer = try await RawClient.get("/v1/whoami", from: address)
                    #expect(answer.hasSuffix(address.hasPrefix("unix:") ? "uid-\(SocketFolder.uid)" : "anonymous"))
                }
            }
        }
    }

    @Test func `what is not HTTP, or is cut short, is never answered with a 5xx`() async throws {
        let post = "POST /v1/samples HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        try await SocketFolder.with { folder in
            try await listening(.init(socketPath: "\(folder)/s")) { addresses in
                for text in [
                    "nonsense\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}", "GET / HTTP/9.9\r\n\r\n",
                    post + "Content-Length: 50\r\n\r\n{\"code\"", post + "Content-Length: -1\r\n\r\n",
                    post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
                    post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                ] {
                    let answer = try await RawClient.send(text, to: addresses[0], halfClose: true)
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(text): \(answer)")
                }
                #expect(try await RawClient.get("/healthz", from: addresses[0]).hasSuffix("ok\n"))
            }
        }
    }

    @Test func `a long answer arrives in chunks and whole`() async throws {
        try await SocketFolder.with { folder in
            let answer = try await listening(.init(socketPath: "\(folder)/s")) {
                try await RawClient.get("/v1/export", from: $0[0])
            }
            #expect(answer.lowercased().contains("transfer-encoding: chunked") && answer.hasSuffix("0\r\n\r\n"))
        }
    }
}
