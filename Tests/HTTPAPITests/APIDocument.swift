// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes

/// An OpenAPI document as a reader sees it.
struct APIDocument: Sendable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    /// One operation with its place.
    struct Operation: Sendable, CustomStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let value: JSONValue

        var description: String { "\(method.rawValue) \(path)" }
        var id: String { value["operationId"]?.string ?? "" }
        var isBelowV1: Bool { path.hasPrefix("/v1/") }

        /// The schema of the JSON body it takes.
        var request: JSONValue? { value["requestBody"]?["content"]?["application/json"]?["schema"] }

        /// The schema of the JSON answer with a status.
        func answer(_ status: Int) -> JSONValue? { value["responses"]?["\(status)"]?["content"]?["application/json"]?["schema"] }

        /// Parameters of the path or of the query.
        func parameters(in place: String) -> [JSONValue] {
            (value["parameters"]?.array ?? []).filter { $0["in"]?.string == place }
        }

        /// The path with a text for every variable part.
        func address(_ text: (String) -> String) -> String {
            path.split(separator: "/").map { part in
                guard part.hasPrefix("{"), part.hasSuffix("}") else { return "/\(part)" }
                return "/" + text(String(part.dropFirst().dropLast()))
            }.joined()
        }
    }

    /// Every operation, in the order of the document.
    var operations: [Operation] {
        (value["paths"]?.members ?? []).flatMap { path in
            (path.value.members ?? []).map { member in
                Operation(
                    method: HTTPRequest.Method(rawValue: member.name.uppercased()) ?? .options, path: path.name,
                    value: member.value)
            }
        }
    }

    /// What a reference leads to; a value that is none is itself.
    func resolved(_ schema: JSONValue) -> JSONValue {
        guard let reference = schema["$ref"]?.string else { return schema }
        return target(reference) ?? .null
    }

    /// What a reference names; `nil` for one that leads nowhere.
    func target(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(value as JSONValue?) { $0?[String($1)] }
    }

    /// The schema without the `null` that an absent member may be given as.
    func present(_ schema: JSONValue) -> JSONValue { resolved(schema["anyOf"]?.array?.first ?? schema) }

    /// Types that a schema names.
    func types(_ schema: JSONValue) -> [String] {
        schema["type"]?.string.map { [$0] } ?? schema["type"]?.array?.compactMap(\.string) ?? []
    }

    // MARK: Judging a value

    /// Where a value is not what a schema says.
    func faults(of value: JSONValue, by schema: JSONValue, at place: String = "") -> [String] {
        let schema = resolved(schema)
        if let choices = schema["anyOf"]?.array {
            let best = choices.map { faults(of: value, by: $0, at: place) }
            return best.contains([]) ? [] : best.first ?? []
        }
        let types = types(schema)
        guard types.isEmpty || types.contains(where: { value.isOf($0) }) else {
            return ["\(place): \(value.text) is no \(types)"]
        }
        if let words = schema["enum"]?.array, !words.contains(value), value != .null { return ["\(place): \(value.text)"] }
        switch value {
        case .array(let elements):
            guard let items = schema["items"] else { return [] }
            return elements.enumerated().flatMap { faults(of: $0.element, by: items, at: "\(place)/\($0.offset)") }
        case .object(let members):
            let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { value[$0] == nil }
            return missing.map { "\(place)/\($0) is missing" }
                + members.flatMap { member in
                    let inner = "\(place)/\(member.name)"
                    if let known = schema["properties"]?[member.name] { return faults(of: member.value, by: known, at: inner) }
                    // An answer may grow, but not before the document says so.
                    guard let other = schema["additionalProperties"], other != .bool(false) else {
                        return schema["properties"] == nil ? [] : ["\(inner) is not told of"]
                    }
                    return faults(of: member.value, by: other, at: inner)
                }
        default: return []
        }
    }

    // MARK: Making bodies

    /// A body that has every member that a schema knows, or only those that must be there.
    func example(_ schema: JSONValue, complete: Bool) -> JSONValue {
        let schema = present(schema)
        switch types(schema).first {
        case "object"?:
            let required = (schema["required"]?.array ?? []).compactMap(\.string)
            let members = (schema["properties"]?.members ?? []).filter { complete || required.contains($0.name) }
            return .object(members.map { JSONMember($0.name, example($0.value, complete: complete)) })
        case "array"?: return .array(complete ? [example(schema["items"] ?? .null, complete: true)] : [])
        case "integer"?, "number"?: return .number("1")
        case "boolean"?: return .bool(true)
        default: return schema["enum"]?.array?.first ?? .string("x")
        }
    }

    /// Complete bodies with one member too many, one for every object of the schema, each with the member's pointer.
    func bodiesWithUnknownMember(_ schema: JSONValue, named name: String) -> [(pointer: String, body: JSONValue)] {
        let schema = present(schema)
        let whole = example(schema, complete: true)
        switch whole {
        case .object(let members) where schema["additionalProperties"] == .bool(false):
            let here = ("/\(name)", JSONValue.object(members + [JSONMember(name, .bool(true))]))
            return [here]
                + members.enumerated().flatMap { index, member in
                    bodiesWithUnknownMember(schema["properties"]?[member.name] ?? .null, named: name).map { inner in
                        var changed = members
                        changed[index].value = inner.body
                        return ("/\(member.name)\(inner.pointer)", .object(changed))
                    }
                }
        case .array:
            return bodiesWithUnknownMember(schema["items"] ?? .null, named: name).map { ("/0\($0.pointer)", .array([$0.body])) }
        default: return []
        }
    }
}

extension JSONValue {
    /// Whether the value is of a type as JSON Schema names it.
    func isOf(_ type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
            (.object, "object"):
            true
        case (.number(let digits), "integer"): Int64(digits) != nil
        default: false
        }
    }
}
