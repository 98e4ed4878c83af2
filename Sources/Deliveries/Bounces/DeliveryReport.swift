// SPDX-License-Identifier: Apache-2.0

/// A message of a mail system about what became of a mail (RFC 3464), as far as it is needed.
///
/// It comes from anywhere and is believed nothing: whatever is no report, is cut off, or contradicts itself gives no recipients.
package struct DeliveryReport: Sendable, Equatable {
    /// What the report says about one recipient.
    package struct Recipient: Sendable, Equatable {
        /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        package let action: String
        /// Code of RFC 3463, `5.1.1`; empty where none can be read.
        package let status: String
        /// Address that could not be reached, folded; empty where none can be read.
        package let address: String
        /// What the far system said, in one line.
        package let diagnosis: String

        /// Whether the delivery has been given up.
        package var isFailed: Bool { action == "failed" }

        /// Whether the address is at fault, and not the mail, the policy or the day: nothing more is to be sent there.
        ///
        /// - Source: RFC 3463: class 5 is permanent; subjects 6 and 7 are of the message, 2.2 and 2.3 of a mailbox that is full or of a mail
        ///   that is too large, 3.4 of its size.
        package var condemnsAddress: Bool {
            guard isFailed, status.hasPrefix("5.") else { return false }
            return !(status.hasPrefix("5.6.") || status.hasPrefix("5.7.") || ["5.2.2", "5.2.3", "5.3.4"].contains(status))
        }
    }

    /// What is said about each recipient.
    package let recipients: [Recipient]
    /// Tokens that stand in the addresses it was sent to.
    package let tokens: [String]
    /// Message-ID of the mail it is about, with angle brackets.
    package let messageID: String?

    /// Most bytes that are looked at; a report stands at the beginning, the mail it is about follows.
    package static let longest = 256 << 10

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - message: as it came, header and body.
    ///   - envelope: recipient of its envelope, where the mail system tells it.
    package init(_ message: [UInt8], envelope: String? = nil) {
        let lines = message.prefix(Self.longest).split(separator: 10, maxSplits: 20_000, omittingEmptySubsequences: false).map {
            // A line of a report is short; of a longer one the beginning will do.
            String(decoding: $0.prefix(2000).filter { $0 != 13 }, as: UTF8.self)
        }
        let whole = Part(lines[...])
        var recipients: [Recipient] = []
        var messageID: String?
        whole.walk { part in
            switch part.type {
            case "message/delivery-status", "message/global-delivery-status":
                recipients += Self.recipients(part.body)
            case "message/rfc822", "text/rfc822-headers", "message/global-headers", "message/global":
                let header = Part.fields(part.body.prefix(while: { !$0.isEmpty }))
                if messageID == nil { messageID = header["message-id"].map { $0.trimmingBlanks } }
            default: break
            }
        }
        self.recipients = Array(recipients.prefix(100))
        self.messageID = messageID
        let addressed = ["delivered-to", "x-original-to", "envelope-to", "to"].compactMap { whole.header[$0] }
        tokens = ([envelope ?? ""] + addressed).flatMap(Self.tokens)
    }

    private static func recipients(_ body: ArraySlice<String>) -> [Recipient] {
        body.split(whereSeparator: \.trimmingBlanks.isEmpty).compactMap { group in
            let fields = Part.fields(group)
            guard let action = fields["action"]?.trimmingBlanks.lowercased() else { return nil }
            let known = ["failed", "delayed", "delivered", "relayed", "expanded"].first { action.hasPrefix($0) }
            guard let known else { return nil }
            let address = fields["original-recipient"] ?? fields["final-recipient"] ?? ""
            return Recipient(
                action: known, status: status(fields["status"] ?? ""), address: self.address(address),
                diagnosis: String(EncodedText.singleLine(fields["diagnostic-code"] ?? "").trimmingBlanks.prefix(300)))
        }
    }

    /// `5.1.1 (bad address)` is `5.1.1`.
    private static func status(_ text: String) -> String {
        let code = text.trimmingBlanks.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = code.split(separator: ".", omittingEmptySubsequences: false)
        let isCode = parts.count == 3 && ["2", "4", "5"].contains(parts[0]) && parts.allSatisfy { (1...3).contains($0.count) }
        return isCode ? String(code) : ""
    }

    /// `rfc822; An@khach.example` is `an@khach.example`.
    private static func address(_ text: String) -> String {
        let value = text.split(separator: ";", maxSplits: 1).last.map(String.init) ?? ""
        let bare = value.trimmingBlanks.drop { $0 == "<" }.prefix { $0 != ">" }
        do { return try MailAddress(parsing: String(bare)).folded } catch { return "" }
    }

    /// What stands between `+` and `@`, where it has the form of a token.
    private static func tokens(in text: String) -> [String] {
        text.lowercased().split(separator: "@").compactMap { before in
            guard let plus = before.lastIndex(of: "+") else { return nil }
            let token = before[before.index(after: plus)...]
            let isToken = token.utf8.count == 20 && token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return isToken ? String(token) : nil
        }
    }
}

/// A part of a message: its header and its body, which may have parts of its own.
private struct Part {
    let header: [String: String]
    let body: ArraySlice<String>
    /// Media type without parameters, in lower case.
    let type: String
    private let boundary: String?

    init(_ lines: ArraySlice<String>) {
        let head = lines.prefix { !$0.isEmpty }
        header = Self.fields(head)
        body = lines.dropFirst(head.count + 1)
        let content = header["content-type"] ?? "text/plain"
        type = content.prefix { $0 != ";" }.trimmingBlanks.lowercased()
        boundary = Self.boundary(content)
    }

    /// Visits the part and those in it, to a depth that no honest message passes.
    func walk(depth: Int = 0, _ visit: (Part) -> Void) {
        visit(self)
        guard type.hasPrefix("multipart/"), let boundary, depth < 4 else { return }
        var pieces: [ArraySlice<String>] = []
        var start: Int?
        for index in body.indices where body[index].hasPrefix("--\(boundary)") {
            if let start { pieces.append(body[start..<index]) }
            start = index + 1
            if body[index].hasPrefix("--\(boundary)--") {
                start = nil
                break
            }
        }
        // A message that was cut off has no closing line.
        if let start, start <= body.endIndex { pieces.append(body[start...]) }
        for piece in pieces.prefix(50) { Part(piece).walk(depth: depth + 1, visit) }
    }

    /// Fields by name in lower case, continued lines put together; of a repeated one the first.
    static func fields(_ lines: some Sequence<String>) -> [String: String] {
        var fields: [String: String] = [:]
        var current: String?
        for line in lines.prefix(500) {
            if let first = line.first, first == " " || first == "\t" {
                if let current, let value = fields[current], value.utf8.count < 4000 { fields[current] = value + line }
                continue
            }
            current = nil
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].trimmingBlanks.lowercased()
            guard !name.isEmpty, name.utf8.count < 80, fields[name] == nil else { continue }
            fields[name] = String(line[line.index(after: colon)...])
            current = name
        }
        return fields
    }

    private static func boundary(_ content: String) -> String? {
        for parameter in content.split(separator: ";").dropFirst() {
            let sides = parameter.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].trimmingBlanks.lowercased() == "boundary" else { continue }
            let value = sides[1].trimmingBlanks
            let bare = value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : value
            return (1...100).contains(bare.utf8.count) ? bare : nil
        }
        return nil
    }
}

extension StringProtocol {
    /// Without blanks and tabulators at both ends.
    fileprivate var trimmingBlanks: String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
