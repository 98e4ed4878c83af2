// SPDX-License-Identifier: Apache-2.0

/// One value on its way out of a type; filled in by the containers that hold it.
final class EncodedNode {
    /// What has been written so far.
    enum Content {
        case nothing
        case value(JSONValue)
        case array([EncodedNode])
        case object([(name: String, node: EncodedNode)])
    }

    var content = Content.nothing

    /// The finished value; what wrote nothing is an empty object, as the type has no members.
    var jsonValue: JSONValue {
        switch content {
        case .nothing: .object([])
        case .value(let value): value
        case .array(let nodes): .array(nodes.map(\.jsonValue))
        case .object(let members): .object(members.map { JSONMember($0.name, $0.node.jsonValue) })
        }
    }

    /// The node of a member, new or replacing one of the same name in its place.
    func member(_ name: String) -> EncodedNode {
        let node = EncodedNode()
        guard case .object(var members) = content else {
            content = .object([(name, node)])
            return node
        }
        // Cleared first, so that appending does not copy the members.
        content = .nothing
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].node = node
        } else {
            members.append((name, node))
        }
        content = .object(members)
        return node
    }

    /// The node of one more element.
    func element() -> EncodedNode {
        let node = EncodedNode()
        guard case .array(var nodes) = content else {
            content = .array([node])
            return node
        }
        content = .nothing
        nodes.append(node)
        content = .array(nodes)
        return node
    }

    /// Number of elements so far.
    var count: Int {
        guard case .array(let nodes) = content else { return 0 }
        return nodes.count
    }
}

/// Writes one value into its node.
struct StrictEncoder: Encoder {
    let node: EncodedNode
    let codingPath: [any CodingKey]
    let keepsNames: Bool
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Writes a value of any type.
    func write<T: Encodable>(_ value: T) throws {
        try value.encode(
            to: StrictEncoder(node: node, codingPath: codingPath, keepsNames: value is any TextKeyed)
        )
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .nothing = node.content { node.content = .object([]) }
        return KeyedEncodingContainer(StrictKeyedEncoding<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .nothing = node.content { node.content = .array([]) }
        return StrictUnkeyedEncoding(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension StrictEncoder: SingleValueEncodingContainer {
    private func set(_ value: JSONValue) { node.content = .value(value) }

    func encodeNil() throws { set(.null) }
    func encode(_ value: Bool) throws { set(.bool(value)) }
    func encode(_ value: String) throws { set(.string(value)) }
    func encode(_ value: Double) throws { try set(finite(value)) }
    func encode(_ value: Float) throws { try set(finite(value)) }
    func encode(_ value: Int) throws { set(.number(String(value))) }
    func encode(_ value: Int8) throws { set(.number(String(value))) }
    func encode(_ value: Int16) throws { set(.number(String(value))) }
    func encode(_ value: Int32) throws { set(.number(String(value))) }
    func encode(_ value: Int64) throws { set(.number(String(value))) }
    func encode(_ value: UInt) throws { set(.number(String(value))) }
    func encode(_ value: UInt8) throws { set(.number(String(value))) }
    func encode(_ value: UInt16) throws { set(.number(String(value))) }
    func encode(_ value: UInt32) throws { set(.number(String(value))) }
    func encode(_ value: UInt64) throws { set(.number(String(value))) }
    func encode<T: Encodable>(_ value: T) throws { try write(value) }

    private func finite<F: BinaryFloatingPoint & CustomStringConvertible>(_ value: F) throws -> JSONValue {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: codingPath, debugDescription: "a number that is not finite has no JSON form")
            )
        }
        return .number(value.description)
    }
}

/// Writes the members of one object.
struct StrictKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: StrictEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func member(_ key: some CodingKey) -> StrictEncoder {
        let name = encoder.keepsNames ? key.stringValue : WireName.snakeCase(key.stringValue)
        return StrictEncoder(
            node: encoder.node.member(name),
            codingPath: encoder.codingPath + [StepKey(name)],
            keepsNames: false
        )
    }

    func encodeNil(forKey key: Key) throws { try member(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: String, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { try member(key).encode(value) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try member(key).write(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        member(key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { member(StepKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

/// Writes the elements of one array.
struct StrictUnkeyedEncoding: UnkeyedEncodingContainer {
    let encoder: StrictEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.node.count }

    private func element() -> StrictEncoder {
        let path = encoder.codingPath + [StepKey(count)]
        return StrictEncoder(node: encoder.node.element(), codingPath: path, keepsNames: false)
    }

    func encodeNil() throws { try element().encodeNil() }
    func encode(_ value: Bool) throws { try element().encode(value) }
    func encode(_ value: String) throws { try element().encode(value) }
    func encode(_ value: Double) throws { try element().encode(value) }
    func encode(_ value: Float) throws { try element().encode(value) }
    func encode(_ value: Int) throws { try element().encode(value) }
    func encode(_ value: Int8) throws { try element().encode(value) }
    func encode(_ value: Int16) throws { try element().encode(value) }
    func encode(_ value: Int32) throws { try element().encode(value) }
    func encode(_ value: Int64) throws { try element().encode(value) }
    func encode(_ value: UInt) throws { try element().encode(value) }
    func encode(_ value: UInt8) throws { try element().encode(value) }
    func encode(_ value: UInt16) throws { try element().encode(value) }
    func encode(_ value: UInt32) throws { try element().encode(value) }
    func encode(_ value: UInt64) throws { try element().encode(value) }
    func encode<T: Encodable>(_ value: T) throws { try element().write(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        element().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
    func superEncoder() -> any Encoder { element() }
}
