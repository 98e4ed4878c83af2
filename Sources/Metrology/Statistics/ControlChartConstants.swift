// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Factors of Shewhart charts for subgroups of n readings, computed for the normal distribution.
///
/// d₂ and d₃ are mean and standard deviation of the range of n standard normal readings, integrated numerically to about 1e-12;
/// c₄ is the mean of their experimental standard deviation. All other factors follow from these for limits at three standard
/// deviations. Source: ISO 7870-2, table of factors for control chart lines.
package struct ControlChartConstants: Sendable, Hashable {
    /// Readings in a subgroup, n.
    package let subgroupSize: Int
    /// Mean range over σ.
    package let d2: Double
    /// Standard deviation of the range over σ.
    package let d3: Double
    /// Mean experimental standard deviation over σ.
    package let c4: Double

    /// Subgroup sizes for which factors are computed.
    package static let sizes = 2...1_000

    /// Computes the factors.
    ///
    /// - Throws: ``StatisticsError/outOfRange(what:range:)`` for sizes outside 2...1000.
    package init(subgroupSize: Int) throws(StatisticsError) {
        guard Self.sizes.contains(subgroupSize) else {
            throw .outOfRange(what: "the subgroup size", range: "give 2 to 1000 readings a subgroup")
        }
        self.subgroupSize = subgroupSize
        let moments = Self.rangeMoments(of: subgroupSize)
        d2 = moments.mean
        d3 = (moments.meanSquare - moments.mean * moments.mean).squareRoot()
        let n = Double(subgroupSize)
        c4 = (2 / (n - 1)).squareRoot() * exp(IncompleteGamma.logGamma(n / 2) - IncompleteGamma.logGamma((n - 1) / 2))
    }

    /// Distance of the limits of a chart of means from the centre, over the mean range: 3/(d₂√n).
    package var a2: Double { 3 / (d2 * Double(subgroupSize).squareRoot()) }
    /// Distance of the limits of a chart of means from the centre, over the mean standard deviation: 3/(c₄√n).
    package var a3: Double { 3 / (c4 * Double(subgroupSize).squareRoot()) }
    /// Lower limit of a chart of standard deviations over their mean, not below 0.
    package var b3: Double { max(0, 2 - b4) }
    /// Upper limit of a chart of standard deviations over their mean.
    package var b4: Double { 1 + 3 * (1 - c4 * c4).squareRoot() / c4 }
    /// Lower limit of a chart of ranges over their mean, not below 0.
    package var d3Limit: Double { max(0, 1 - 3 * d3 / d2) }
    /// Upper limit of a chart of ranges over their mean.
    package var d4Limit: Double { 1 + 3 * d3 / d2 }

    /// E[W] = ∫ (1 − F(w)) dw and E[W²] = 2 ∫ w (1 − F(w)) dw over w > 0.
    ///
    /// With w = exp(t − e^(−t)) the integrand dies out doubly exponentially to the left and fast enough to the right, so that
    /// the trapezoidal rule converges geometrically (H. Takahasi, M. Mori, Publ. RIMS 9 (1974) 721–741).
    private static func rangeMoments(of count: Int) -> (mean: Double, meanSquare: Double) {
        let step = 1.0 / 32
        var (mean, meanSquare) = (0.0, 0.0)
        for index in -144...120 {
            let t = Double(index) * step
            let range = exp(t - exp(-t))
            let weighted = step * range * (1 + exp(-t)) * (1 - rangeProbability(range, count))
            mean += weighted
            meanSquare += 2 * range * weighted
        }
        return (mean, meanSquare)
    }

    /// Probability that n standard normal readings lie within a range: n ∫ φ(x)·(Φ(x + w) − Φ(x))^(n−1) dx.
    private static func rangeProbability(_ range: Double, _ count: Int) -> Double {
        let step = 1.0 / 20
        let factor = Double(count) * step / (2 * Double.pi).squareRoot()
        var sum = 0.0
        for index in -180...180 {
            let x = Double(index) * step
            // Both probabilities from the tail in which they are small.
            let within =
                x > 0
                ? NormalDistribution.upperTail(x) - NormalDistribution.upperTail(x + range)
                : NormalDistribution.upperTail(-x - range) - NormalDistribution.upperTail(-x)
            sum += exp(-x * x / 2) * pow(max(0, within), Double(count - 1))
        }
        return min(1, factor * sum)
    }
}
