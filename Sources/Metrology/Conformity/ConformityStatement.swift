// SPDX-License-Identifier: Apache-2.0

/// Outcome of a decision rule.
package enum ConformityDecision: String, Sendable, CaseIterable, Codable {
    /// The measured value is accepted.
    case pass
    /// Accepted with the condition that the value lies closer to a limit than its uncertainty.
    case conditionalPass = "conditional_pass"
    /// Rejected with the condition that the value lies beyond a limit by no more than its uncertainty.
    case conditionalFail = "conditional_fail"
    /// The measured value is rejected.
    case fail

    /// Whether the item counts as conforming.
    package var isAccepted: Bool { self == .pass || self == .conditionalPass }
}

/// Statement of conformity with everything that led to it, stored together.
///
/// Source: ISO/IEC 17025:2017, 7.8.6; ILAC-G8:09/2019, 4.
package struct ConformityStatement: Sendable, Hashable {
    /// Measured value, not rounded.
    package let value: DecimalNumber
    /// Tolerance limits in the unit of the value.
    package let limits: ToleranceLimits
    /// Decision rule.
    package let rule: DecisionRule
    /// U, k and p of the measured value; nil where the rule does without.
    package let uncertainty: StatedUncertainty?
    /// Guard band w.
    package let guardBand: DecimalNumber
    /// Values that the rule accepts.
    package let acceptance: AcceptanceInterval
    /// Outcome.
    package let decision: ConformityDecision
    /// Probability that the true value lies within the limits; nil without an uncertainty.
    package let probability: ConformanceProbability?

    /// Decides on one measured value.
    ///
    /// - Parameters:
    ///   - value: Measured value or error, exact and not rounded.
    ///   - limits: Tolerance limits in the same unit.
    ///   - uncertainty: U and k of the value; may be nil for simple acceptance, where nothing is then said about risk.
    ///   - rule: Decision rule.
    /// - Throws: What ``DecisionRule/guardBand(limits:uncertainty:)`` throws.
    package init(
        value: DecimalNumber, limits: ToleranceLimits, uncertainty: StatedUncertainty?, rule: DecisionRule
    ) throws(ConformityError) {
        let guardBand = try rule.guardBand(limits: limits, uncertainty: uncertainty)
        let acceptance = try limits.acceptanceInterval(guardBand: guardBand)
        self.value = value
        self.limits = limits
        self.rule = rule
        self.uncertainty = uncertainty
        self.guardBand = guardBand
        self.acceptance = acceptance
        if acceptance.contains(value) {
            decision = .pass
        } else if rule.method != .nonBinary {
            decision = .fail
        } else if limits.contains(value) {
            decision = .conditionalPass
        } else {
            let outermost = try limits.acceptanceInterval(guardBand: guardBand.negated)
            decision = outermost.contains(value) ? .conditionalFail : .fail
        }
        if let uncertainty {
            probability = try ConformanceProbability(
                value: value, standardUncertainty: uncertainty.standard, limits: limits)
        } else {
            probability = nil
        }
    }

    /// Probability that the decision is wrong: of nonconformity when accepted, of conformity when rejected.
    ///
    /// - Source: JCGM 106:2012, 3.3.13 and 3.3.14 (specific consumer's and producer's risk).
    package var specificRisk: Double? {
        decision.isAccepted ? probability?.nonconforming : probability?.conforming
    }

    /// Greatest specific risk of any value that passes: the risk on an acceptance limit; nil without an uncertainty or
    /// where nothing passes.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func riskAtAcceptanceLimit() throws(ConformityError) -> Double? {
        guard let uncertainty, !acceptance.isEmpty else { return nil }
        var greatest = 0.0
        for limit in [acceptance.lower, acceptance.upper] {
            guard let limit else { continue }
            let there = try ConformanceProbability(
                value: limit, standardUncertainty: uncertainty.standard, limits: limits)
            greatest = max(greatest, there.nonconforming)
        }
        return greatest
    }
}
