// SPDX-License-Identifier: Apache-2.0
import APIContract

/// A parameter that a route takes in its query; the route refuses every other.
struct QueryParameter: Hashable, Sendable {
    /// What values it takes.
    enum Kind: Hashable, Sendable {
        case text
        case date
        case flag
        case integer(ClosedRange<Int64>)
    }

    /// The name, in snake_case.
    let name: String
    /// What values it takes.
    let kind: Kind
    /// Whether it must be given.
    var isRequired = false

    static func text(_ name: String) -> QueryParameter { QueryParameter(name: name, kind: .text) }
    static func required(_ name: String) -> QueryParameter { QueryParameter(name: name, kind: .text, isRequired: true) }
    static func date(_ name: String) -> QueryParameter { QueryParameter(name: name, kind: .date) }
    static func flag(_ name: String) -> QueryParameter { QueryParameter(name: name, kind: .flag) }
    static func integer(_ name: String, in range: ClosedRange<Int64>) -> QueryParameter {
        QueryParameter(name: name, kind: .integer(range))
    }

    /// How many items a page has at most.
    static let limit = integer("limit", in: 1...1000)

    /// The schema of its values.
    var schema: JSONSchema {
        switch kind {
        case .text: JSONSchema(.fields(["type": .string("string"), "minLength": .number("1")]))
        case .date:
            JSONSchema(
                .fields([
                    "type": .string("string"), "description": .string("a civil date of Asia/Ho_Chi_Minh"),
                    "examples": .texts(["2018-06-30"]),
                ]))
        case .flag: JSONSchema(.fields(["type": .string("boolean"), "default": .bool(false)]))
        case .integer(let range):
            JSONSchema(
                .fields([
                    "type": .string("integer"), "minimum": .number("\(range.lowerBound)"),
                    "maximum": .number("\(range.upperBound)"),
                ]))
        }
    }
}

extension [QueryParameter] {
    /// What every list takes that comes in pages.
    static let page: [QueryParameter] = [.limit, .text("cursor")]
}
