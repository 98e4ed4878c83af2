// SPDX-License-Identifier: Apache-2.0
internal import Digests
internal import FoundationEssentials
package import LabStore
package import LaboratoryModel

/// Why a decision about a mail or a delivery cannot be carried out.
package struct DeliveryRefusal: Error, Sendable, Equatable {
    /// What stands in the way, and what to do.
    package let sentence: BilingualSentence

    init(vi: String, en: String) { sentence = BilingualSentence(vi: vi, en: en) }

    init(_ sentence: BilingualSentence) { self.sentence = sentence }
}

extension Outgoing {
    /// Sends a mail again that waits for a person; one that was never composed is composed now.
    /// - Returns: false when there is no such mail.
    /// - Throws: ``DeliveryRefusal``.
    package static func resend(mail: Int64, reason: String, on database: isolated Transaction) throws -> Bool {
        guard let (standing, stage) = try standing(of: mail, on: database) else { return false }
        guard stage.awaitsPerson else { throw notWaiting(mail) }
        guard standing.isOn else {
            throw DeliveryRefusal(
                vi: "Thư đang tắt hoặc chưa có nơi gửi: đặt mục `mail` trong cấu hình trước",
                en: "mail is switched off or has no sender: set `mail` in the configuration first")
        }
        guard !standing.isQuarantined else {
            throw DeliveryRefusal(
                vi: "Địa chỉ \(standing.recipient) đang bị cách ly; bỏ cách ly trước: `etalon mail address clear`",
                en: "the address \(standing.recipient) is in quarantine; clear it first: `etalon mail address clear`")
        }
        if !standing.isComposed { try compose(standing, on: database) }
        try database.addMailStage(.resent, of: mail, attempt: standing.attempt, note: reason)
        let isQueued = try enqueue(mail: mail, on: database)
        if stage == .transmitting, !isQueued {
            throw DeliveryRefusal(vi: "Thư \(mail) đang được gửi", en: "mail \(mail) is being sent")
        }
        return true
    }

    /// Ends a mail by a person's decision: it has arrived some other way, or is not to be sent.
    /// - Returns: false when there is no such mail.
    /// - Throws: ``DeliveryRefusal``.
    package static func settle(mail: Int64, as stage: MailStage, reason: String, on database: isolated Transaction) throws -> Bool
    {
        guard let (standing, now) = try standing(of: mail, on: database) else { return false }
        guard now.awaitsPerson || now.isUnderWay else { throw notWaiting(mail) }
        try database.addMailStage(stage, of: mail, attempt: standing.attempt, note: reason)
        return true
    }

    /// Holds a mail that has not gone yet.
    /// - Returns: false when there is no such mail.
    /// - Throws: ``DeliveryRefusal``.
    package static func hold(mail: Int64, reason: String, on database: isolated Transaction) throws -> Bool {
        guard let (standing, now) = try standing(of: mail, on: database) else { return false }
        guard now.isUnderWay else { throw notWaiting(mail) }
        try database.addMailStage(.held, of: mail, attempt: standing.attempt, reason: .byPerson, note: reason)
        return true
    }

    /// Takes an address out of quarantine.
    /// - Returns: false when it is not in quarantine.
    package static func clear(address: String, reason: String, on database: isolated Transaction) throws -> Bool {
        let folded = address.lowercased()
        guard try database.only(Statements.mailAddressState, folded).found else { return false }
        try database.run(Statements.mailAddressEventAdd, folded, "cleared", Int64?.none, String?.none, reason)
        return true
    }

    /// Delivers an event again that was given up.
    /// - Returns: false when there is no such delivery.
    /// - Throws: ``DeliveryRefusal``.
    package static func resend(delivery: Int64, reason: String, on database: isolated Transaction) throws -> Bool {
        _ = try database.only(Statements.webhookLock, delivery)
        guard let standing = try database.find(Statements.webhookStanding, delivery) else { return false }
        guard [WebhookStage.dead, .gone].contains(WebhookStage(rawValue: standing.stage)), !standing.isEnded else {
            throw DeliveryRefusal(
                vi: "Lần giao \(delivery) không chờ người quyết định, hoặc nơi nhận `\(standing.webhook)` đã ngừng",
                en: "delivery \(delivery) does not wait for a person, or the webhook `\(standing.webhook)` has ended")
        }
        try database.addWebhookStage(.resent, of: delivery, attempt: standing.attempt, note: reason)
        try enqueue(delivery: delivery, on: database)
        return true
    }

    private static func notWaiting(_ mail: Int64) -> DeliveryRefusal {
        DeliveryRefusal(
            vi: "Thư \(mail) không ở trạng thái cho phép việc này; xem `etalon mail show \(mail)`",
            en: "mail \(mail) is not in a state that allows it; see `etalon mail show \(mail)`")
    }

    private static func standing(
        of mail: Int64, on database: isolated Transaction
    ) throws -> (MailStandingRow, MailStage)? {
        _ = try database.only(Statements.mailLock, mail)
        guard let standing = try database.find(Statements.mailStanding, mail), let stage = MailStage(rawValue: standing.stage)
        else {
            return nil
        }
        return (standing, stage)
    }

    /// Composes a mail from what was kept of its letter, dated as it was recorded.
    private static func compose(_ standing: MailStandingRow, on database: isolated Transaction) throws {
        let origin = try database.only(Statements.mailOrigin)
        guard let sender = MailSender(origin), let policy = MailKind.WhenUnknown(rawValue: standing.whenUnknown),
            let text = standing.letter
        else {
            throw DeliveryRefusal(
                vi: "Chưa cấu hình nơi gửi (`mail.sender`)", en: "no sender is configured (`mail.sender`)")
        }
        let draft = try JSONDecoder().decode(Letter.Draft.self, from: Data(text.utf8))
        var letter = Letter(
            MailKind(standing.kind, whenUnknown: policy), to: [standing.recipient], language: standing.language,
            subject: standing.subject, text: draft.text, about: standing.about)
        letter.attachments = draft.attachments.map {
            MailAttachment(name: $0.name, type: $0.type, bytes: EncodedText.bytes(base64: $0.content.utf8) ?? [])
        }
        do {
            letter.replyTo = try draft.replyTo.map { try MailAddress(parsing: $0) }
            let mail = try ComposedMail(
                letter, to: try MailAddress(parsing: standing.recipient), from: sender, key: standing.mailKey,
                date: standing.date,
                secrets: (try RandomCode.readable(length: 20), try RandomCode.readable(length: 20)))
            try database.run(
                Statements.mailMessageAdd, standing.id, mail.messageID, mail.token, mail.envelopeSender, mail.content,
                SHA256.hex(mail.content))
        } catch let fault as MailAddress.Fault {
            throw DeliveryRefusal(fault.sentence)
        } catch is MailTooLarge {
            throw DeliveryRefusal(
                vi: "Thư lớn quá 20 MB, không nơi nào nhận", en: "the mail is larger than 20 MB, which nobody takes")
        }
    }
}
