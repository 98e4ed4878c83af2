// SPDX-License-Identifier: Apache-2.0

/// Words of an expression, one after the other, over its bytes.
struct ModelScanner {
    enum Word: Equatable {
        case number, name, end
        case symbol(UInt8)
    }

    let bytes: [UInt8]
    private(set) var word = Word.end
    /// First byte of the word, and the one after it.
    private(set) var start = 0
    private(set) var end = 0
    /// End of the word before.
    private(set) var previousEnd = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        advance()
    }

    /// Text of the word.
    var text: String { String(decoding: bytes[start..<end], as: UTF8.self) }

    /// Goes on to the next word.
    mutating func advance() {
        previousEnd = end
        start = end
        while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
        end = start
        guard start < bytes.count else {
            word = .end
            return
        }
        let byte = bytes[start]
        if Self.isDigit(byte) || byte == UInt8(ascii: ".") && start + 1 < bytes.count && Self.isDigit(bytes[start + 1]) {
            word = .number
            scanNumber()
        } else if Self.isLetter(byte) {
            word = .name
            while end < bytes.count, Self.isLetter(bytes[end]) || Self.isDigit(bytes[end]) { end += 1 }
        } else {
            word = .symbol(byte)
            end += 1
            // A character of several bytes stays whole in messages.
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        }
    }

    /// Digits with at most one point, then an exponent if one is complete.
    private mutating func scanNumber() {
        skipDigits()
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
            end += 1
            skipDigits()
        }
        guard end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") else { return }
        var digit = end + 1
        if digit < bytes.count, bytes[digit] == UInt8(ascii: "+") || bytes[digit] == UInt8(ascii: "-") { digit += 1 }
        guard digit < bytes.count, Self.isDigit(bytes[digit]) else { return }
        end = digit
        skipDigits()
    }

    private mutating func skipDigits() {
        while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
    }

    /// Character of a byte, counted from 1.
    func column(of byte: Int) -> Int {
        bytes[..<byte].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    /// Whether a text is one name of the grammar.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
