// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel
package import Metrology

/// An evaluated result at one place: what it came to and the verdict.
package struct EvaluatedResult: Sendable, Equatable {
    /// Code of the result in the procedure.
    package var result: String
    package var channel: Int?
    package var phase: Phase
    /// Nil for a result of all points together.
    package var point: String?
    /// Nil for a result of all repetitions.
    package var repetition: Int?
    /// What was indicated, or the mean of it, in the unit of the reading.
    package var indicated: DecimalNumber?
    package var reference: DecimalNumber?
    /// The value as reported, in ``unit``.
    package var value: DecimalNumber
    package var unit: String
    /// Permitted values, in ``unit``; nil on the side that has no limit.
    package var lower: DecimalNumber?
    package var upper: DecimalNumber?
    package var expandedUncertainty: DecimalNumber?
    package var coverageFactor: DecimalNumber?
    /// Effective degrees of freedom; nil where infinite or not asked for.
    package var degreesOfFreedom: Double?
    /// Guard band that the decision rule took, in ``unit``; nil without one.
    package var guardBand: DecimalNumber?
    package var verdict: ResultVerdict
    package var budget: [BudgetLine]
}

/// A line of an uncertainty budget, in binary numbers as they were computed.
package struct BudgetLine: Sendable, Equatable, Codable {
    package var symbol: String
    /// Unit of estimate and standard uncertainty.
    package var unit: String
    package var estimate: Double
    package var standardUncertainty: Double
    /// Nil where infinite.
    package var degreesOfFreedom: Double?
    /// Sensitivity coefficient, unit of the result over ``unit``.
    package var sensitivity: Double
    /// |c|·u in the unit of the result.
    package var contribution: Double
}

/// Verdict on one result.
package enum ResultVerdict: String, Sendable, Codable {
    case pass
    /// Within the limit, but not by the guard band.
    case conditionalPass = "conditional_pass"
    /// Beyond the limit, but not by the guard band.
    case conditionalFail = "conditional_fail"
    case fail
    /// Shown, not judged.
    case informative

    /// Whether the requirement counts as met.
    package var isMet: Bool { self != .fail && self != .conditionalFail }
}

/// What a whole measurement came to.
package struct Evaluation: Sendable {
    /// Every evaluated result, in the order measured.
    package var results: [EvaluatedResult] = []
    /// Why it does not pass; empty for a pass.
    package var failures: [Reason] = []
    /// What is missing, so that nothing can be concluded.
    package var gaps: [Reason] = []
}
