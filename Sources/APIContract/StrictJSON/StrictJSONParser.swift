// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON document, strictly.
///
/// Refused besides what the grammar refuses: bytes that are not UTF-8, a byte order mark, a name twice in one
/// object, more than 32 levels of nesting, a lone surrogate, and U+0000 (PostgreSQL cannot keep it in a text).
/// - Source: RFC 8259.
struct StrictJSONParser {
    /// The deepest nesting of arrays and objects that is read.
    static let depthLimit = 32

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value of a whole document.
    static func parse(_ bytes: [UInt8]) throws(StrictJSONError) -> JSONValue {
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw StrictJSONError(.byteOrderMark) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw StrictJSONError(.notUTF8) }
        var parser = StrictJSONParser(bytes)
        parser.skipWhiteSpace()
        guard parser.current != nil else { throw StrictJSONError(.emptyDocument) }
        let value = try parser.value(depth: 0)
        parser.skipWhiteSpace()
        guard parser.current == nil else { throw parser.malformed(.trailingText) }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func malformed(_ what: StrictJSONError.Syntax) -> StrictJSONError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        // Columns are counted in characters, as editors show them.
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return StrictJSONError(.malformed(what, line: line, column: column))
    }

    private mutating func value(depth: Int) throws(StrictJSONError) -> JSONValue {
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return .number(try number())
        case nil: throw malformed(.unexpectedEnd)
        default: throw malformed(.valueExpected)
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(StrictJSONError) -> JSONValue {
        let letters = Array(text.description.utf8)
        guard bytes[position...].starts(with: letters) else { throw malformed(.valueExpected) }
        position += letters.count
        return value
    }

    private mutating func object(depth: Int) throws(StrictJSONError) -> JSONValue {
        guard depth <= Self.depthLimit else { throw malformed(.tooDeep) }
        position += 1
        var members: [JSONMember] = []
        // Two spellings of one text (NFC, NFD) are one name: Swift compares them as equal.
        var names: Set<String> = []
        skipWhiteSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object([])
        }
        while true {
            skipWhiteSpace()
            guard current == UInt8(ascii: "\"") else {
                throw malformed(current == nil ? .unexpectedEnd : .nameExpected)
            }
            let start = position
            let name = try string()
            guard names.insert(name).inserted else {
                position = start
                throw malformed(.duplicateName(name))
            }
            skipWhiteSpace()
            guard current == UInt8(ascii: ":") else {
                throw malformed(current == nil ? .unexpectedEnd : .colonExpected)
            }
            position += 1
            skipWhiteSpace()
            members.append(JSONMember(name, try value(depth: depth)))
            if try closes(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(StrictJSONError) -> JSONValue {
        guard depth <= Self.depthLimit else { throw malformed(.tooDeep) }
        position += 1
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            skipWhiteSpace()
            elements.append(try value(depth: depth))
            if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Reads the comma or the closing bracket after an element; true for the bracket.
    private mutating func closes(with bracket: UInt8) throws(StrictJSONError) -> Bool {
        skipWhiteSpace()
        guard let byte = current else { throw malformed(.unexpectedEnd) }
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw malformed(.commaExpected) }
        position += 1
        return byte == bracket
    }

    /// Reads the digits of a number and keeps them as they stand.
    private mutating func number() throws(StrictJSONError) -> String {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(StrictJSONError) {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw malformed(.digitExpected) }
    }
}

// MARK: - Strings

extension StrictJSONParser {
    private mutating func string() throws(StrictJSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20: throw malformed(.controlCharacter)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw malformed(.unexpectedEnd)
    }

    private mutating func escape(into text: inout [UInt8]) throws(StrictJSONError) {
        guard let byte = current else { throw malformed(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Character(try codePoint()).utf8)
        default:
            position -= 1
            throw malformed(.badEscape)
        }
    }

    /// Reads the digits after `\u`, and a second escape when the first is the high half of a pair.
    private mutating func codePoint() throws(StrictJSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        var code = first
        if (0xD800..<0xDC00).contains(first) {
            guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
                throw malformed(.loneSurrogate)
            }
            position += 2
            let second = try hexadecimal()
            guard (0xDC00..<0xE000).contains(second) else { throw malformed(.loneSurrogate) }
            code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw malformed(.loneSurrogate) }
        guard scalar.value != 0 else { throw malformed(.nulCharacter) }
        return scalar
    }

    private mutating func hexadecimal() throws(StrictJSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw malformed(current == nil ? .unexpectedEnd : .badEscape)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
