// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A JSON text, read without the programs' own reader.
enum JSONDocument: Decodable, Equatable, Sendable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([JSONDocument])
    case object([String: JSONDocument])

    /// Reads a whole text.
    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSONDocument.self, from: Data(text.utf8))
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Which of the six forms it is shows only in the trying.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONDocument].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONDocument].self))
        }
    }

    subscript(_ key: String) -> JSONDocument? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var text: String? { if case .text(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var list: [JSONDocument] { if case .list(let items) = self { items } else { [] } }
    var keys: [String] { if case .object(let members) = self { members.keys.sorted() } else { [] } }
    /// The rows of a page.
    var items: [JSONDocument] { self["items"]?.list ?? [] }
}
