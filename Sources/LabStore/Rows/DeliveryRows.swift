// SPDX-License-Identifier: Apache-2.0

/// Who sends mails, as the daemon was configured; without a configuration everything but the date is absent.
package struct MailOriginRow: Decodable, Sendable {
    package let sender: String?
    package let senderName: String?
    package let bounces: String?
    package let unassigned: String?
    package let isOn: Bool
    package let date: String
}

/// Where a mail stands.
package struct MailStandingRow: Decodable, Sendable {
    package let id: Int64
    package let mailKey: String
    package let kind: String
    package let whenUnknown: String
    package let recipient: String
    package let subject: String
    package let about: String
    package let language: String
    package let letter: String?
    package let stage: String
    package let reason: String?
    package let attempt: Int
    package let recordedAt: String
    package let date: String
    package let isComposed: Bool
    package let isQuarantined: Bool
    package let isOn: Bool
    package let sendings: Int
}

/// The fixed bytes of a mail and their envelope.
package struct MailMessageRow: Decodable, Sendable {
    package let recipient: String
    package let messageId: String
    package let envelopeSender: String
    package let content: [UInt8]
    package let contentSha256: String
}

/// Where a delivery to a webhook stands, and what is sent.
package struct WebhookStandingRow: Decodable, Sendable {
    package let id: Int64
    package let eventId: String
    package let name: String
    package let body: String
    package let webhookId: Int64
    package let webhook: String
    package let url: String
    package let secret: String
    package let isEnded: Bool
    package let stage: String
    package let attempt: Int
    package let timestamp: Int64
    package let tries: Int
}

/// For how long the oldest mail that goes on by itself has waited.
package struct MailWaitingRow: Decodable, Sendable {
    package let seconds: Int
}

/// A mail found by what only its recipient knows.
package struct MailFoundRow: Decodable, Sendable {
    package let id: Int64
    package let recipient: String
}

/// What is kept of a rendering, without its bytes.
package struct KeptRenderingRow: Decodable, Sendable {
    package let sha256: String
    package let engine: String
}
