// SPDX-License-Identifier: Apache-2.0

/// Instants as the wire has them.
enum Instant {
    /// `2017-03-01 09:00:00.5+07` as RFC 3339, `2017-03-01T09:00:00.5+07:00`; nil for `infinity` and years BC.
    static func rfc3339(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count >= 22, bytes[10] == UInt8(ascii: " "), bytes.last != UInt8(ascii: "C") else { return nil }
        let sign = bytes[bytes.count - 3]
        let isWholeHour = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        return String(unsafeUninitializedCapacity: bytes.count + 3) { buffer in
            for (index, byte) in bytes.enumerated() { buffer[index] = byte }
            buffer[10] = UInt8(ascii: "T")
            guard isWholeHour else { return bytes.count }
            for (index, byte) in ":00".utf8.enumerated() { buffer[bytes.count + index] = byte }
            return bytes.count + 3
        }
    }
}

extension FixedWidthInteger {
    /// Reads decimal digits with an optional minus sign; nil when anything else stands there or it is too large.
    init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty else { return nil }
        var value: Self = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let digit = Self(truncatingIfNeeded: byte - UInt8(ascii: "0"))
            let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, beyond) =
                isNegative ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
            guard !tooLarge, !beyond else { return nil }
            value = sum
        }
        self = value
    }
}

extension [UInt8] {
    /// Reads `\x` and hexadecimal digits, the server's text of a `bytea`; nil when it is anything else.
    init?(postgresHex text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 2, text.count.isMultiple(of: 2), text[0] == UInt8(ascii: "\\"),
            text[1] == UInt8(ascii: "x")
        else { return nil }
        self.init()
        reserveCapacity(text.count / 2 - 1)
        for position in stride(from: 2, to: text.count, by: 2) {
            guard let high = Self.digit(text[position]), let low = Self.digit(text[position + 1]) else { return nil }
            append(high << 4 | low)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Array literals of the server.
enum ArrayLiteral {
    /// Elements of `{a,"b c",NULL}`, nil for NULL; nil when the text is no array of one dimension.
    /// - Source: PostgreSQL 15 documentation, 8.15.6.
    static func elements(_ text: String) -> [String?]? {
        var rest = Array(text.utf8)[...]
        guard rest.popFirst() == UInt8(ascii: "{"), rest.popLast() == UInt8(ascii: "}") else { return nil }
        if rest.isEmpty { return [] }
        var elements: [String?] = []
        while true {
            guard let element = element(&rest) else { return nil }
            elements.append(element)
            guard let separator = rest.popFirst() else { return elements }
            guard separator == UInt8(ascii: ",") else { return nil }
        }
    }

    /// Takes one element; the outer nil is a malformed text, the inner one NULL.
    private static func element(_ rest: inout ArraySlice<UInt8>) -> String?? {
        let isQuoted = rest.first == UInt8(ascii: "\"")
        if isQuoted { rest.removeFirst() }
        var bytes: [UInt8] = []
        while let byte = rest.first {
            if byte == UInt8(ascii: "\\") {
                rest.removeFirst()
                guard let escaped = rest.popFirst() else { return .none }
                bytes.append(escaped)
                continue
            }
            if isQuoted, byte == UInt8(ascii: "\"") {
                rest.removeFirst()
                return .some(String(decoding: bytes, as: UTF8.self))
            }
            if !isQuoted, byte == UInt8(ascii: ",") { break }
            if !isQuoted, byte == UInt8(ascii: "{") { return .none }
            bytes.append(byte)
            rest.removeFirst()
        }
        if isQuoted { return .none }
        let text = String(decoding: bytes, as: UTF8.self)
        return .some(text == "NULL" ? nil : text)
    }
}
