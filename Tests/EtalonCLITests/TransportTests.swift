// SPDX-License-Identifier: Apache-2.0

import APIContract
import FoundationEssentials
import Glibc
import NIOCore
import Synchronization
import Testing
import Vocabulary

@testable import etalon

private let ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}"

@Suite("Where the server is")
struct ServerAddressTests {
    @Test(arguments: [
        ("/run/x.sock", ServerAddress.unix(path: "/run/x.sock")), ("unix:/a", .unix(path: "/a")),
        ("unix:///a/b", .unix(path: "/a/b")), ("http://127.0.0.1:8080", .loopback(host: "127.0.0.1", port: 8080)),
        ("http://localhost:1/", .loopback(host: "localhost", port: 1)), ("http://[::1]:80", .loopback(host: "::1", port: 80)),
    ])
    func `a socket or a port of this machine is an address`(_ text: String, _ address: ServerAddress) throws {
        #expect(try ServerAddress(text) == address)
    }

    @Test(arguments: [
        "", "x.sock", "unix:x", "http://example.org:80", "https://127.0.0.1:80", "http://127.0.0.1", "http://127.0.0.1:0",
        "http://127.0.0.1:65536", "http://127.0.0.1:80/x", "http://127.0.0.1:+80", "/" + String(repeating: "a", count: 107),
    ])
    func `anything else is refused with what to write instead`(_ text: String) throws {
        let error = try #require(throws: TransportError.self) { try ServerAddress(text) }
        #expect(error == .badAddress(text) && error.exitCode == .usage && error.problem.remedy != nil)
    }

    @Test func `the option wins, then ETALON_SERVER, then the installed socket`() throws {
        #expect(try ServerAddress.chosen(option: "/a", variable: "/b") == .unix(path: "/a"))
        #expect(try ServerAddress.chosen(option: nil, variable: "/b") == .unix(path: "/b"))
        #expect(try ServerAddress.chosen(option: nil, variable: "") == .installed)
        #expect("\(try ServerAddress.chosen(option: nil, variable: nil))" == "/run/etalon/etalon.sock")
    }
}

@Suite("Requests and answers")
struct TransportTests {
    private func transport(_ path: String, token: String? = nil, idle: Int = 60) -> Transport {
        var limits = Transport.Limits()
        limits.idleSeconds = idle
        limits.answerMegabytes = 1
        return Transport(.unix(path: path), token: token, limits: limits)
    }

    @Test func `a request carries its query, token and body, and the answer is read`() async throws {
        try await ScriptedServer.with([.answer(ok)]) { path, server in
            let request = ClientRequest(
                .post, "/v1/samples", query: [("type", "cột bơm"), ("district", nil)],
                headers: [("Idempotency-Key", "k-1")], content: .bytes(Array("{}".utf8), type: Wire.json)
            )
            let answer = try await transport(path, token: "secret").send(request)
            #expect(answer.status == 200 && answer.isSuccess && answer.problem == nil)
            #expect(answer.header("content-type") == "application/json")
            #expect(try answer.decoded([String: Int].self) == ["id": 1])
            let sent = try #require(server.received.first)
            #expect(sent.hasPrefix("POST /v1/samples?type=c%E1%BB%99t%20b%C6%A1m HTTP/1.1\r\n"))
            for line in ["Authorization: Bearer secret", "Idempotency-Key: k-1", "Content-Length: 2", "Host: localhost"] {
                #expect(sent.contains(line + "\r\n"))
            }
            #expect(sent.hasSuffix("\r\n\r\n{}"))
        }
    }

    @Test func `a trace is passed on, and what could not stand in a header is left out`() async throws {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        try await ScriptedServer.with([.answer(ok), .answer(ok), .answer(ok)]) { path, server in
            for given in [trace, "\(trace)\r\nX-Other: 1", nil] {
                _ = try await Transport(.unix(path: path), trace: given).send(ClientRequest(.get, "/x"))
            }
            let sent = server.received.map { $0.contains("\r\ntraceparent: \(trace)\r\n") }
            #expect(sent == [true, false, false])
            #expect(!server.received.contains { $0.contains("X-Other") })
        }
    }

    @Test func `a POST over a broken connection is sent once more with the same key`() async throws {
        try await ScriptedServer.with([.answer(""), .answer(ok)]) { path, server in
            let answer = try await transport(path).send(ClientRequest(.post, "/v1/samples"))
            #expect(answer.status == 200)
            let keys = server.received.compactMap { request in
                request.split(separator: "\r\n").first { $0.hasPrefix("Idempotency-Key: ") }
            }
            #expect(keys.count == 2 && keys.first == keys.last && keys.first?.count == 17 + 36)
        }
    }

    @Test func `it is sent only once more, and a change not at all`() async throws {
        try await ScriptedServer.with([.hangUp, .hangUp, .answer(ok)]) { path, server in
            await #expect(throws: TransportError.connectionLost(.unix(path: path))) {
                try await transport(path).send(ClientRequest(.get, "/x"))
            }
            #expect(server.received.count == 2)
        }
        try await ScriptedServer.with([.answer(""), .answer(ok)]) { path, server in
            await #expect(throws: TransportError.connectionLost(.unix(path: path))) {
                try await transport(path).send(ClientRequest(.patch, "/x"))
            }
            #expect(server.received.count == 1)
        }
    }

    @Test func `an answer cut short is not taken for whole`() async throws {
        let short = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
        try await ScriptedServer.with([.answer(short), .answer(short)]) { path, _ in
            await #expect(throws: TransportError.connectionLost(.unix(path: path))) {
                try await transport(path).send(ClientRequest(.get, "/x"))
            }
        }
    }

    @Test func `a server that says nothing is given up`() async throws {
        try await ScriptedServer.with([.silence]) { path, _ in
            await #expect(throws: TransportError.timedOut(.unix(path: path), seconds: 1)) {
                try await transport(path, idle: 1).send(ClientRequest(.get, "/x"))
            }
        }
    }

    @Test func `what does not speak HTTP is named`() async throws {
        try await ScriptedServer.with([.answer("SSH-2.0-OpenSSH\r\n\r\n")]) { path, _ in
            await #expect(throws: TransportError.notHTTP(.unix(path: path))) {
                try await transport(path).send(ClientRequest(.get, "/x"))
            }
        }
    }

    @Test func `an answer beyond the limit is refused`() async throws {
        let body = String(repeating: "a", count: 1 << 20 + 1)
        let long = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try await ScriptedServer.with([.answer(long)]) { path, _ in
            await #expect(throws: TransportError.answerTooLarge(megabytes: 1)) {
                try await transport(path).send(ClientRequest(.get, "/x"))
            }
        }
    }

    @Test func `a long answer goes into a sink, and an error is kept instead`() async throws {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        let refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
        try await ScriptedServer.with([.answer(chunked), .answer(refusal)]) { path, _ in
            let taken = Mutex("")
            let sink: Transport.Sink = { piece in taken.withLock { $0 += String(buffer: piece) } }
            let answer = try await transport(path).send(ClientRequest(.get, "/x"), into: sink)
            #expect(answer.body.isEmpty && taken.withLock { $0 } == "abcde")
            let refused = try await transport(path).send(ClientRequest(.get, "/x"), into: sink)
            #expect(refused.status == 404 && refused.body == Array("no".utf8) && taken.withLock { $0 } == "abcde")
        }
    }

    @Test func `a file is sent as it is, and its refusal half-way is heard`() async throws {
        let file = "/tmp/etalon-cli-\(UUID().uuidString.prefix(8)).csv"
        defer { try? FileManager.default.removeItem(atPath: file) }  // it may never have been made
        let line = Array("a,b,c\r\n".utf8)
        try Data((0..<300_000).flatMap { _ in line }).write(to: URL(filePath: file))
        let tooLarge = "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with([.answer(ok), .answerEarly(tooLarge)]) { path, server in
            let request = ClientRequest(.post, "/v1/imports", content: .file(path: file, type: "text/csv"))
            #expect(try await transport(path).send(request).status == 200)
            let sent = try #require(server.received.first)
            #expect(sent.contains("Content-Length: 2100000\r\n") && sent.hasSuffix("a,b,c\r\n"))
            #expect(try await transport(path).send(request).status == 413)
        }
    }

    @Test func `a file that is not there is named before anything is waited for`() async throws {
        try await ScriptedServer.with([.silence]) { path, _ in
            let request = ClientRequest(.post, "/x", content: .file(path: "/no/such/file", type: "text/csv"))
            let error = await #expect(throws: TransportError.self) { try await transport(path).send(request) }
            #expect(error == .fileUnreadable("/no/such/file", why: SystemReason.text(ENOENT)))
            #expect(error?.exitCode == .badInput)
        }
    }

    @Test func `a daemon that does not run is named with what to do`() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await transport("/tmp/no-such-etalon.sock").send(ClientRequest(.get, "/x"))
        }
        #expect(error == .unreachable(.unix(path: "/tmp/no-such-etalon.sock"), why: SystemReason.text(ENOENT)))
        #expect(error?.exitCode == .unavailable)
        let text = error.map { ProblemPrinter(language: .vi, style: .plain).text($0.problem) } ?? ""
        #expect(text.contains("/tmp/no-such-etalon.sock") && text.contains("systemctl status etalond"))
        let closed = Transport(.loopback(host: "127.0.0.1", port: 1))
        await #expect(throws: TransportError.self) { try await closed.send(ClientRequest(.get, "/x")) }
    }

    @Test func `a problem of a newer daemon is still read`() {
        let body = #"{"type":"urn:etalon:problem:refused","title":"t","status":422,"new_member":{"a":1}}"#
        let answer = ClientResponse(status: 422, headers: [], body: Array(body.utf8))
        #expect(answer.problem?.kind == .refused && answer.exitCode == .refused)
        let empty = ClientResponse(status: 502, headers: [], body: [])
        #expect(empty.problem?.status == 502 && empty.problem?.detail?.contains("502") == true)
    }

    @Test func `the token is read from its file without white space`() throws {
        let file = "/tmp/etalon-cli-\(UUID().uuidString.prefix(8)).token"
        defer { try? FileManager.default.removeItem(atPath: file) }  // it may never have been made
        try Data("  abc-123\n".utf8).write(to: URL(filePath: file))
        #expect(try ContentReader.token(at: file) == "abc-123")
        try Data("\n".utf8).write(to: URL(filePath: file))
        #expect(throws: TransportError.self) { try ContentReader.token(at: file) }
        try Data("two words".utf8).write(to: URL(filePath: file))
        #expect(throws: TransportError.self) { try ContentReader.token(at: file) }
    }
}
