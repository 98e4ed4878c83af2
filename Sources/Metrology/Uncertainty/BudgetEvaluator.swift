// SPDX-License-Identifier: Apache-2.0

/// Evaluates one output of a budget again and again with other estimates and uncertainties, without allocation.
///
/// Coverage factors of Student's method are kept for the degrees of freedom used lately: points of one calibration mostly share them.
package struct BudgetEvaluator: Sendable {
    /// Result of one evaluation, not rounded.
    package struct Result: Sendable, Hashable {
        /// Estimate y.
        package var value = 0.0
        /// Combined standard uncertainty u_c.
        package var combinedStandardUncertainty = 0.0
        /// Effective degrees of freedom; nil where correlation leaves them without meaning.
        package var effectiveDegreesOfFreedom: Double?
        /// Coverage factor k; nil where Student's method has no degrees of freedom.
        package var coverageFactor: Double?
        /// Expanded uncertainty U.
        package var expandedUncertainty: Double? { coverageFactor.map { $0 * combinedStandardUncertainty } }
    }

    private let budget: MeasurementBudget
    private let output: Int
    /// Factors that are kept, by the last digits of their degrees of freedom; empty to keep none.
    private var kept: [Kept]
    private var workspace: ModelWorkspace
    private var contributions: [Double]

    private struct Kept: Sendable {
        var used = -1.0
        var factor = 0.0
    }

    /// A power of two.
    private static let keptCount = 16

    /// Prepares the evaluation of an output.
    ///
    /// - Parameters:
    ///   - budget: Budget whose model, correlations, degrees of freedom and coverage stay.
    ///   - output: Index of the output.
    ///   - keepsFactors: Whether coverage factors are kept; false to compute each one.
    package init(_ budget: MeasurementBudget, output: Int = 0, keepsFactors: Bool = true) {
        self.budget = budget
        self.output = output
        kept = keepsFactors ? [Kept](repeating: Kept(), count: Self.keptCount) : []
        workspace = ModelWorkspace(for: budget.program)
        contributions = [Double](repeating: 0, count: budget.inputs.count)
    }

    /// Evaluates with estimates and standard uncertainties by slot.
    ///
    /// - Throws: ``ModelError``.
    package mutating func evaluate(_ estimates: [Double], _ uncertainties: [Double]) throws(ModelError) -> Result {
        guard uncertainties.count == contributions.count else {
            throw .values("the model has \(contributions.count) inputs, but \(uncertainties.count) uncertainties are given")
        }
        try budget.program.evaluate(estimates, in: &workspace)
        try budget.program.differentiate(output: output, in: &workspace, into: &contributions)
        for slot in contributions.indices { contributions[slot] *= uncertainties[slot] }
        let combined = budget.propagation.combined(contributions)
        guard combined.isFinite else { throw .domain("the combined uncertainty is too large to be kept", in: "") }
        let effective = budget.propagation.effectiveDegreesOfFreedom(contributions, combined: combined)
        return Result(
            value: workspace.values[Int(budget.program.outputs[output])], combinedStandardUncertainty: combined,
            effectiveDegreesOfFreedom: effective, coverageFactor: factor(effective))
    }

    private mutating func factor(_ effective: Double?) -> Double? {
        guard !kept.isEmpty, case .student(_, let rule) = budget.coverage, let effective, rule != .interpolated else {
            return budget.coverage.factor(effective: effective)?.factor
        }
        let used = rule.used(effective)
        let place = used < 1e9 ? Int(used) & (Self.keptCount - 1) : 0
        if kept[place].used == used { return kept[place].factor }
        guard let factor = budget.coverage.factor(effective: effective)?.factor else { return nil }
        kept[place] = Kept(used: used, factor: factor)
        return factor
    }
}
