// SPDX-License-Identifier: Apache-2.0

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
    /// The straight line between the factors of the whole numbers below and above.
    case interpolated = "interpolate"
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
        guard effective + 1e-9 >= minimumDegreesOfFreedom else {
            throw .tooFewDegreesOfFreedom(effective: effective, minimum: minimumDegreesOfFreedom)
        }
        // A probability out of range is refused just below.
        guard let probability = try? CoverageProbability(probability),
            let found = degreesOfFreedom.factor(effective: effective, probability)
        else { throw .probabilityOutOfRange }
        return (found.factor, degreesOfFreedom.used(effective))
    }
}
