// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Sends mails again that wait for a person.
struct MailResend: Verb {
    static let example = "etalon mail resend 12 13 --reason \"đã hỏi khách, chưa nhận được\""
    static let configuration = described(
        "resend", "Gửi lại thư đang chờ người quyết định", "Sends mails again that wait for a person")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của các thư, nhiều nhất 200", "Numbers of the mails, at most 200")) var mails: [Int64]
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/mail-releases", ResendMails(mails: mails, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Holds a mail that has not gone yet.
struct MailHold: Verb {
    static let example = "etalon mail hold 12 --reason \"chờ lãnh đạo\""
    static let configuration = described("hold", "Giữ lại một lá thư chưa gửi", "Holds a mail that has not gone yet")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của thư", "Number of the mail")) var mail: Int64
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/mail-holds", HoldMail(mail: mail, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Ends a mail by decision.
struct MailSettle: Verb {
    static let example = "etalon mail settle 12 --as marked_sent --reason \"khách xác nhận đã nhận\""
    static let configuration = described(
        "settle", "Kết thúc một lá thư: đã đến bằng cách khác, hoặc không gửi nữa",
        "Ends a mail: it has arrived otherwise, or is not to be sent")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của thư", "Number of the mail")) var mail: Int64
    @Option(name: .customLong("as"), help: "marked_sent, withdrawn") var outcome: String
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/mail-settlements", SettleMail(mail: mail, outcome: outcome, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Sends a mail that shows that mails arrive.
struct MailTest: Verb {
    static let example = "etalon mail test quan.tri@kiemdinh.example.vn"
    static let configuration = described("test", "Gửi một lá thư thử", "Sends a mail that shows that mails arrive")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Địa chỉ nhận", "Address of the recipient")) var to: String
    @Option(
        help: .both(
            "alarm: gửi lại khi không rõ đã đi chưa; legal_notice: khi đó giữ lại",
            "alarm is sent again when nobody knows whether it went; legal_notice is held then")) var kind: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/mail-tests", TestMail(to: to, kind: kind))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Lists addresses in quarantine.
struct MailAddressList: Verb {
    static let example = "etalon mail address list"
    static let configuration = described("list", "Các địa chỉ bị cách ly", "Lists addresses in quarantine")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/mail-addresses", ["limit": page.limitText, "cursor": page.cursor], DeliveryTables.addresses)
    }
}

/// Takes an address out of quarantine.
struct MailAddressClear: Verb {
    static let example = "etalon mail address clear an@khach.example.vn --reason \"khách đã sửa hộp thư\""
    static let configuration = described("clear", "Bỏ cách ly một địa chỉ", "Takes an address out of quarantine")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Địa chỉ", "Address")) var address: String
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/mail-address-clearances", ClearAddress(address: address, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
