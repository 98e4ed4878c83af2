// SPDX-License-Identifier: Apache-2.0

/// Digits and power of ten of a decimal text: coefficient × 10^exponent.
struct ScannedDecimal {
    private(set) var coefficient: Int128 = 0
    private(set) var exponent = 0

    /// Reads the whole text; see ``DecimalNumber/init(parsing:)`` for what is accepted.
    init(_ source: String) throws(DecimalError) {
        // Nearly every number is plain; all other texts, and all mistakes, are told apart character by character.
        if let plain = PlainDecimal(source) {
            (coefficient, exponent) = (plain.isNegative ? -Int128(plain.digits) : Int128(plain.digits), plain.exponent)
            return
        }
        let text = Self.withoutOuterBlanks(source)
        guard !text.isEmpty else { throw .empty }
        var rest = Substring(text)
        let isNegative = Self.takeSign(from: &rest)
        var mantissa = rest.prefix { $0.isDecimalDigit || $0.isDecimalSign || $0.isGroupingBlank }
        while let last = mantissa.last, last.isGroupingBlank { mantissa.removeLast() }
        rest = rest[mantissa.endIndex...]
        let digits = try Self.digits(ofMantissa: mantissa, in: text)
        exponent = try Self.powerOfTen(rest, in: text) - digits.afterSign

        var magnitude: UInt128 = 0
        for digit in digits.values {
            guard let widened = DecimalNumber.multiplied(magnitude, byPowerOfTen: 1) else {
                throw .tooManyDigits
            }
            let (sum, overflow) = widened.addingReportingOverflow(UInt128(digit))
            guard !overflow else { throw .tooManyDigits }
            magnitude = sum
        }
        guard let signed = DecimalNumber.signed(magnitude, isNegative: isNegative) else {
            throw .tooManyDigits
        }
        coefficient = signed
    }

    private static func withoutOuterBlanks(_ source: String) -> String {
        let head = source.drop { $0.isWhitespace }
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(head[...last])
    }

    private static func takeSign(from rest: inout Substring) -> Bool {
        guard let first = rest.first, "+-\u{2212}".contains(first) else { return false }
        rest.removeFirst()
        return first != "+"
    }

    private static func digits(
        ofMantissa mantissa: Substring,
        in text: String
    ) throws(DecimalError) -> (values: [Int], afterSign: Int) {
        let signs = mantissa.count { $0.isDecimalSign }
        let blanks = mantissa.count { $0.isGroupingBlank }
        let parts = mantissa.split(omittingEmptySubsequences: false) {
            $0.isDecimalSign || $0.isGroupingBlank
        }
        guard parts.allSatisfy({ !$0.isEmpty }), let last = parts.last else { throw .notANumber(text) }
        guard signs <= 1, blanks == 0 else { throw .ambiguousSeparator(text) }
        let values = parts.joined().compactMap { $0.wholeNumberValue }
        return (values, signs == 1 ? last.count : 0)
    }

    /// Value of the part after the mantissa: nothing, `e-3`, `×10^-3`, `·10⁻³`.
    private static func powerOfTen(_ part: Substring, in text: String) throws(DecimalError) -> Int {
        guard let first = part.first else { return 0 }
        var rest = part
        if first == "e" || first == "E" {
            rest = rest.dropFirst()
        } else {
            rest = rest.drop { $0.isWhitespace }
            guard let sign = rest.first, "×xX*·".contains(sign) else { throw .notANumber(text) }
            rest = rest.dropFirst().drop { $0.isWhitespace }
            guard rest.hasPrefix("10") else { throw .notANumber(text) }
            rest = rest.dropFirst(2)
            if rest.first == "^" {
                rest = rest.dropFirst()
            } else {
                var plain = ""
                for character in rest {
                    guard let index = superscripts.firstIndex(of: character) else { throw .notANumber(text) }
                    plain.append(plainForms[index])
                }
                rest = Substring(plain)
            }
        }
        let isNegative = takeSign(from: &rest)
        // Four digits exceed every range kept; more of them could only overflow.
        guard (1...4).contains(rest.count), rest.allSatisfy({ $0.isDecimalDigit }), let power = Int(rest)
        else {
            throw .notANumber(text)
        }
        return isNegative ? -power : power
    }

    private static let superscripts: [Character] = Array("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
    private static let plainForms: [Character] = Array("0123456789+-")
}

extension Character {
    fileprivate var isDecimalDigit: Bool { isASCII && isWholeNumber }
    fileprivate var isDecimalSign: Bool { self == "," || self == "." }
    /// Blank used between groups of three digits: plain, no-break, thin or narrow no-break.
    fileprivate var isGroupingBlank: Bool { " \u{A0}\u{2009}\u{202F}".contains(self) }
}
