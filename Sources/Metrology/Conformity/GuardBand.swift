// SPDX-License-Identifier: Apache-2.0

private import Glibc

extension DecisionRule {
    /// Guard band w by which the acceptance limits lie inside the tolerance limits, in their unit; negative when outside.
    ///
    /// Exact where the rule is a multiple of U; a guard band from a probability or a ratio crosses from binary with
    /// ``guardBandDigits`` significant digits, away from zero, so that the permitted risk is not exceeded.
    /// - Parameters:
    ///   - limits: Tolerance limits.
    ///   - uncertainty: Uncertainty of the measured value; nil only for simple acceptance.
    /// - Throws: ``ConformityError/uncertaintyMissing(rule:)``, ``ConformityError/twoLimitsNeeded(rule:)``,
    ///   ``ConformityError/uncertaintyTooLarge(rule:leastRatio:)``, ``ConformityError/decimal(_:)``.
    package func guardBand(
        limits: ToleranceLimits, uncertainty: StatedUncertainty?
    ) throws(ConformityError) -> DecimalNumber {
        guard let uncertainty else {
            guard needsUncertainty else { return .zero }
            throw .uncertaintyMissing(rule: name)
        }
        switch method {
        case .simple: return .zero
        case .sharedRisk(let least):
            let ratio = try ratio(limits, uncertainty)
            let isSmallEnough = try ConformityError.inDecimals { () throws(DecimalError) in try ratio.isAtLeast(least) }
            guard isSmallEnough else { throw .uncertaintyTooLarge(rule: name, leastRatio: "\(least)") }
            return .zero
        case .guardBand(let multiplier):
            return try ConformityError.inDecimals { () throws(DecimalError) in
                try uncertainty.expanded.multiplied(by: multiplier).withoutTrailingZeros
            }
        case .nonBinary: return uncertainty.expanded.withoutTrailingZeros
        case .permittedRisk(let risk):
            let width = try limits.width()?.approximateValue
            return try Self.decimal(
                GuardBandFactor.width(permittedRisk: risk.approximateValue, u: uncertainty.standard, tolerance: width))
        case .managedRisk:
            let ratio = try Self.binary(ratio(limits, uncertainty))
            return try Self.decimal(
                max(0, GuardBandFactor.managedMultiplier(ratio: ratio)) * uncertainty.expanded.approximateValue)
        case .rootDifferenceOfSquares:
            let exact = try ratio(limits, uncertainty)
            let ratio = Self.binary(exact)
            guard ratio >= 1 else { throw .uncertaintyTooLarge(rule: name, leastRatio: "1") }
            let half = ratio * uncertainty.expanded.approximateValue
            return try Self.decimal(half * (1 - GuardBandFactor.rootDifferenceOfSquares(ratio: ratio)))
        }
    }

    /// Significant digits of a guard band that was computed in binary.
    package static let guardBandDigits = 12

    private func ratio(
        _ limits: ToleranceLimits, _ uncertainty: StatedUncertainty
    ) throws(ConformityError) -> ExactQuotient {
        guard let ratio = try limits.uncertaintyRatio(to: uncertainty.expanded) else { throw .twoLimitsNeeded(rule: name) }
        return ratio
    }

    private static func binary(_ quotient: ExactQuotient) -> Double {
        quotient.numerator.approximateValue / quotient.denominator.approximateValue
    }

    static func decimal(_ width: Double) throws(ConformityError) -> DecimalNumber {
        try ConformityError.inDecimals { () throws(DecimalError) in
            try DecimalNumber(approximating: width, significantDigits: guardBandDigits, mode: .away).withoutTrailingZeros
        }
    }
}

/// Guard bands from ratios and probabilities, in double precision.
package enum GuardBandFactor {
    /// Multiplier M of U by the test uncertainty ratio; at or below zero no guard band is needed.
    ///
    /// - Parameter ratio: TUR = T/(2U), positive.
    /// - Source: Handbook for ANSI/NCSL Z540.3:2006, method 6 (Dobbert): keeps the false acceptance below 2 % whatever
    ///   the distribution of the items.
    package static func managedMultiplier(ratio: Double) -> Double {
        1.04 - exp(0.38 * log(ratio) - 0.54)
    }

    /// Acceptance limit as a share of the tolerance limit, √(1 − 1/TUR²).
    ///
    /// - Parameter ratio: TUR, at least 1.
    package static func rootDifferenceOfSquares(ratio: Double) -> Double {
        (1 - 1 / ratio) * (1 + 1 / ratio) <= 0 ? 0 : ((1 - 1 / ratio) * (1 + 1 / ratio)).squareRoot()
    }

    /// Guard band in standard uncertainties for one limit: w/u = z with an upper tail of the permitted risk.
    ///
    /// - Parameter risk: Above 0 and at most 0.5.
    /// - Source: JCGM 106:2012, 8.3.2.
    package static func multiplierOfStandardUncertainty(permittedRisk risk: Double) -> Double {
        risk >= 0.5 ? 0 : NormalDistribution.quantile(lower: 1 - risk, upper: risk)
    }

    /// Specific risk of an item whose measured value lies on an acceptance limit, for one tolerance limit.
    ///
    /// - Parameters:
    ///   - multiplier: Guard band in units of U, any sign.
    ///   - coverageFactor: k, positive.
    /// - Source: ILAC-G8:09/2019, table 1; JCGM 106:2012, 8.3.
    package static func riskAtAcceptanceLimit(multiplier: Double, coverageFactor: Double) -> Double {
        NormalDistribution.upperTail(multiplier * coverageFactor)
    }

    /// Smallest guard band that keeps the probability of nonconformity of every accepted value at or below a risk.
    ///
    /// With a tolerance of few u both tails count, and the band is wider than for one limit. Where even the middle of the
    /// tolerance exceeds the risk, the band is more than half the tolerance: nothing is accepted.
    static func width(permittedRisk risk: Double, u: Double, tolerance: Double?) -> Double {
        let single = multiplierOfStandardUncertainty(permittedRisk: risk)
        guard let tolerance else { return single * u }
        let half = tolerance / 2 / u
        let central = multiplierOfStandardUncertainty(permittedRisk: risk / 2)
        guard central < half else { return central * u * (1 + 1e-12) }
        var (low, high) = (single, half)
        // The sum of the tails falls as the band grows from 0 to half the tolerance.
        for _ in 0..<200 where high - low > 1e-16 * high {
            let middle = (low + high) / 2
            let isExceeded = NormalDistribution.upperTail(middle) + NormalDistribution.upperTail(2 * half - middle) > risk
            (low, high) = isExceeded ? (middle, high) : (low, middle)
        }
        // A band this small changes no risk that a double can tell apart.
        return high < 1e-15 ? 0 : high * u
    }
}
