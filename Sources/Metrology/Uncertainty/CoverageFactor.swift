// SPDX-License-Identifier: Apache-2.0

private import Glibc

/// Use of non-integer effective degrees of freedom for a coverage factor.
package enum DegreesOfFreedomRule: String, Sendable, CaseIterable, Codable {
    /// The next lower whole number.
    ///
    /// Source: JCGM 100:2008, G.6.4; EA-4/02, Annex E.
    case truncated = "truncate"
    /// The number itself, with Student's distribution for non-integer degrees of freedom.
    case exact
    /// The nearest whole number.
    case nearest
}

/// Policy by which a coverage factor follows from effective degrees of freedom; stored with the result.
package struct CoverageRule: Sendable, Hashable {
    /// Coverage probability, strictly between 0 and 1.
    package let probability: Double
    /// Use of non-integer degrees of freedom.
    package let degreesOfFreedom: DegreesOfFreedomRule
    /// Effective degrees of freedom below which no factor is given.
    ///
    /// At least 1, where the tables of the norm begin (JCGM 100:2008, table G.2). A laboratory may ask for
    /// more: with ν = 1 the factor for 95.45 % is 13.97.
    package let minimumDegreesOfFreedom: Double

    /// Creates a policy.
    ///
    /// - Throws: ``UncertaintyError/probabilityOutOfRange``,
    ///   ``UncertaintyError/degreesOfFreedomOutOfRange`` for a minimum below 1.
    package init(
        probability: Double,
        degreesOfFreedom: DegreesOfFreedomRule = .truncated,
        minimumDegreesOfFreedom: Double = 1
    ) throws(UncertaintyError) {
        guard probability > 0, probability < 1 else { throw .probabilityOutOfRange }
        guard minimumDegreesOfFreedom >= 1 else { throw .degreesOfFreedomOutOfRange }
        self.init(probability, degreesOfFreedom, minimum: minimumDegreesOfFreedom)
    }

    private init(_ probability: Double, _ rule: DegreesOfFreedomRule, minimum: Double) {
        self.probability = probability
        degreesOfFreedom = rule
        minimumDegreesOfFreedom = minimum
    }

    /// 95.45 %, truncated degrees of freedom: k = 2 for a normal distribution.
    ///
    /// Source: EA-4/02 M:2022, Annex E.
    package static let percent9545 = CoverageRule(0.9545, .truncated, minimum: 1)
    /// 95 %, truncated degrees of freedom.
    package static let percent95 = CoverageRule(0.95, .truncated, minimum: 1)

    /// Coverage factor for effective degrees of freedom.
    ///
    /// - Parameter effective: ν_eff, infinite for a normal distribution.
    /// - Returns: The factor k and the degrees of freedom it was taken at.
    /// - Throws: ``UncertaintyError/tooFewDegreesOfFreedom(effective:minimum:)`` below the minimum.
    /// - Source: JCGM 100:2008, G.3.2, k_p = t_p(ν_eff).
    package func coverageFactor(
        effectiveDegreesOfFreedom effective: Double
    ) throws(UncertaintyError) -> (factor: Double, degreesOfFreedom: Double) {
        // A whole number that arithmetic left a little too low counts as that number.
        let slack = 1e-9
        guard effective + slack >= minimumDegreesOfFreedom else {
            throw .tooFewDegreesOfFreedom(effective: effective, minimum: minimumDegreesOfFreedom)
        }
        let used: Double
        switch degreesOfFreedom {
        case .truncated: used = effective.isFinite ? (effective + slack).rounded(.down) : effective
        case .exact: used = effective
        case .nearest: used = effective.isFinite ? max(1, effective.rounded()) : effective
        }
        let factor = try StudentDistribution(degreesOfFreedom: used).twoSidedFactor(probability: probability)
        return (factor, used)
    }
}

/// Student's t distribution; the standard normal distribution for infinite degrees of freedom.
package struct StudentDistribution: Sendable, Hashable {
    /// Degrees of freedom ν > 0, whole or not, or infinity.
    package let degreesOfFreedom: Double

    /// Creates a distribution.
    ///
    /// - Throws: ``UncertaintyError/degreesOfFreedomOutOfRange`` unless ν > 0.
    package init(degreesOfFreedom: Double) throws(UncertaintyError) {
        guard degreesOfFreedom > 0 else { throw .degreesOfFreedomOutOfRange }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Probability that T <= t.
    package func cumulativeProbability(at t: Double) -> Double {
        let upper = tail(beyond: abs(t)) / 2
        return t < 0 ? upper : 1 - upper
    }

    /// Number t with P(−t <= T <= t) = probability; relative error below 1e-10.
    ///
    /// - Parameter probability: Strictly between 0 and 1.
    /// - Throws: ``UncertaintyError/probabilityOutOfRange``.
    /// - Source: JCGM 100:2008, G.3.2 and table G.2, which the result reproduces.
    package func twoSidedFactor(probability: Double) throws(UncertaintyError) -> Double {
        guard probability > 0, probability < 1 else { throw .probabilityOutOfRange }
        let outside = 1 - probability
        if degreesOfFreedom.isInfinite { return SpecialFunctions.normalUpperQuantile(tail: outside / 2) }
        if degreesOfFreedom == 1 { return tan(.pi / 2 * probability) }
        if degreesOfFreedom == 2 { return probability * (2 / (outside * (1 + probability))).squareRoot() }
        return degreesOfFreedom > 20_000 ? largeFactor(outside: outside) : solvedFactor(outside: outside)
    }

    private func tail(beyond t: Double) -> Double {
        degreesOfFreedom.isInfinite
            ? 2 * SpecialFunctions.normalUpperTail(t)
            : SpecialFunctions.studentTwoSidedTail(t: t, degreesOfFreedom: degreesOfFreedom)
    }

    /// Expansion about the normal quantile, whose next term is below 1e-15 for ν > 20 000.
    ///
    /// Source: Abramowitz and Stegun, 26.7.5.
    private func largeFactor(outside: Double) -> Double {
        let z = SpecialFunctions.normalUpperQuantile(tail: outside / 2)
        let square = z * z
        let first = (square + 1) / 4
        let second = ((5 * square + 16) * square + 3) / 96
        let third = (((3 * square + 19) * square + 17) * square - 15) / 384
        return z * (1 + (first + (second + third / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom)
    }

    /// Newton's method on the tail, kept inside a bracket that every step narrows.
    private func solvedFactor(outside: Double) -> Double {
        var low = 0.0
        var high = max(1, SpecialFunctions.normalUpperQuantile(tail: outside / 2))
        while tail(beyond: high) > outside {
            low = high
            high *= 2
        }
        var t = (low + high) / 2
        for _ in 0..<200 {
            let excess = tail(beyond: t) - outside
            if excess > 0 { low = t } else { high = t }
            let density = 2 * SpecialFunctions.studentDensity(t: t, degreesOfFreedom: degreesOfFreedom)
            let newton = t + excess / density
            let next = newton > low && newton < high ? newton : (low + high) / 2
            if abs(next - t) <= 2e-16 * next { return next }
            t = next
        }
        return t
    }
}
