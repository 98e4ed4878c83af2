// SPDX-License-Identifier: Apache-2.0

/// Uncertainty budget of uncorrelated input quantities whose sensitivity coefficients are known, to first order.
///
/// Models, correlation and terms of the second order: ``MeasurementBudget``.
package struct UncertaintyBudget: Sendable, Hashable {
    /// Components in the order in which they are printed.
    package let components: [UncertaintyComponent]

    /// Creates a budget.
    ///
    /// - Throws: ``UncertaintyError/noComponents``, ``UncertaintyError/duplicateComponent(name:)``.
    package init(_ components: [UncertaintyComponent]) throws(UncertaintyError) {
        guard !components.isEmpty else { throw .noComponents }
        var names: Set<String> = []
        for component in components where !names.insert(component.name).inserted {
            throw .duplicateComponent(name: component.name)
        }
        self.components = components
    }

    /// Combined standard uncertainty, in the unit of the measurand.
    ///
    /// u_c = √Σ (c_i u_i)², scaled by the largest contribution so that no square overflows or vanishes.
    /// - Source: JCGM 100:2008, 5.1.2, equation (10).
    package var combinedStandardUncertainty: Double { propagation.combined(components.map(\.contribution)) }

    /// Effective degrees of freedom of the combined standard uncertainty, not rounded; infinite where every
    /// ν_i is.
    ///
    /// Welch–Satterthwaite: ν_eff = 1 / Σ ((c_i u_i/u_c)⁴ / ν_i).
    /// - Source: JCGM 100:2008, G.4.1, equation (G.2b). Checked by the worked example H.1.
    package var effectiveDegreesOfFreedom: Double { combinedWithDegreesOfFreedom.effective }

    private var combinedWithDegreesOfFreedom: (combined: Double, effective: Double) {
        let (propagation, contributions) = (propagation, components.map(\.contribution))
        let combined = propagation.combined(contributions)
        // Uncorrelated contributions always have them.
        return (combined, propagation.effectiveDegreesOfFreedom(contributions, combined: combined) ?? .infinity)
    }

    /// Share (c_i u_i)²/u_c² of each component in the variance, in the order of the components; they add up
    /// to 1.
    package var varianceShares: [Double] {
        propagation.shares(components.map(\.contribution), combined: combinedStandardUncertainty)
    }

    private var propagation: LinearPropagation {
        LinearPropagation(
            correlations: CorrelationMatrix(uncorrelated: components.count),
            degreesOfFreedom: components.map { $0.degreesOfFreedom ?? .infinity })
    }

    /// Expanded uncertainty with the coverage factor that the rule gives.
    ///
    /// - Throws: ``UncertaintyError/tooFewDegreesOfFreedom(effective:minimum:)``.
    /// - Source: JCGM 100:2008, 6.2.1 and G.6.4.
    package func expandedUncertainty(rule: CoverageRule) throws(UncertaintyError) -> ExpandedUncertainty {
        let (combined, effective) = combinedWithDegreesOfFreedom
        let (factor, used) = try rule.coverageFactor(effectiveDegreesOfFreedom: effective)
        return ExpandedUncertainty(
            combinedStandardUncertainty: combined,
            effectiveDegreesOfFreedom: effective,
            degreesOfFreedomUsed: used,
            coverageFactor: factor,
            coverageProbability: rule.probability
        )
    }

    /// Expanded uncertainty with a stated factor, without an assertion about its probability.
    ///
    /// - Parameter coverageFactor: k, positive.
    /// - Throws: ``UncertaintyError/invalidComponent(name:)`` with name k for a factor that is not positive.
    /// - Source: JCGM 100:2008, 6.2.1.
    package func expandedUncertainty(coverageFactor: Double) throws(UncertaintyError) -> ExpandedUncertainty {
        guard coverageFactor > 0, coverageFactor.isFinite else { throw .invalidComponent(name: "k") }
        let (combined, effective) = combinedWithDegreesOfFreedom
        return ExpandedUncertainty(
            combinedStandardUncertainty: combined,
            effectiveDegreesOfFreedom: effective,
            degreesOfFreedomUsed: nil,
            coverageFactor: coverageFactor,
            coverageProbability: nil
        )
    }
}

/// Expanded uncertainty of a result and how it came about, not rounded.
package struct ExpandedUncertainty: Sendable, Hashable {
    /// Combined standard uncertainty u_c, in the unit of the measurand.
    package let combinedStandardUncertainty: Double
    /// Effective degrees of freedom, infinite for a normal distribution.
    package let effectiveDegreesOfFreedom: Double
    /// Degrees of freedom at which the factor was taken; nil for a stated factor.
    package let degreesOfFreedomUsed: Double?
    /// Coverage factor k.
    package let coverageFactor: Double
    /// Coverage probability; nil for a stated factor.
    package let coverageProbability: Double?

    /// Expanded uncertainty U = k·u_c, in the unit of the measurand.
    package var value: Double { coverageFactor * combinedStandardUncertainty }
}
