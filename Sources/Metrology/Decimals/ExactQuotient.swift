// SPDX-License-Identifier: Apache-2.0

/// Quotient of two decimals that is kept exact until it is printed.
///
/// Comparisons multiply crosswise, so that no rounding decides a verdict.
package struct ExactQuotient: Sendable {
    /// Dividend, with the sign of the quotient.
    package let numerator: DecimalNumber
    /// Divisor, positive.
    package let denominator: DecimalNumber

    /// Creates a quotient; a negative divisor changes both signs.
    ///
    /// - Throws: ``DecimalError/divisionByZero``.
    package init(_ numerator: DecimalNumber, over denominator: DecimalNumber) throws(DecimalError) {
        guard !denominator.isZero else { throw .divisionByZero }
        self.numerator = denominator.isNegative ? numerator.negated : numerator
        self.denominator = denominator.magnitude
    }

    /// Arithmetic mean of decimals.
    ///
    /// - Throws: ``DecimalError/divisionByZero`` for an empty list, ``DecimalError/overflow``.
    package init(meanOf numbers: [DecimalNumber]) throws(DecimalError) {
        var sum = DecimalNumber.zero
        for number in numbers { sum = try sum.adding(number) }
        try self.init(sum, over: DecimalNumber(numbers.count))
    }

    /// Arithmetic mean of quotients, exact; meant for a handful of them, since the divisors are multiplied.
    ///
    /// - Throws: ``DecimalError/divisionByZero`` for an empty list, ``DecimalError/overflow``.
    package init(meanOf quotients: [ExactQuotient]) throws(DecimalError) {
        var numerator = DecimalNumber.zero
        var denominator = DecimalNumber.one
        for quotient in quotients {
            let left = try numerator.multiplied(by: quotient.denominator)
            let right = try quotient.numerator.multiplied(by: denominator)
            numerator = try left.adding(right)
            denominator = try denominator.multiplied(by: quotient.denominator)
        }
        try self.init(numerator, over: denominator.multiplied(by: DecimalNumber(quotients.count)))
    }

    /// Absolute value.
    package var magnitude: ExactQuotient {
        ExactQuotient(numerator.magnitude, positive: denominator)
    }

    /// Decimal rounded once from the exact value.
    ///
    /// - Parameters:
    ///   - scale: Decimal places, 0...60.
    ///   - mode: Rounding mode.
    /// - Throws: ``DecimalError/digitsOutOfRange(_:)``, ``DecimalError/overflow``.
    package func rounded(toScale scale: Int, mode: RoundingMode) throws(DecimalError) -> DecimalNumber {
        try numerator.divided(by: denominator, scale: scale, rounding: mode)
    }

    /// Whether the exact value is at most a limit.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func isAtMost(_ limit: DecimalNumber) throws(DecimalError) -> Bool {
        numerator <= (try limit.multiplied(by: denominator))
    }

    /// Whether the exact value is at least a limit.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func isAtLeast(_ limit: DecimalNumber) throws(DecimalError) -> Bool {
        numerator >= (try limit.multiplied(by: denominator))
    }

    private init(_ numerator: DecimalNumber, positive denominator: DecimalNumber) {
        self.numerator = numerator
        self.denominator = denominator
    }
}
