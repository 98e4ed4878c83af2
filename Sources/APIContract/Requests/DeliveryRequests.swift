// SPDX-License-Identifier: Apache-2.0

/// Sends mails again that wait for a person. `POST /v1/mail-releases`
package struct ResendMails: Codable, Sendable {
    /// At most 200.
    package var mails: [Int64]
    package var reason: String

    package init(mails: [Int64], reason: String) {
        (self.mails, self.reason) = (mails, reason)
    }
}

/// Ends a mail by decision. `POST /v1/mail-settlements`
package struct SettleMail: Codable, Sendable {
    package var mail: Int64
    /// `marked_sent` or `withdrawn`.
    package var outcome: String
    package var reason: String

    package init(mail: Int64, outcome: String, reason: String) {
        (self.mail, self.outcome, self.reason) = (mail, outcome, reason)
    }
}

/// Holds a mail that has not gone. `POST /v1/mail-holds`
package struct HoldMail: Codable, Sendable {
    package var mail: Int64
    package var reason: String

    package init(mail: Int64, reason: String) {
        (self.mail, self.reason) = (mail, reason)
    }
}

/// Sends a mail that says nothing but that mails arrive. `POST /v1/mail-tests`
package struct TestMail: Codable, Sendable {
    package var to: String
    /// `alarm` (when absent), which is sent again when nobody knows whether it went, or `legal_notice`, which is held then.
    package var kind: String?

    package init(to: String, kind: String? = nil) {
        (self.to, self.kind) = (to, kind)
    }
}

/// Records a message about a failed delivery. `POST /v1/mail-bounces`
package struct RecordBounce: Codable, Sendable {
    /// The message in base 64, its first 256 KiB at most.
    package var message: String
    /// Recipient of its envelope.
    package var to: String?

    package init(message: String, to: String? = nil) {
        (self.message, self.to) = (message, to)
    }
}

/// Takes an address out of quarantine. `POST /v1/mail-address-clearances`
package struct ClearAddress: Codable, Sendable {
    package var address: String
    package var reason: String

    package init(address: String, reason: String) {
        (self.address, self.reason) = (address, reason)
    }
}

/// Adds a webhook. `POST /v1/webhooks`
package struct AddWebhook: Codable, Sendable {
    /// Lower-case letters, digits, `.`, `_`, `-`.
    package var code: String
    package var url: String
    /// Names of events, or `*`.
    package var events: [String]
    /// `whsec_` and base 64; a fresh one when absent.
    package var secret: String?

    package init(code: String, url: String, events: [String], secret: String? = nil) {
        (self.code, self.url, self.events, self.secret) = (code, url, events, secret)
    }
}

/// Ends a webhook. `POST /v1/webhook-removals`
package struct RemoveWebhook: Codable, Sendable {
    package var webhook: String

    package init(webhook: String) {
        self.webhook = webhook
    }
}

/// Delivers an event again. `POST /v1/webhook-retries`
package struct RetryDelivery: Codable, Sendable {
    package var delivery: Int64
    package var reason: String

    package init(delivery: Int64, reason: String) {
        (self.delivery, self.reason) = (delivery, reason)
    }
}
