// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Foundation
import Jobs
import LabOperations
import LabStore
import LaboratoryModel
import Testing

@testable import Deliveries

@Suite("What people decide about mails", .timeLimit(.minutes(2)))
struct MailActTests {
    private struct House {
        let database: LaboratoryDatabase
        let manager: Caller

        @discardableResult
        func act<A: Act>(_ act: A.Type, _ request: A.Request) async throws -> A.Answer {
            try StrictJSON.decode(
                A.Answer.self, from: try await database.laboratory.perform(act, request, by: manager).body)
        }

        func record(_ kind: MailKind = .reminder, to recipients: [String] = ["an@khach.example"], key: String = "one")
            async throws
            -> [Int64]
        {
            let letter = Letter(
                kind, to: recipients, subject: "Đến hạn", text: "x\n",
                attachments: [MailAttachment(name: "a.csv", type: "text/csv", bytes: Array("a;b".utf8))], about: "instrument:42")
            return try await database.laboratory.work("test") { connection, _ in
                try Outgoing.record(letter, key: key, on: connection)
            }
        }

        func send(_ mail: Int64, _ verdict: MailOutcome.Verdict = .accepted) async throws {
            let post = MailDeskTests.Post { _ in MailOutcome(verdict) }
            let desk = MailDesk(store: LabStore(pool: database.pool), transport: post, logger: .silent)
            _ = try await desk.send(Outgoing.MailPayload(mail: mail))
        }

        func show(_ mail: Int64) async throws -> MailView {
            try await database.laboratory.ask(MailShow.self, mail, by: manager)
        }

        func bounce(_ mail: Int64, status: String = "5.1.1", to: String? = nil) async throws -> BounceOutcome {
            let token = try await database.texts("select token from record.mail_message where mail_id = \(mail)")[0]
            let message = Bounces.postfix(token: token, status: status)
            return try await act(
                MailBounceRecord.self, RecordBounce(message: Data(message.utf8).base64EncodedString(), to: to))
        }
    }

    private func house(configured: Bool = true) async throws -> House {
        let database = try await LaboratoryDatabase.make()
        if configured { try await database.configureMail() }
        let performed = try await database.laboratory.perform(
            PersonAdd.self, AddPerson(username: "hoa", name: "Trần Thị Hoa", roles: ["manager"]), by: .system)
        let person = try StrictJSON.decode(Acknowledgement.self, from: performed.body)
        return House(
            database: database, manager: Caller(personID: person.id, username: "hoa", name: "Trần Thị Hoa", roles: [.manager]))
    }

    @Test func `a mail that goes on by itself and does not go is counted from when it was recorded, or resent by a person`()
        async throws
    {
        let house = try await house()
        let counts = { try await house.database.laboratory.ask(DeliveryCounts.self, (), by: .system) }
        #expect(try await counts().waitingSeconds == 0)
        let mail = try #require(try await house.record().first)
        try await house.database.script(
            """
            set session_replication_role = replica;
            update record.mail set recorded_at = recorded_at - interval '5 hours';
            """)
        #expect((18_000...18_060).contains(try await counts().waitingSeconds))
        try await house.send(mail, .refused)
        #expect(try await counts().waitingSeconds == 0)
        try await house.act(MailResend.self, ResendMails(mails: [mail], reason: "đã sửa"))
        #expect(try await counts().waitingSeconds < 60)
        try await house.send(mail)
        #expect(try await counts().waitingSeconds == 0)
    }

    @Test func `what was held without a sender is composed and sent later, dated as it was recorded`() async throws {
        let house = try await house(configured: false)
        let mail = try #require(try await house.record().first)
        #expect(try await house.show(mail).stages.map(\.reason) == ["not_configured"])
        await #expect(throws: ActError.self) {
            try await house.act(MailResend.self, ResendMails(mails: [mail], reason: "đã cấu hình"))
        }
        try await house.database.configureMail()
        try await house.act(MailResend.self, ResendMails(mails: [mail], reason: "đã cấu hình"))
        try await house.send(mail)
        let view = try await house.show(mail)
        #expect(view.stages.map(\.stage) == ["held", "resent", "transmitting", "accepted"])
        #expect(view.stages[1].person == "Trần Thị Hoa" && view.stages[1].note == "đã cấu hình" && view.messageId != nil)
        let bytes = try await house.database.laboratory.ask(MailContent.self, mail, by: house.manager)
        let text = String(decoding: bytes, as: UTF8.self)
        let date = try await house.database.texts("select work.mail_date(recorded_at) from record.mail")[0]
        #expect(text.contains("Date: \(date)\r\n") && text.contains("filename=\"a.csv\""))
    }

    @Test func `a notice in doubt goes again only by a person, and a person may say that it arrived`() async throws {
        let house = try await house()
        let mails = try await house.record(.notice, to: ["an@khach.example", "binh@khach.example"])
        for mail in mails { try await house.send(mail, .unknown) }
        try await house.send(mails[0])
        #expect(try await house.show(mails[0]).stages.last?.stage == "unknown")
        try await house.act(MailResend.self, ResendMails(mails: [mails[0]], reason: "khách chưa nhận"))
        try await house.send(mails[0])
        #expect(try await house.show(mails[0]).stages.suffix(3).map(\.stage) == ["resent", "transmitting", "accepted"])
        try await house.act(MailSettle.self, SettleMail(mail: mails[1], outcome: "marked_sent", reason: "khách đã nhận"))
        #expect(try await house.show(mails[1]).stages.last?.stage == "marked_sent")
        // What went is not sent again.
        await #expect(throws: ActError.self) {
            try await house.act(MailResend.self, ResendMails(mails: [mails[0]], reason: "x"))
        }
        await #expect(throws: ActError.self) { try await house.act(MailResend.self, ResendMails(mails: [9999], reason: "x")) }
        await #expect(throws: ActError.self) { try await house.act(MailResend.self, ResendMails(mails: mails, reason: " ")) }
    }

    @Test func `a mail that a person holds does not go until a person releases it`() async throws {
        let house = try await house()
        let mail = try #require(try await house.record().first)
        try await house.act(MailHolding.self, HoldMail(mail: mail, reason: "chờ lãnh đạo"))
        try await house.send(mail)
        #expect(try await house.show(mail).stages.map(\.stage) == ["recorded", "held"])
        try await house.act(MailResend.self, ResendMails(mails: [mail], reason: "lãnh đạo đồng ý"))
        try await house.send(mail)
        #expect(try await house.show(mail).stages.last?.stage == "accepted")
    }

    @Test func `a permanent failure puts the address in quarantine once, and later mails to it wait for a person`() async throws {
        let house = try await house()
        let mail = try #require(try await house.record().first)
        try await house.send(mail)
        let bounce = try await house.bounce(mail)
        #expect(bounce.outcome == "bounced" && bounce.mail == mail && bounce.quarantined)
        #expect(try await house.bounce(mail).outcome == "known")
        #expect(try await house.show(mail).stages.map(\.stage) == ["recorded", "transmitting", "accepted", "bounced"])
        let quarantine = try await house.database.laboratory.ask(QuarantineList.self, Page(), by: house.manager)
        #expect(quarantine.items.map(\.address) == ["an@khach.example"] && quarantine.items[0].status == "5.1.1")
        let later = try #require(try await house.record(to: ["AN@khach.example"], key: "two").first)
        try await house.send(later)
        #expect(try await house.show(later).stages.last?.reason == "address_quarantined")
        await #expect(throws: ActError.self) {
            try await house.act(MailResend.self, ResendMails(mails: [later], reason: "thử lại"))
        }
        try await house.act(AddressClear.self, ClearAddress(address: "An@khach.example", reason: "khách đã sửa hộp thư"))
        await #expect(throws: ActError.self) {
            try await house.act(AddressClear.self, ClearAddress(address: "an@khach.example", reason: "lần nữa"))
        }
        try await house.act(MailResend.self, ResendMails(mails: [later], reason: "khách đã sửa hộp thư"))
        try await house.send(later)
        #expect(try await house.show(later).stages.last?.stage == "accepted")
    }

    @Test func `a full mailbox, a stranger's message and nonsense condemn nobody`() async throws {
        let house = try await house()
        let mail = try #require(try await house.record().first)
        try await house.send(mail)
        let full = try await house.bounce(mail, status: "5.2.2")
        #expect(full.outcome == "bounced" && !full.quarantined)
        for message in [Bounces.postfix(), "no report", ""] {
            let outcome = try await house.act(
                MailBounceRecord.self, RecordBounce(message: Data(message.utf8).base64EncodedString()))
            #expect(outcome.outcome == "unmatched" && outcome.mail == nil)
        }
        await #expect(throws: ActError.self) {
            try await house.act(MailBounceRecord.self, RecordBounce(message: "không phải base64"))
        }
        #expect(try await house.database.texts("select count(*)::text from record.mail_address_event") == ["0"])
    }

    @Test func `a webhook is added by an administrator with a secret that is shown once`() async throws {
        let house = try await house()
        await #expect(throws: ActError.self) {
            try await house.act(WebhookAdd.self, AddWebhook(code: "erp", url: "https://erp.example.vn/", events: ["*"]))
        }
        let administrator = Caller(
            personID: house.manager.personID, username: "hoa", name: "Hoa", roles: [.administrator])
        let performed = try await house.database.laboratory.perform(
            WebhookAdd.self, AddWebhook(code: "erp", url: "https://erp.example.vn/", events: ["*"]), by: administrator, key: "k")
        let added = try StrictJSON.decode(NewWebhook.self, from: performed.body)
        #expect(WebhookSecret(added.secret) != nil)
        let again = try await house.database.laboratory.perform(
            WebhookAdd.self, AddWebhook(code: "erp", url: "https://erp.example.vn/", events: ["*"]), by: administrator, key: "k")
        #expect(try StrictJSON.decode(NewWebhook.self, from: again.body).secret.isEmpty)
        for url in ["ftp://x/", "https://", "https://a:b@erp.example.vn/", "javascript:x", "https://x y/", "https://a\\@b/"] {
            await #expect(throws: ActError.self, "\(url)") {
                try await house.database.laboratory.perform(
                    WebhookAdd.self, AddWebhook(code: "x", url: url, events: ["*"]), by: administrator)
            }
        }
    }
}
