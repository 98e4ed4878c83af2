// SPDX-License-Identifier: Apache-2.0

/// What sort of mail it is.
package struct MailKind: Sendable, Hashable, Codable {
    /// Name in lower case and underscores, `reminder`; mails can be listed and filtered by it.
    package let name: String
    /// What becomes of a mail when nobody can know whether it was sent.
    package let whenUnknown: WhenUnknown

    /// What becomes of a mail whose sending broke off before its outcome was known.
    package enum WhenUnknown: String, Sendable, Codable {
        /// It is sent again under the same Message-ID: better twice than never.
        case resend
        /// A person finds out and decides: better asked than twice.
        case hold
    }

    /// Describes a kind.
    package init(_ name: String, whenUnknown: WhenUnknown) {
        (self.name, self.whenUnknown) = (name, whenUnknown)
    }

    /// Reminders of deadlines.
    package static let reminder = MailKind("reminder", whenUnknown: .resend)
    /// Lists of what is due, for people of the centre.
    package static let dueList = MailKind("due_list", whenUnknown: .resend)
    /// Alarms to people of the centre.
    package static let alarm = MailKind("alarm", whenUnknown: .resend)
    /// Notices that have consequences in law.
    package static let notice = MailKind("legal_notice", whenUnknown: .hold)
}

/// A file that comes with a mail.
package struct MailAttachment: Sendable, Hashable, Codable {
    /// Name of the file; letters of any alphabet.
    package let name: String
    /// Media type with its parameters: `text/csv; charset=utf-8`, `application/pdf`, `text/calendar; charset=utf-8; method=PUBLISH`.
    package let type: String
    /// Content of the file.
    package let bytes: [UInt8]

    /// Takes a file.
    package init(name: String, type: String, bytes: [UInt8]) {
        (self.name, self.type, self.bytes) = (name, type, bytes)
    }
}

/// What a mail says, before it has an identity.
package struct Letter: Sendable, Hashable {
    /// What sort of mail it is.
    package var kind: MailKind
    /// Who gets it, each one a mail of their own; a text that is no address is recorded and held.
    package var recipients: [String]
    /// Language of the text, `vi` or `en`.
    package var language: String
    /// Subject in one line; line ends in it become blanks.
    package var subject: String
    /// Plain text, lines ended by `\n`.
    package var text: String
    /// Files, in their order.
    package var attachments: [MailAttachment]
    /// What it is about, for people and programs: `due_run:2018-06-25`, `customer:KH-12`.
    package var about: String
    /// Where answers go, when not to the sender.
    package var replyTo: MailAddress?

    /// Writes a letter.
    package init(
        _ kind: MailKind, to recipients: [String], language: String = "vi", subject: String, text: String,
        attachments: [MailAttachment] = [], about: String, replyTo: MailAddress? = nil
    ) {
        (self.kind, self.recipients, self.language, self.subject) = (kind, recipients, language, subject)
        (self.text, self.attachments, self.about, self.replyTo) = (text, attachments, about, replyTo)
    }

    /// What has to be kept to compose the mail later; the rest stands in its record.
    struct Draft: Codable {
        let text: String
        let attachments: [Attachment]
        let replyTo: String?

        struct Attachment: Codable {
            let name: String
            let type: String
            /// Content in base 64.
            let content: String
        }
    }
}
