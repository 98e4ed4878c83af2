// SPDX-License-Identifier: Apache-2.0

/// Decimal floating-point number for values that decide: an error in percent, a corrected reading, a converted limit.
///
/// Coefficient × 10^exponent with up to 34 significant digits, every operation rounded once from its exact result, to nearest with ties
/// to even. Numbers above 9.99…×10^6144 are refused with ``DecimalError/overflow``; numbers below 10^−6144 become zero. There is no
/// negative zero, infinity or NaN. Equality, order and hash go by value.
/// Source: precision and exponent range of decimal128, IEEE 754-2008, 3.5 and table 3.6.
package struct WorkingDecimal: Sendable {
    /// Largest number of significant digits (IEEE 754-2008, table 3.6, decimal128).
    package static let precision = 34
    /// Largest power of ten of the first digit, and with the other sign the smallest (IEEE 754-2008, table 3.6, decimal128: emax).
    package static let largestPower = 6144

    /// The digits as one whole number with the sign of the value; its magnitude is below 10^34.
    let coefficient: Int128
    /// Power of ten of the last digit; 0 for zero.
    let exponent: Int32

    /// Zero.
    package static let zero = WorkingDecimal(unchecked: 0, exponent: 0)
    /// One.
    package static let one = WorkingDecimal(unchecked: 1, exponent: 0)

    /// Creates a whole number, exact.
    package init(_ whole: Int) {
        self.init(unchecked: Int128(whole), exponent: 0)
    }

    /// Creates a decimal; exact up to 34 significant digits, which every typed number has, else rounded once to nearest even.
    package init(_ decimal: DecimalNumber) {
        // 38 digits and at most 60 decimal places lie well inside the range: this cannot overflow.
        let rounded = try? Self.rounded(
            low: decimal.coefficient.magnitude,
            exponent: -decimal.scale,
            isNegative: decimal.isNegative
        )
        self = rounded ?? .zero
    }

    init(unchecked coefficient: Int128, exponent: Int32) {
        self.coefficient = coefficient
        self.exponent = coefficient == 0 ? 0 : exponent
    }
}

// MARK: - Properties

extension WorkingDecimal {
    /// Whether the value is zero.
    package var isZero: Bool { coefficient == 0 }
    /// Whether the value is below zero.
    package var isNegative: Bool { coefficient < 0 }
    /// Value with the other sign.
    package var negated: WorkingDecimal { WorkingDecimal(unchecked: -coefficient, exponent: exponent) }
    /// Absolute value.
    package var magnitude: WorkingDecimal { coefficient < 0 ? negated : self }

    /// Whether the value has no digits after the decimal sign.
    package var isWhole: Bool { withoutTrailingZeros.exponent >= 0 }

    /// The same value with the shortest coefficient.
    var withoutTrailingZeros: WorkingDecimal {
        guard coefficient != 0 else { return .zero }
        var digits = coefficient.magnitude
        var power = exponent
        // Halving steps: a quotient such as 1/4 ends with 32 zeros.
        for step in [16, 8, 4, 2, 1] {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: DecimalNumber.powersOfTen[step])
            if remainder == 0 {
                digits = quotient
                power += Int32(step)
            }
        }
        // The steps remove up to 31 zeros; a coefficient of 34 digits has up to 33.
        while case let (quotient, 0) = digits.quotientAndRemainder(dividingBy: 10) {
            digits = quotient
            power += 1
        }
        return WorkingDecimal(unchecked: coefficient < 0 ? -Int128(digits) : Int128(digits), exponent: power)
    }
}

// MARK: - Comparison

extension WorkingDecimal: Comparable, Hashable {
    package static func == (left: WorkingDecimal, right: WorkingDecimal) -> Bool {
        if left.exponent == right.exponent { return left.coefficient == right.coefficient }
        return left.compared(with: right) == 0
    }

    package static func < (left: WorkingDecimal, right: WorkingDecimal) -> Bool {
        if left.exponent == right.exponent { return left.coefficient < right.coefficient }
        return left.compared(with: right) < 0
    }

    package func hash(into hasher: inout Hasher) {
        let canonical = withoutTrailingZeros
        hasher.combine(canonical.coefficient)
        hasher.combine(canonical.exponent)
    }

    /// Exact comparison: −1, 0 or 1.
    private func compared(with other: WorkingDecimal) -> Int {
        let signs = (coefficient.signum(), other.coefficient.signum())
        guard signs.0 == signs.1, signs.0 != 0 else { return Int((signs.0 - signs.1).signum()) }
        let sign = Int(signs.0)
        let powers = (leadingPower, other.leadingPower)
        guard powers.0 == powers.1 else { return powers.0 < powers.1 ? -sign : sign }
        // The first digits have the same place, so that both fit into 34 digits at the smaller exponent.
        let lowest = min(exponent, other.exponent)
        let left = coefficient.magnitude * DecimalNumber.powersOfTen[Int(exponent - lowest)]
        let right = other.coefficient.magnitude * DecimalNumber.powersOfTen[Int(other.exponent - lowest)]
        return left == right ? 0 : (left < right ? -sign : sign)
    }

    /// Power of ten of the first digit; meaningless for zero.
    var leadingPower: Int { Int(exponent) + Self.digitCount(coefficient.magnitude) - 1 }
}

// MARK: - Rounding

extension WorkingDecimal {
    /// Number of decimal digits of a whole number; 1 for zero.
    static func digitCount(_ magnitude: UInt128) -> Int {
        let bits = 128 - magnitude.leadingZeroBitCount
        // 1233/4096 is just below log10(2): the estimate is right or one too small.
        let estimate = (bits &* 1233) >> 12
        return max(1, magnitude >= DecimalNumber.powersOfTen[min(estimate, 38)] ? estimate + 1 : estimate)
    }

    /// The value low × 10^exponent rounded to a number of digits.
    ///
    /// - Parameters:
    ///   - low: Whole number.
    ///   - exponent: Power of ten of its last digit.
    ///   - isNegative: Sign of the result.
    ///   - hasMore: Whether the exact value lies above `low` by less than one; then `low` has more digits than are kept.
    ///   - digits: Digits kept, 1...34.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/overflow``.
    @inline(__always)
    static func rounded(
        low: UInt128,
        exponent: Int,
        isNegative: Bool,
        hasMore: Bool = false,
        digits: Int = precision,
        mode: RoundingMode = .halfEven
    ) throws(DecimalError) -> WorkingDecimal {
        let excess = digitCount(low) - digits
        guard excess > 0 else { return try checked(low, exponent: exponent, isNegative: isNegative) }
        let unit = DecimalNumber.powersOfTen[excess]
        let (quotient, remainder) = low.quotientAndRemainder(dividingBy: unit)
        var discarded = DiscardedPart(remainder: remainder, of: unit)
        if hasMore { discarded = discarded.withMore }
        let grows = mode.growsMagnitude(isNegative: isNegative, isOdd: quotient & 1 == 1, discarded: discarded)
        let result = grows ? quotient + 1 : quotient
        // A carry keeps the number of digits: 99.96 becomes 100, not 100.0.
        let isCarry = result == DecimalNumber.powersOfTen[digits]
        return try checked(
            isCarry ? result / 10 : result, exponent: exponent + excess + (isCarry ? 1 : 0), isNegative: isNegative)
    }

    /// The value (high × 2^128 + low) × 10^exponent rounded to 34 digits, nearest even.
    ///
    /// - Parameters:
    ///   - high: Upper half of a whole number below 10^72.
    ///   - low: Lower half.
    ///   - exponent: Power of ten of its last digit.
    ///   - isNegative: Sign of the result.
    /// - Throws: ``DecimalError/overflow``.
    static func rounded(high: UInt128, low: UInt128, exponent: Int, isNegative: Bool) throws(DecimalError) -> WorkingDecimal {
        guard high != 0 else { return try rounded(low: low, exponent: exponent, isNegative: isNegative) }
        let bits = 256 - high.leadingZeroBitCount
        // The estimate is the number of digits or one less: the quotient keeps 34 or 35 of them, and the rest tells which way to round.
        let excess = ((bits &* 1233) >> 12) - precision
        let (quotient, remainder) = DecimalNumber.powersOfTen[excess].dividingFullWidth((high, low))
        guard quotient < DecimalNumber.powersOfTen[precision] else {
            return try rounded(low: quotient, exponent: exponent + excess, isNegative: isNegative, hasMore: remainder != 0)
        }
        let discarded = DiscardedPart(remainder: remainder, of: DecimalNumber.powersOfTen[excess])
        let grows = RoundingMode.halfEven.growsMagnitude(isNegative: isNegative, isOdd: quotient & 1 == 1, discarded: discarded)
        return try checked(grows ? quotient + 1 : quotient, exponent: exponent + excess, isNegative: isNegative)
    }

    /// A number of at most 34 digits, or 10^34 after a carry, whose place is within the range.
    private static func checked(_ magnitude: UInt128, exponent: Int, isNegative: Bool) throws(DecimalError) -> WorkingDecimal {
        var (magnitude, exponent) = (magnitude, exponent)
        if magnitude == DecimalNumber.powersOfTen[precision] {
            magnitude /= 10
            exponent += 1
        }
        if exponent > largestPower - precision || exponent < precision - largestPower {
            let first = exponent + digitCount(magnitude) - 1
            guard magnitude != 0, first >= -largestPower else { return .zero }
            guard first <= largestPower else { throw .overflow }
        }
        let signed = Int128(magnitude)
        return WorkingDecimal(unchecked: isNegative ? -signed : signed, exponent: Int32(exponent))
    }
}

extension DiscardedPart {
    /// The part when something smaller than what was looked at is discarded too.
    var withMore: DiscardedPart {
        switch self {
        case .zero, .belowHalf: .belowHalf
        case .half, .aboveHalf: .aboveHalf
        }
    }
}
