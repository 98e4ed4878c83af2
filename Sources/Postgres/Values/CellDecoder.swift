// SPDX-License-Identifier: Apache-2.0

/// Decoder over one cell, or one element of an array, for types that decode from one value.
struct CellDecoder: Decoder {
    let text: String?
    let column: String

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw RowMismatch(column: column, expected: "a JSON column for a nested type")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let text, let elements = ArrayLiteral.elements(text) else {
            throw RowMismatch(column: column, expected: "an array of one dimension")
        }
        return CellElements(elements: elements, column: column)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        CellValue(cell: self)
    }
}

/// The value of a cell.
private struct CellValue: SingleValueDecodingContainer {
    let cell: CellDecoder

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { cell.text == nil }

    func decode(_ type: String.Type) throws -> String { try text(type) }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch try text(type) {
        case "t": true
        case "f": false
        default: throw RowMismatch(column: cell.column, expected: "Bool from a boolean column")
        }
    }

    func decode(_ type: Double.Type) throws -> Double { try number(Double.init) }
    func decode(_ type: Float.Type) throws -> Float { try number(Float.init) }
    func decode(_ type: Int.Type) throws -> Int { try number(Int.init) }
    func decode(_ type: Int8.Type) throws -> Int8 { try number(Int8.init) }
    func decode(_ type: Int16.Type) throws -> Int16 { try number(Int16.init) }
    func decode(_ type: Int32.Type) throws -> Int32 { try number(Int32.init) }
    func decode(_ type: Int64.Type) throws -> Int64 { try number(Int64.init) }
    func decode(_ type: UInt.Type) throws -> UInt { try number(UInt.init) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try number(UInt8.init) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try number(UInt16.init) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try number(UInt32.init) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try number(UInt64.init) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: cell) }

    private func text(_ type: Any.Type) throws(RowMismatch) -> String {
        guard let text = cell.text else { throw RowMismatch(column: cell.column, expected: "\(type), not null") }
        return text
    }

    private func number<Number>(_ parse: (String) -> Number?) throws(RowMismatch) -> Number {
        guard let number = parse(try text(Number.self)) else {
            throw RowMismatch(column: cell.column, expected: "\(Number.self)")
        }
        return number
    }
}

/// The elements of an array, in order.
private struct CellElements: UnkeyedDecodingContainer {
    let elements: [String?]
    let column: String
    var currentIndex = 0

    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [String?], column: String) {
        self.elements = elements
        self.column = column
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == nil else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next().decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().decode(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().decode(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().decode(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().decode(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().decode(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().decode(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().decode(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().decode(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().decode(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().decode(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw RowMismatch(column: column, expected: "a JSON column for a nested type")
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw RowMismatch(column: column, expected: "an array of one dimension")
    }

    mutating func superDecoder() throws -> any Decoder { try nextCell() }

    private mutating func next() throws -> any SingleValueDecodingContainer {
        try nextCell().singleValueContainer()
    }

    private mutating func nextCell() throws(RowMismatch) -> CellDecoder {
        guard !isAtEnd else { throw RowMismatch(column: column, expected: "one more element") }
        defer { currentIndex += 1 }
        return CellDecoder(text: elements[currentIndex], column: column)
    }
}
