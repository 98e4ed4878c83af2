// SPDX-License-Identifier: Apache-2.0

extension DecimalNumber {
    /// Reads a decimal number with its digits as typed.
    ///
    /// Accepted: an optional sign (+, -, −), digits, one decimal comma or point with digits on both sides, an
    /// optional power of ten (1.2e-3, 1,2×10^-3, 1,2·10⁻³). Blanks round the number are ignored.
    /// - Throws: ``DecimalError/empty``, ``DecimalError/ambiguousSeparator(_:)`` for thousands separators
    ///   (points, commas, blanks), ``DecimalError/notANumber(_:)``, ``DecimalError/tooManyDigits``.
    package init(parsing text: String) throws(DecimalError) {
        let scanned = try ScannedDecimal(text)
        try self.init(coefficient: scanned.coefficient, scale: -scanned.exponent)
    }

    /// Reads a piece of a text; see ``init(parsing:)-(String)``.
    package init(parsing text: some StringProtocol) throws(DecimalError) {
        try self.init(parsing: String(text))
    }

    /// Crosses from binary floating point to a decimal with a stated number of digits.
    ///
    /// The starting point is the shortest decimal that names this double (2.675 is the tie 2.675, not the
    /// binary value just below it); it is rounded once.
    /// - Parameters:
    ///   - approximation: Finite number.
    ///   - significantDigits: Digits of the result, 1...17.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/notANumber(_:)`` for NaN and infinities,
    ///   ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/tooManyDigits`` outside the range of decimals.
    package init(
        approximating approximation: Double,
        significantDigits: Int,
        mode: RoundingMode
    ) throws(DecimalError) {
        guard approximation.isFinite else { throw .notANumber(approximation.description) }
        guard (1...17).contains(significantDigits) else { throw .digitsOutOfRange(significantDigits) }
        guard let shortest = PlainDecimal(approximation) else { throw .notANumber(approximation.description) }
        guard shortest.digits != 0 else {
            self = .zero
            return
        }
        let isNegative = shortest.isNegative
        let digitCount = Self.digitCount(UInt128(shortest.digits))
        var magnitude = try Self.roundedQuotient(
            UInt128(shortest.digits),
            1,
            exponent: significantDigits - digitCount,
            isNegative: isNegative,
            rounding: mode
        )
        var exponent = shortest.exponent + digitCount - significantDigits
        if Self.digitCount(magnitude) > significantDigits {
            magnitude /= 10
            exponent += 1
        }
        guard let signed = Self.signed(magnitude, isNegative: isNegative) else { throw .tooManyDigits }
        try self.init(coefficient: signed, scale: -exponent)
    }

    /// The number with the given decimal sign and every digit kept; no exponent, no grouping.
    package func text(decimalSign: Character) -> String {
        let digits = String(coefficient.magnitude)
        let sign = coefficient < 0 ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        let beforeSign = padded.utf8.index(padded.endIndex, offsetBy: -scale)
        return sign + padded[..<beforeSign] + String(decimalSign) + padded[beforeSign...]
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// The number with a decimal point and every digit kept, as stored and sent.
    package var description: String { text(decimalSign: ".") }
}

extension DecimalNumber: Codable {
    /// Decodes a text; a binary JSON number is refused, because its digits are lost already.
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
