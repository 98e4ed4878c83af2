// SPDX-License-Identifier: Apache-2.0

extension WorkingDecimal {
    /// Sum, rounded once to 34 digits.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func adding(_ other: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        if exponent == other.exponent {
            let sum = coefficient + other.coefficient
            return try Self.rounded(low: sum.magnitude, exponent: Int(exponent), isNegative: sum < 0)
        }
        if other.isZero { return self }
        if isZero { return other }
        return exponent > other.exponent ? try addingFiner(other) : try other.addingFiner(self)
    }

    /// Difference, rounded once to 34 digits.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func subtracting(_ other: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        try adding(other.negated)
    }

    /// Product, rounded once to 34 digits.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func multiplied(by other: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        let product = coefficient.magnitude.multipliedFullWidth(by: other.coefficient.magnitude)
        return try Self.rounded(
            high: product.high,
            low: product.low,
            exponent: Int(exponent) + Int(other.exponent),
            isNegative: (coefficient < 0) != (other.coefficient < 0)
        )
    }

    /// Product with a power of ten, exact within the range.
    ///
    /// - Throws: ``DecimalError/overflow``.
    func scaled(byPowerOfTen power: Int) throws(DecimalError) -> WorkingDecimal {
        try Self.rounded(low: coefficient.magnitude, exponent: Int(exponent) + power, isNegative: coefficient < 0)
    }

    /// Quotient, rounded once to 34 digits.
    ///
    /// - Throws: ``DecimalError/divisionByZero``, ``DecimalError/overflow``.
    package func divided(by divisor: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        guard !divisor.isZero else { throw .divisionByZero }
        guard !isZero else { return .zero }
        let denominator = divisor.coefficient.magnitude
        let isNegative = (coefficient < 0) != (divisor.coefficient < 0)
        let power = Int(exponent) - Int(divisor.exponent)
        let short = coefficient.magnitude.quotientAndRemainder(dividingBy: denominator)
        if short.remainder == 0 {
            return try Self.rounded(low: short.quotient, exponent: power, isNegative: isNegative)
        }
        // A dividend of 34 digits times 10^(digits of the divisor) leaves a quotient of 34 or 35 digits, which fits into 128 bits.
        let widening = Self.precision - Self.digitCount(coefficient.magnitude)
        let shift = Self.digitCount(denominator)
        let wide = (coefficient.magnitude * DecimalNumber.powersOfTen[widening])
            .multipliedFullWidth(by: DecimalNumber.powersOfTen[shift])
        let (quotient, remainder) = denominator.dividingFullWidth(wide)
        let lowest = power - widening - shift
        if remainder == 0 {
            return try Self.rounded(low: quotient, exponent: lowest, isNegative: isNegative).withoutTrailingZeros
        }
        if quotient >= DecimalNumber.powersOfTen[Self.precision] {
            return try Self.rounded(low: quotient, exponent: lowest, isNegative: isNegative, hasMore: true)
        }
        let discarded = DiscardedPart(remainder: remainder, of: denominator)
        let grows = RoundingMode.halfEven.growsMagnitude(isNegative: isNegative, isOdd: quotient & 1 == 1, discarded: discarded)
        return try Self.rounded(low: grows ? quotient + 1 : quotient, exponent: lowest, isNegative: isNegative)
    }

    /// Sum with a number whose last digit has a smaller place; both are other than zero.
    private func addingFiner(_ finer: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        let count = Self.digitCount(coefficient.magnitude)
        let gap = Int(exponent) - Int(finer.exponent)
        if count + gap <= 38 {
            let sum = coefficient * Int128(DecimalNumber.powersOfTen[gap]) + finer.coefficient
            return try Self.rounded(low: sum.magnitude, exponent: Int(finer.exponent), isNegative: sum < 0)
        }
        let isDifference = (coefficient < 0) != (finer.coefficient < 0)
        // Three digits more than are kept: a finer number beyond them only tells which way to round.
        let widening = Self.precision + 3 - count
        let widened = coefficient.magnitude * DecimalNumber.powersOfTen[widening]
        if gap - widening > Self.precision {
            return try Self.rounded(
                low: isDifference ? widened - 1 : widened,
                exponent: Int(exponent) - widening,
                isNegative: coefficient < 0,
                hasMore: true
            )
        }
        var wide = widened.multipliedFullWidth(by: DecimalNumber.powersOfTen[gap - widening])
        if isDifference {
            let (low, borrow) = wide.low.subtractingReportingOverflow(finer.coefficient.magnitude)
            wide = (wide.high - (borrow ? 1 : 0), low)
        } else {
            let (low, carry) = wide.low.addingReportingOverflow(finer.coefficient.magnitude)
            wide = (wide.high + (carry ? 1 : 0), low)
        }
        return try Self.rounded(high: wide.high, low: wide.low, exponent: Int(finer.exponent), isNegative: coefficient < 0)
    }
}

// MARK: - Powers and roots

extension WorkingDecimal {
    /// Whole power by repeated squaring, each product rounded to 34 digits; 1 for the power 0.
    ///
    /// The relative error stays below 10^−31 for powers up to a hundred.
    /// - Parameter power: Whole number; for a negative one the reciprocal is raised.
    /// - Throws: ``DecimalError/divisionByZero`` for zero to a negative power, ``DecimalError/overflow``.
    package func raised(to power: Int) throws(DecimalError) -> WorkingDecimal {
        guard power >= 0 || !isZero else { throw .divisionByZero }
        if power == 0 { return .one }
        if isZero { return .zero }
        var result = WorkingDecimal.one
        var square = power < 0 ? try WorkingDecimal.one.divided(by: self) : self
        var rest = power.magnitude
        while true {
            if rest & 1 == 1 { result = try result.multiplied(by: square) }
            rest >>= 1
            guard rest > 0 else { return result }
            square = try square.multiplied(by: square)
        }
    }

    /// Square root, rounded once to 34 digits; nil for a negative number, which has none among the real numbers.
    package func squareRoot() -> WorkingDecimal? {
        guard !isNegative else { return nil }
        guard !isZero else { return .zero }
        // Radicand of 68 or 69 digits with an even power of ten: its root has 34 or 35 digits.
        let widening = Self.precision - Self.digitCount(coefficient.magnitude)
        let shift = Self.precision + ((Int(exponent) - widening - Self.precision) & 1)
        let radicand = (coefficient.magnitude * DecimalNumber.powersOfTen[widening])
            .multipliedFullWidth(by: DecimalNumber.powersOfTen[shift])
        let power = (Int(exponent) - widening - shift) / 2
        var root = Self.estimatedRoot(high: radicand.high, low: radicand.low)
        // Each of Newton's steps doubles the 50 binary digits that are right at first; the last one may end beside the floor.
        for _ in 0..<2 { root = (root + root.dividingFullWidth(radicand).quotient) >> 1 }
        while Self.isSquare(of: root, above: radicand) { root -= 1 }
        while !Self.isSquare(of: root + 1, above: radicand) { root += 1 }
        if root.multipliedFullWidth(by: root) == (radicand.high, radicand.low) {
            // A root lies nearer to one than the number: it cannot leave the range.
            return try? Self.rounded(low: root, exponent: power, isNegative: false).withoutTrailingZeros
        }
        // A whole number lies above (root + 1/2)² exactly when it lies above root·(root + 1). With that half as one digit more there
        // always is a digit to round away, and what follows it is never nothing.
        let middle = root.multipliedFullWidth(by: root + 1)
        let isAboveHalf = middle.high != radicand.high ? middle.high < radicand.high : middle.low < radicand.low
        // A root cannot leave the range.
        return try? Self.rounded(low: root * 10 + (isAboveHalf ? 5 : 0), exponent: power - 1, isNegative: false, hasMore: true)
    }

    /// Whether the square of a root is above a whole number of 256 bits.
    private static func isSquare(of root: UInt128, above radicand: (high: UInt128, low: UInt128)) -> Bool {
        let square = root.multipliedFullWidth(by: root)
        return square.high != radicand.high ? square.high > radicand.high : square.low > radicand.low
    }

    /// Root of a whole number of 222 to 230 bits, right to about 50 binary digits.
    private static func estimatedRoot(high: UInt128, low: UInt128) -> UInt128 {
        // The first 63 or 64 bits, with an even number of bits behind them.
        let behind = (128 - high.leadingZeroBitCount + 65) & ~1
        let first = UInt64(truncatingIfNeeded: high >> UInt128(behind - 128))
        // A binary64 holds 53 bits: 32 of the root and 21 of its fraction.
        let root = UInt64(Double(first).squareRoot() * 0x1p21)
        return UInt128(root) << UInt128(behind / 2 - 21)
    }
}
