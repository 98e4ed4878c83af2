// SPDX-License-Identifier: Apache-2.0

/// Evaluates one output of a budget again and again with other estimates and uncertainties, without allocation.
///
/// The coverage factor of Student's method is kept for the last degrees of freedom that were used: points of one calibration mostly
/// share it.
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
    private let keepsFactor: Bool
    private var workspace: ModelWorkspace
    private var contributions: [Double]
    private var kept: (used: Double, factor: Double)?

    /// Prepares the evaluation of an output.
    ///
    /// - Parameters:
    ///   - budget: Budget whose model, correlations, degrees of freedom and coverage stay.
    ///   - output: Index of the output.
    ///   - keepsFactor: Whether the last coverage factor is kept; false to compute each one.
    package init(_ budget: MeasurementBudget, output: Int = 0, keepsFactor: Bool = true) {
        self.budget = budget
        self.output = output
        self.keepsFactor = keepsFactor
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
        guard case .student(_, let rule) = budget.coverage, let effective, keepsFactor, rule != .interpolated else {
            return budget.coverage.factor(effective: effective)?.factor
        }
        let used = rule.used(effective)
        if let kept, kept.used == used { return kept.factor }
        let factor = budget.coverage.factor(effective: effective)?.factor
        kept = factor.map { (used, $0) }
        return factor
    }
}
