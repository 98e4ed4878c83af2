// SPDX-License-Identifier: Apache-2.0

/// Exact decimal number that keeps its digits as they were read: 0.50 prints as 0.50 and equals 0.5.
///
/// The value is coefficient × 10^(−scale). Sums, differences and products are exact or refused with
/// ``DecimalError/overflow``; only functions with a rounding mode in their signature round.
/// Equality, order and hash go by value, not by digits. There is no negative zero.
package struct DecimalNumber: Sendable {
    /// Largest number of digits after the decimal sign.
    package static let largestScale = 60

    /// The digits as one whole number, with the sign of the value.
    package let coefficient: Int128
    /// Number of digits after the decimal sign, 0...60.
    package let scale: Int

    /// Creates the number coefficient × 10^(−scale).
    ///
    /// - Throws: ``DecimalError/tooManyDigits`` when the scale is above 60 or a negative scale needs too
    ///   many zeros.
    package init(coefficient: Int128, scale: Int) throws(DecimalError) {
        guard coefficient != Int128.min else { throw .tooManyDigits }
        if scale < 0 {
            guard coefficient != 0 else {
                self.init(unchecked: 0, scale: 0)
                return
            }
            guard let widened = Self.multiplied(coefficient.magnitude, byPowerOfTen: -scale),
                let signed = Self.signed(widened, isNegative: coefficient < 0)
            else { throw .tooManyDigits }
            self.init(unchecked: signed, scale: 0)
        } else {
            guard scale <= Self.largestScale else { throw .tooManyDigits }
            self.init(unchecked: coefficient, scale: scale)
        }
    }

    /// Creates a whole number.
    package init(_ whole: Int) {
        self.init(unchecked: Int128(whole), scale: 0)
    }

    init(unchecked coefficient: Int128, scale: Int) {
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Zero without digits after the decimal sign.
    package static let zero = DecimalNumber(0)
    /// One without digits after the decimal sign.
    package static let one = DecimalNumber(1)
}

// MARK: - Properties

extension DecimalNumber {
    /// Whether the value is zero, whatever its digits.
    package var isZero: Bool { coefficient == 0 }
    /// Whether the value is below zero.
    package var isNegative: Bool { coefficient < 0 }

    /// Absolute value, with the same digits.
    package var magnitude: DecimalNumber {
        coefficient < 0 ? DecimalNumber(unchecked: -coefficient, scale: scale) : self
    }

    /// Number of digits from the first that is not zero to the last one written; 1 for zero.
    package var significantDigitCount: Int {
        coefficient == 0 ? 1 : Self.digitCount(coefficient.magnitude)
    }

    /// One unit of the last digit written: 0.01 for 1.50.
    package var lastDigitUnit: DecimalNumber {
        DecimalNumber(unchecked: 1, scale: scale)
    }

    /// The same value without zeros at the end of its fraction.
    package var withoutTrailingZeros: DecimalNumber {
        guard coefficient != 0 else { return .zero }
        var coefficient = coefficient
        var scale = scale
        while scale > 0 {
            let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { break }
            coefficient = quotient
            scale -= 1
        }
        return DecimalNumber(unchecked: coefficient, scale: scale)
    }

    /// Nearest binary floating-point number, for evaluations only; never printed and never compared with a
    /// limit.
    package var approximateValue: Double {
        // Both operands are exact doubles here, so that the one division rounds correctly.
        if coefficient.magnitude < 1 << 53, scale <= 22 {
            var power = 1.0
            for _ in 0..<scale { power *= 10 }
            return Double(Int64(coefficient)) / power
        }
        return Double(description) ?? .nan
    }
}

// MARK: - Comparison

extension DecimalNumber: Comparable, Hashable {
    package static func == (left: DecimalNumber, right: DecimalNumber) -> Bool {
        left.compared(with: right) == 0
    }

    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        left.compared(with: right) < 0
    }

    package func hash(into hasher: inout Hasher) {
        let canonical = withoutTrailingZeros
        hasher.combine(canonical.coefficient)
        hasher.combine(canonical.scale)
    }

    /// Exact comparison that cannot overflow: −1, 0 or 1.
    private func compared(with other: DecimalNumber) -> Int {
        if scale > other.scale { return -other.compared(with: self) }
        // A product that does not fit is farther from zero than any coefficient.
        guard let widened = Self.multiplied(coefficient.magnitude, byPowerOfTen: other.scale - scale),
            let aligned = Self.signed(widened, isNegative: coefficient < 0)
        else { return coefficient.signum() == 1 ? 1 : -1 }
        return aligned == other.coefficient ? 0 : (aligned < other.coefficient ? -1 : 1)
    }
}

// MARK: - Whole-number arithmetic

extension DecimalNumber {
    /// Powers of ten that fit into 128 bits, 10^0 to 10^38.
    static let powersOfTen: [UInt128] = {
        var powers: [UInt128] = [1]
        while let last = powers.last, powers.count <= 38 { powers.append(last * 10) }
        return powers
    }()

    /// Product with 10^exponent, nil when it does not fit; zero stays zero for every exponent.
    static func multiplied(_ magnitude: UInt128, byPowerOfTen exponent: Int) -> UInt128? {
        if magnitude == 0 || exponent == 0 { return magnitude }
        guard powersOfTen.indices.contains(exponent) else { return nil }
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: powersOfTen[exponent])
        return overflow ? nil : product
    }

    /// Coefficient with a sign, nil when it does not fit.
    static func signed(_ magnitude: UInt128, isNegative: Bool) -> Int128? {
        guard let value = Int128(exactly: magnitude) else { return nil }
        return isNegative ? -value : value
    }

    /// Number of decimal digits of a positive whole number.
    static func digitCount(_ magnitude: UInt128) -> Int {
        powersOfTen.firstIndex { $0 > magnitude } ?? powersOfTen.count
    }
}
