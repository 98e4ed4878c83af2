// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Fisher's F distribution of the quotient of two variances.
package struct FisherDistribution: Sendable, Hashable {
    /// Degrees of freedom ν₁ of the numerator, positive and finite.
    package let numerator: Double
    /// Degrees of freedom ν₂ of the denominator, positive and finite.
    package let denominator: Double

    /// Creates a distribution.
    ///
    /// - Throws: ``UncertaintyError/degreesOfFreedomOutOfRange`` unless both are positive and finite.
    package init(numerator: Double, denominator: Double) throws(UncertaintyError) {
        guard numerator > 0, denominator > 0, numerator.isFinite, denominator.isFinite else {
            throw .degreesOfFreedomOutOfRange
        }
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// Shares below and above f; all above for a negative f.
    ///
    /// Source: NIST Digital Library of Mathematical Functions, 8.17 (incomplete beta function at ν₁f/(ν₁f + ν₂)).
    package func tails(at f: Double) -> DistributionTails {
        let (x, y) = shares(Swift.max(0, f))
        let (lower, upper) = IncompleteBeta.regularized(x: x, complement: y, a: numerator / 2, b: denominator / 2)
        return DistributionTails(lower: lower, upper: upper)
    }

    /// Density at f > 0.
    package func density(at f: Double) -> Double {
        let (x, y) = shares(f)
        return IncompleteBeta.front(x: x, y: y, a: numerator / 2, b: denominator / 2) / f
    }

    /// Number with the given shares below and above it, to 1e-12 relative.
    ///
    /// - Throws: ``UncertaintyError/probabilityOutOfRange`` unless both are positive.
    package func quantile(lower: Double, upper: Double) throws(UncertaintyError) -> Double {
        guard lower > 0, upper > 0, lower <= 1, upper <= 1 else { throw .probabilityOutOfRange }
        return QuantileSearch.positive(
            DistributionTails(lower: lower, upper: upper), start: 1, tails: tails(at:), density: density(at:))
    }

    /// Number with the given share below it.
    ///
    /// - Throws: ``UncertaintyError/probabilityOutOfRange`` unless 0 < p < 1.
    package func quantile(_ probability: Double) throws(UncertaintyError) -> Double {
        try quantile(lower: probability, upper: 1 - probability)
    }

    private func shares(_ f: Double) -> (Double, Double) {
        let ratio = f * (numerator / denominator)
        return ratio < 1 ? (ratio / (1 + ratio), 1 / (1 + ratio)) : (1 / (1 + 1 / ratio), 1 / ratio / (1 + 1 / ratio))
    }
}
