// SPDX-License-Identifier: Apache-2.0
import Deliveries
import Vocabulary

/// What the configuration says about mails and webhooks.
struct OutgoingConfiguration: Sendable {
    /// Who sends; nil: mails are recorded and held.
    var sender: MailSender?
    /// Who is told of what has no recipient of its own.
    var unassigned: MailAddress?
    /// The program that takes mails over.
    var sendmail = "/usr/sbin/sendmail"
    /// Whether mails are sent.
    var isOn = true
    /// Networks that webhooks may lie in although they are not public.
    var allowed: [AddressRange] = []

    /// Nothing configured.
    init() {}

    /// Reads the values of a file by their dotted keys.
    /// - Throws: ``ConfigurationError``, with the key and what it should be.
    init(_ values: [String: String], path: String) throws {
        func address(_ key: String) throws -> MailAddress? {
            guard let text = values[key] else { return nil }
            do {
                return try MailAddress(parsing: text)
            } catch {
                throw ConfigurationError("\(path): `\(key)`: \(error.sentence.vi)", "\(path): `\(key)`: \(error.sentence.en)")
            }
        }
        let bounces = try address("mail.bounces")
        unassigned = try address("mail.unassigned")
        if let sender = try address("mail.sender") {
            self.sender = MailSender(address: sender, name: values["mail.name"] ?? "Etalon", bounces: bounces)
        } else if let key = values.keys.filter({ $0.hasPrefix("mail.") }).min() {
            throw ConfigurationError(
                "\(path): có `\(key)` nhưng không có `mail.sender`, là địa chỉ gửi thư",
                "\(path): `\(key)` is set without `mail.sender`, the address that mails come from")
        }
        switch values["mail.enabled"] {
        case nil, "true": isOn = true
        case "false": isOn = false
        case .some(let text):
            throw ConfigurationError(
                "\(path): `mail.enabled` phải là true hoặc false, không phải \(text)",
                "\(path): `mail.enabled` must be true or false, not \(text)")
        }
        sendmail = values["mail.sendmail"] ?? sendmail
        guard sendmail.hasPrefix("/") else {
            throw ConfigurationError(
                "\(path): `mail.sendmail` phải là đường dẫn tuyệt đối, không phải \(sendmail)",
                "\(path): `mail.sendmail` must be an absolute path, not \(sendmail)")
        }
        allowed = try Self.ranges(values["webhooks.allow"] ?? "", path: path)
    }

    private static func ranges(_ text: String, path: String) throws -> [AddressRange] {
        try text.split { $0 == "," || $0 == " " }.map { part in
            guard let range = AddressRange(part) else {
                throw ConfigurationError(
                    "\(path): `webhooks.allow` có “\(part)”; viết như 10.1.2.0/24, cách nhau bằng dấu phẩy",
                    "\(path): `webhooks.allow` has “\(part)”; write ranges as 10.1.2.0/24, separated by commas")
            }
            return range
        }
    }
}
