// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `gum_budgets`: law of propagation, effective degrees of freedom, coverage, terms of the second order.
package struct GumBudgetCase: Calculation {
    private struct Output: Decodable, Sendable {
        let name: String
        let model: String
        let unit: String?
    }

    private let inputs: [InputFields]
    private let correlations: [CorrelationFields]?
    private let outputs: [Output]
    private let coverage: CoverageFields
    private let secondOrder: Bool?
    private let ensembleDegreesOfFreedom: DegreesOfFreedomField?

    private enum CodingKeys: String, CodingKey {
        case inputs, correlations, outputs, coverage
        case secondOrder = "second_order"
        case ensembleDegreesOfFreedom = "ensemble_dof"
    }

    package func solve() throws(CalculationError) -> GumBudgetAnswer {
        do throws(BudgetError) {
            let propagated = try budget().propagate()
            guard secondOrder != true || outputs.count <= Self.largestSecondOrder else {
                throw BudgetError.model(
                    .tooLarge(
                        "second_order: \(outputs.count) outputs are too many; at most \(Self.largestSecondOrder) are possible"))
            }
            var answers: [(String, GumBudgetAnswer.Output)] = []
            for (index, output) in propagated.outputs.enumerated() {
                let second = secondOrder == true ? try propagated.budget.secondOrder(output: index, output) : nil
                answers.append((output.name, GumBudgetAnswer.Output(output, second, propagated.budget.inputs)))
            }
            return GumBudgetAnswer(outputs: answers, correlations: GumBudgetAnswer.correlations(of: propagated))
        } catch {
            throw CalculationError(error)
        }
    }

    /// Reports for people, one for each output.
    func reports() throws(CalculationError) -> [BudgetReport] {
        do throws(BudgetError) {
            let propagated = try budget().propagate()
            return propagated.outputs.indices.map { index in
                BudgetReport(
                    propagated, output: index, units: inputs.map { $0.unit ?? "" }, unit: outputs[index].unit ?? "")
            }
        } catch {
            throw CalculationError(error)
        }
    }

    /// Number of outputs with terms of the second order.
    private static let largestSecondOrder = 50

    /// The budget that the case describes.
    func budget() throws(BudgetError) -> MeasurementBudget {
        guard !outputs.isEmpty else { throw .model(.declaration("outputs: is empty; give at least one")) }
        var names: Set<String> = []
        for output in outputs {
            guard ModelProgram.isName(output.name) else {
                throw .model(.declaration("outputs: '\(output.name.prefix(40))' is no name; use letters A to Z, digits and _"))
            }
            guard names.insert(output.name).inserted else {
                throw .model(.declaration("outputs: '\(output.name)' is given twice; give each output a name of its own"))
            }
        }
        var quantities: [InputQuantity] = []
        for input in inputs { quantities.append(try input.quantity()) }
        let matrix = try CorrelationFields.matrix(correlations ?? [], names: quantities.map(\.name))
        let program: ModelProgram
        do throws(ModelError) {
            program = try ModelProgram(
                outputs: outputs.map { ModelQuantity($0.name, $0.model) }, inputs: quantities.map(\.name))
        } catch {
            throw .model(error)
        }
        return try MeasurementBudget(
            program: program, inputs: quantities, correlations: matrix, ensembles: ensembles(quantities),
            coverage: coverage.found())
    }

    /// One set of simultaneous readings, where the case gives its degrees of freedom: the inputs that were read or have finite ones.
    private func ensembles(_ quantities: [InputQuantity]) throws(BudgetError) -> [LinearPropagation.Ensemble] {
        guard let ensembleDegreesOfFreedom else { return [] }
        guard ensembleDegreesOfFreedom.value > 0 else {
            throw .ensemble("ensemble_dof: \(ensembleDegreesOfFreedom.value) is not possible; give n - 1 for n readings")
        }
        let members = quantities.indices.filter { quantities[$0].degreesOfFreedom.isFinite }
        return [LinearPropagation.Ensemble(members: members, degreesOfFreedom: ensembleDegreesOfFreedom.value)]
    }
}

/// How the coverage factor of a case is found.
struct CoverageFields: Decodable, Sendable {
    let method: String
    let k: GivenNumber?
    let p: GivenNumber?
    let dof: String?
    let beta: GivenNumber?

    func found() throws(BudgetError) -> CoverageMethod {
        switch method {
        case "fixed":
            guard let k else { throw .coverage(field: "k", "is missing; the method 'fixed' needs it") }
            return .fixed(k.value)
        case "t":
            guard let dof else { throw .coverage(field: "dof", "is missing; \(Self.rules)") }
            guard let rule = DegreesOfFreedomRule(rawValue: dof) else {
                throw .coverage(field: "dof", "'\(dof.prefix(40))' is not known; \(Self.rules)")
            }
            return .student(try probability(), rule)
        case "rectangular": return .rectangular(try probability())
        case "trapezoidal":
            guard let beta else { throw .coverage(field: "beta", "is missing; the method 'trapezoidal' needs it") }
            return .trapezoidal(try probability(), topToBase: beta.value)
        default:
            throw .coverage(
                field: "method", "'\(method.prefix(40))' is not known; give fixed, t, rectangular or trapezoidal")
        }
    }

    private static let rules = "give truncate, exact, nearest or interpolate"

    private func probability() throws(BudgetError) -> CoverageProbability {
        guard let p else { throw .coverage(field: "p", "is missing; the method '\(method)' needs it") }
        return try CoverageProbability(inside: p.value, outside: p.complement)
    }
}
