// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists mails.
struct MailList: Verb {
    static let example = "etalon mail list --stage held"
    static let configuration = described("list", "Danh sách thư, mới nhất trước", "Lists mails, the latest first")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(
        help:
            "recorded, held, transmitting, accepted, deferred, refused, unknown, bounced, resent, marked_sent, withdrawn")
    var stage: String?
    @Option(help: .both("Loại thư: reminder, due_list, alarm, legal_notice", "reminder, due_list, alarm, legal_notice"))
    var kind: String?
    @Option(help: .both("Tìm trong người nhận, tiêu đề, khóa", "Text in recipient, subject or key")) var search: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/mails",
            ["stage": stage, "kind": kind, "search": search, "limit": page.limitText, "cursor": page.cursor],
            DeliveryTables.mails)
    }
}

/// Shows a mail with everything that happened to it.
struct MailShow: Verb {
    static let example = "etalon mail show 12"
    static let configuration = described(
        "show", "Một lá thư và mọi việc đã xảy ra", "A mail with everything that happened to it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của thư", "Number of the mail")) var mail: Int64

    func perform(_ session: Session) async throws {
        try session.show(
            record: try await session.get("/mails/\(mail)"), DeliveryTables.mail, [DeliveryTables.mailStages])
    }
}

/// Writes a mail as it is sent, byte for byte.
struct MailContent: Verb {
    static let example = "etalon mail content 12 --out thu.eml"
    static let configuration = described("content", "Ghi lá thư đúng từng byte ra tệp", "Writes a mail as it is sent")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của thư", "Number of the mail")) var mail: Int64
    @Option(name: .shortAndLong, help: .both("Tệp; - là đầu ra chuẩn", "File; - is standard output")) var out = "-"

    func perform(_ session: Session) async throws {
        try session.write(try await session.get("/mails/\(mail)/message"), to: out)
    }
}
