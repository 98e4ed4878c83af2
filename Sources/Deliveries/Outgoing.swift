// SPDX-License-Identifier: Apache-2.0
internal import Digests
internal import FoundationEssentials
package import Jobs
package import LabStore
internal import LaboratoryModel

/// What leaves the house is decided here, in the transaction of the record that it belongs to: without the record no mail, and without the
/// mail no record.
///
/// Whatever is recorded twice under one key is recorded once. Nothing here throws for what the data are like: a mail that cannot go is
/// recorded and held, with the reason, for a person.
package enum Outgoing {
    /// What the job of a mail carries.
    package struct MailPayload: Codable, Sendable {
        /// Number of the mail.
        package let mail: Int64
    }

    /// The job that sends a mail.
    ///
    /// Its attempts are those that the queue counts after faults of our own; the sendings are counted with the mail. sendmail is given up
    /// after 60 s by what calls it, which knows what that means for the mail, so the limit of the job is several times that.
    package static let mailKind = JobKind("mail_send", lane: .mail, maxAttempts: 25, timeLimit: .seconds(300))

    /// Records a mail to each recipient of a letter, and the job that sends it.
    ///
    /// - Parameters:
    ///   - letter: what is told, and to whom.
    ///   - key: readable name of what is told, `reminder:instrument:42:2018-06-25:30_days`; each address is told under a key once.
    /// - Returns: numbers of the mails recorded now; those recorded before are left out.
    /// - Throws: ``PostgresError``; `DigestError` when the system has no randomness.
    @discardableResult
    package static func record(_ letter: Letter, key: String, on database: isolated Transaction) throws -> [Int64] {
        let origin = try database.only(Statements.mailOrigin)
        let sender = MailSender(origin)
        let key = EncodedText.singleLine(key)
        var recorded: [Int64] = []
        var told: Set<String> = []
        for recipient in letter.recipients {
            let address = Self.address(recipient)
            let text = address?.description ?? EncodedText.singleLine(String(recipient.prefix(254)))
            guard told.insert(text.lowercased()).inserted else { continue }
            var held: MailHold?
            var mail: ComposedMail?
            if let address, let sender {
                do {
                    mail = try ComposedMail(
                        letter, to: address, from: sender, key: key, date: origin.date,
                        secrets: (try RandomCode.readable(length: 20), try RandomCode.readable(length: 20)))
                } catch is MailTooLarge {
                    held = .tooLarge
                }
                if !origin.isOn { held = .switchedOff }
            } else {
                held = address == nil ? .addressInvalid : .notConfigured
            }
            let draft = mail == nil ? try Self.draft(of: letter) : nil
            let row = try database.find(
                Statements.mailAdd, key, letter.kind.name, letter.kind.whenUnknown.rawValue, text,
                EncodedText.singleLine(letter.about), letter.language == "en" ? "en" : "vi",
                EncodedText.singleLine(letter.subject),
                draft, mail?.messageID, mail?.token, mail?.envelopeSender, mail?.content, mail.map { SHA256.hex($0.content) },
                (held == nil ? MailStage.recorded : .held).rawValue, held?.rawValue)
            guard let row else { continue }
            recorded.append(row.id)
            if held == nil { try enqueue(mail: row.id, on: database) }
        }
        return recorded
    }

    /// Who is told of what has no recipient of its own; nil where the configuration names nobody.
    package static func unassigned(on database: isolated Transaction) throws -> String? {
        try database.only(Statements.mailOrigin).unassigned
    }

    /// Tells the database what the daemon's configuration says about mail; a sender of nil means that no mail is sent.
    package static func tell(
        _ sender: MailSender?, unassigned: MailAddress?, isOn: Bool = true, on database: isolated Transaction
    ) throws {
        guard let sender else {
            try database.run(Statements.mailOriginOff)
            return
        }
        try database.run(
            Statements.mailOriginTell, sender.address.description, sender.name, sender.bounces?.description,
            unassigned?.description,
            isOn)
    }

    /// What the job of a delivery to a webhook carries.
    package struct WebhookPayload: Codable, Sendable {
        /// Number of the delivery.
        package let delivery: Int64
    }

    /// The job that delivers an event to a webhook.
    ///
    /// A receiver is given up after 20 s by what calls it; a statement before and after it lasts a minute at most.
    package static let webhookKind = JobKind("webhook_send", lane: .default, maxAttempts: 25, timeLimit: .seconds(180))

    /// Records an event for every webhook that asked for it, and the jobs that deliver it; without such a webhook nothing is recorded.
    ///
    /// - Parameters:
    ///   - name: what happened.
    ///   - data: what is told about it, as JSON with snake_case keys.
    ///   - key: readable name of the event, `certificate.issued:12/2018/GCNKD`; an event is told under a key once.
    /// - Returns: numbers of the deliveries recorded now.
    /// - Throws: `EncodingError`; ``PostgresError``; `DigestError`.
    @discardableResult
    package static func event(
        _ name: WebhookEvent, _ data: some Encodable, key: String, on database: isolated Transaction
    ) throws -> [Int64] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(data), as: UTF8.self)
        let id = "msg_" + (try RandomCode.readable(length: 24)).lowercased()
        let deliveries = try database.all(Statements.webhookEventAdd, id, EncodedText.singleLine(key), name.rawValue, json).map(
            \.id)
        for delivery in deliveries { try enqueue(delivery: delivery, on: database) }
        return deliveries
    }

    static func enqueue(delivery: Int64, on database: isolated Transaction) throws {
        try Jobs.enqueue(webhookKind, payload: WebhookPayload(delivery: delivery), key: "webhook:\(delivery)", on: database)
    }

    /// - Returns: false when the mail has its job already.
    @discardableResult
    static func enqueue(mail: Int64, on database: isolated Transaction) throws -> Bool {
        try Jobs.enqueue(mailKind, payload: MailPayload(mail: mail), key: "mail:\(mail)", on: database) != nil
    }

    private static func address(_ text: String) -> MailAddress? {
        do { return try MailAddress(parsing: text) } catch { return nil }
    }

    private static func draft(of letter: Letter) throws -> String {
        let attachments = letter.attachments.map {
            Letter.Draft.Attachment(name: $0.name, type: $0.type, content: EncodedText.base64($0.bytes))
        }
        let draft = Letter.Draft(text: letter.text, attachments: attachments, replyTo: letter.replyTo?.description)
        // PostgreSQL keeps no NUL in jsonb.
        return String(decoding: try JSONEncoder().encode(draft), as: UTF8.self).replacing("\\u0000", with: "")
    }
}

extension MailSender {
    /// The sender that the database was told; nil where there is none.
    init?(_ row: MailOriginRow) {
        guard let sender = row.sender, let name = row.senderName else { return nil }
        do {
            address = try MailAddress(parsing: sender)
            bounces = try row.bounces.map { try MailAddress(parsing: $0) }
        } catch {
            return nil
        }
        self.name = name
    }
}
