// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Answer to a budget: one object for each output by its name, and the correlation of the outputs where there are several.
package struct GumBudgetAnswer: Encodable, Sendable {
    /// One output.
    struct Output: Encodable, Sendable {
        private let output: PropagatedOutput
        private let second: SecondOrderPropagation?
        private let inputs: [InputQuantity]

        init(_ output: PropagatedOutput, _ second: SecondOrderPropagation?, _ inputs: [InputQuantity]) {
            (self.output, self.second, self.inputs) = (output, second, inputs)
        }

        private enum CodingKeys: String, CodingKey {
            case value = "y"
            case combined = "u_c"
            case effective = "nu_eff"
            case used = "nu_used"
            case factor = "k"
            case expanded = "U"
            case sensitivities, contributions, warnings
            case secondValue = "y_second_order"
            case secondUncertainty = "u_c_second_order"
            case noteUncertainty = "u_c_gum_512_note"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(output.value, forKey: .value)
            try container.encode(output.combinedStandardUncertainty, forKey: .combined)
            try container.encode(PossiblyInfinite(output.effectiveDegreesOfFreedom), forKey: .effective)
            try container.encode(PossiblyInfinite(output.degreesOfFreedomUsed), forKey: .used)
            try container.encode(output.coverageFactor, forKey: .factor)
            try container.encode(output.expandedUncertainty, forKey: .expanded)
            try container.encode(byName(output.sensitivities), forKey: .sensitivities)
            try container.encode(byName(output.contributions.map(abs)), forKey: .contributions)
            if let second {
                try container.encode(second.value, forKey: .secondValue)
                try container.encode(second.standardUncertainty, forKey: .secondUncertainty)
                try container.encodeIfPresent(second.noteUncertainty, forKey: .noteUncertainty)
            }
            let warnings = warnings
            if !warnings.isEmpty { try container.encode(warnings, forKey: .warnings) }
        }

        /// Inputs that stand in the expression of the output.
        private func byName(_ values: [Double]) -> [String: Double] {
            var named: [String: Double] = [:]
            for (slot, value) in values.enumerated() where output.usesInput[slot] { named[inputs[slot].name] = value }
            return named
        }

        private var warnings: [String] {
            var warnings: [BudgetWarning] = output.hidesUncertainty ? [.hiddenUncertainty] : []
            if output.effectiveDegreesOfFreedom == nil { warnings.append(.correlatedDegreesOfFreedom) }
            return warnings.map(\.sentence.english)
        }
    }

    /// Correlation coefficient of two outputs.
    struct Correlation: Encodable, Sendable {
        let a: String
        let b: String
        let r: Double
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let outputs: [(String, Output)]
    let correlations: [Correlation]

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, output) in outputs { try container.encode(output, forKey: Name(stringValue: name)) }
        if !correlations.isEmpty { try container.encode(correlations, forKey: Name(stringValue: "output_correlations")) }
    }

    /// Pairs of outputs in order, without those in which an output has no uncertainty and therefore no coefficient.
    ///
    /// At most ``largestCorrelated`` outputs are paired.
    static func correlations(of budget: PropagatedBudget) -> [Correlation] {
        guard budget.outputs.count <= largestCorrelated else { return [] }
        return budget.outputs.indices.flatMap { first in
            budget.outputs.indices.filter { $0 > first }.compactMap { second in
                budget.correlation(first, second).map { r in
                    Correlation(a: budget.outputs[first].name, b: budget.outputs[second].name, r: r)
                }
            }
        }
    }

    /// Number of outputs beyond which pairs are not listed.
    private static let largestCorrelated = 50
}

/// Number that may be infinite, which JSON writes as the text `inf`, or missing, which it writes as null.
struct PossiblyInfinite: Encodable, Sendable {
    private let value: Double?

    init(_ value: Double?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        guard let value else { return try container.encodeNil() }
        if value.isInfinite { try container.encode("inf") } else { try container.encode(value) }
    }
}
