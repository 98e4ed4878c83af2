// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Answer to a simulation.
package struct MonteCarloAnswer: Encodable, Sendable {
    /// Comparison with the law of propagation (JCGM 101:2008, clause 8).
    struct Validation: Encodable, Sendable {
        private let estimate: Double
        private let combined: Double
        private let expanded: Double
        private let low: Double
        private let high: Double
        private let delta: Double
        private let validated: Bool

        init(_ output: PropagatedOutput, _ expanded: Double, _ validation: ResultValidation) {
            (estimate, combined, self.expanded) = (output.value, output.combinedStandardUncertainty, expanded)
            (low, high, delta) = (validation.lowDistance, validation.highDistance, validation.tolerance)
            validated = validation.isValidated
        }

        private enum CodingKeys: String, CodingKey {
            case delta, validated
            case estimate = "y"
            case combined = "u_c"
            case expanded = "U"
            case low = "d_low"
            case high = "d_high"
        }
    }

    /// Course of the adaptive procedure.
    struct Adaptive: Encodable, Sendable {
        private let digits: Int
        private let interval: CoverageIntervalKind
        private let sequences: Int
        private let length: Int
        private let delta: Double
        private let spreads: [Double]
        private let stabilised: Bool

        init(_ adaptation: MonteCarloAdaptation) {
            (digits, interval) = (adaptation.significantDigits, adaptation.interval)
            (sequences, length) = (adaptation.sequences, adaptation.sequenceLength)
            (delta, spreads, stabilised) = (adaptation.tolerance, adaptation.spreads, adaptation.isStabilised)
        }

        private enum CodingKeys: String, CodingKey {
            case interval, sequences, delta, spreads, stabilised
            case digits = "significant_digits"
            case length = "sequence_length"
        }
    }

    private let result: MonteCarloResult
    private let withoutMoments: Bool
    private let validation: Validation?

    init(_ result: MonteCarloResult, withoutMoments: Bool, validation: Validation?) {
        (self.result, self.withoutMoments, self.validation) = (result, withoutMoments, validation)
    }

    private enum CodingKeys: String, CodingKey {
        case mean, generator, seed, trials, warnings, adaptive, validation, moments
        case deviation = "standard_deviation"
        case equalTailedLow = "equal_tailed_low"
        case equalTailedHigh = "equal_tailed_high"
        case shortestLow = "shortest_low"
        case shortestHigh = "shortest_high"
        case shortestLength = "shortest_length"
        case correlated = "correlated_inputs"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // Averages of trials that have no limit would look like results.
        try container.encode(withoutMoments ? nil : result.mean, forKey: .mean)
        try container.encode(withoutMoments ? nil : result.standardDeviation, forKey: .deviation)
        if withoutMoments { try container.encode("do not exist", forKey: .moments) }
        try container.encode(result.equalTailed.low, forKey: .equalTailedLow)
        try container.encode(result.equalTailed.high, forKey: .equalTailedHigh)
        try container.encode(result.shortest.low, forKey: .shortestLow)
        try container.encode(result.shortest.high, forKey: .shortestHigh)
        try container.encode(result.shortest.length, forKey: .shortestLength)
        try container.encode(result.generator, forKey: .generator)
        // As text: a JSON number keeps 53 bits only.
        try container.encode(String(result.seed), forKey: .seed)
        try container.encode(result.trials, forKey: .trials)
        if result.correlatedSampling != .none { try container.encode(result.correlatedSampling, forKey: .correlated) }
        try container.encodeIfPresent(result.adaptation.map(Adaptive.init), forKey: .adaptive)
        try container.encodeIfPresent(validation, forKey: .validation)
        let warnings = warnings
        if !warnings.isEmpty { try container.encode(warnings, forKey: .warnings) }
    }

    private var warnings: [String] {
        var warnings: [String] = []
        if !result.inputsWithoutVariance.isEmpty, !withoutMoments {
            warnings.append(
                "\(result.inputsWithoutVariance.joined(separator: ", ")): with two degrees of freedom or fewer the variance does "
                    + "not exist; use the coverage interval, not the standard deviation")
        }
        if result.correlatedSampling == .gaussianCopula {
            warnings.append(
                "correlated inputs that are not normal were drawn through a Gaussian copula with the stated coefficients")
        }
        if result.adaptation?.isStabilised == false {
            warnings.append("not stabilised within \(result.trials) trials")
        }
        return warnings
    }
}
