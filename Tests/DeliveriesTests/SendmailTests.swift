// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Deliveries

@Suite("The sendmail interface", .timeLimit(.minutes(1)))
struct SendmailTests {
    private func sent(
        _ manner: FakeSendmail.Manner, limit: Duration = .seconds(30), _ check: (FakeSendmail, MailOutcome) throws -> Void
    ) async throws {
        let program = try FakeSendmail()
        defer { program.remove() }
        try program.behave(manner)
        let mail = Array("Subject: x\r\n\r\n.\r\nđ\r\n".utf8)
        let outcome = await Sendmail(path: program.path, limit: limit, grace: .milliseconds(100))
            .send(mail, from: "bounce+t@kd.example.vn", to: "an@khach.example")
        try check(program, outcome)
    }

    @Test func `the program gets the mail with newlines, the envelope, and nothing that could be an option`() async throws {
        try await sent(.takes) { program, outcome in
            #expect(outcome == MailOutcome(.accepted, status: "0"))
            #expect(program.calls == ["-i -f bounce+t@kd.example.vn -- an@khach.example"])
            let mails = try program.mails
            #expect(mails == ["Subject: x\n\n.\nđ\n"])
        }
    }

    @Test func `a status says whether the mail went, and what does not is unknown`() async throws {
        try await sent(.later) { _, outcome in
            #expect(outcome == MailOutcome(.deferred, status: "75", note: "the mailbox sleeps "))
        }
        try await sent(.refuses) { _, outcome in #expect(outcome.verdict == .refused && outcome.status == "67") }
        try await sent(.strange) { _, outcome in #expect(outcome.verdict == .unknown && outcome.status == "3") }
        try await sent(.takesAndDies) { _, outcome in #expect(outcome.verdict == .unknown && outcome.status == "signal 9") }
    }

    @Test func `a program that does not end is ended, and then nobody knows`() async throws {
        let start = ContinuousClock.now
        try await sent(.takesAndHangs, limit: .milliseconds(300)) { program, outcome in
            #expect(outcome.verdict == .unknown && outcome.note.hasPrefix("ended after its time"))
            let count = try program.mails.count
            #expect(count == 1)
        }
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func `a program that says very much is heard to its end`() async throws {
        try await sent(.chatters) { _, outcome in
            #expect(outcome.verdict == .accepted && outcome.note.count == 500)
        }
    }

    @Test func `a program that is not there leaves the mail for later`() async {
        let outcome = await Sendmail(path: "/nonexistent/sendmail").send([], from: "a@b.vn", to: "c@d.vn")
        #expect(outcome.verdict == .deferred && outcome.note.contains("/nonexistent/sendmail"))
    }

    @Test func `an ending that the system does not tell is not taken for an acceptance`() {
        let outcome = Sendmail.outcome(of: .init(status: nil, isTimedOut: true), saying: "")
        #expect(outcome.verdict == .unknown && outcome.status == nil)
    }

    @Test(arguments: 0...255)
    func `every status has a meaning, and only 0 says that it went`(code: Int32) {
        let verdict = Sendmail.outcome(of: .init(status: code << 8, isTimedOut: false), saying: "").verdict
        #expect((verdict == .accepted) == (code == 0))
        #expect((verdict == .refused) == (64...68).contains(code))
    }
}
