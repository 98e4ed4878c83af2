// SPDX-License-Identifier: Apache-2.0

/// Reads and writes JSON between the wire and `Codable` types, with snake_case names.
///
/// Reading refuses unknown members, wrong types and missing members, each with its path; nothing is converted
/// silently. Writing keeps the order in which a type encodes its members.
package enum StrictJSON {
    /// The value of a document, with the digits of numbers and the order of members kept.
    ///
    /// - Throws: ``StrictJSONError`` with line and column when the bytes are not one strict JSON document.
    package static func parse(_ bytes: some Sequence<UInt8>) throws(StrictJSONError) -> JSONValue {
        try StrictJSONParser.parse(Array(bytes))
    }

    /// A value of a type, read from a document.
    ///
    /// A property is read from the member of its name in snake_case. A member that the type does not ask for is
    /// an error; an empty text stays an empty text and never stands for an absent value; `null` and an absent
    /// member both stand for `nil`. A ``JSONValue`` takes any value as it is.
    /// - Parameter ignoringUnknownFields: true only in clients, which must live with a newer daemon's answers.
    /// - Throws: ``StrictJSONError`` naming the first fault and its place.
    package static func decode<T: Decodable>(
        _ type: T.Type,
        from bytes: some Sequence<UInt8>,
        ignoringUnknownFields: Bool = false
    ) throws(StrictJSONError) -> T {
        try decode(type, from: try parse(bytes), ignoringUnknownFields: ignoringUnknownFields)
    }

    /// A value of a type, read from a JSON value.
    ///
    /// - Parameter ignoringUnknownFields: true only in clients, which must live with a newer daemon's answers.
    /// - Throws: ``StrictJSONError`` naming the first fault and its place.
    package static func decode<T: Decodable>(
        _ type: T.Type,
        from value: JSONValue,
        ignoringUnknownFields: Bool = false
    ) throws(StrictJSONError) -> T {
        let ledger = MemberLedger()
        let result = try StrictDecoder(value: value, path: .document, ledger: ledger).read(type)
        if !ignoringUnknownFields { try ledger.refuseUnknown(in: value, at: .document) }
        return result
    }

    /// The JSON value of an encodable value, members in the order encoded; an absent optional is left out.
    ///
    /// - Throws: `EncodingError` for a number that is not finite, or what the value itself throws.
    package static func value(of value: some Encodable) throws -> JSONValue {
        let node = EncodedNode()
        try StrictEncoder(node: node, codingPath: [], keepsNames: false).write(value)
        return node.jsonValue
    }

    /// The document of an encodable value, in UTF-8.
    ///
    /// - Throws: as ``value(of:)``.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        try self.value(of: value).bytes
    }
}

/// A step of a path as Swift's coding machinery wants it.
struct StepKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(intValue) }
}

/// A dictionary keyed by text, whose keys are content and keep their spelling.
protocol TextKeyed {}
extension Dictionary: TextKeyed where Key == String {}

extension JSONValue: Codable {
    /// Takes the value as it is; only ``StrictJSON`` can do that.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? StrictDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a JSON value is read by StrictJSON only")
            )
        }
        self = decoder.value
    }

    /// Writes the value as it is; only ``StrictJSON`` can do that.
    package func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? StrictEncoder else {
            throw EncodingError.invalidValue(
                self,
                .init(codingPath: encoder.codingPath, debugDescription: "a JSON value is written by StrictJSON only")
            )
        }
        encoder.node.content = .value(self)
    }
}
