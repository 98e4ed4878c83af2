// SPDX-License-Identifier: Apache-2.0

/// Remembers which members of which objects a type asked for, so that the others can be refused.
///
/// Lives within one call of ``StrictJSON``'s `decode` and is not shared.
final class MemberLedger {
    private var asked: [JSONPath: [String]] = [:]
    private var taken: Set<JSONPath> = []

    /// Notes that the object at a place is read by names.
    func open(_ path: JSONPath) { asked[path, default: []] += [] }

    /// Notes that a member was asked for.
    func ask(_ name: String, at path: JSONPath) {
        guard asked[path]?.contains(name) != true else { return }
        asked[path, default: []].append(name)
    }

    /// Notes that everything at a place belongs to who took it.
    func take(_ path: JSONPath) { taken.insert(path) }

    /// Refuses the first member, in the order of the document, that was never asked for.
    func refuseUnknown(in value: JSONValue, at path: JSONPath) throws(StrictJSONError) {
        guard !taken.contains(path) else { return }
        switch value {
        case .object(let members):
            let known = asked[path] ?? []
            for member in members {
                let place = path.appending(.member(member.name))
                guard known.contains(member.name) else {
                    throw StrictJSONError(.unknownField(known: known), at: place)
                }
                try refuseUnknown(in: member.value, at: place)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try refuseUnknown(in: element, at: path.appending(.element(index)))
            }
        case .null, .bool, .number, .string: return
        }
    }
}

/// One value on its way into a type.
struct StrictDecoder: Decoder {
    let value: JSONValue
    let path: JSONPath
    let ledger: MemberLedger
    /// True while the keys of a dictionary are read, which are content and not names of properties.
    var keepsNames = false

    var codingPath: [any CodingKey] {
        path.steps.map { step in
            switch step {
            case .member(let name): StepKey(name)
            case .element(let index): StepKey(index)
            }
        }
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Reads a type out of the value, and turns every error into one with a place.
    func read<T: Decodable>(_ type: T.Type) throws(StrictJSONError) -> T {
        if type == JSONValue.self { ledger.take(path) }
        var decoder = self
        decoder.keepsNames = type is any TextKeyed.Type
        do {
            return try T(from: decoder)
        } catch let error as StrictJSONError {
            throw error
        } catch let error as DecodingError {
            throw located(error, reading: type)
        } catch {
            throw StrictJSONError(.invalid(String(describing: error)), at: path)
        }
    }

    private func located(_ error: DecodingError, reading type: Any.Type) -> StrictJSONError {
        switch error {
        case .dataCorrupted(let context):
            if let allowed = Self.allowedTexts(of: type), case .string(let text) = value {
                return StrictJSONError(.notOneOf(allowed, found: text), at: path)
            }
            return StrictJSONError(.invalid(context.debugDescription), at: Self.path(of: context.codingPath))
        case .keyNotFound(let key, let context):
            return StrictJSONError(.missingField(similar: nil), at: Self.path(of: context.codingPath + [key]))
        case .valueNotFound(_, let context), .typeMismatch(_, let context):
            return StrictJSONError(.invalid(context.debugDescription), at: Self.path(of: context.codingPath))
        @unknown default:
            return StrictJSONError(.invalid(String(describing: error)), at: path)
        }
    }

    private static func path(of keys: [any CodingKey]) -> JSONPath {
        keys.reduce(.document) { path, key in
            path.appending(key.intValue.map { .element($0) } ?? .member(WireName.snakeCase(key.stringValue)))
        }
    }

    /// The raw values of an enumeration that lists its cases; `nil` for any other type.
    private static func allowedTexts(of type: Any.Type) -> [String]? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        func texts<C: CaseIterable>(_ type: C.Type) -> [String] {
            type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        }
        let allowed = texts(type)
        return allowed.isEmpty ? nil : allowed
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch(.object) }
        ledger.open(path)
        return KeyedDecodingContainer(StrictKeyedDecoding<Key>(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch(.list) }
        return StrictUnkeyedDecoding(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

// MARK: - Scalars

extension StrictDecoder: SingleValueDecodingContainer {
    func mismatch(_ expected: StrictJSONError.ValueKind) -> StrictJSONError {
        StrictJSONError(.wrongType(expected: expected, found: value.kind), at: path)
    }

    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = value else { throw mismatch(.bool) }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = value else { throw mismatch(.text) }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let digits) = value else { throw mismatch(.number) }
        guard let number = Double(digits), number.isFinite else {
            throw StrictJSONError(.outOfRange(digits), at: path)
        }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float {
        guard case .number(let digits) = value else { throw mismatch(.number) }
        guard let number = Float(digits), number.isFinite else {
            throw StrictJSONError(.outOfRange(digits), at: path)
        }
        return number
    }

    func decode(_ type: Int.Type) throws -> Int { try whole(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }

    private func whole<T: FixedWidthInteger>(_ type: T.Type) throws(StrictJSONError) -> T {
        guard case .number(let digits) = value else { throw mismatch(.wholeNumber) }
        // "1.0" and "1e3" are refused: whoever counts in whole numbers writes whole numbers.
        guard digits.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || ($0 >= 0x30 && $0 <= 0x39) }) else {
            throw mismatch(.wholeNumber)
        }
        guard let number = T(digits) else { throw StrictJSONError(.outOfRange(digits), at: path) }
        return number
    }
}

extension JSONValue {
    /// The kind, for error texts.
    var kind: StrictJSONError.ValueKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .text
        case .array: .list
        case .object: .object
        }
    }
}
