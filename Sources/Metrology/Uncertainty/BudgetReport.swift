// SPDX-License-Identifier: Apache-2.0

/// Budget of one output as people read it: a row for each input, the rounded result, and what it asserts.
package struct BudgetReport: Sendable {
    /// One input of the budget.
    package struct Row: Sendable {
        /// Name and unit of the input.
        package let name: String
        package let unit: String
        /// Estimate, standard uncertainty and degrees of freedom of the input.
        package let estimate: Double
        package let standardUncertainty: Double
        package let degreesOfFreedom: Double
        /// Distribution in words.
        package let distribution: BilingualWording
        /// Sensitivity coefficient, in units of the output per unit of the input.
        package let sensitivity: Double
        /// Contribution |c|·u, in the unit of the output.
        package let contribution: Double
        /// Share in the variance, correlations included; shares add up to 1 and may be negative.
        package let share: Double
    }

    /// Name of the output.
    package let name: String
    /// Unit of the output; empty for a pure number.
    package let unit: String
    /// Inputs that stand in the model of the output, in the order of the budget.
    package let rows: [Row]
    /// Output, not rounded.
    package let output: PropagatedOutput
    /// How the coverage factor was found.
    package let coverage: CoverageMethod
    /// Result as a certificate prints it; nil where U is zero, unknown, or outside the range of decimals.
    package let reported: ReportedUncertainty?
    /// What a reader should know.
    package let warnings: [BudgetWarning]
    /// Rectangular inputs that outweigh the rest.
    package let dominance: RectangularDominance?

    /// Report on one output.
    ///
    /// - Parameters:
    ///   - budget: Propagated budget.
    ///   - index: Index of the output.
    ///   - units: Units by slot, empty where an input has none.
    ///   - unit: Unit of the output.
    ///   - significantDigits: Digits of the printed U, 1 or 2.
    ///   - uncertaintyRounding: How U is rounded.
    package init(
        _ budget: PropagatedBudget, output index: Int, units: [String], unit: String, significantDigits: Int = 2,
        uncertaintyRounding: UncertaintyRounding = .nearest
    ) {
        let output = budget.outputs[index]
        let shares = budget.budget.propagation.shares(output.contributions, combined: output.combinedStandardUncertainty)
        self.output = output
        name = output.name
        self.unit = unit
        coverage = budget.budget.coverage
        warnings = budget.warnings(output: index)
        dominance = budget.dominance(output: index)
        rows = budget.budget.inputs.enumerated().filter { output.usesInput[$0.offset] }.map { slot, input in
            Row(
                name: input.name, unit: units.indices.contains(slot) ? units[slot] : "", estimate: input.estimate,
                standardUncertainty: input.standardUncertainty, degreesOfFreedom: input.degreesOfFreedom,
                distribution: input.distribution.title, sensitivity: output.sensitivities[slot],
                contribution: abs(output.contributions[slot]), share: shares[slot])
        }
        reported = Self.rounded(output, significantDigits, uncertaintyRounding)
    }

    /// The value crosses to decimals with all digits of a double, U with 12, as binary noise beyond must not be rounded up.
    private static func rounded(
        _ output: PropagatedOutput, _ digits: Int, _ rounding: UncertaintyRounding
    ) -> ReportedUncertainty? {
        guard let expanded = output.expandedUncertainty, expanded > 0 else { return nil }
        do {
            return try ReportedUncertainty(
                value: DecimalNumber(approximating: output.value, significantDigits: 17, mode: .halfEven),
                expandedUncertainty: DecimalNumber(approximating: expanded, significantDigits: 12, mode: .halfEven),
                significantDigits: digits, uncertaintyRounding: rounding)
        } catch {
            // Numbers beyond what decimals keep are shown as they were computed.
            return nil
        }
    }
}

// MARK: - Wording

extension BudgetReport {
    /// The result with its uncertainty: `p = (500326 ± 13) Pa`.
    package var result: BilingualWording { wording { resultText($0) } }

    /// What the expanded uncertainty asserts.
    ///
    /// - Source: JCGM 100:2008, 7.2.3 (what is to be stated: U, k, ν_eff and the probability).
    package var statement: BilingualWording {
        guard let factor = output.coverageFactor else { return BudgetWarning.correlatedDegreesOfFreedom.sentence }
        let used = output.degreesOfFreedomUsed
        return BilingualWording(
            vietnamese: "Độ không đảm bảo đo mở rộng U bằng độ không đảm bảo chuẩn tổng hợp nhân với hệ số phủ k = "
                + "\(BudgetNumber(factor).text(decimalSign: ","))\(vietnameseBasis(used)).",
            english: "The expanded uncertainty U is the combined standard uncertainty multiplied by the coverage factor k = "
                + "\(BudgetNumber(factor).text(decimalSign: "."))\(englishBasis(used)).")
    }

    /// Remark on rectangular inputs that outweigh the rest; nil where there are none, or where the coverage takes them into account.
    package var dominanceRemark: BilingualWording? {
        switch coverage {
        case .rectangular, .trapezoidal: return nil
        case .fixed, .student: break
        }
        switch dominance {
        case nil: return nil
        case .one(let slot):
            let name = inputName(slot)
            return BilingualWording(
                vietnamese: "\(name) (chữ nhật) lấn át phần còn lại; k = p·√3 (EA-4/02, S9) có thể phù hợp hơn.",
                english: "\(name) (rectangular) outweighs the rest; k = p·√3 (EA-4/02, S9) may suit better.")
        case .two(let first, let second, let beta):
            let names = (inputName(first), inputName(second))
            return BilingualWording(
                vietnamese: "\(names.0) và \(names.1) (chữ nhật) lấn át phần còn lại; có thể dùng hình thang với β = "
                    + "\(BudgetNumber(beta, digits: 3).text(decimalSign: ",")) (EA-4/02, S10).",
                english: "\(names.0) and \(names.1) (rectangular) outweigh the rest; a trapezoid with β = "
                    + "\(BudgetNumber(beta, digits: 3).text(decimalSign: ".")) (EA-4/02, S10) may suit better.")
        }
    }

    private func inputName(_ slot: Int) -> String {
        // Rows leave out inputs that the model does not use.
        let position = output.usesInput[..<slot].count { $0 }
        return rows.indices.contains(position) ? rows[position].name : ""
    }

    private func resultText(_ sign: Character) -> String {
        let suffix = unit.isEmpty ? "" : " \(unit)"
        if let reported {
            let value = reported.value.text(decimalSign: sign)
            let pair = "\(value) ± \(reported.expandedUncertainty.text(decimalSign: sign))"
            return "\(name) = " + (unit.isEmpty ? pair : "(\(pair))\(suffix)")
        }
        let value = BudgetNumber(output.value, digits: 10).text(decimalSign: sign)
        let combined = BudgetNumber(output.combinedStandardUncertainty).text(decimalSign: sign)
        return "\(name) = \(value)\(suffix), u_c = \(combined)\(suffix)"
    }

    private func vietnameseBasis(_ used: Double?) -> String {
        guard let p = coverage.probability else { return ", được nêu trước, không khẳng định xác suất phủ" }
        let percent = BudgetNumber(p.inside * 100, digits: 6).text(decimalSign: ",")
        return switch coverage {
        case .rectangular: ", phân bố chữ nhật chiếm ưu thế, tương ứng xác suất phủ khoảng \(percent) %"
        case .trapezoidal: ", phân bố hình thang chiếm ưu thế, tương ứng xác suất phủ khoảng \(percent) %"
        default:
            if let used, used.isFinite {
                ", phân bố t với \(BudgetNumber(used, digits: 6).text(decimalSign: ",")) bậc tự do, xác suất phủ khoảng \(percent) %"
            } else {
                ", phân bố chuẩn, tương ứng xác suất phủ khoảng \(percent) %"
            }
        }
    }

    private func englishBasis(_ used: Double?) -> String {
        guard let p = coverage.probability else { return ", stated without asserting a coverage probability" }
        let percent = BudgetNumber(p.inside * 100, digits: 6).text(decimalSign: ".")
        return switch coverage {
        case .rectangular:
            ", a rectangular distribution dominating, which corresponds to a coverage probability of about \(percent) %"
        case .trapezoidal:
            ", a trapezoidal distribution dominating, which corresponds to a coverage probability of about \(percent) %"
        default:
            if let used, used.isFinite {
                ", for a t-distribution with \(BudgetNumber(used, digits: 6).text(decimalSign: ".")) degrees of freedom and a coverage "
                    + "probability of about \(percent) %"
            } else {
                ", which for a normal distribution corresponds to a coverage probability of about \(percent) %"
            }
        }
    }

    private func wording(_ text: (Character) -> String) -> BilingualWording {
        BilingualWording(vietnamese: text(","), english: text("."))
    }
}
