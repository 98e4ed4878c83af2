// SPDX-License-Identifier: Apache-2.0

/// Decoder over the current row of a reader.
struct RowDecoder: Decoder {
    let reader: RowReader

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowColumns(reader: reader))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let text = try reader.string(reader.onlyColumn())
        return try CellDecoder(text: text, column: reader.onlyName ?? "?").unkeyedContainer()
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        RowValue(reader: reader, column: try reader.onlyColumn())
    }
}

/// Columns of a row by key.
private struct RowColumns<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: RowReader

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    /// True for every key: an optional property too needs its column, else a misspelt one would pass for null.
    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool { try reader.isNull(column(key)) }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try reader.string(column(key)) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try reader.bool(column(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try reader.float(column(key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try reader.float(column(key))) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try reader.integer(column(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try reader.integer(column(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try reader.integer(column(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try reader.integer(column(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try reader.integer(column(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try reader.integer(column(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try reader.integer(column(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try reader.integer(column(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try reader.integer(column(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try reader.integer(column(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try reader.value(type, column(key))
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        let column = try column(key)
        return reader.isNull(column) ? nil : try reader.string(column)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let column = try column(key)
        return reader.isNull(column) ? nil : try reader.value(type, column)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw RowMismatch(column: key.stringValue, expected: "a JSON column for a nested type")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        let column = try column(key)
        return try CellDecoder(text: reader.string(column), column: key.stringValue)
            .unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { RowDecoder(reader: reader) }
    func superDecoder(forKey key: Key) throws -> any Decoder { RowDecoder(reader: reader) }

    private func column(_ key: Key) throws(RowMismatch) -> Int32 {
        try reader.column(key.stringValue)
    }
}

/// The only column of a row, for rows that are one value.
private struct RowValue: SingleValueDecodingContainer {
    let reader: RowReader
    let column: Int32

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { reader.isNull(column) }

    func decode(_ type: String.Type) throws -> String { try reader.string(column) }
    func decode(_ type: Bool.Type) throws -> Bool { try reader.bool(column) }
    func decode(_ type: Double.Type) throws -> Double { try reader.float(column) }
    func decode(_ type: Float.Type) throws -> Float { Float(try reader.float(column)) }
    func decode(_ type: Int.Type) throws -> Int { try reader.integer(column) }
    func decode(_ type: Int8.Type) throws -> Int8 { try reader.integer(column) }
    func decode(_ type: Int16.Type) throws -> Int16 { try reader.integer(column) }
    func decode(_ type: Int32.Type) throws -> Int32 { try reader.integer(column) }
    func decode(_ type: Int64.Type) throws -> Int64 { try reader.integer(column) }
    func decode(_ type: UInt.Type) throws -> UInt { try reader.integer(column) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try reader.integer(column) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try reader.integer(column) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try reader.integer(column) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try reader.integer(column) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try reader.value(type, column) }
}
