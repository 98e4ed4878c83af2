// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Adds a webhook; its secret is shown once.
struct WebhookAdd: Verb {
    static let example = "etalon webhook add erp https://erp.example.vn/etalon --event certificate.issued --event deadline.due"
    static let configuration = described(
        "add", "Thêm nơi nhận; khóa bí mật chỉ hiện một lần", "Adds a webhook; its secret is shown once")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã: chữ thường, số, . _ -", "Code: lower-case letters, digits, . _ -")) var code: String
    @Argument(help: .both("Địa chỉ https://", "Address, https://")) var url: String
    @Option(
        name: .customLong("event"),
        help: .both(
            "Sự kiện: deadline.due, due_run.emitted, certificate.issued, certificate.withdrawn, hoặc *",
            "deadline.due, due_run.emitted, certificate.issued, certificate.withdrawn, or *")) var events: [String]
    @Option(
        help: .both("Tệp chứa khóa đã thỏa thuận; thiếu thì tạo mới", "File with a secret agreed before; else a fresh one"))
    var secretFile: String?

    func perform(_ session: Session) async throws {
        let secret = try secretFile.map { try ContentReader.token(at: $0) }
        let answer = try await session.post("/webhooks", AddWebhook(code: code, url: url, events: events, secret: secret))
        try session.show(record: answer, DeliveryTables.newWebhook)
    }
}

/// Lists webhooks.
struct WebhookList: Verb {
    static let example = "etalon webhook list"
    static let configuration = described("list", "Danh sách nơi nhận", "Lists webhooks")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list("/webhooks", ["limit": page.limitText, "cursor": page.cursor], DeliveryTables.webhooks)
    }
}

/// Ends a webhook.
struct WebhookRemove: Verb {
    static let example = "etalon webhook remove erp"
    static let configuration = described("remove", "Ngừng một nơi nhận", "Ends a webhook")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã của nơi nhận", "Code of the webhook")) var code: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/webhook-removals", RemoveWebhook(webhook: code))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Lists deliveries.
struct WebhookDeliveries: Verb {
    static let example = "etalon webhook deliveries --webhook erp --stage dead"
    static let configuration = described(
        "deliveries", "Các lần giao sự kiện, mới nhất trước", "Lists deliveries, the latest first")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Mã của nơi nhận", "Code of the webhook")) var webhook: String?
    @Option(help: "recorded, transmitting, accepted, deferred, dead, gone, resent") var stage: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/webhook-deliveries",
            ["webhook": webhook, "stage": stage, "limit": page.limitText, "cursor": page.cursor], DeliveryTables.deliveries)
    }
}

/// Delivers an event again that was given up.
struct WebhookRetry: Verb {
    static let example = "etalon webhook retry 31 --reason \"nơi nhận đã sửa\""
    static let configuration = described(
        "retry", "Giao lại một sự kiện đã bỏ cuộc", "Delivers an event again that was given up")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của lần giao", "Number of the delivery")) var delivery: Int64
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/webhook-retries", RetryDelivery(delivery: delivery, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
