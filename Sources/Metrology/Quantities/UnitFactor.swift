// SPDX-License-Identifier: Apache-2.0

/// Exact positive ratio of a unit to the coherent unit of the SI: numerator / denominator × 10^n × π^p × (ln 10)^q.
///
/// Numerator and denominator have no common factor; the numerator is no multiple of ten and the denominator of neither two nor five,
/// so that equal ratios have equal parts and a number converts to a decimal that ends exactly when the denominator divides it.
package struct UnitFactor: Sendable, Hashable {
    /// Numerator, 1 ..< 10^34.
    let numerator: Int128
    /// Denominator, 1 ..< 10^34.
    let denominator: Int128
    /// Power of ten.
    let powerOfTen: Int
    /// Power of π (degrees of arc) and of ln 10 (nepers).
    let powerOfPi: Int
    let powerOfLn10: Int

    /// The ratio 1.
    package static let one = UnitFactor(numerator: 1, denominator: 1, powerOfTen: 0, powerOfPi: 0, powerOfLn10: 0)

    private init(numerator: Int128, denominator: Int128, powerOfTen: Int, powerOfPi: Int, powerOfLn10: Int) {
        self.numerator = numerator
        self.denominator = denominator
        self.powerOfTen = powerOfTen
        self.powerOfPi = powerOfPi
        self.powerOfLn10 = powerOfLn10
    }

    /// Brings a ratio to lowest terms; nil when it is not positive or needs more than 34 digits.
    init?(_ numerator: Int128, over denominator: Int128, powerOfTen: Int, powerOfPi: Int = 0, powerOfLn10: Int = 0) {
        guard numerator > 0, denominator > 0, abs(powerOfTen) <= 600 else { return nil }
        let common = Self.commonDivisor(numerator, denominator)
        var (above, below, power) = (numerator / common, denominator / common, powerOfTen)
        // A factor of two below is a factor of five above and a tenth, and the other way round.
        for (prime, partner) in [(Int128(2), Int128(5)), (5, 2)] {
            while below.isMultiple(of: prime) {
                let (widened, overflow) = above.multipliedReportingOverflow(by: partner)
                guard !overflow else { return nil }
                (above, below, power) = (widened, below / prime, power - 1)
            }
        }
        while above.isMultiple(of: 10) { (above, power) = (above / 10, power + 1) }
        let limit = Int128(DecimalNumber.powersOfTen[WorkingDecimal.precision])
        guard above < limit, below < limit else { return nil }
        self.init(numerator: above, denominator: below, powerOfTen: power, powerOfPi: powerOfPi, powerOfLn10: powerOfLn10)
    }

    /// Greatest common divisor of two positive numbers.
    static func commonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (divisor, rest) = (left, right)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return divisor
    }
}

extension UnitFactor {
    /// Product of two ratios; nil when it needs more than 34 digits.
    func multiplied(by other: UnitFactor) -> UnitFactor? {
        // Crosswise first, so that nothing overflows that would cancel.
        let left = Self.commonDivisor(numerator, other.denominator)
        let right = Self.commonDivisor(other.numerator, denominator)
        let above = (numerator / left).multipliedReportingOverflow(by: other.numerator / right)
        let below = (denominator / right).multipliedReportingOverflow(by: other.denominator / left)
        guard !above.overflow, !below.overflow else { return nil }
        return UnitFactor(
            above.partialValue,
            over: below.partialValue,
            powerOfTen: powerOfTen + other.powerOfTen,
            powerOfPi: powerOfPi + other.powerOfPi,
            powerOfLn10: powerOfLn10 + other.powerOfLn10
        )
    }

    /// The inverse ratio; nil when it needs more than 34 digits.
    var reciprocal: UnitFactor? {
        UnitFactor(denominator, over: numerator, powerOfTen: -powerOfTen, powerOfPi: -powerOfPi, powerOfLn10: -powerOfLn10)
    }

    /// Whole power; nil when it needs more than 34 digits.
    func raised(to exponent: Int) -> UnitFactor? {
        guard abs(exponent) <= UnitText.largestExponent else { return nil }
        var result: UnitFactor? = .one
        for _ in 0..<abs(exponent) { result = result?.multiplied(by: self) }
        return exponent < 0 ? result?.reciprocal : result
    }
}

extension UnitFactor {
    /// Whether the ratio has no irrational factor.
    package var isRational: Bool { powerOfPi == 0 && powerOfLn10 == 0 }

    /// Nearest binary floating-point number.
    package var approximateValue: Double {
        // Powers of ten up to 600 lie well inside the range.
        (try? applied(to: .one))?.approximateValue ?? .nan
    }

    /// A number times this ratio, rounded to 34 digits at each of at most five steps; exact where it fits.
    func applied(to number: WorkingDecimal) throws(DecimalError) -> WorkingDecimal {
        // Multiplied before divided: a quotient that ends is then exact.
        var result =
            numerator == 1
            ? try number.scaled(byPowerOfTen: powerOfTen)
            : try number.multiplied(by: WorkingDecimal(unchecked: numerator, exponent: Int32(powerOfTen)))
        if denominator != 1 { result = try result.divided(by: WorkingDecimal(unchecked: denominator, exponent: 0)) }
        if powerOfPi != 0 { result = try result.multiplied(by: Self.pi.raised(to: powerOfPi)) }
        if powerOfLn10 != 0 { result = try result.multiplied(by: Self.ln10.raised(to: powerOfLn10)) }
        return result
    }

    /// A decimal times this ratio, exact; nil where the product does not end.
    ///
    /// - Throws: ``DecimalError/overflow``, ``DecimalError/tooManyDigits``.
    func appliedExactly(to number: DecimalNumber) throws(DecimalError) -> DecimalNumber? {
        guard !number.isZero else { return number }
        guard isRational else { return nil }
        // The denominator has no factor in common with ten: digits after the decimal sign would not make the number divisible.
        guard number.coefficient.isMultiple(of: denominator) else { return nil }
        let (product, overflow) = (number.coefficient / denominator).multipliedReportingOverflow(by: numerator)
        guard !overflow else { throw .overflow }
        return try DecimalNumber(coefficient: product, scale: number.scale - powerOfTen)
    }

    /// π to 34 digits.
    ///
    /// Source: OEIS A000796.
    private static let pi = WorkingDecimal(unchecked: 3_141_592_653_589_793_238_462_643_383_279_503, exponent: -33)
    /// Natural logarithm of 10 to 34 digits.
    ///
    /// Source: OEIS A002392.
    private static let ln10 = WorkingDecimal(unchecked: 2_302_585_092_994_045_684_017_991_454_684_364, exponent: -33)
}

extension UnitFactor: CustomStringConvertible {
    /// The ratio as a product, for messages.
    package var description: String {
        var text = WorkingDecimal(unchecked: numerator, exponent: Int32(powerOfTen)).description
        if denominator != 1 { text += "/\(denominator)" }
        if powerOfPi != 0 { text += "·π" + (powerOfPi == 1 ? "" : UnitText.superscript(powerOfPi)) }
        if powerOfLn10 != 0 { text += "·(ln 10)" + (powerOfLn10 == 1 ? "" : UnitText.superscript(powerOfLn10)) }
        return text
    }
}
