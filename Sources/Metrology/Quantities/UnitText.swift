// SPDX-License-Identifier: Apache-2.0

/// Reader of the text of a unit: `kg·m²/s²`, `m^3/h`, `µg/(L·h)`, `CFU/100 mL`, `10^-6/K`.
///
/// Factors are joined by ·, *, ×, a point between letters or a blank; one solidus divides by the one factor behind it, and more than one
/// factor there needs parentheses; exponents are superscripts, `^2`, `^(-1)` or digits behind the symbol (`m3`, `s-1`).
/// Source: SI Brochure, 9th edition, 5.2 (unit symbols: products, quotients, one solidus).
struct UnitText {
    /// Longest text in bytes of UTF-8.
    static let longest = 96
    /// Deepest parentheses.
    static let deepest = 4
    /// Largest exponent of a unit.
    static let largestExponent = 12

    private let text: String
    private let characters: [Character]
    private var position = 0

    /// Reads the whole text.
    ///
    /// - Throws: ``QuantityError``.
    static func product(_ source: some StringProtocol) throws(QuantityError) -> UnitProduct {
        let length = source.utf8.count
        guard length <= longest else { throw .textTooLong(length) }
        // The micro sign of the SI is printed as U+00B5; keyboards also give the Greek letter, which Unicode keeps apart.
        let text = String(source.map { $0 == "\u{3BC}" ? "\u{B5}" : $0 })
        var reader = UnitText(text)
        reader.skipBlanks()
        let trimmed = String(reader.characters[reader.position...].reversed().drop { $0.isWhitespace }.reversed())
        if let entry = UnitIndex.entry(trimmed) { return try entry.product(in: text) }
        let product = try reader.unit(depth: 0)
        guard reader.position == reader.characters.count else { throw reader.malformed("a unit ends here") }
        return product
    }

    private init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    // MARK: - Grammar

    private mutating func unit(depth: Int) throws(QuantityError) -> UnitProduct {
        skipBlanks()
        var result = peek == "/" ? UnitProduct() : try numerator(depth: depth)
        skipBlanks()
        guard peek == "/" else { return result }
        position += 1
        skipBlanks()
        var below = try factor(depth: depth)
        if below.isNumber {
            // 1/100 mL is one hundredth of 1/mL: a number belongs to the unit behind it.
            skipBlanks()
            if startsName {
                try below.multiply(by: factor(depth: depth), inverse: false, sign: " ", in: text)
            }
        }
        try result.multiply(by: below, inverse: true, sign: "/", in: text)
        skipBlanks()
        guard peek == nil || peek == ")" else {
            throw malformed("only one factor stands behind a solidus; put more of them in parentheses, as mg/(L·h)")
        }
        return result
    }

    private mutating func numerator(depth: Int) throws(QuantityError) -> UnitProduct {
        var result = try factor(depth: depth)
        var isAfterNumber = result.isNumber
        while true {
            let start = position
            skipBlanks()
            let isSigned = startsMultiplication
            if isSigned {
                position += 1
                skipBlanks()
            } else if !startsName && !(position > start && startsFactor) {
                return result
            } else if position == start, !isAfterNumber {
                throw malformed("write · between units, as N·m")
            }
            let next = try factor(depth: depth)
            try result.multiply(by: next, inverse: false, sign: isAfterNumber && !isSigned ? " " : "·", in: text)
            isAfterNumber = next.isNumber
        }
    }

    private mutating func factor(depth: Int) throws(QuantityError) -> UnitProduct {
        guard let first = peek else { throw malformed("a unit is missing") }
        var result: UnitProduct
        if first == "(" {
            guard depth < Self.deepest else { throw malformed("parentheses are more than \(Self.deepest) deep") }
            position += 1
            result = try unit(depth: depth + 1)
            guard peek == ")" else { throw malformed("a closing parenthesis is missing") }
            position += 1
            result.symbol = "(\(result.symbol))"
            result.englishSymbol = "(\(result.englishSymbol))"
        } else if Self.isDigit(first) {
            return try number()
        } else {
            guard startsName else { throw malformed("a unit is missing") }
            let named = try name()
            result = named.product
            if let exponent = named.exponent {
                try result.raise(to: exponent, in: text)
                return result
            }
        }
        if let exponent = try exponent() { try result.raise(to: exponent, in: text) }
        return result
    }

    private mutating func number() throws(QuantityError) -> UnitProduct {
        let start = position
        var value: Int128 = 0
        while let digit = peek, Self.isDigit(digit) {
            value = value * 10 + Int128(digit.wholeNumberValue ?? 0)
            position += 1
            guard position - start <= 12 else { throw malformed("a number in a unit has at most 12 digits") }
        }
        let digits = String(characters[start..<position])
        guard value > 0 else { throw malformed("a number in a unit is a whole number above zero") }
        let exponent = try exponent(largest: 30) ?? 1
        let symbol = digits + (exponent == 1 ? "" : Self.superscript(exponent))
        let power =
            value == 10
            ? UnitFactor(1, over: 1, powerOfTen: exponent) : UnitFactor(value, over: 1, powerOfTen: 0)?.raised(to: exponent)
        guard let power else { throw .factorTooLarge(text) }
        return UnitProduct(number: power, symbol: symbol)
    }

    /// A symbol with the exponent that its digits say (m3, s-1), where the table has no unit with those digits.
    private mutating func name() throws(QuantityError) -> (product: UnitProduct, exponent: Int?) {
        let start = position
        while startsName || isDigitOfName { position += 1 }
        let symbol = String(characters[start..<position])
        if let entry = UnitIndex.entry(symbol) { return (try entry.product(in: text), nil) }
        let stem = symbol.prefix { !Self.isDigit($0) && $0 != "-" && $0 != "\u{2212}" }
        let digits = symbol.dropFirst(stem.count)
        if !digits.isEmpty, let entry = UnitIndex.entry(String(stem)),
            let exponent = Int(digits.replacing("\u{2212}", with: "-")), (1...Self.largestExponent).contains(abs(exponent))
        {
            return (try entry.product(in: text), exponent)
        }
        throw .unknownUnit(symbol, in: text)
    }

    /// Exponent behind a factor: `²`, `⁻¹`, `^2`, `^-1`, `^(-1)`.
    private mutating func exponent(largest: Int = largestExponent) throws(QuantityError) -> Int? {
        var digits = ""
        if peek == "^" {
            position += 1
            let isEnclosed = peek == "("
            if isEnclosed { position += 1 }
            while let next = peek, Self.isDigit(next) || "+-\u{2212}".contains(next), digits.count < 4 {
                digits.append(next == "\u{2212}" ? "-" : next)
                position += 1
            }
            if isEnclosed {
                guard peek == ")" else { throw malformed("an exponent is a whole number, as m^2 or s^(-1)") }
                position += 1
            }
        } else {
            while let next = peek, let index = Self.superscripts.firstIndex(of: next), digits.count < 4 {
                digits.append(Self.plainForms[index])
                position += 1
            }
            if digits.isEmpty { return nil }
        }
        guard let exponent = Int(digits), exponent != 0 else { throw malformed("an exponent is a whole number other than zero") }
        guard abs(exponent) <= largest else { throw .exponentTooLarge }
        return exponent
    }

    // MARK: - Characters

    private var peek: Character? { position < characters.count ? characters[position] : nil }

    private mutating func skipBlanks() {
        while let next = peek, next.isWhitespace { position += 1 }
    }

    private func malformed(_ reason: String) -> QuantityError {
        .malformed(text, column: position + 1, reason: reason)
    }

    private var startsFactor: Bool { startsName || peek == "(" || peek.map(Self.isDigit) ?? false }

    /// Whether a character of a symbol stands here, other than a digit or a sign.
    private var startsName: Bool {
        guard let next = peek else { return false }
        return !next.isWhitespace && !Self.isDigit(next) && !Self.isMultiplication(next) && !"/()^+-\u{2212},".contains(next)
            && !Self.superscripts.contains(next)
    }

    /// Whether the digits of a symbol go on here: `H2O`, `m3`, `s-1`, `Pt-Co`.
    private var isDigitOfName: Bool {
        guard let next = peek else { return false }
        if Self.isDigit(next) { return true }
        guard next == "-" || next == "\u{2212}", position + 1 < characters.count else { return false }
        return Self.isDigit(characters[position + 1]) || characters[position + 1].isLetter
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isWholeNumber }

    /// Whether a sign of multiplication stands here; a point before a digit is a decimal sign, which no unit has.
    private var startsMultiplication: Bool {
        guard let next = peek, Self.isMultiplication(next) else { return false }
        return next != "." || position + 1 == characters.count || !Self.isDigit(characters[position + 1])
    }

    private static func isMultiplication(_ character: Character) -> Bool { "·⋅•*×.".contains(character) }

    /// A whole number as superscript.
    static func superscript(_ number: Int) -> String {
        String(String(number).map { character in plainForms.firstIndex(of: character).map { superscripts[$0] } ?? character })
    }

    private static let superscripts: [Character] = Array("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
    private static let plainForms: [Character] = Array("0123456789+-")
}
