// SPDX-License-Identifier: Apache-2.0

extension WorkingDecimal {
    /// Number of significant digits to which two computed values are compared.
    ///
    /// Each operation errs by at most half a unit of the 34th digit; nine digits are left for the errors of thousands of them, so that
    /// x / 3 · 3 equals x. Nothing that is measured, and no limit, has more than 25 digits that mean something.
    package static let decisiveDigits = 25

    /// The value as it is compared with a limit: rounded to ``decisiveDigits``, nearest even.
    ///
    /// Where a difference has lost digits by cancellation, compare its terms instead.
    package var decisive: WorkingDecimal {
        // Only a carry at 10^6144 cannot be rounded; such a number is compared as it is.
        (try? rounded(significantDigits: Self.decisiveDigits)) ?? self
    }

    /// Whether the value is at most a limit, both rounded to ``decisiveDigits``.
    package func isAtMost(_ limit: WorkingDecimal) -> Bool { decisive <= limit.decisive }

    /// Whether the value is at least a limit, both rounded to ``decisiveDigits``.
    package func isAtLeast(_ limit: WorkingDecimal) -> Bool { decisive >= limit.decisive }

    /// Value rounded once to a number of significant digits.
    ///
    /// - Parameters:
    ///   - digits: 1...34.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/overflow`` for a carry at the end of the range.
    package func rounded(significantDigits digits: Int, mode: RoundingMode = .halfEven) throws(DecimalError) -> WorkingDecimal {
        guard (1...Self.precision).contains(digits) else { throw .digitsOutOfRange(digits) }
        return try Self.rounded(
            low: coefficient.magnitude,
            exponent: Int(exponent),
            isNegative: isNegative,
            digits: digits,
            mode: mode
        )
    }

    /// Crosses from binary floating point by the shortest decimal that names the double (0.1 becomes 0.1).
    ///
    /// - Throws: ``DecimalError/notANumber(_:)`` for NaN and infinities.
    package init(approximating approximation: Double) throws(DecimalError) {
        guard approximation.isFinite else { throw .notANumber(approximation.description) }
        guard let shortest = PlainDecimal(approximation) else { throw .notANumber(approximation.description) }
        let digits = Int128(shortest.digits)
        self =
            WorkingDecimal(unchecked: approximation < 0 ? -digits : digits, exponent: Int32(shortest.exponent))
            .withoutTrailingZeros
    }

    /// The same value as an exact decimal.
    ///
    /// - Throws: ``DecimalError/tooManyDigits`` where it has more than 38 digits or 60 decimal places.
    package func decimal() throws(DecimalError) -> DecimalNumber {
        do {
            return try DecimalNumber(coefficient: coefficient, scale: -Int(exponent))
        } catch {
            let short = withoutTrailingZeros
            return try DecimalNumber(coefficient: short.coefficient, scale: -Int(short.exponent))
        }
    }

    /// Decimal rounded once to a number of decimal places.
    ///
    /// - Parameters:
    ///   - scale: Decimal places, -38...60.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/overflow``.
    package func decimal(toScale scale: Int, mode: RoundingMode) throws(DecimalError) -> DecimalNumber {
        guard (-38...DecimalNumber.largestScale).contains(scale) else { throw .digitsOutOfRange(scale) }
        let magnitude = try DecimalNumber.roundedQuotient(
            coefficient.magnitude,
            1,
            exponent: Int(exponent) + scale,
            isNegative: isNegative,
            rounding: mode
        )
        guard let widened = DecimalNumber.multiplied(magnitude, byPowerOfTen: max(0, -scale)),
            let signed = DecimalNumber.signed(widened, isNegative: isNegative)
        else { throw .overflow }
        return DecimalNumber(unchecked: signed, scale: max(0, scale))
    }

    /// Decimal rounded once to a number of significant digits; no zeros are added.
    ///
    /// - Parameters:
    ///   - digits: 1...34.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/tooManyDigits`` outside the range of decimals.
    package func decimal(significantDigits digits: Int, mode: RoundingMode) throws(DecimalError) -> DecimalNumber {
        try rounded(significantDigits: digits, mode: mode).decimal()
    }

    /// Nearest binary floating-point number, for evaluations that are binary; infinite above 1.8×10^308, zero below 5×10^−324.
    package var approximateValue: Double {
        // Both operands are exact doubles here, so that the one operation rounds correctly.
        if coefficient.magnitude < 1 << 53, (-22...22).contains(exponent) {
            let digits = Double(Int64(coefficient))
            return exponent < 0 ? digits / Self.exactPowers[Int(-exponent)] : digits * Self.exactPowers[Int(exponent)]
        }
        return Double("\(coefficient)e\(exponent)") ?? .nan
    }

    /// Powers of ten that are exact in binary64, 10^0 to 10^22.
    private static let exactPowers: [Double] = (0...22).reduce(into: []) { powers, _ in powers.append((powers.last ?? 0.1) * 10) }
}

extension WorkingDecimal: CustomStringConvertible {
    /// The shortest digits of the value with a decimal point; from 10^21 and below 10^−40 with a power of ten, as 1.5e-100.
    package var description: String {
        let short = withoutTrailingZeros
        // What has no plain form is written with a power of ten below.
        if short.exponent >= -60, (-40..<21).contains(short.leadingPower), let plain = try? short.decimal() {
            return plain.description
        }
        let digits = String(short.coefficient.magnitude)
        let fraction = digits.dropFirst()
        return (isNegative ? "-" : "") + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(short.leadingPower)"
    }
}
