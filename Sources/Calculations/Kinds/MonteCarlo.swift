// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `monte_carlo`: propagation of distributions (JCGM 101:2008).
///
/// Optional fields beside those of the published cases: `trials` (1 000 000 without it), `seed` (1 without it), `adaptive` with
/// `significant_digits`, `interval` and `most_trials` for the adaptive procedure instead of a fixed number of trials,
/// `validation_digits` for the comparison with the law of propagation, and `moments: "do not exist"` for outputs whose mean and
/// standard deviation are not to be given.
package struct MonteCarloCase: Calculation {
    struct Output: Decodable, Sendable {
        let name: String?
        let model: String
    }

    struct Adaptive: Decodable, Sendable {
        let digits: GivenNumber?
        let interval: CoverageIntervalKind?
        let mostTrials: GivenNumber?

        private enum CodingKeys: String, CodingKey {
            case interval
            case digits = "significant_digits"
            case mostTrials = "most_trials"
        }
    }

    private let inputs: [InputFields]
    private let correlations: [CorrelationFields]?
    private let output: Output
    private let probability: GivenNumber
    private let moments: String?
    private let trials: GivenNumber?
    private let seed: GivenNumber?
    private let adaptive: Adaptive?
    private let validationDigits: GivenNumber?

    private enum CodingKeys: String, CodingKey {
        case inputs, correlations, output, moments, trials, seed, adaptive
        case probability = "coverage_probability"
        case validationDigits = "validation_digits"
    }

    package func solve() throws(CalculationError) -> MonteCarloAnswer {
        let withoutMoments = try checkedMoments()
        let p = try checkedProbability()
        let seed = try wholeNumber(self.seed, "seed", in: 0...UInt64.max) ?? MonteCarloSimulation.usualSeed
        let parts = try parts()
        let simulation = try Self.refusing { () throws(MonteCarloError) in
            try MonteCarloSimulation(model: parts.program, inputs: parts.inputs, correlations: parts.correlations)
        }
        let result = try run(simulation, p.inside, seed)
        return MonteCarloAnswer(result, withoutMoments: withoutMoments, validation: try validation(of: result, parts, p))
    }

    // MARK: - Reading the case

    private struct Parts {
        let program: ModelProgram
        let inputs: [InputQuantity]
        let correlations: CorrelationMatrix
    }

    private func parts() throws(CalculationError) -> Parts {
        do throws(BudgetError) {
            var quantities: [InputQuantity] = []
            for input in inputs { quantities.append(try input.quantity()) }
            let names = quantities.map(\.name)
            let matrix = try CorrelationFields.matrix(correlations ?? [], names: names)
            do throws(ModelError) {
                return Parts(
                    program: try ModelProgram(parsing: output.model, inputs: names), inputs: quantities, correlations: matrix)
            } catch {
                throw .model(error)
            }
        } catch {
            throw CalculationError(error)
        }
    }

    private func checkedProbability() throws(CalculationError) -> CoverageProbability {
        guard probability.value > 0, probability.complement > 0 else {
            throw .invalid(
                "coverage_probability", "\(probability.value) lies outside 0 to 1; give a probability such as \"0.95\"")
        }
        do throws(BudgetError) {
            return try CoverageProbability(inside: probability.value, outside: probability.complement)
        } catch {
            throw .invalid("coverage_probability", error.description)
        }
    }

    /// Whether mean and standard deviation do not exist.
    private func checkedMoments() throws(CalculationError) -> Bool {
        guard let moments, moments != "exist" else { return false }
        guard moments == "do not exist" else {
            throw .invalid("moments", "'\(moments.prefix(40))' is not known; give \"do not exist\", or leave it out")
        }
        return true
    }

    private func wholeNumber(
        _ given: GivenNumber?, _ field: String, in range: ClosedRange<UInt64>
    ) throws(CalculationError) -> UInt64? {
        guard let given else { return nil }
        guard let decimal = given.decimal?.withoutTrailingZeros, decimal.scale == 0,
            let whole = UInt64(exactly: decimal.coefficient),
            range.contains(whole)
        else { throw .invalid(field, "is not possible; give a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return whole
    }

    // MARK: - Solving

    private func run(
        _ simulation: MonteCarloSimulation, _ p: Double, _ seed: UInt64
    ) throws(CalculationError) -> MonteCarloResult {
        let most = UInt64(MonteCarloSimulation.mostTrials)
        guard let adaptive else {
            let fewest = UInt64(MonteCarloSimulation.fewestTrials)
            let count = try wholeNumber(trials, "trials", in: fewest...most).map(Int.init) ?? MonteCarloSimulation.usualTrials
            return try Self.refusing { () throws(MonteCarloError) in
                try simulation.run(trials: count, probability: p, seed: seed)
            }
        }
        guard trials == nil else { throw .invalid("trials", "stands beside adaptive; give one of them") }
        let digits = try wholeNumber(adaptive.digits, "adaptive.significant_digits", in: 1...4).map(Int.init) ?? 2
        let cap = try wholeNumber(adaptive.mostTrials, "adaptive.most_trials", in: 1...most).map(Int.init)
        return try Self.refusing { () throws(MonteCarloError) in
            try simulation.runAdaptively(
                significantDigits: digits, interval: adaptive.interval ?? .equalTailed, probability: p,
                mostTrials: cap ?? MonteCarloSimulation.mostTrials, seed: seed)
        }
    }

    /// Comparison with the law of propagation, where it is asked for; Student's factor at truncated degrees of freedom.
    private func validation(
        of result: MonteCarloResult, _ parts: Parts, _ p: CoverageProbability
    ) throws(CalculationError) -> MonteCarloAnswer.Validation? {
        guard let digits = try wholeNumber(validationDigits, "validation_digits", in: 1...4).map(Int.init) else { return nil }
        do throws(BudgetError) {
            let budget = try MeasurementBudget(
                program: parts.program, inputs: parts.inputs, correlations: parts.correlations, coverage: .student(p, .truncated))
            guard let output = try budget.propagate().outputs.first, let expanded = output.expandedUncertainty else {
                throw .correlation(
                    "inputs", "inputs", "leaves the degrees of freedom without meaning, so that there is no result to validate")
            }
            return MonteCarloAnswer.Validation(
                output, expanded,
                ResultValidation(
                    estimate: output.value, standardUncertainty: output.combinedStandardUncertainty,
                    expandedUncertainty: expanded,
                    significantDigits: digits, interval: result.interval(adaptive?.interval ?? .equalTailed)))
        } catch {
            throw CalculationError(error)
        }
    }

    private static func refusing<Result>(
        _ calculation: () throws(MonteCarloError) -> Result
    ) throws(CalculationError) -> Result {
        do throws(MonteCarloError) {
            return try calculation()
        } catch {
            switch error {
            case .failedTrials: throw CalculationError(code: "domain", message: error.description)
            case .model(let model): throw CalculationError(model)
            case .probability(let message): throw .invalid("coverage_probability", message)
            default: throw CalculationError(code: "invalid", message: error.description)
            }
        }
    }
}
