// SPDX-License-Identifier: Apache-2.0

/// A decimal text of ASCII with at most 19 significant digits, read byte by byte: sign, digits, one decimal comma or point, `e` with a whole power.
///
/// It accepts a part of what ``ScannedDecimal`` accepts, with the same value; no text of it can be read in another way there, because no
/// byte of it can be part of a longer character.
struct PlainDecimal {
    /// The digits as one whole number, below 10^19.
    private(set) var digits: UInt64 = 0
    /// Power of ten of the last digit.
    private(set) var exponent = 0
    private(set) var isNegative = false

    /// From here on one more digit might not fit.
    private static let full: UInt64 = 1_000_000_000_000_000_000
    private var isTooLong = false

    /// Reads a whole text; nil for every text of another form, right or wrong.
    init?(_ text: String) {
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            var number = PlainDecimal()
            return number.read(bytes) ? number : nil
        }
        guard let number = found ?? nil else { return nil }
        self = number
    }

    /// The shortest digits that name a finite binary number (0.1 is 1 × 10^−1).
    init?(_ approximation: Double) {
        self.init(approximation.description)
    }

    private init() {}

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        isNegative = Self.takeSign(bytes, &index)
        let before = takeDigits(bytes, &index)
        guard before > 0 else { return false }
        var after = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
            index += 1
            after = takeDigits(bytes, &index)
            guard after > 0 else { return false }
        }
        guard !isTooLong else { return false }
        exponent = -after
        guard index < bytes.count else { return true }
        // With the bit of lower case set, e and E are one.
        guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return false }
        index += 1
        let isPowerNegative = Self.takeSign(bytes, &index)
        guard (1...4).contains(bytes.count - index) else { return false }
        var power = 0
        while index < bytes.count, let digit = Self.digit(bytes[index]) {
            power = power * 10 + Int(digit)
            index += 1
        }
        exponent += isPowerNegative ? -power : power
        return index == bytes.count
    }

    /// Takes all digits there are, and returns how many.
    private mutating func takeDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, let digit = Self.digit(bytes[index]) {
            isTooLong = isTooLong || digits >= Self.full
            digits = digits &* 10 &+ digit
            index += 1
        }
        return index - start
    }

    private static func takeSign(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") else { return false }
        index += 1
        return bytes[index - 1] == UInt8(ascii: "-")
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }
}
