// SPDX-License-Identifier: Apache-2.0

extension DecimalNumber {
    /// Value rounded once to a number of decimal places, padded with zeros where it has fewer.
    ///
    /// - Parameters:
    ///   - places: Decimal places, -38...60; -2 rounds to hundreds (the result then has scale 0).
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/overflow``.
    /// - Source: ISO 80000-1, Annex B (rounding in one step, never in stages).
    package func rounded(toScale places: Int, mode: RoundingMode) throws(DecimalError) -> DecimalNumber {
        guard (-38...Self.largestScale).contains(places) else { throw .digitsOutOfRange(places) }
        let magnitude = try Self.roundedQuotient(
            coefficient.magnitude,
            1,
            exponent: places - scale,
            isNegative: isNegative,
            rounding: mode
        )
        guard let signed = Self.signed(magnitude, isNegative: isNegative) else { throw .overflow }
        guard places < 0 else { return DecimalNumber(unchecked: signed, scale: places) }
        guard let widened = Self.multiplied(magnitude, byPowerOfTen: -places),
            let coefficient = Self.signed(widened, isNegative: isNegative)
        else { throw .overflow }
        return DecimalNumber(unchecked: coefficient, scale: 0)
    }

    /// Value rounded once to a number of significant digits; a carry keeps that number (0.0996 to 0.10).
    ///
    /// Zero is returned as it is.
    /// - Parameters:
    ///   - digits: Significant digits, 1...38.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/tooManyDigits``, ``DecimalError/overflow``.
    package func rounded(
        toSignificantDigits digits: Int,
        mode: RoundingMode
    ) throws(DecimalError) -> DecimalNumber {
        guard !isZero else { return self }
        return try rounded(toScale: decimalPlace(ofSignificantDigits: digits, mode: mode), mode: mode)
    }

    /// Decimal places that leave the given number of significant digits after rounding; negative for tens.
    ///
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)`` outside 1...38, ``DecimalError/tooManyDigits`` where the digits would end beyond the
    ///   60th decimal place, ``DecimalError/overflow``.
    package func decimalPlace(
        ofSignificantDigits digits: Int,
        mode: RoundingMode
    ) throws(DecimalError) -> Int {
        guard (1...38).contains(digits) else { throw .digitsOutOfRange(digits) }
        let places = scale - (Self.digitCount(coefficient.magnitude) - digits)
        // Padding beyond the largest scale would invent digits that cannot be kept.
        guard places <= Self.largestScale else { throw .tooManyDigits }
        let rounded = try rounded(toScale: places, mode: mode)
        let kept = Self.digitCount(rounded.coefficient.magnitude) + min(places, 0)
        return kept > digits ? places - 1 : places
    }

    /// Value rounded once to a whole multiple of a step; prints with the digits of the step.
    ///
    /// - Parameters:
    ///   - step: Positive step such as 0.005 or 50.
    ///   - mode: Rounding mode; "even" means an even number of steps.
    /// - Throws: ``DecimalError/divisionByZero`` for a step that is not positive, ``DecimalError/overflow``.
    package func rounded(
        toStep step: DecimalNumber,
        mode: RoundingMode
    ) throws(DecimalError) -> DecimalNumber {
        guard step > .zero else { throw .divisionByZero }
        return try divided(by: step, scale: 0, rounding: mode).multiplied(by: step)
    }

    /// Numerical tolerance of a positive uncertainty: half a unit of the last of its significant digits, as 0.000 005 for 0.000 35.
    ///
    /// - Parameter digits: Significant digits that are regarded as meaningful, 1...34; the uncertainty is rounded to them half to even.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/tooManyDigits``, ``DecimalError/overflow``.
    /// - Source: JCGM 101:2008, 7.9.2 (u written as c × 10^l, tolerance 10^l / 2).
    package func numericalTolerance(significantDigits digits: Int) throws(DecimalError) -> DecimalNumber {
        let place = try decimalPlace(ofSignificantDigits: digits, mode: .halfEven)
        return try DecimalNumber(coefficient: 5, scale: place + 1)
    }
}
