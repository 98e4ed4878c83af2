// SPDX-License-Identifier: Apache-2.0

import APIContract
import Yams

/// A record that a person wrote as YAML, as the JSON that goes over the wire.
///
/// Numbers keep the digits that were written, so that 20.00 stays 20.00: every plain scalar is a text, but for whole numbers under the
/// keys that count (`channel`, `repetition`) and for `true`, `false` and nothing.
enum YAMLRecord {
    /// Whether a file is taken for YAML, by its name.
    static func isYAML(_ file: String) -> Bool { file.hasSuffix(".yaml") || file.hasSuffix(".yml") }

    /// The document of a file.
    ///
    /// - Throws: ``Failure`` with the parser's line and words.
    static func value(_ bytes: [UInt8], file: String) throws(Failure) -> JSONValue {
        do {
            guard let root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)) else { return .null }
            return value(root, under: "")
        } catch {
            throw Failure(Phrase.yamlUnreadable.filled(["file": file, "why": "\(error)"]))
        }
    }

    private static let counts = ["channel", "repetition", "excluded_channels"]

    private static func value(_ node: Node, under key: String) -> JSONValue {
        switch node {
        case .scalar(let scalar): value(scalar, under: key)
        case .sequence(let sequence): .array(sequence.map { value($0, under: key) })
        case .mapping(let mapping):
            .object(
                mapping.map { name, value in
                    let name = name.scalar?.string ?? ""
                    return JSONMember(name, self.value(value, under: name))
                })
        case .alias: .null
        }
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
