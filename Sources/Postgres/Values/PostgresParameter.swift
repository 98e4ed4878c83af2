// SPDX-License-Identifier: Apache-2.0

/// A value that travels to the server as text.
///
/// Binary floating point is left out on purpose: measured values are decimals and travel with their digits.
package protocol PostgresParameter: Sendable {
    /// Text of the value as the server reads it; nil is NULL.
    var postgresText: String? { get }
}

/// A value that may stand in an array parameter.
package protocol PostgresArrayElement: Sendable {
    /// Text of one element; nil is NULL.
    var postgresElementText: String? { get }
    /// Text of a whole array of such elements.
    static func postgresArrayText(_ elements: [Self]) -> String
}

extension PostgresArrayElement {
    /// Array literal of the server: `{"a","b",NULL}`.
    /// - Source: PostgreSQL 15 documentation, 8.15.6, array input and output syntax.
    package static func postgresArrayText(_ elements: [Self]) -> String {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        literal.reserveCapacity(16 * elements.count)
        for (index, element) in elements.enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            guard var text = element.postgresElementText else {
                literal.append(contentsOf: "NULL".utf8)
                continue
            }
            literal.append(UInt8(ascii: "\""))
            text.withUTF8 { utf8 in
                guard utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
                    literal.append(contentsOf: utf8)
                    return
                }
                for byte in utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
                    literal.append(byte)
                }
            }
            literal.append(UInt8(ascii: "\""))
        }
        literal.append(UInt8(ascii: "}"))
        return String(decoding: literal, as: UTF8.self)
    }
}

extension PostgresArrayElement where Self: FixedWidthInteger {
    /// Array literal of whole numbers: `{1,-2,3}`.
    package static func postgresArrayText(_ elements: [Self]) -> String {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        literal.reserveCapacity(12 * elements.count + 2)
        for (index, element) in elements.enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            literal.append(contentsOf: String(element).utf8)
        }
        literal.append(UInt8(ascii: "}"))
        return String(decoding: literal, as: UTF8.self)
    }
}

extension PostgresArrayElement where Self: PostgresParameter {
    /// The same text the value has outside an array.
    package var postgresElementText: String? { postgresText }
}

extension String: PostgresParameter, PostgresArrayElement {
    /// The string itself.
    package var postgresText: String? { self }
}

extension Substring: PostgresParameter, PostgresArrayElement {
    /// The characters as a string.
    package var postgresText: String? { String(self) }
}

extension Bool: PostgresParameter, PostgresArrayElement {
    /// `true` or `false`.
    package var postgresText: String? { self ? "true" : "false" }
}

extension Int: PostgresParameter, PostgresArrayElement {
    /// Decimal digits.
    package var postgresText: String? { String(self) }
}

extension Int64: PostgresParameter, PostgresArrayElement {
    /// Decimal digits.
    package var postgresText: String? { String(self) }
}

extension Int32: PostgresParameter, PostgresArrayElement {
    /// Decimal digits.
    package var postgresText: String? { String(self) }
}

extension Int16: PostgresParameter, PostgresArrayElement {
    /// Decimal digits.
    package var postgresText: String? { String(self) }
}

/// Bytes make up a `bytea`, not an array: `[UInt8]` travels as `\x` and hexadecimal digits.
extension UInt8: PostgresArrayElement {
    /// Decimal digits; whole arrays of bytes are written as hexadecimal digits instead.
    package var postgresElementText: String? { String(self) }

    /// `\x` and two hexadecimal digits for each byte.
    /// - Source: PostgreSQL 15 documentation, 8.4.1, bytea hex format.
    package static func postgresArrayText(_ elements: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 2 + 2 * elements.count) { buffer in
            buffer[0] = UInt8(ascii: "\\")
            buffer[1] = UInt8(ascii: "x")
            var position = 2
            for byte in elements {
                buffer[position] = digits[Int(byte >> 4)]
                buffer[position + 1] = digits[Int(byte & 15)]
                position += 2
            }
            return position
        }
    }
}

extension Array: PostgresParameter where Element: PostgresArrayElement {
    /// Array literal, or `\x…` for bytes.
    package var postgresText: String? { Element.postgresArrayText(self) }
}

extension Optional: PostgresParameter where Wrapped: PostgresParameter {
    /// Text of the value, or NULL.
    package var postgresText: String? {
        // No key path: one of a generic type is made anew at each use, which costs more than the text itself.
        switch self {
        case .some(let value): value.postgresText
        case .none: nil
        }
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
    /// Text of the element, or NULL.
    package var postgresElementText: String? {
        switch self {
        case .some(let value): value.postgresElementText
        case .none: nil
        }
    }
}

extension PostgresParameter where Self: RawRepresentable, RawValue: PostgresParameter {
    /// Text of the raw value.
    package var postgresText: String? { rawValue.postgresText }
}
