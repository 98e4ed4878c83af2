// SPDX-License-Identifier: Apache-2.0

/// Law of propagation of uncertainty to first order, on the contributions c_i·u_i of one output.
///
/// The variance is built from factors of the correlation matrix, as a sum of squares: it can be zero but never negative.
package struct LinearPropagation: Sendable {
    /// Inputs read at the same time in one set: they count as one contribution with its own degrees of freedom.
    package struct Ensemble: Sendable, Hashable {
        /// Positions of the inputs.
        package let members: [Int]
        /// n − 1 for n simultaneous readings.
        package let degreesOfFreedom: Double

        package init(members: [Int], degreesOfFreedom: Double) {
            (self.members, self.degreesOfFreedom) = (members, degreesOfFreedom)
        }
    }

    /// Correlation coefficients of the inputs.
    package let correlations: CorrelationMatrix
    /// Degrees of freedom of the inputs.
    package let degreesOfFreedom: [Double]
    /// Sets of simultaneous readings.
    package let ensembles: [Ensemble]
    /// Ensemble of each input.
    private let ensembleIndices: [Int?]

    /// Variance below which a correlated group counts as cancelled, as a share of its squares: rounding of the sixteenth digit.
    private static let cancelled = 1e-24

    package init(correlations: CorrelationMatrix, degreesOfFreedom: [Double], ensembles: [Ensemble] = []) {
        self.correlations = correlations
        self.degreesOfFreedom = degreesOfFreedom
        self.ensembles = ensembles
        var indices = [Int?](repeating: nil, count: degreesOfFreedom.count)
        for (index, ensemble) in ensembles.enumerated() {
            for member in ensemble.members where indices.indices.contains(member) { indices[member] = index }
        }
        ensembleIndices = indices
    }

    /// Combined standard uncertainty of contributions c_i·u_i.
    ///
    /// - Source: JCGM 100:2008, 5.2.2, equation (16).
    package func combined(_ contributions: [Double]) -> Double {
        // Scaled by the largest contribution, so that no square overflows or vanishes.
        var largest = 0.0
        for contribution in contributions { largest = Swift.max(largest, abs(contribution)) }
        guard largest > 0, largest.isFinite else { return largest }
        return largest * scaledVariance(contributions, 1 / largest).squareRoot()
    }

    private func scaledVariance(_ contributions: [Double], _ scale: Double) -> Double {
        var sum = 0.0
        if correlations.groups.isEmpty {
            for contribution in contributions {
                let part = contribution * scale
                sum += part * part
            }
            return sum
        }
        for (index, contribution) in contributions.enumerated() where correlations.groupIndices[index] == nil {
            let part = contribution * scale
            sum += part * part
        }
        for group in correlations.groups {
            sum += groupVariance(group) { contributions[$0] * scale }
        }
        return sum
    }

    /// Variance of a correlated group.
    private func groupVariance(_ group: CorrelationMatrix.Group, _ part: (Int) -> Double) -> Double {
        var variance = 0.0
        var squares = 0.0
        for member in group.members { squares += part(member) * part(member) }
        for column in 0..<group.rank {
            var sum = 0.0
            for (row, member) in group.members.enumerated() { sum += group.factor[row * group.rank + column] * part(member) }
            variance += sum * sum
        }
        return variance < Self.cancelled * squares ? 0 : variance
    }

    /// Covariance of two outputs with the given contributions.
    ///
    /// - Source: JCGM 100:2008, H.2.3, equation (H.9).
    package func covariance(_ first: [Double], _ second: [Double]) -> Double {
        var sum = 0.0
        for index in first.indices where correlations.groupIndices[index] == nil { sum += first[index] * second[index] }
        for group in correlations.groups {
            for column in 0..<group.rank {
                var (left, right) = (0.0, 0.0)
                for (row, member) in group.members.enumerated() {
                    left += group.factor[row * group.rank + column] * first[member]
                    right += group.factor[row * group.rank + column] * second[member]
                }
                sum += left * right
            }
        }
        return sum
    }

    /// Share of each input in the variance, its correlations included; they add up to 1 and may be negative.
    package func shares(_ contributions: [Double], combined: Double) -> [Double] {
        guard combined > 0 else { return [Double](repeating: 0, count: contributions.count) }
        var shares = contributions.map { ($0 / combined) * ($0 / combined) }
        for group in correlations.groups {
            let count = group.members.count
            for (row, member) in group.members.enumerated() {
                var sum = 0.0
                for (column, other) in group.members.enumerated() {
                    sum += group.coefficients[row * count + column] * contributions[other]
                }
                shares[member] = contributions[member] / combined * (sum / combined)
            }
        }
        return shares
    }

    /// Effective degrees of freedom by Welch and Satterthwaite, not rounded; infinite where nothing has finite ones.
    ///
    /// The formula holds for independent contributions. Inputs of one set of simultaneous readings count as one contribution;
    /// correlated inputs with infinite degrees of freedom do no harm; in every other case of correlation there is no result.
    /// - Returns: ν_eff; nil where correlated inputs leave it without meaning.
    /// - Source: JCGM 100:2008, G.4.1, equation (G.2b).
    package func effectiveDegreesOfFreedom(_ contributions: [Double], combined: Double) -> Double? {
        if correlations.groups.isEmpty, ensembles.isEmpty {
            guard combined > 0 else { return .infinity }
            var sum = 0.0
            for (contribution, nu) in zip(contributions, degreesOfFreedom) where nu < .infinity {
                let share = contribution / combined
                sum += share * share * share * share / nu
            }
            return sum > 0 ? 1 / sum : .infinity
        }
        guard let parts = independentParts(contributions) else { return nil }
        guard combined > 0 else { return .infinity }
        var sum = 0.0
        for (uncertainty, nu) in parts {
            let share = uncertainty / combined
            sum += share * share * share * share / nu
        }
        return sum > 0 ? 1 / sum : .infinity
    }

    /// Contributions that are independent of one another, with their finite degrees of freedom; nil where there are none such.
    private func independentParts(_ contributions: [Double]) -> [(uncertainty: Double, degreesOfFreedom: Double)]? {
        for group in correlations.groups {
            // Correlation with an input that contributes nothing is none.
            let members = group.members.filter { contributions[$0] != 0 }
            for (row, member) in members.enumerated() {
                for other in members[(row + 1)...] where correlations[member, other] != 0 {
                    let together = ensembleIndices[member] != nil && ensembleIndices[member] == ensembleIndices[other]
                    let exact =
                        degreesOfFreedom[member].isInfinite && degreesOfFreedom[other].isInfinite
                        && ensembleIndices[member] == nil && ensembleIndices[other] == nil
                    guard together || exact else { return nil }
                }
            }
        }
        var parts: [(Double, Double)] = []
        for (index, contribution) in contributions.enumerated()
        where ensembleIndices[index] == nil && contribution != 0 && degreesOfFreedom[index] < .infinity {
            parts.append((abs(contribution), degreesOfFreedom[index]))
        }
        for (index, ensemble) in ensembles.enumerated() {
            var own = [Double](repeating: 0, count: contributions.count)
            for member in ensemble.members where ensembleIndices[member] == index { own[member] = contributions[member] }
            let uncertainty = combined(own)
            if uncertainty > 0 { parts.append((uncertainty, ensemble.degreesOfFreedom)) }
        }
        return parts
    }
}
