// SPDX-License-Identifier: Apache-2.0
internal import Digests

/// Who sends, as the laboratory is configured.
package struct MailSender: Sendable, Hashable {
    /// Address in `From`.
    package let address: MailAddress
    /// Name in `From`.
    package let name: String
    /// Address whose local part gets a token, for messages about failed deliveries; nil: they go to the sender and are read by people.
    package let bounces: MailAddress?

    /// Takes the sender.
    package init(address: MailAddress, name: String, bounces: MailAddress?) {
        (self.address, self.name, self.bounces) = (address, name, bounces)
    }
}

/// A mail as it is sent, however often: its bytes and its identity.
struct ComposedMail: Sendable, Equatable {
    /// `<TOKEN@domain>`, with the angle brackets.
    let messageID: String
    /// Part of the envelope's sender by which a message about a failed delivery is known; 20 characters, 100 bits.
    let token: String
    /// Sender of the envelope.
    let envelopeSender: String
    /// Header and body, lines ended by CRLF, ASCII only.
    let content: [UInt8]

    /// Longest mail, in bytes, attachments encoded.
    static let longest = 20 << 20

    /// Composes a letter for one recipient.
    ///
    /// - Parameters:
    ///   - key: readable name of what the mail tells.
    ///   - date: value of the header `Date`.
    ///   - secrets: two random codes, for the Message-ID and for the token.
    /// - Throws: ``MailTooLarge``.
    init(
        _ letter: Letter, to recipient: MailAddress, from sender: MailSender, key: String, date: String,
        secrets: (identity: String, token: String)
    ) throws(MailTooLarge) {
        messageID = "<\(secrets.identity.lowercased())@\(sender.address.domain)>"
        token = secrets.token.lowercased()
        envelopeSender = sender.bounces?.tagged(token) ?? sender.address.description
        let kind = EncodedText.singleLine(letter.kind.name)
        var lines = [
            "Date: \(EncodedText.singleLine(date))",
            "From: \(EncodedText.mailbox(sender.name, sender.address.description))",
            "To: \(recipient)",
        ]
        if let replyTo = letter.replyTo { lines.append("Reply-To: \(replyTo)") }
        lines += [
            "Subject: \(EncodedText.header(letter.subject, after: 9))", "Message-ID: \(messageID)", "MIME-Version: 1.0",
            "Content-Language: \(letter.language == "en" ? "en" : "vi")",
            // Neither a machine nor an absent person answers.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
            "List-Id: <\(kind.replacing("_", with: "-")).etalon.\(sender.address.domain)>",
            "X-Etalon-Kind: \(kind)", "X-Etalon-About: \(EncodedText.header(letter.about))",
            "X-Etalon-Key: \(EncodedText.header(key))",
        ]
        let body = Self.body(letter)
        let text = lines.joined(separator: "\r\n") + "\r\n" + body
        content = Array(text.utf8)
        guard content.count <= Self.longest else { throw MailTooLarge(bytes: content.count) }
    }

    private static func body(_ letter: Letter) -> String {
        let text =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + EncodedText.quotedPrintable(letter.text)
        guard !letter.attachments.isEmpty else { return text }
        // Neither encoding of the parts can hold `=_`, so the boundary occurs nowhere else.
        let boundary = "=_" + SHA256.hex(letter.subject + letter.text).prefix(32)
        var output = "Content-Type: multipart/mixed; boundary=\"\(boundary)\"\r\n\r\n--\(boundary)\r\n\(text)"
        for attachment in letter.attachments {
            let type =
                EncodedText.singleLine(attachment.type).utf8.allSatisfy { (32...126).contains($0) }
                ? EncodedText.singleLine(attachment.type) : "application/octet-stream"
            output += "--\(boundary)\r\nContent-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n"
            output += "Content-Disposition: attachment;\r\n \(EncodedText.parameter("filename", attachment.name))\r\n\r\n"
            output += EncodedText.base64Lines(attachment.bytes)
        }
        return output + "--\(boundary)--\r\n"
    }
}

/// A mail is longer than mail systems take.
package struct MailTooLarge: Error, Sendable, Equatable {
    /// Its length.
    package let bytes: Int
}
