// SPDX-License-Identifier: Apache-2.0

/// A mail in a list. `GET /v1/mails`
package struct MailSummary: Codable, Sendable {
    package var id: Int64
    package var recordedAt: String
    package var kind: String
    package var recipient: String
    package var subject: String
    package var about: String
    /// Where it stands: `recorded`, `held`, `transmitting`, `accepted`, `deferred`, `refused`, `unknown`, `bounced` …
    package var stage: String
    /// Why it is held.
    package var reason: String?
    /// Number of the last sending, 0 before the first.
    package var attempt: Int
    package var at: String
}

/// What happened to a mail.
package struct MailStageView: Codable, Sendable {
    package var at: String
    package var stage: String
    package var attempt: Int
    package var reason: String?
    /// Status of the sending program, or code of the message about a failed delivery.
    package var status: String?
    package var note: String?
    package var person: String?
}

/// A mail with everything that happened to it. `GET /v1/mails/{id}`
package struct MailView: Codable, Sendable {
    package var id: Int64
    package var recordedAt: String
    /// Readable name of what it tells.
    package var key: String
    package var kind: String
    /// `resend` or `hold`.
    package var whenUnknown: String
    package var recipient: String
    package var subject: String
    package var about: String
    package var language: String
    /// Absent until it is composed.
    package var messageId: String?
    package var sha256: String?
    package var bytes: Int?
    package var recordedBy: String?
    package var stages: [MailStageView]
}

/// An address in quarantine. `GET /v1/mail-addresses`
package struct QuarantinedAddress: Codable, Sendable {
    package var id: Int64
    package var address: String
    package var at: String
    package var mail: Int64?
    package var status: String?
    package var note: String
}

/// What a message about a failed delivery came to. `POST /v1/mail-bounces`
package struct BounceOutcome: Codable, Sendable {
    /// `bounced`, `known`, `ignored` or `unmatched`.
    package var outcome: String
    package var mail: Int64?
    /// Whether nothing more is sent to the address until a person clears it.
    package var quarantined: Bool

    package init(outcome: String, mail: Int64?, quarantined: Bool) {
        (self.outcome, self.mail, self.quarantined) = (outcome, mail, quarantined)
    }
}

/// How many stand where.
package struct StageCount: Codable, Sendable {
    package var name: String
    package var count: Int
}

/// A webhook. `GET /v1/webhooks`
package struct WebhookView: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var url: String
    package var events: [String]
    package var addedAt: String
    package var addedBy: String?
    package var endedAt: String?
    /// `removed` or `gone`.
    package var endedWhy: String?
    package var accepted: Int
    /// Deliveries still under way.
    package var open: Int
    /// Deliveries that wait for a person.
    package var dead: Int
}

/// A webhook that was added, with the secret that is shown this once. `POST /v1/webhooks`
package struct NewWebhook: Codable, Sendable {
    package var id: Int64
    package var code: String
    /// `whsec_…`; empty in a repetition.
    package var secret: String

    package init(id: Int64, code: String, secret: String) {
        (self.id, self.code, self.secret) = (id, code, secret)
    }
}

/// A delivery to a webhook. `GET /v1/webhook-deliveries`
package struct WebhookDeliveryView: Codable, Sendable {
    package var id: Int64
    package var webhook: String
    package var event: String
    package var eventId: String
    package var key: String
    package var recordedAt: String
    package var stage: String
    package var attempt: Int
    /// Status of the last answer.
    package var answer: Int?
    package var note: String?
    package var at: String
}
