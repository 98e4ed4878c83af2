// SPDX-License-Identifier: Apache-2.0

/// Budget of a measurement: a model, its input quantities with their correlations, and how U is found.
package struct MeasurementBudget: Sendable {
    /// Model; its inputs are those of the budget, in the same order.
    package let program: ModelProgram
    /// Input quantities by slot.
    package let inputs: [InputQuantity]
    /// How the coverage factor is found.
    package let coverage: CoverageMethod
    /// Law of propagation with the correlations of the inputs.
    package let propagation: LinearPropagation

    /// Puts a budget together.
    ///
    /// - Parameters:
    ///   - program: Compiled model.
    ///   - inputs: Input quantities in the order of the program's inputs.
    ///   - correlations: Coefficients between inputs; none where left out.
    ///   - ensembles: Sets of simultaneous readings.
    ///   - coverage: How the coverage factor is found.
    /// - Throws: ``BudgetError``.
    package init(
        program: ModelProgram, inputs: [InputQuantity], correlations: CorrelationMatrix? = nil,
        ensembles: [LinearPropagation.Ensemble] = [], coverage: CoverageMethod
    ) throws(BudgetError) {
        guard program.inputs == inputs.map(\.name) else {
            throw .model(.values("the inputs of the budget are not those of the model, in its order"))
        }
        try coverage.check()
        for ensemble in ensembles {
            guard ensemble.degreesOfFreedom > 0, ensemble.members.allSatisfy(inputs.indices.contains) else {
                throw .ensemble("degrees of freedom must be positive, n - 1 for n readings")
            }
        }
        self.program = program
        self.inputs = inputs
        self.coverage = coverage
        propagation = LinearPropagation(
            correlations: correlations ?? CorrelationMatrix(uncorrelated: inputs.count),
            degreesOfFreedom: inputs.map(\.degreesOfFreedom), ensembles: ensembles)
    }

    /// Evaluates all outputs to first order.
    ///
    /// - Throws: ``BudgetError/model(_:)`` where the model or a derivative does not exist at the estimates.
    package func propagate() throws(BudgetError) -> PropagatedBudget {
        let estimates = inputs.map(\.estimate)
        var workspace = ModelWorkspace(for: program)
        var gradient: [Double] = []
        var outputs: [PropagatedOutput] = []
        do throws(ModelError) {
            try program.evaluate(estimates, in: &workspace)
            for index in program.outputs.indices {
                try program.differentiate(output: index, in: &workspace, into: &gradient)
                let value = workspace.values[Int(program.outputs[index])]
                outputs.append(try output(index, value: value, gradient))
            }
        } catch {
            throw .model(error)
        }
        return PropagatedBudget(budget: self, outputs: outputs)
    }

    private func output(_ index: Int, value: Double, _ gradient: [Double]) throws(ModelError) -> PropagatedOutput {
        let contributions = zip(gradient, inputs).map { $0 * $1.standardUncertainty }
        let combined = propagation.combined(contributions)
        guard combined.isFinite else { throw .domain("the combined uncertainty is too large to be kept", in: "") }
        let effective = propagation.effectiveDegreesOfFreedom(contributions, combined: combined)
        let factor = coverage.factor(effective: effective)
        guard ((factor?.factor ?? 0) * combined).isFinite else {
            throw .domain("the expanded uncertainty is too large to be kept; there are too few degrees of freedom", in: "")
        }
        return PropagatedOutput(
            name: program.outputNames[index], value: value, combined: combined, sensitivities: gradient,
            contributions: contributions, usesInput: program.usesInput(output: index), effective: effective,
            coverage: factor, isUncertain: inputs.map { $0.standardUncertainty > 0 })
    }
}

/// Outputs of a budget.
package struct PropagatedBudget: Sendable {
    /// Budget that was evaluated.
    package let budget: MeasurementBudget
    /// Outputs in the order of the program.
    package let outputs: [PropagatedOutput]

    /// Correlation coefficient of two outputs; nil where one of them has no uncertainty.
    ///
    /// - Source: JCGM 100:2008, 5.2.2, equation (14).
    package func correlation(_ first: Int, _ second: Int) -> Double? {
        let product = outputs[first].combinedStandardUncertainty * outputs[second].combinedStandardUncertainty
        guard product > 0 else { return nil }
        // Scaled one by one: the product of two small uncertainties could vanish.
        let left = outputs[first].contributions.map { $0 / outputs[first].combinedStandardUncertainty }
        let right = outputs[second].contributions.map { $0 / outputs[second].combinedStandardUncertainty }
        return max(-1, min(1, budget.propagation.covariance(left, right)))
    }
}

/// One output of a budget, not rounded.
package struct PropagatedOutput: Sendable {
    /// Name of the output.
    package let name: String
    /// Estimate y, in the unit of the output.
    package let value: Double
    /// Combined standard uncertainty u_c to first order, covariances included.
    package let combinedStandardUncertainty: Double
    /// Sensitivity coefficients by slot.
    package let sensitivities: [Double]
    /// Contributions c_i·u_i by slot, with their sign.
    package let contributions: [Double]
    /// Which inputs stand in the expression of the output, by slot.
    package let usesInput: [Bool]
    /// Effective degrees of freedom; infinite for a normal distribution, nil where correlation leaves them without meaning.
    package let effectiveDegreesOfFreedom: Double?
    /// Degrees of freedom at which the coverage factor was taken; nil where it needs none.
    package let degreesOfFreedomUsed: Double?
    /// Coverage factor k; nil where Student's method has no degrees of freedom.
    package let coverageFactor: Double?
    /// Whether first order reports no uncertainty although an input that stands in the model has one.
    package let hidesUncertainty: Bool

    /// Expanded uncertainty U = k·u_c.
    package var expandedUncertainty: Double? { coverageFactor.map { $0 * combinedStandardUncertainty } }

    init(
        name: String, value: Double, combined: Double, sensitivities: [Double], contributions: [Double], usesInput: [Bool],
        effective: Double?, coverage: CoverageFactor?, isUncertain: [Bool]
    ) {
        self.name = name
        self.value = value
        combinedStandardUncertainty = combined
        self.sensitivities = sensitivities
        self.contributions = contributions
        self.usesInput = usesInput
        effectiveDegreesOfFreedom = effective
        degreesOfFreedomUsed = coverage?.degreesOfFreedom
        coverageFactor = coverage?.factor
        hidesUncertainty = combined == 0 && zip(usesInput, isUncertain).contains { $0 && $1 }
    }
}
