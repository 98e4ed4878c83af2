// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Chi-squared distribution.
package struct ChiSquareDistribution: Sendable, Hashable {
    /// Degrees of freedom ν, positive and finite, whole or not.
    package let degreesOfFreedom: Double

    /// Creates a distribution.
    ///
    /// - Throws: ``UncertaintyError/degreesOfFreedomOutOfRange`` unless 0 < ν < ∞.
    package init(degreesOfFreedom: Double) throws(UncertaintyError) {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { throw .degreesOfFreedomOutOfRange }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Shares below and above x; all above for a negative x.
    package func tails(at x: Double) -> DistributionTails {
        let (lower, upper) = IncompleteGamma.regularized(a: degreesOfFreedom / 2, x: Swift.max(0, x) / 2)
        return DistributionTails(lower: lower, upper: upper)
    }

    /// Density at x > 0.
    package func density(at x: Double) -> Double {
        let a = degreesOfFreedom / 2
        return IncompleteGamma.front(a: a, x: x / 2) * a / x
    }

    /// Number with the given shares below and above it, to 1e-13 relative.
    ///
    /// - Throws: ``UncertaintyError/probabilityOutOfRange`` unless both are positive.
    package func quantile(lower: Double, upper: Double) throws(UncertaintyError) -> Double {
        guard lower > 0, upper > 0, lower <= 1, upper <= 1 else { throw .probabilityOutOfRange }
        // Wilson and Hilferty: the cube root is nearly normal (Abramowitz and Stegun, 26.4.17).
        let ninth = 2 / (9 * degreesOfFreedom)
        let root = 1 - ninth + NormalDistribution.quantile(lower: lower, upper: upper) * ninth.squareRoot()
        let start =
            root > 0.3
            ? degreesOfFreedom * root * root * root
            : 2 * exp((log(lower) + IncompleteGamma.logGamma(degreesOfFreedom / 2 + 1)) * 2 / degreesOfFreedom)
        return QuantileSearch.positive(
            DistributionTails(lower: lower, upper: upper), start: Swift.max(start, 1e-300), tails: tails(at:),
            density: density(at:))
    }

    /// Number with the given share below it.
    ///
    /// - Throws: ``UncertaintyError/probabilityOutOfRange`` unless 0 < p < 1.
    package func quantile(_ probability: Double) throws(UncertaintyError) -> Double {
        try quantile(lower: probability, upper: 1 - probability)
    }
}
