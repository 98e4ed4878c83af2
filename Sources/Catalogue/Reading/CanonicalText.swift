// SPDX-License-Identifier: Apache-2.0

import Foundation
import Yams

/// JSON in one form only, so that equal content has equal bytes: keys sorted, no spaces, no escaped slashes.
enum CanonicalText {
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension MappingReader {
    /// Canonical JSON of the value of a key; what is not text, whole number, truth or nothing is reported.
    func canonicalText(of key: String, _ node: Node) -> String {
        canonicalText(JSONDocument(node, at: place(of: key), findings: findings))
    }

    /// Canonical JSON of a value with snake_case keys.
    func canonicalText(_ value: some Encodable) -> String {
        do {
            return try CanonicalText.of(value)
        } catch {
            findings.add(.invalidValue("\(error)", expected: "a value that JSON can state"), at: position)
            return ""
        }
    }
}

/// A document of texts, whole numbers and truth values.
private enum JSONDocument: Encodable {
    case text(String), integer(Int), boolean(Bool), null
    case list([JSONDocument])
    case object([String: JSONDocument])

    init(_ node: Node, at position: SourcePosition, findings: FindingList) {
        func below(_ step: String, _ node: Node) -> JSONDocument {
            let line = node.mark?.line ?? position.line
            let place = SourcePosition(file: position.file, line: line, path: position.path + step)
            return JSONDocument(node, at: place, findings: findings)
        }
        switch node {
        case .scalar(let scalar):
            self = JSONDocument(scalar, at: position, findings: findings)
        case .sequence(let sequence):
            self = .list(sequence.enumerated().map { below("[\($0)]", $1) })
        case .mapping(let mapping):
            var members: [String: JSONDocument] = [:]
            for (key, value) in mapping {
                guard case .scalar(let name) = key else { continue }
                members[name.string] = below(".\(name.string)", value)
            }
            self = .object(members)
        case .alias:
            findings.add(.wrongType(expected: "a value", found: node.kind), at: position)
            self = .null
        }
    }

    private init(_ scalar: Node.Scalar, at position: SourcePosition, findings: FindingList) {
        switch PlainScalar(scalar) {
        case .text(let text):
            if !TextForm.isNormalised(text) { findings.add(.notNormalised(text), at: position) }
            self = .text(text)
        case .integer(let number): self = .integer(number)
        case .boolean(let truth): self = .boolean(truth)
        case .null: self = .null
        case .real(let text):
            findings.add(.unquotedDecimal(text), at: position)
            self = .null
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .boolean(let truth): try container.encode(truth)
        case .null: try container.encodeNil()
        case .list(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }
}
