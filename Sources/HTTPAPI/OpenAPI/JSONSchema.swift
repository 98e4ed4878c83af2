// SPDX-License-Identifier: Apache-2.0
import APIContract

/// The JSON schema of a `Decodable` type, with the named schemas that it refers to.
///
/// - Source: JSON Schema 2020-12, the dialect of OpenAPI 3.1.
struct JSONSchema: Hashable, Sendable {
    /// The schema itself: a reference for a named type, else the schema in full.
    let value: JSONValue
    /// Schemas of the named types within, by name.
    let components: [String: JSONValue]

    /// A schema that is told, not found.
    init(_ value: JSONValue) {
        self.value = value
        components = [:]
    }

    /// The schema of a type, found by decoding it once from values that stand for anything.
    ///
    /// A type that accepts none of them gets a schema that allows everything and says so in `$comment`.
    /// - Parameter closed: whether objects have no other members: true for what is received; answers may grow.
    init(of type: any Decodable.Type, closed: Bool = false) {
        let probed = ProbedSchemas(closed: closed)
        do {
            value = try probed.schema(of: type)
        } catch {
            value = .fields(["$comment": .string("\(error)")])
        }
        components = probed.components
    }

    /// A text of 1 to 255 bytes, as variable parts of an address are.
    static let text = JSONSchema(.fields(["type": .string("string"), "minLength": .number("1"), "maxLength": .number("255")]))
    /// A number of a row or a year.
    static let positive = JSONSchema(.fields(["type": .string("integer"), "format": .string("int64"), "minimum": .number("1")]))

    /// One of a few words.
    static func words(_ words: [String]) -> JSONSchema {
        JSONSchema(.fields(["type": .string("string"), "enum": .array(words.map { .string($0) })]))
    }
}

extension JSONValue {
    /// An object with its members in the order given; a member without a value is left out.
    static func fields(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    /// A list of texts.
    static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// The schema that takes `null` besides what this one takes.
    var orNull: JSONValue {
        guard case .object(let members) = self, let type = self["type"]?.string, self["enum"] == nil else {
            return .fields(["anyOf": .array([self, .fields(["type": .string("null")])])])
        }
        return .object(members.map { $0.name == "type" ? JSONMember("type", .texts([type, "null"])) : $0 })
    }
}

/// A type that accepts none of the values that stand for anything.
private struct Unprobed: Error, CustomStringConvertible {
    let type: Any.Type
    var description: String { "no value could be made of \(type)" }
}

/// A type whose schema is known without decoding it.
private protocol SchemaKnown: Decodable {
    static func schema(in probed: ProbedSchemas) throws -> JSONValue
    /// Any value of the type.
    static var standIn: Self { get }
}

extension String: SchemaKnown {
    fileprivate static func schema(in probed: ProbedSchemas) -> JSONValue { .fields(["type": .string("string")]) }
    fileprivate static var standIn: String { "" }
}

extension Bool: SchemaKnown {
    fileprivate static func schema(in probed: ProbedSchemas) -> JSONValue { .fields(["type": .string("boolean")]) }
    fileprivate static var standIn: Bool { false }
}

extension Double: SchemaKnown {
    fileprivate static func schema(in probed: ProbedSchemas) -> JSONValue { .fields(["type": .string("number")]) }
    fileprivate static var standIn: Double { 0 }
}

extension SchemaKnown where Self: FixedWidthInteger {
    fileprivate static func schema(in probed: ProbedSchemas) -> JSONValue {
        .fields(["type": .string("integer"), "format": .string(bitWidth > 32 ? "int64" : "int32")])
    }
    fileprivate static var standIn: Self { 0 }
}

extension Int: SchemaKnown {}
extension Int32: SchemaKnown {}
extension Int64: SchemaKnown {}

extension JSONValue: SchemaKnown {
    fileprivate static func schema(in probed: ProbedSchemas) -> JSONValue { .fields([:]) }
    fileprivate static var standIn: JSONValue { .null }
}

extension Array: SchemaKnown where Element: Decodable {
    fileprivate static func schema(in probed: ProbedSchemas) throws -> JSONValue {
        .fields(["type": .string("array"), "items": try probed.schema(of: Element.self)])
    }
    fileprivate static var standIn: [Element] { [] }
}

extension Dictionary: SchemaKnown where Key == String, Value: Decodable {
    fileprivate static func schema(in probed: ProbedSchemas) throws -> JSONValue {
        .fields(["type": .string("object"), "additionalProperties": try probed.schema(of: Value.self)])
    }
    fileprivate static var standIn: [String: Value] { [:] }
}

/// The named types met so far, and what makes schemas of types.
private final class ProbedSchemas {
    private(set) var components: [String: JSONValue] = [:]
    private let closed: Bool
    private static let texts = ["", "0", "2000-01-01", "2000-01-01T00:00:00+07:00"]

    init(closed: Bool) {
        self.closed = closed
    }

    func schema<Value: Decodable>(of type: Value.Type) throws -> JSONValue { try probe(type).schema }

    /// The schema of a type, and a value of it.
    func probe<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONValue, value: Value) {
        if let known = type as? any SchemaKnown.Type, let value = known.standIn as? Value {
            return (try known.schema(in: self), value)
        }
        if let listed = type as? any CaseIterable.Type, let (words, first) = Self.words(of: listed), let value = first as? Value {
            return (JSONSchema.words(words).value, value)
        }
        for text in Self.texts {
            let probe = SchemaProbe(text: text, schemas: self)
            // A refusal is the expected answer to all texts but the right one.
            guard let value = try? Value(from: probe) else { continue }
            return (named(probe.shape.schema(closed: closed), type), value)
        }
        throw Unprobed(type: type)
    }

    /// A reference to the schema, kept under the type's name; the schema itself where the name says too little.
    private func named(_ schema: JSONValue, _ type: Any.Type) -> JSONValue {
        let full = String(reflecting: type)
        guard schema["properties"] != nil, !full.contains("<"), let dot = full.firstIndex(of: ".") else { return schema }
        let name = String(full[full.index(after: dot)...])
        components[name] = schema
        return .fields(["$ref": .string("#/components/schemas/\(name)")])
    }

    private static func words<Cases: CaseIterable>(of type: Cases.Type) -> ([String], Any)? {
        let words = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = type.allCases.first, !words.isEmpty else { return nil }
        return (words, first)
    }
}

/// What one type asked for.
private final class SchemaShape {
    private var members: [(name: String, schema: JSONValue)] = []
    private var optional: Set<String> = []
    /// The schema of a type that is one value.
    var single: JSONValue?
    /// Whether the type is read by names.
    var isObject = false

    func markOptional(_ name: String) { optional.insert(name) }

    func note(_ name: String, _ schema: JSONValue) {
        members.append((name, optional.contains(name) ? schema.orNull : schema))
    }

    func schema(closed: Bool) -> JSONValue {
        guard isObject else { return single ?? .fields([:]) }
        let required = members.map(\.name).filter { !optional.contains($0) }
        return .fields([
            "type": .string("object"),
            "properties": .object(members.map { JSONMember($0.name, $0.schema) }),
            "required": required.isEmpty ? nil : .texts(required),
            "additionalProperties": closed ? .bool(false) : nil,
        ])
    }
}

/// Decoder that has every member and notes which are asked for.
private struct SchemaProbe: Decoder {
    let text: String
    let schemas: ProbedSchemas
    let shape = SchemaShape()

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        shape.isObject = true
        return KeyedDecodingContainer(ProbedMembers(schemas: schemas, shape: shape))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unprobed(type: [String].self) }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension SchemaProbe: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }
    func decode(_ type: String.Type) throws -> String {
        _ = try one(type)
        return text
    }
    func decode(_ type: Bool.Type) throws -> Bool { try one(type) }
    func decode(_ type: Double.Type) throws -> Double { try one(type) }
    func decode(_ type: Float.Type) throws -> Float { try one(type) }
    func decode(_ type: Int.Type) throws -> Int { try one(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try one(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try one(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try one(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try one(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try one(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try one(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try one(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try one(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try one(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try one(type) }

    private func one<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // Only the types of the contract are known: a leaf among the others would ask for itself for ever.
        guard type is any SchemaKnown.Type else { throw Unprobed(type: type) }
        let (schema, value) = try schemas.probe(type)
        shape.single = schema
        return value
    }
}

/// Members of any name.
private struct ProbedMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let schemas: ProbedSchemas
    let shape: SchemaShape

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    /// Asked only before a member that may be absent is decoded.
    func decodeNil(forKey key: Key) -> Bool {
        shape.markOptional(WireName.snakeCase(key.stringValue))
        return false
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try member(type, key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try member(type, key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(type, key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try member(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try member(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try member(type, key) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try member(type, key) }

    private func member<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        let (schema, value) = try schemas.probe(type)
        shape.note(WireName.snakeCase(key.stringValue), schema)
        return value
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    {
        throw Unprobed(type: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Unprobed(type: Key.self) }
    func superDecoder() throws -> any Decoder { throw Unprobed(type: Key.self) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Unprobed(type: Key.self) }
}
