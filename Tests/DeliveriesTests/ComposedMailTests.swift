// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Deliveries

@Suite("A mail as it is composed")
struct ComposedMailTests {
    private func sender() throws -> MailSender {
        MailSender(
            address: try MailAddress(parsing: "etalon@kd.example.vn"), name: "Trung tâm Kỹ thuật, Cần Thơ",
            bounces: try MailAddress(parsing: "bounce@kd.example.vn"))
    }

    private func composed(_ change: (inout Letter) -> Void = { _ in }) throws -> ComposedMail {
        var letter = Letter(
            .reminder, to: ["an@khach.example"], subject: "Cột đo đến hạn kiểm định",
            text: "Kính gửi quý khách,\n\nHạn: 25/06/2018.\n",
            about: "instrument:42")
        change(&letter)
        return try ComposedMail(
            letter, to: try MailAddress(parsing: "an@khach.example"), from: try sender(), key: "reminder:42:30_days",
            date: "Mon, 25 Jun 2018 07:00:00 +0700", secrets: ("IDENTITY", "TOKEN"))
    }

    private func headers(_ mail: ComposedMail) -> [String] {
        let text = String(decoding: mail.content, as: UTF8.self)
        let head = text.components(separatedBy: "\r\n\r\n")[0]
        return head.replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
    }

    @Test func `the same letter with the same identity gives the same bytes`() throws {
        #expect(try composed() == (try composed()))
        #expect(try composed().messageID == "<identity@kd.example.vn>")
        #expect(try composed().envelopeSender == "bounce+token@kd.example.vn")
    }

    @Test func `every line is ASCII, ends with CRLF and has at most 78 characters`() throws {
        let mail = try composed {
            $0.subject = String(repeating: "Đến hạn kiểm định phương tiện đo nhóm 2 ", count: 9)
            $0.text = String(repeating: "Quý khách vui lòng đưa phương tiện đo đi kiểm định = trước hạn. ", count: 30)
            $0.attachments = [MailAttachment(name: "Danh sách đến hạn.csv", type: "text/csv", bytes: Array("a,b\r\n".utf8))]
        }
        let bytes = mail.content
        #expect(bytes.allSatisfy { $0 == 13 || $0 == 10 || (32...126).contains($0) })
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.last?.isEmpty == true)
        #expect(
            lines.allSatisfy { !$0.contains("\n") && !$0.contains("\r") && $0.utf8.count <= 78 },
            "\(lines.filter { $0.count > 78 })")
    }

    @Test(arguments: ["Kính gửi\r\nBcc: all@example.com", "a\nX: y", "a\rX: y", "a\u{2028}X: y", "a\u{85}X: y", "a\0b"])
    func `no text can begin a header of its own`(hostile: String) throws {
        let mail = try composed {
            $0.subject = hostile
            $0.about = hostile
            $0.kind = MailKind(hostile, whenUnknown: .hold)
            $0.attachments = [MailAttachment(name: hostile, type: "text/csv\(hostile)", bytes: [1])]
        }
        let known: Set<String> = [
            "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Language", "Auto-Submitted",
            "X-Auto-Response-Suppress", "List-Id", "X-Etalon-Kind", "X-Etalon-About", "X-Etalon-Key", "Content-Type",
        ]
        #expect(Set(headers(mail).map { String($0.prefix { $0 != ":" }) }) == known)
        let text = String(decoding: mail.content, as: UTF8.self)
        #expect(!text.contains("\nBcc") && !text.contains("\nX: y") && !text.contains("\0"))
    }

    @Test func `a name with quotes and commas is no second mailbox`() {
        #expect(EncodedText.mailbox("Nguyen Van A", "a@b.vn") == "Nguyen Van A <a@b.vn>")
        for name in ["A, B <x@y.vn>", "\"A\" <c@d.vn>,", "Trung tâm; <e@f.vn>"] {
            let shown = EncodedText.mailbox(name, "a@b.vn")
            #expect(shown.hasPrefix("=?UTF-8?B?") && shown.filter { $0 == "<" }.count == 1 && !shown.contains(","))
        }
    }

    @Test func `an encoded subject is cut between letters, and reads as it was`() throws {
        let subject = String(repeating: "Hạn kiểm định đồng hồ 🔔 nước ", count: 12)
        let words = EncodedText.header(subject, after: 9).components(separatedBy: "\r\n ")
        var read = ""
        for (index, word) in words.enumerated() {
            #expect(word.count + (index == 0 ? 9 : 1) <= 76)
            let inner = word.dropFirst("=?UTF-8?B?".count).dropLast(2)
            let bytes = try #require(EncodedText.bytes(base64: inner.utf8))
            read += try #require(String(validating: bytes, as: UTF8.self))
        }
        #expect(read == subject)
    }

    @Test func `quoted-printable keeps text, also a blank before the end of a line and a dot alone`() {
        #expect(EncodedText.quotedPrintable("a=b \n.\nđ\n") == "a=3Db=20\r\n.\r\n=C4=91\r\n")
        #expect(EncodedText.quotedPrintable("") == "")
        #expect(EncodedText.quotedPrintable("a\r\nb\rc") == "a\r\nb\r\nc\r\n")
    }

    @Test func `base 64 is that of RFC 4648`() {
        for (text, encoded) in [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
        ] {
            #expect(EncodedText.base64(Array(text.utf8)) == encoded)
            #expect(EncodedText.bytes(base64: encoded.utf8) == Array(text.utf8))
        }
        #expect(EncodedText.bytes(base64: "Zm9*".utf8) == nil && EncodedText.bytes(base64: "Z".utf8) == nil)
    }

    @Test func `a mail that no system would take is refused before it is recorded as sent`() throws {
        #expect(throws: MailTooLarge.self) {
            try composed {
                $0.attachments = [MailAttachment(name: "a", type: "a/b", bytes: Array(repeating: 0, count: 16 << 20))]
            }
        }
    }
}

@Suite("Addresses")
struct MailAddressTests {
    @Test(arguments: ["an@khach.example", "  a.b+c@Sub.Example.VN ", "root@localhost", "o'brien=x@ex-ample.vn"])
    func `an address is read`(text: String) throws {
        let address = try MailAddress(parsing: text)
        #expect(address.description.hasSuffix(address.domain) && address.domain == address.domain.lowercased())
    }

    @Test(arguments: [
        "", "an", "@b.vn", "a@", "a@b", "a b@c.vn", "a@b..vn", ".a@b.vn", "a.@b.vn", "a@-b.vn", "a@b.vn\r\nBcc: x@y.vn",
        "a@b.vn,c@d.vn",
        "\"a\"@b.vn", "<a@b.vn>", "đ@b.vn", "a@đ.vn", "a@b.vn\0", "a@[10.0.0.1]", "-f@x y.vn", "a@b@", "a@b_c.vn",
    ])
    func `what a mail program could take for something else is no address`(text: String) {
        #expect(throws: MailAddress.Fault.self) { try MailAddress(parsing: text) }
    }

    @Test func `a long address is refused`() {
        #expect(throws: MailAddress.Fault.self) { try MailAddress(parsing: String(repeating: "a", count: 65) + "@b.vn") }
        #expect(throws: MailAddress.Fault.self) {
            try MailAddress(parsing: "a@" + String(repeating: "abcdefghi.", count: 26) + "vn")
        }
    }
}

@Suite("What the job of a mail does next")
struct MailStepTests {
    private func step(
        _ stage: MailStage, _ policy: MailKind.WhenUnknown = .resend, isComposed: Bool = true, isOn: Bool = true,
        isQuarantined: Bool = false, sendings: Int = 0
    ) -> MailStep {
        MailStep(
            stage: stage, whenUnknown: policy, isComposed: isComposed, isOn: isOn, isQuarantined: isQuarantined,
            sendings: sendings)
    }

    @Test func `what was accepted, refused or decided by a person is not sent`() {
        for stage in [MailStage.accepted, .refused, .bounced, .held, .markedSent, .withdrawn] {
            #expect(step(stage) == .nothing && step(stage, .hold) == .nothing)
        }
    }

    @Test func `a sending that broke off is repeated or left to a person, by its kind`() {
        #expect(step(.transmitting, .resend) == .send(afterDoubt: true))
        #expect(step(.transmitting, .hold) == .leaveInDoubt)
        #expect(step(.unknown, .resend) == .send(afterDoubt: false))
        #expect(step(.unknown, .hold) == .nothing)
        #expect(step(.resent, .hold) == .send(afterDoubt: false))
    }

    @Test func `a mail that may not go is held with its reason`() {
        for stage in [MailStage.recorded, .deferred, .resent] {
            #expect(step(stage) == .send(afterDoubt: false))
            #expect(step(stage, isComposed: false) == .hold(.notConfigured))
            #expect(step(stage, isOn: false) == .hold(.switchedOff))
            #expect(step(stage, isQuarantined: true) == .hold(.addressQuarantined))
            #expect(step(stage, sendings: MailStep.mostSendings) == .hold(.givenUp))
        }
    }
}
