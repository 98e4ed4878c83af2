// SPDX-License-Identifier: Apache-2.0

extension DecimalNumber {
    /// Exact sum with the digits of the operand that has more of them.
    ///
    /// - Throws: ``DecimalError/overflow`` when the exact sum does not fit.
    package func adding(_ other: DecimalNumber) throws(DecimalError) -> DecimalNumber {
        let common = max(scale, other.scale)
        let (sum, overflow) = try coefficient(atScale: common)
            .addingReportingOverflow(other.coefficient(atScale: common))
        guard !overflow, sum != Int128.min else { throw .overflow }
        return DecimalNumber(unchecked: sum, scale: common)
    }

    /// Exact difference with the digits of the operand that has more of them.
    ///
    /// - Throws: ``DecimalError/overflow`` when the exact difference does not fit.
    package func subtracting(_ other: DecimalNumber) throws(DecimalError) -> DecimalNumber {
        try adding(other.negated)
    }

    /// Exact product; its number of decimal places is the sum of both where that fits.
    ///
    /// - Throws: ``DecimalError/overflow`` when the exact product does not fit.
    package func multiplied(by other: DecimalNumber) throws(DecimalError) -> DecimalNumber {
        if let product = product(with: other) { return product }
        // Zeros at the end carry no value: the product may fit without them.
        guard let product = withoutTrailingZeros.product(with: other.withoutTrailingZeros) else {
            throw .overflow
        }
        return product
    }

    /// Value with the other sign; zero stays zero.
    package var negated: DecimalNumber {
        DecimalNumber(unchecked: -coefficient, scale: scale)
    }

    /// Quotient rounded once, from its exact value, to a number of decimal places.
    ///
    /// - Parameters:
    ///   - divisor: Number other than zero.
    ///   - scale: Decimal places of the quotient, 0...60.
    ///   - rounding: Mode of the one rounding.
    /// - Throws: ``DecimalError/divisionByZero``, ``DecimalError/digitsOutOfRange(_:)`` for the scale,
    ///   ``DecimalError/overflow`` when the quotient does not fit.
    package func divided(
        by divisor: DecimalNumber,
        scale resultScale: Int,
        rounding: RoundingMode
    ) throws(DecimalError) -> DecimalNumber {
        guard !divisor.isZero else { throw .divisionByZero }
        guard (0...Self.largestScale).contains(resultScale) else { throw .digitsOutOfRange(resultScale) }
        let isNegative = (coefficient < 0) != (divisor.coefficient < 0)
        let magnitude = try Self.roundedQuotient(
            coefficient.magnitude,
            divisor.coefficient.magnitude,
            exponent: resultScale + divisor.scale - scale,
            isNegative: isNegative,
            rounding: rounding
        )
        guard let signed = Self.signed(magnitude, isNegative: isNegative) else { throw .overflow }
        return DecimalNumber(unchecked: signed, scale: resultScale)
    }

    private func product(with other: DecimalNumber) -> DecimalNumber? {
        let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
        guard !overflow, product != Int128.min, scale + other.scale <= Self.largestScale else { return nil }
        return DecimalNumber(unchecked: product, scale: scale + other.scale)
    }

    /// Coefficient of the same value at a scale that is not smaller.
    private func coefficient(atScale target: Int) throws(DecimalError) -> Int128 {
        guard let widened = Self.multiplied(coefficient.magnitude, byPowerOfTen: target - scale),
            let signed = Self.signed(widened, isNegative: coefficient < 0)
        else { throw .overflow }
        return signed
    }

    /// Rounded magnitude of numerator × 10^exponent / divisor, computed with a numerator of 256 bits.
    static func roundedQuotient(
        _ numerator: UInt128,
        _ divisor: UInt128,
        exponent: Int,
        isNegative: Bool,
        rounding: RoundingMode
    ) throws(DecimalError) -> UInt128 {
        guard numerator != 0 else { return 0 }
        var quotient: UInt128 = 0
        let discarded: DiscardedPart
        if exponent >= 0 {
            guard powersOfTen.indices.contains(exponent) else { throw .overflow }
            let wide = numerator.multipliedFullWidth(by: powersOfTen[exponent])
            guard wide.high < divisor else { throw .overflow }
            // Rounding divides by one; and most quotients need no numerator of 256 bits, whose division is slow.
            let result: (quotient: UInt128, remainder: UInt128) =
                divisor == 1
                ? (wide.low, 0)
                : wide.high == 0 ? wide.low.quotientAndRemainder(dividingBy: divisor) : divisor.dividingFullWidth(wide)
            quotient = result.quotient
            discarded = DiscardedPart(remainder: result.remainder, of: divisor)
        } else if let widened = multiplied(divisor, byPowerOfTen: -exponent) {
            let result = numerator.quotientAndRemainder(dividingBy: widened)
            quotient = result.quotient
            discarded = DiscardedPart(remainder: result.remainder, of: widened)
        } else {
            // The divisor has more than 128 bits, the numerator at most 127: less than half a step.
            discarded = .belowHalf
        }
        guard rounding.growsMagnitude(isNegative: isNegative, isOdd: quotient & 1 == 1, discarded: discarded)
        else { return quotient }
        let (grown, overflow) = quotient.addingReportingOverflow(1)
        guard !overflow else { throw .overflow }
        return grown
    }
}
