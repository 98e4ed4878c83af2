// SPDX-License-Identifier: Apache-2.0
import Calculations
import FoundationEssentials
import Testing

/// Worked cases of one kind of calculation, as shipped in `Cases`.
struct CaseFile {
    /// Cases as they stand in the file, in order.
    let cases: [JSONNode]

    init(_ kind: String) throws {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let bytes = try Data(contentsOf: URL(filePath: "/\(folder)/Cases/\(kind).json"))
        cases = try JSONDecoder().decode(JSONNode.self, from: bytes)["cases"]?.list ?? []
    }

    /// Identifiers of all cases, as arguments of a test.
    static func ids(_ kind: String) -> [String] {
        (try? CaseFile(kind).cases.compactMap { $0["id"]?.text }) ?? []
    }

    /// One case.
    static func named(_ id: String, of kind: String) throws -> JSONNode {
        try #require(CaseFile(kind).cases.first { $0["id"]?.text == id })
    }

    /// What the calculation answers to a case whose expected part was taken away: the `result` or `error` of its entry.
    static func answer<Case: Calculation>(_ given: JSONNode, by type: Case.Type, kind: String) throws -> JSONNode {
        guard case .object(var fields) = given else { throw CalculationError.invalid("case", "is no object") }
        for answer in ["expected", "expected_delta", "expected_output_correlations", "published", "certified", "error"] {
            fields[answer] = nil
        }
        let document = try JSONEncoder().encode(JSONNode.object(["cases": .array([.object(fields)])]))
        let answered = try CalculationDocument<Case>.solve(Array(document), kind: kind)
        return try #require(try JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list.first)
    }
}

/// A JSON value whose shape is not known beforehand.
enum JSONNode: Codable, Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONNode].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONNode].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    subscript(key: String) -> JSONNode? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var text: String? {
        if case .string(let value) = self { value } else { nil }
    }

    var number: Double? {
        if case .number(let value) = self { value } else { nil }
    }

    var list: [JSONNode] {
        if case .array(let items) = self { items } else { [] }
    }

    /// Number written as a JSON number or as a decimal text.
    var value: Double? {
        number ?? text.flatMap(Double.init)
    }
}
