// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Deliveries
package import LabStore
package import LaboratoryModel

/// Adds a webhook; its secret is shown this once.
package enum WebhookAdd: Act {
    package static let name = "webhook.add"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: AddWebhook, in setting: ActSetting, on database: isolated Transaction
    ) throws -> NewWebhook {
        var check = InputCheck(today: setting.today)
        let code = check.text("code", request.code, longest: 40)
        let isPlain = code.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0) }
        if !isPlain || !(code.utf8.first.map { (48...57).contains($0) || (97...122).contains($0) } ?? true) {
            check.fault("code", vi: "chữ thường a–z, số, . _ -", en: "lower-case letters, digits, . _ -")
        }
        if !Self.isAddress(request.url) {
            check.fault(
                "url", vi: "phải là địa chỉ https:// (hoặc http:// trong mạng được phép), không có tên và mật khẩu",
                en: "must be an address of https:// (or http:// in an allowed network), without a name and password")
        }
        if request.events.isEmpty { check.fault("events", vi: "cần ít nhất một sự kiện", en: "name at least one event") }
        for (index, event) in request.events.enumerated() {
            _ = check.word("events[\(index)]", event, of: WebhookEvent.allCases.map(\.rawValue) + ["*"])
        }
        let given = request.secret.flatMap { WebhookSecret($0) }
        if request.secret != nil, given == nil {
            check.fault("secret", vi: "`whsec_` và base64 của 24 đến 64 byte", en: "`whsec_` and the base 64 of 24 to 64 bytes")
        }
        try check.finish()
        let secret = if let given { given } else { try WebhookSecret() }
        if try database.find(Statements.webhookByCode, code) != nil {
            throw ActError.invalid(
                "code", vi: "giá trị này đã có trong sổ; hãy dùng giá trị khác", en: "this value is taken already; use another")
        }
        let key = try database.only(
            Statements.webhookAdd, code, request.url, Set(request.events).sorted(), secret.text, setting.caller.personID)
        return NewWebhook(id: key.id, code: code, secret: secret.text)
    }

    /// The secret is shown once; a repetition shows it empty.
    package static func kept(_ answer: NewWebhook) -> NewWebhook { NewWebhook(id: answer.id, code: answer.code, secret: "") }

    /// `https://host[:port][/…]` in visible ASCII.
    static func isAddress(_ url: String) -> Bool {
        let scheme = ["https://", "http://"].first { url.lowercased().hasPrefix($0) }
        guard let scheme, url.utf8.count <= 2000, url.utf8.allSatisfy({ (33...126).contains($0) }) else { return false }
        let host = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return !host.isEmpty && !host.contains("@") && !host.contains("\\")
    }
}

/// Ends a webhook; what is still under way to it is not sent.
package enum WebhookRemove: Act {
    package static let name = "webhook.remove"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: RemoveWebhook, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard let webhook = try database.find(Statements.webhookByCode, request.webhook),
            try database.find(Statements.webhookEnd, webhook.id, "removed") != nil
        else { throw ActError.notFound(thing: .webhook, name: request.webhook) }
        return Acknowledgement(id: webhook.id, code: webhook.code)
    }
}

/// Delivers an event again that was given up.
package enum WebhookRetry: Act {
    package static let name = "webhook.retry"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: RetryDelivery, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        do {
            guard try Outgoing.resend(delivery: request.delivery, reason: reason, on: database) else {
                throw ActError.notFound(thing: .delivery, name: String(request.delivery))
            }
        } catch let refusal as DeliveryRefusal {
            throw ActError.conflict(refusal.sentence)
        }
        return Acknowledgement(id: request.delivery)
    }
}

/// Webhooks, the latest first.
package enum WebhookList: Question {
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        WebhookView
    > {
        page.list(try database.all(Statements.webhookList, page.after ?? Int64.max, page.limit + 1), cursor: \.id)
    }
}

/// Deliveries to webhooks, the latest first.
package enum WebhookDeliveries: Question {
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func answer(
        _ parameters: (webhook: String?, stage: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<WebhookDeliveryView> {
        if let stage = parameters.stage {
            var check = InputCheck(today: setting.today)
            _ = check.word("stage", stage, of: WebhookStage.allCases.map(\.rawValue))
            try check.finish()
        }
        let rows = try database.all(
            Statements.webhookDeliveryList, parameters.webhook, parameters.stage, parameters.page.after ?? Int64.max,
            parameters.page.limit + 1)
        if rows.isEmpty { try database.requireKnown([.webhook: parameters.webhook]) }
        return parameters.page.list(rows, cursor: \.id)
    }
}
