// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Testing
import Vocabulary

@testable import etalon

@Suite("A returned mail, as the mail system hands it over")
struct MailBounceTests {
    private func bounce(_ status: Int, _ answer: String) async throws -> (code: Int32?, sent: Int) {
        var code: Int32?
        var sent = 0
        try await FakeDaemon.running({ _ in (status, answer) }) { daemon, server in
            let written = Written()
            let verb = try MailBounce.parse(["--to", "bounce+0123456789abcdefghjk@kd.example.vn", "/etc/hostname"])
            do {
                try await verb.perform(written.session(server))
                code = 0
            } catch let error as ArgumentParser.ExitCode {
                code = error.rawValue
            } catch {
                code = Failure(error)?.exitCode.rawValue
            }
            sent = daemon.requests.filter { $0.target == "/v1/mail-bounces" && $0.body.contains(#""message":""#) }.count
        }
        return (code, sent)
    }

    @Test func `what is about no mail of ours is taken all the same`() async throws {
        let end = try await bounce(201, #"{"outcome":"unmatched","mail":null,"quarantined":false}"#)
        #expect(end.code == 0 && end.sent == 1)
    }

    @Test func `a daemon that cannot answer makes the mail system keep it`() async throws {
        let end = try await bounce(503, #"{"type":"about:blank","title":"x","status":503}"#)
        #expect(end.code == 75)
    }

    @Test func `a daemon that is not there makes the mail system keep it`() async throws {
        let verb = try MailBounce.parse(["/etc/hostname"])
        let written = Written()
        let thrown = await #expect(throws: ArgumentParser.ExitCode.self) {
            try await verb.perform(written.session(.loopback(host: "127.0.0.1", port: 1)))
        }
        #expect(thrown?.rawValue == 75)
    }
}
