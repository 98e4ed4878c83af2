// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Case of `decision_rules`: a statement of conformity, a probability, a risk or a guard band.
package struct DecisionRuleCase: Calculation {
    private let fields: ConformityFields

    package init(from decoder: any Decoder) throws {
        fields = try ConformityFields(from: decoder)
    }

    private enum Operation: String, CaseIterable {
        case statement
        case conformanceProbability = "conformance_probability"
        case riskAtAcceptanceLimit = "risk_at_acceptance_limit"
        case globalRisk = "global_risk"
        case guardBand = "guard_band"
    }

    /// Answers the case.
    ///
    /// - Throws: ``CalculationError`` with code `invalid` that names the field.
    package func solve() throws(CalculationError) -> ConformityAnswer {
        switch try fields.choice("op", of: Operation.allCases.map(\.rawValue), Operation.init(rawValue:)) {
        case .statement: try statement()
        case .conformanceProbability: try conformanceProbability()
        case .riskAtAcceptanceLimit: try riskAtAcceptanceLimit()
        case .globalRisk: try globalRisk()
        case .guardBand: try guardBand()
        }
    }

    private func limits() throws(CalculationError) -> ToleranceLimits {
        let lower = try fields.optionalNumber("lower_limit")
        let upper = try fields.optionalNumber("upper_limit")
        return try ConformityFields.refusing("lower_limit, upper_limit") { () throws(ConformityError) in
            try ToleranceLimits(lower: lower, upper: upper)
        }
    }

    private func statement() throws(CalculationError) -> ConformityAnswer {
        let limits = try limits()
        let measured = try fields.number("measured")
        let expanded = try fields.positive("expanded_uncertainty")
        let factor = try fields.positive("coverage_factor")
        let name = try fields.word("rule")
        let parameterFields = [
            "guard_band_rU": "guard_band_multiplier", "shared_risk": "least_ratio", "permitted_risk": "max_specific_risk",
        ]
        let parameter: DecimalNumber? =
            if let field = parameterFields[name] { try fields.number(field) } else { nil }
        let rule = try ConformityFields.refusing("rule") { () throws(ConformityError) in
            try DecisionRule(name: name, parameter: parameter)
        }
        let statement = try ConformityFields.refusing("measured, expanded_uncertainty, limits") { () throws(ConformityError) in
            let uncertainty = try StatedUncertainty(expanded: expanded, coverageFactor: factor)
            return try ConformityStatement(value: measured, limits: limits, uncertainty: uncertainty, rule: rule)
        }
        var answer: [String: ConformityAnswer.Value] = [
            "guard_band": .decimal(statement.guardBand),
            "acceptance_lower": .decimal(statement.acceptance.lower),
            "acceptance_upper": .decimal(statement.acceptance.upper),
            "decision": .text(statement.decision.rawValue),
            "conformance_probability": statement.probability.map { .number($0.conforming) } ?? .null,
            "specific_risk": statement.specificRisk.map { .number($0) } ?? .null,
        ]
        if statement.acceptance.isEmpty { answer["acceptance_interval_empty"] = .flag(true) }
        return ConformityAnswer(values: answer)
    }

    private func conformanceProbability() throws(CalculationError) -> ConformityAnswer {
        let limits = try limits()
        let measured = try fields.number("measured")
        let uncertainty = try fields.positive("standard_uncertainty").approximateValue
        let probability = try ConformityFields.refusing("measured") { () throws(ConformityError) in
            try ConformanceProbability(value: measured, standardUncertainty: uncertainty, limits: limits)
        }
        return ConformityAnswer(values: ["conformance_probability": .number(probability.conforming)])
    }

    /// `sided` says for how many limits; with two, the far one is taken to be many u away.
    private func riskAtAcceptanceLimit() throws(CalculationError) -> ConformityAnswer {
        let multiplier = try fields.number("guard_band_multiplier").approximateValue
        let factor = try fields.positive("coverage_factor").approximateValue
        _ = try fields.choice("sided", of: ["one", "two"]) { ["one", "two"].contains($0) ? $0 : nil }
        let risk = GuardBandFactor.riskAtAcceptanceLimit(multiplier: multiplier, coverageFactor: factor)
        return ConformityAnswer(values: ["specific_risk_at_acceptance_limit": .number(risk)])
    }

    private func globalRisk() throws(CalculationError) -> ConformityAnswer {
        let limits = try limits()
        let acceptance = AcceptanceInterval(
            lower: try fields.optionalNumber("acceptance_lower"), upper: try fields.optionalNumber("acceptance_upper"))
        let mean = try fields.number("process_mean")
        let deviation = try fields.positive("process_sd")
        let uncertainty = try fields.positive("measurement_u")
        let risk = try ConformityFields.refusing("process_mean, process_sd, measurement_u") { () throws(ConformityError) in
            let setting = try GlobalRisk.Setting(mean: mean, deviation: deviation, uncertainty: uncertainty)
            return try GlobalRisk(setting, limits: limits, acceptance: acceptance)
        }
        return ConformityAnswer(values: [
            "global_false_accept": .number(risk.falseAccept),
            "global_false_reject": .number(risk.falseReject),
            "prior_conforming": .number(risk.priorConforming),
            "probability_accept": .number(risk.probabilityAccept),
            "conditional_false_accept": risk.conditionalFalseAccept.map { .number($0) } ?? .null,
        ])
    }

    private func guardBand() throws(CalculationError) -> ConformityAnswer {
        let methods = ["z540.3-method-6", "rss", "specific-risk-target-one-sided"]
        switch try fields.choice("method", of: methods, { methods.firstIndex(of: $0) }) {
        case 0:
            let ratio = try fields.positive("tur").approximateValue
            let multiplier = GuardBandFactor.managedMultiplier(ratio: ratio)
            let band = max(multiplier, 0)
            return ConformityAnswer(values: [
                "multiplier_M": .number(multiplier), "guard_band_in_U": .number(band),
                "acceptance_factor": .number(1 - band / ratio),
            ])
        case 1:
            let ratio = try fields.number("tur")
            guard ratio >= .one else { throw .invalid("tur", "\(ratio) is below 1, where this guard band has no meaning") }
            return ConformityAnswer(values: [
                "acceptance_factor": .number(GuardBandFactor.rootDifferenceOfSquares(ratio: ratio.approximateValue))
            ])
        default:
            let risk = try fields.positive("max_specific_risk")
            guard risk <= DecisionRule.greatestPermittedRisk else {
                throw .invalid("max_specific_risk", "\(risk) is above \(DecisionRule.greatestPermittedRisk)")
            }
            let factor = GuardBandFactor.multiplierOfStandardUncertainty(permittedRisk: risk.approximateValue)
            return ConformityAnswer(values: ["guard_band_in_u": .number(factor), "guard_band_in_U_k2": .number(factor / 2)])
        }
    }
}
