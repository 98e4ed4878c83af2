// SPDX-License-Identifier: Apache-2.0

import APIContract
import Yams

/// A record that a person wrote as YAML, as the JSON that goes over the wire.
///
/// Numbers keep the digits that were written, so that 20.00 stays 20.00: every plain scalar is a text, but for whole numbers under the
/// keys that count (`channel`, `repetition`) and for `true`, `false` and nothing.
struct YAMLRecord {
    /// Whether a file is taken for YAML, by its name.
    static func isYAML(_ file: String) -> Bool { file.hasSuffix(".yaml") || file.hasSuffix(".yml") }

    /// The document of a file.
    ///
    /// - Throws: ``Failure`` with the parser's line and words, or where the file holds too much.
    static func value(_ bytes: [UInt8], file: String) throws(Failure) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(Phrase.notUTF8.filled(["file": file])) }
        if let line = lineOfAnchor(in: text) {
            throw Failure(Phrase.yamlAnchor.filled(["file": file, "line": "\(line)"]))
        }
        var root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw Failure(Phrase.yamlUnreadable.filled(["file": file, "why": "\(error)"]))
        }
        guard let root else { return .null }
        var record = YAMLRecord(file: file)
        return try record.value(root, under: "")
    }

    /// The line of the first `&name` where a value may begin. Nested aliases let a page of text stand for billions of values, which the
    /// parser would count one by one; quoted text is not told apart, so that no quotation mark can hide an anchor. Between brackets the
    /// parser needs no blank behind `?`.
    private static func lineOfAnchor(in text: String) -> Int? {
        guard
            let anchor = text.firstMatch(of: /(?:^|[\s\[{,:?\u{FEFF}])&\S/.matchingSemantics(.unicodeScalar))
        else { return nil }
        return text.unicodeScalars[..<anchor.range.upperBound].count { $0 == "\n" } + 1
    }

    /// No record has as many.
    private static let greatestCount = 100_000
    private static let counts = ["channel", "repetition", "excluded_channels"]

    private let file: String
    private var count = 0

    private init(file: String) {
        self.file = file
    }

    private mutating func value(_ node: Node, under key: String) throws(Failure) -> JSONValue {
        count += 1
        guard count <= Self.greatestCount else {
            throw Failure(Phrase.yamlTooLarge.filled(["file": file, "count": "\(Self.greatestCount)"]))
        }
        switch node {
        case .scalar(let scalar): return Self.value(scalar, under: key)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence { elements.append(try value(element, under: key)) }
            return .array(elements)
        case .mapping(let mapping):
            var members: [JSONMember] = []
            for (name, value) in mapping {
                let key = try self.key(name)
                members.append(JSONMember(key, try self.value(value, under: key)))
            }
            return .object(members)
        case .alias: return .null
        }
    }

    /// A key's text. `reference: 40,31` without quotes is read by YAML as the number 40 and a key 31.
    private func key(_ node: Node) throws(Failure) -> String {
        let name = node.scalar?.string ?? ""
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isNumber }), node.scalar?.style == .plain else { return name }
        throw Failure(
            Phrase.decimalCommaUnquoted.filled(["file": file, "line": "\(node.mark?.line ?? 0)", "text": name]))
    }

    private static func value(_ scalar: Node.Scalar, under key: String) -> JSONValue {
        guard scalar.style == .plain else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return counts.contains(key) && Int(scalar.string) != nil ? .number(scalar.string) : .string(scalar.string)
        }
    }
}
