// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Deliveries

/// Messages about failed deliveries, in the forms of well-known mail systems.
enum Bounces {
    /// As Postfix writes it (RFC 3464).
    static func postfix(
        token: String = "0123456789abcdefghjk", messageID: String = "<x@kd.example.vn>", status: String = "5.1.1",
        action: String = "failed", recipient: String = "an@khach.example"
    ) -> String {
        """
        Return-Path: <>
        Delivered-To: bounce+\(token)@kd.example.vn
        From: MAILER-DAEMON@mx.example.vn (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: bounce+\(token)@kd.example.vn
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4B1F2.1530000000/mx.example.vn"

        This is a MIME-encapsulated message.

        --4B1F2.1530000000/mx.example.vn
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.example.vn. I'm sorry.

        --4B1F2.1530000000/mx.example.vn
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.vn
        X-Postfix-Queue-ID: 4B1F2
        Arrival-Date: Sat, 30 Jun 2018 08:00:00 +0700 (+07)

        Final-Recipient: rfc822; \(recipient)
        Original-Recipient: rfc822;\(recipient)
        Action: \(action)
        Status: \(status)
        Remote-MTA: dns; mail.khach.example
        Diagnostic-Code: smtp; 550 5.1.1 <\(recipient)>: Recipient address
            rejected: User unknown

        --4B1F2.1530000000/mx.example.vn
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        From: Etalon <etalon@kd.example.vn>
        Message-ID: \(messageID)
        Subject: x

        --4B1F2.1530000000/mx.example.vn--
        """
    }
}

@Suite("What a mail system says about a failed delivery", .timeLimit(.minutes(1)))
struct DeliveryReportTests {
    private func report(_ text: String, envelope: String? = nil) -> DeliveryReport {
        DeliveryReport(Array(text.replacing("\n", with: "\r\n").utf8), envelope: envelope)
    }

    @Test func `a report says which address failed and how`() throws {
        let report = report(Bounces.postfix())
        let recipient = try #require(report.recipients.first)
        #expect(report.recipients.count == 1 && recipient.isFailed && recipient.condemnsAddress)
        #expect(recipient.address == "an@khach.example" && recipient.status == "5.1.1")
        #expect(recipient.diagnosis.hasPrefix("smtp; 550 5.1.1 <an@khach.example>: Recipient address"))
        #expect(report.messageID == "<x@kd.example.vn>" && Set(report.tokens) == ["0123456789abcdefghjk"])
    }

    @Test func `newlines alone will do, and so will a message that was cut off`() {
        #expect(DeliveryReport(Array(Bounces.postfix().utf8)) == report(Bounces.postfix()))
        let cut = String(Bounces.postfix().prefix(while: { _ in true }).dropLast(260))
        #expect(report(cut).recipients.count == 1)
    }

    @Test(arguments: [
        ("5.1.1", true), ("5.2.1", true), ("5.4.4", true), ("5.2.2", false), ("5.3.4", false), ("5.7.1", false), ("5.6.0", false),
        ("4.4.1", false), ("", false), ("5", false), ("5.1", false), ("9.9.9", false), ("5.1.1 (no such user)", true),
    ])
    func `only what is the address's own fault condemns it`(status: String, condemns: Bool) throws {
        #expect(report(Bounces.postfix(status: status)).recipients.first?.condemnsAddress == condemns)
    }

    @Test func `a delay, a vacation and a letter of a person are no failures`() {
        #expect(report(Bounces.postfix(action: "delayed")).recipients.first?.isFailed == false)
        #expect(report("Subject: Out of office\n\nI am away. Status: 5.1.1\nAction: failed\n").recipients.isEmpty)
        #expect(report("Content-Type: text/plain\n\nFinal-Recipient: rfc822; a@b.vn\nAction: failed\n").recipients.isEmpty)
        #expect(report("").recipients.isEmpty && report("\n\n").tokens.isEmpty)
    }

    @Test func `the envelope tells the token where the header does not`() {
        #expect(
            report("Subject: x\n\n", envelope: "bounce+abcdefghjkmnpqrstvwx@kd.example.vn").tokens == ["abcdefghjkmnpqrstvwx"])
        for address in ["bounce@kd.example.vn", "bounce+short@x.vn", "bounce+@x.vn", "+", "@", "a+b+c@d", ""] {
            #expect(report("To: \(address)\n\n", envelope: address).tokens.isEmpty, "\(address)")
        }
    }

    @Test(arguments: [UInt64(20_180_630), 7, 42])
    func `whatever comes is read to an end, and what is read is bounded`(seed: UInt64) {
        var random = SeededRandom(state: seed)
        let original = Array(Bounces.postfix().utf8)
        let pieces = [
            "--4B1F2.1530000000/mx.example.vn", "Content-Type: multipart/mixed; boundary=x\n\n", "\n\n", "--", "\0", "\u{FF}",
        ]
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0..<200, using: &random)))
                case 2: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8, at: place)
                case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 300)], at: place)
                default: bytes.insert(contentsOf: [UInt8](repeating: 58, count: 100), at: place)
                }
                if bytes.isEmpty { bytes = [10] }
            }
            let report = DeliveryReport(bytes, envelope: String(decoding: bytes.prefix(60), as: UTF8.self))
            #expect(report.recipients.count <= 100)
            for recipient in report.recipients {
                #expect(!recipient.diagnosis.contains { $0.isNewline } && recipient.diagnosis.count <= 300)
                #expect(recipient.status.utf8.count <= 11 && recipient.address.utf8.count <= 254)
            }
        }
    }

    @Test(arguments: [
        "Content-Type: multipart/mixed; boundary=a\n\n" + String(repeating: "--a\n", count: 100_000),
        String(repeating: "Content-Type: multipart/mixed; boundary=a\n\n--a\n", count: 20_000),
        "A:" + String(repeating: "\n x", count: 200_000), String(repeating: ":", count: 1_000_000),
        String(repeating: "+", count: 300_000) + "@", "To: " + String(repeating: "a+0123456789abcdefghjk@", count: 20_000),
        "Content-Type: message/delivery-status\n\n" + String(repeating: "Action: failed\n\n", count: 50_000),
    ])
    func `a message made to cost much costs little`(text: String) {
        let start = ContinuousClock.now
        _ = DeliveryReport(Array(text.utf8), envelope: String(text.prefix(300)))
        #expect(start.duration(to: .now) < .seconds(5))
    }
}

/// Numbers that a seed decides (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
