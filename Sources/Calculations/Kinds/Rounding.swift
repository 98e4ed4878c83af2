// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `rounding`: numbers, uncertainties, and a value at the place of its uncertainty.
///
/// `op` is `round` (`value`, `step`, `mode`), `significant` (`value`, `digits`, `mode`) or `report` (`value`, `expanded_uncertainty`, `digits` 1 or 2,
/// `uncertainty_mode`, `value_mode`). Answers are decimal texts with the digits that are printed.
/// Source: ISO 80000-1, Annex B; JCGM 100:2008, 7.2.6; EA-4/02 M:2022, 6.3 (five per cent).
package struct RoundingCase: Calculation {
    /// What is answered; what an operation does not give is left out.
    package struct Answer: Encodable, Sendable {
        let value: String
        var expanded_uncertainty: String?
        var step: String?
    }

    private let op: String
    private let value: GivenNumber
    private let step: GivenNumber?
    private let digits: Int?
    private let mode: String?
    private let expanded_uncertainty: GivenNumber?
    private let uncertainty_mode: String?
    private let value_mode: String?

    package func solve() throws(CalculationError) -> Answer {
        let value = try decimal(value, "value")
        switch op {
        case "round":
            let step = try decimal(step, "step")
            guard step > .zero else { throw .invalid("step", "\(step) is no step; give a number above zero") }
            let mode = try roundingMode(mode, "mode")
            return Answer(value: try rounded { () throws(DecimalError) in try value.rounded(toStep: step, mode: mode) })
        case "significant":
            let mode = try roundingMode(mode, "mode")
            let digits = try digits(upTo: 38)
            return Answer(
                value: try rounded { () throws(DecimalError) in try value.rounded(toSignificantDigits: digits, mode: mode) })
        case "report":
            return try report(value)
        default:
            throw .invalid("op", "'\(op.prefix(40))' is not known; give round, significant or report")
        }
    }

    private func report(_ value: DecimalNumber) throws(CalculationError) -> Answer {
        let uncertainty = try decimal(expanded_uncertainty, "expanded_uncertainty")
        guard uncertainty > .zero else {
            throw .invalid("expanded_uncertainty", "\(uncertainty) is no uncertainty; give a number above zero")
        }
        let digits = try digits(upTo: 2)
        guard let rule = try UncertaintyRounding(rawValue: given(uncertainty_mode, "uncertainty_mode")) else {
            throw unknown(uncertainty_mode, "uncertainty_mode", UncertaintyRounding.allCases.map(\.rawValue))
        }
        let mode = try roundingMode(value_mode, "value_mode")
        do throws(UncertaintyError) {
            let reported = try ReportedUncertainty(
                value: value,
                expandedUncertainty: uncertainty,
                significantDigits: digits,
                uncertaintyRounding: rule,
                valueRounding: mode
            )
            return Answer(
                value: "\(reported.value)",
                expanded_uncertainty: "\(reported.expandedUncertainty)",
                step: "\(reported.step)"
            )
        } catch .decimal(let error) {
            throw .invalid("value", "\(error)")
        } catch {
            throw .invalid("expanded_uncertainty", "\(error)")
        }
    }

    // MARK: - Fields

    private func rounded(_ rounding: () throws(DecimalError) -> DecimalNumber) throws(CalculationError) -> String {
        do {
            return try rounding().description
        } catch {
            throw .invalid("value", "\(error)")
        }
    }

    private func decimal(_ number: GivenNumber?, _ field: String) throws(CalculationError) -> DecimalNumber {
        guard let number = try given(number, field).decimal else { throw .invalid(field, "\(DecimalError.tooManyDigits)") }
        return number
    }

    private func digits(upTo most: Int) throws(CalculationError) -> Int {
        let digits = try given(digits, "digits")
        guard (1...most).contains(digits) else { throw .invalid("digits", "\(digits) digits cannot be kept; give 1 to \(most)") }
        return digits
    }

    private func roundingMode(_ name: String?, _ field: String) throws(CalculationError) -> RoundingMode {
        guard let mode = try RoundingMode(rawValue: given(name, field)) else {
            throw unknown(name, field, RoundingMode.allCases.map(\.rawValue))
        }
        return mode
    }

    private func given<Value>(_ value: Value?, _ field: String) throws(CalculationError) -> Value {
        guard let value else { throw .invalid(field, "is missing; \(op.prefix(40)) needs it") }
        return value
    }

    private func unknown(_ name: String?, _ field: String, _ known: [String]) -> CalculationError {
        .invalid(field, "'\((name ?? "").prefix(40))' is not known; give one of \(known.joined(separator: ", "))")
    }
}
