// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Deliveries

@Suite("Posts by libcurl", .timeLimit(.minutes(1)))
struct CurlTransportTests {
    private let loopback = ConnectionRule(allowed: [AddressRange("127.0.0.0/8")].compactMap { $0 })

    private func posted(
        _ answer: FakeReceiver.Answer, total: Duration = .seconds(10), rule: ConnectionRule? = nil
    ) async throws -> (WebhookAnswer, [FakeReceiver.Post]) {
        let receiver = try FakeReceiver { _ in answer }
        defer { receiver.stop() }
        let transport = CurlTransport(rule: rule ?? loopback, total: total)
        let answer = await transport.post(
            #"{"a":"đ"}"#, to: receiver.url, headers: ["Content-Type: application/json", "webhook-id: m"])
        return (answer, receiver.posts)
    }

    @Test func `a post has its body, its headers and nothing that libcurl would invent`() async throws {
        let (answer, posts) = try await posted(.status(204))
        #expect(answer == WebhookAnswer(status: 204))
        #expect(posts.count == 1 && posts[0].head[0] == "POST /etalon?x=1 HTTP/1.1")
        #expect(posts[0].body == #"{"a":"đ"}"# && posts[0].id == "m")
        #expect(posts[0].header("content-type") == "application/json" && posts[0].header("expect") == nil)
    }

    @Test func `the pause that a receiver asks for is read`() async throws {
        let (answer, _) = try await posted(.status(429, "Retry-After: 120\r\n", body: "too\r\nmany\u{1B}[2J"))
        #expect(answer.status == 429 && answer.retryAfter == 120)
        #expect(!answer.note.contains { $0.isNewline } && !answer.note.contains("\u{1B}"))
    }

    @Test func `a redirection is not followed`() async throws {
        let other = try FakeReceiver { _ in .status(200) }
        defer { other.stop() }
        let (answer, _) = try await posted(.status(307, "Location: \(other.url)\r\n"))
        #expect(answer.status == 307 && other.posts.isEmpty)
    }

    @Test func `a receiver that says nothing, or ends, or is not there, is no answer within the time limit`() async throws {
        let start = ContinuousClock.now
        #expect(try await posted(.isSilent, total: .milliseconds(300)).0.status == nil)
        #expect(try await posted(.hangsUp).0.status == nil)
        #expect(await CurlTransport(rule: loopback).post("", to: "http://127.0.0.1:1/", headers: []).status == nil)
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func `an answer without end is cut off and its status counts`() async throws {
        let long = String(repeating: "x", count: 2_000_000)
        let (answer, _) = try await posted(.status(200, body: long))
        #expect(answer.status == 200 && answer.note.count == 300)
        let (header, _) = try await posted(.says("HTTP/1.1 200 OK\r\nX: \(long)"))
        #expect(header.status == nil)
    }

    @Test func `an address in the house's own network is not connected to unless the configuration allows it`() async throws {
        let (answer, posts) = try await posted(.status(200), rule: ConnectionRule(allowed: []))
        #expect(answer.status == nil && answer.note.contains("webhooks.allow") && posts.isEmpty)
        for url in ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/x", "https://[::1]:1/", "http://0x7f.1:1/"] {
            #expect(await CurlTransport(rule: ConnectionRule(allowed: [])).post("", to: url, headers: []).status == nil, "\(url)")
        }
    }

    @Test func `a certificate that nobody vouches for is refused`() async throws {
        let folder = URL(filePath: "/tmp/etalon-tls-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // /tmp is cleaned in any case
        let (key, certificate) = (folder.appending(path: "key").path, folder.appending(path: "certificate").path)
        let made = try Process.run(
            URL(filePath: "/usr/bin/openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate, "-quiet",
            ].filter { $0 != "-quiet" })
        made.waitUntilExit()
        let server = Process()
        let (input, output) = (Pipe(), Pipe())
        server.executableURL = URL(filePath: "/usr/bin/openssl")
        server.arguments = ["s_server", "-accept", "localhost:0", "-cert", certificate, "-key", key, "-4"]
        (server.standardInput, server.standardOutput, server.standardError) = (input, output, FileHandle.nullDevice)
        try server.run()
        // Started from a thread that blocks signals, it does not hear a request to end.
        defer { kill(server.processIdentifier, SIGKILL) }
        var said = ""
        while !said.contains("ACCEPT"), let more = try output.fileHandleForReading.read(upToCount: 1) {
            said += String(decoding: more, as: UTF8.self)
        }
        while let more = try output.fileHandleForReading.read(upToCount: 1), more != Data([10]) {
            said += String(decoding: more, as: UTF8.self)
        }
        let port = try #require(said.split(separator: ":").last.flatMap { UInt16($0) }, "\(said)")
        let url = "https://localhost:\(port)/"
        let strange = await CurlTransport(rule: loopback).post("x", to: url, headers: [])
        #expect(strange.status == nil && strange.note.lowercased().contains("certificate"), "\(strange)")
        try input.fileHandleForWriting.write(contentsOf: Data("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
        let known = await CurlTransport(rule: loopback, authorities: certificate).post("x", to: url, headers: [])
        #expect(known.status == 200, "\(known)")
    }

    @Test(arguments: [
        ("127.0.0.1", false), ("10.1.2.3", false), ("172.31.0.1", false), ("192.168.0.1", false), ("169.254.169.254", false),
        ("100.64.0.1", false), ("0.0.0.0", false), ("224.0.0.1", false), ("255.255.255.255", false), ("::1", false),
        ("::", false),
        ("fe80::1", false), ("fd00::1", false), ("::ffff:10.0.0.1", false), ("64:ff9b::10.0.0.1", false), ("2002:a00:1::", false),
        ("203.162.4.191", true), ("172.32.0.1", true), ("2001:ee0::1", true), ("::ffff:8.8.8.8", true),
    ])
    func `what is not of the public internet is known`(address: String, isPublic: Bool) throws {
        let bytes = try #require(AddressRange.bytes(of: address))
        #expect(ConnectionRule(allowed: []).permits(bytes, encrypted: true) == isPublic)
        #expect(!ConnectionRule(allowed: []).permits(bytes, encrypted: false))
        #expect(ConnectionRule(allowed: [try #require(AddressRange(address))]).permits(bytes, encrypted: false) || !isPublic)
    }
}
