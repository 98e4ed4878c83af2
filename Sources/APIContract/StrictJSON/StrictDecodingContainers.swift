// SPDX-License-Identifier: Apache-2.0

/// The members of one object, asked for by property.
struct StrictKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: StrictDecoder
    let members: [JSONMember]

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

    private func name(of key: some CodingKey) -> String {
        decoder.keepsNames ? key.stringValue : WireName.snakeCase(key.stringValue)
    }

    private func member(_ key: some CodingKey) -> StrictDecoder? {
        let name = name(of: key)
        decoder.ledger.ask(name, at: decoder.path)
        guard let member = members.first(where: { $0.name == name }) else { return nil }
        return StrictDecoder(
            value: member.value,
            path: decoder.path.appending(.member(name)),
            ledger: decoder.ledger
        )
    }

    private func required(_ key: some CodingKey) throws(StrictJSONError) -> StrictDecoder {
        if let member = member(key) { return member }
        let name = name(of: key)
        let similar = members.map(\.name).first { name.isNearly($0) }
        throw StrictJSONError(.missingField(similar: similar), at: decoder.path.appending(.member(name)))
    }

    func contains(_ key: Key) -> Bool { member(key) != nil }

    /// Absent reads as `nil`, like `null`; the standard library asks only after `contains`.
    func decodeNil(forKey key: Key) throws -> Bool { member(key)?.value ?? .null == .null }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try required(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try required(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try required(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try required(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try required(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try required(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try required(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try required(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try required(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try required(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try required(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try required(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try required(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try required(key).decode(type) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try required(key).read(type) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try required(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try required(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try required(StepKey("super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try required(key) }
}

/// The elements of one array, in order.
struct StrictUnkeyedDecoding: UnkeyedDecodingContainer {
    let decoder: StrictDecoder
    let elements: [JSONValue]
    private(set) var currentIndex = 0

    init(decoder: StrictDecoder, elements: [JSONValue]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws(StrictJSONError) -> StrictDecoder {
        let path = decoder.path.appending(.element(currentIndex))
        guard !isAtEnd else { throw StrictJSONError(.invalid("too few elements"), at: path) }
        defer { currentIndex += 1 }
        return StrictDecoder(value: elements[currentIndex], path: path, ledger: decoder.ledger)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
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
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

extension String {
    /// Whether another name is this one but for case, hyphens or at most two letters.
    ///
    /// Names of very different length are told apart without comparing, so a long name costs nothing.
    func isNearly(_ other: String) -> Bool {
        let mine = WireName.snakeCase(self).replacingHyphens
        let theirs = WireName.snakeCase(JSONPath.shortened(other)).replacingHyphens
        guard mine != theirs else { return true }
        guard abs(mine.count - theirs.count) <= 2, mine.count > 3 else { return false }
        var previous = Array(0...theirs.count)
        for (row, letter) in mine.enumerated() {
            var current = [row + 1]
            for (column, their) in theirs.enumerated() {
                let changed = previous[column] + (letter == their ? 0 : 1)
                current.append(Swift.min(changed, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[theirs.count] <= 2
    }

    private var replacingHyphens: [Character] { map { $0 == "-" ? "_" : $0 } }
}
