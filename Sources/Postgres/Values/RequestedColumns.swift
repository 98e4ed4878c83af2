// SPDX-License-Identifier: Apache-2.0

/// A column a row type asks for.
package struct RequestedColumn: Sendable, Hashable {
    /// What the row type makes of the column.
    package enum Kind: Sendable, Hashable {
        /// A text; any column can be read as text.
        case string
        /// True or false.
        case bool
        /// A whole number.
        case integer
        /// Binary floating point.
        case double
        /// Bytes of a `bytea`.
        case bytes
        /// Another type, by its name: an array, JSON, or a type made from one text.
        case other(String)
        /// The type could not be probed, for the reason given; columns after this one are unknown.
        case unreadable(String)
    }

    /// Name of the column; empty for a row that is one value.
    package let name: String
    /// What the row type makes of it.
    package let kind: Kind
    /// Whether null is allowed.
    package let isOptional: Bool

    /// Puts a request together.
    package init(name: String, kind: Kind, isOptional: Bool) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// Columns a row type asks for, found by decoding it once from values that stand for anything.
///
/// A test holds them against the columns of the statement. A required property of a type that accepts none of
/// the stand-in values (an enumeration that is not `CaseIterable`, say) ends the list with an `unreadable` entry.
package func requestedColumns<Row: Decodable>(of type: Row.Type) -> [RequestedColumn] {
    let record = RequestRecord()
    do {
        if type is any Sequence.Type {
            record.note("", as: type, isOptional: false)
        } else {
            _ = try Row(from: ProbeDecoder(record: record))
        }
    } catch {
        record.requests.append(
            RequestedColumn(name: "?", kind: .unreadable("\(type): \(error)"), isOptional: false))
    }
    return record.requests
}

/// What the probe has been asked for so far.
private final class RequestRecord {
    var requests: [RequestedColumn] = []

    func note(_ name: String, as type: Any.Type, isOptional: Bool) {
        requests.append(RequestedColumn(name: name, kind: Self.kind(type), isOptional: isOptional))
    }

    private static func kind(_ type: Any.Type) -> RequestedColumn.Kind {
        switch type {
        case is String.Type: .string
        case is Bool.Type: .bool
        case is any FixedWidthInteger.Type: .integer
        case is Double.Type, is Float.Type: .double
        case is [UInt8].Type: .bytes
        default: .other("\(type)")
        }
    }
}

/// A type that accepts none of the stand-in values.
private struct Unprobed: Error, CustomStringConvertible {
    let type: Any.Type
    var description: String { "no value could be made of \(type)" }
}

/// Makes a value of a type without knowing it.
private func standIn<Value: Decodable>(for type: Value.Type) throws -> Value {
    if let cases = type as? any CaseIterable.Type, let first = firstCase(cases) as? Value { return first }
    let texts = ["", "0", "1", "2000-01-01", "2000-01-01T00:00:00+07:00", "00000000-0000-0000-0000-000000000000"]
    for text in texts {
        // A refusal is the expected answer to all texts but the right one.
        if let value = try? Value(from: StandInDecoder(text: text)) { return value }
    }
    throw Unprobed(type: type)
}

private func firstCase<Cases: CaseIterable>(_ type: Cases.Type) -> Any? { type.allCases.first }

/// Decoder over a row that has every column.
private struct ProbeDecoder: Decoder {
    let record: RequestRecord

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(StandInColumns(record: record))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        record.note("", as: [String].self, isOptional: false)
        return NoElements()
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        StandInValue(text: "0", record: record)
    }
}

/// Decoder over a value that stands for anything; nested types get stand-ins too.
private struct StandInDecoder: Decoder {
    let text: String

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(StandInColumns(record: nil))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { NoElements() }

    func singleValueContainer() -> any SingleValueDecodingContainer { StandInValue(text: text, record: nil) }
}

/// Columns of any name; records the outermost ones.
private struct StandInColumns<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: RequestRecord?

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) -> Bool { true }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        record?.note(ColumnName.of(key.stringValue), as: type, isOptional: false)
        return try standIn(for: type)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) -> Value? { none(type, key) }

    // Without these the protocol's own forms would ask `decodeNil` and leave no trace.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { none(type, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { none(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { none(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { none(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { none(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { none(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { none(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { none(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { none(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { none(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { none(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { none(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { none(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { none(type, key) }

    private func none<Value>(_ type: Value.Type, _ key: Key) -> Value? {
        record?.note(ColumnName.of(key.stringValue), as: type, isOptional: true)
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        record?.note(ColumnName.of(key.stringValue), as: Nested.self, isOptional: false)
        return KeyedDecodingContainer(StandInColumns<Nested>(record: nil))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        record?.note(ColumnName.of(key.stringValue), as: [String].self, isOptional: false)
        return NoElements()
    }

    func superDecoder() -> any Decoder { StandInDecoder(text: "") }
    func superDecoder(forKey key: Key) -> any Decoder { StandInDecoder(text: "") }
}

/// One value of any type; recorded when it is the whole row.
private struct StandInValue: SingleValueDecodingContainer {
    let text: String
    let record: RequestRecord?

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool {
        false
    }

    func decode(_ type: String.Type) -> String {
        record?.note("", as: type, isOptional: false)
        return text
    }

    func decode(_ type: Bool.Type) -> Bool {
        record?.note("", as: type, isOptional: false)
        return false
    }

    func decode(_ type: Double.Type) -> Double {
        record?.note("", as: type, isOptional: false)
        return 0
    }

    func decode(_ type: Float.Type) -> Float {
        record?.note("", as: type, isOptional: false)
        return 0
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        record?.note("", as: type, isOptional: false)
        if let number = type as? any FixedWidthInteger.Type, let value = zero(number) as? Value { return value }
        return try standIn(for: type)
    }

    func decode(_ type: Int.Type) -> Int { whole(type) }
    func decode(_ type: Int8.Type) -> Int8 { whole(type) }
    func decode(_ type: Int16.Type) -> Int16 { whole(type) }
    func decode(_ type: Int32.Type) -> Int32 { whole(type) }
    func decode(_ type: Int64.Type) -> Int64 { whole(type) }
    func decode(_ type: UInt.Type) -> UInt { whole(type) }
    func decode(_ type: UInt8.Type) -> UInt8 { whole(type) }
    func decode(_ type: UInt16.Type) -> UInt16 { whole(type) }
    func decode(_ type: UInt32.Type) -> UInt32 { whole(type) }
    func decode(_ type: UInt64.Type) -> UInt64 { whole(type) }

    private func whole<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
        record?.note("", as: type, isOptional: false)
        return 0
    }

    private func zero<Number: FixedWidthInteger>(_ type: Number.Type) -> Any { Number.zero }
}

/// An array without elements.
private struct NoElements: UnkeyedDecodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 0 }
    var isAtEnd: Bool { true }
    var currentIndex: Int { 0 }

    func decodeNil() -> Bool { true }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { throw Unprobed(type: type) }
    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(StandInColumns(record: nil))
    }
    func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { NoElements() }
    func superDecoder() -> any Decoder { StandInDecoder(text: "") }
}
