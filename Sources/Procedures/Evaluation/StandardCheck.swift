// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// Values that the certificate of a standard must cover, made ready.
struct StandardRange: Sendable {
    let lower: Formula?
    let upper: Formula?
    let unit: MeasurementUnit
}

extension ProcedureCheck {
    /// A range made ready; nil after its faults.
    mutating func range(_ range: RequiredStandard.Range, at path: String) -> StandardRange? {
        guard let unit = unitOrFault(range.unit, at: "\(path).unit") else { return nil }
        if range.lower == nil, range.upper == nil {
            fault(path, vi: "cần lower hoặc upper", en: "give lower, upper or both")
        }
        return StandardRange(
            lower: formula(range.lower, unit: unit, reach: .plan, at: "\(path).lower"),
            upper: formula(range.upper, unit: unit, reach: .plan, at: "\(path).upper"), unit: unit)
    }
}

extension MeasurementEvaluation {
    /// Whether the standards used are good enough: what their certificates cover, and with what uncertainty.
    func judgeStandards(_ plan: Scope, into evaluation: inout Evaluation) {
        for (index, standard) in compiled.procedure.standards.enumerated() {
            guard let used = setting.standards.first(where: { $0.kind == standard.kind }) else { continue }
            if let range = compiled.standardRanges[index] {
                evaluation.gaps += gaps(of: used, range.lower, "range_lower", in: range.unit, plan) { $0.isAtMost($1) }
                evaluation.gaps += gaps(of: used, range.upper, "range_upper", in: range.unit, plan) { $0.isAtLeast($1) }
            }
            if let largest = compiled.largestUncertainties[index], let gap = gap(of: used, largest: largest, plan) {
                evaluation.gaps.append(gap)
            }
        }
    }

    /// What a certificate lacks of one end of a range.
    private func gaps(
        of used: UsedStandard, _ formula: Formula?, _ key: String, in unit: MeasurementUnit, _ plan: Scope,
        suffices: (WorkingDecimal, WorkingDecimal) -> Bool
    ) -> [Reason] {
        guard let formula else { return [] }
        guard let text = used.content[key] else { return [.certificateLacks(standard: used.code, value: key)] }
        do {
            let stated = try used.content["range_unit"].map { try MeasurementUnit(parsing: $0) } ?? unit
            let covered = try stated.toCoherent(WorkingDecimal(DecimalNumber(parsing: text)))
            let needed = try formula.value(plan)
            guard stated.dimension == unit.dimension, suffices(covered, needed) else {
                let shown = try formula.number(plan).decimal(significantDigits: 12, mode: .halfEven).withoutTrailingZeros
                return [
                    .standardOutOfRange(
                        standard: used.code, covered: "\(text) \(stated.symbol)", needed: "\(shown) \(unit.symbol)")
                ]
            }
            return []
        } catch {
            return [.certificateLacks(standard: used.code, value: "\(key) = \(text)")]
        }
    }

    private func gap(of used: UsedStandard, largest formula: Formula, _ plan: Scope) -> Reason? {
        guard let text = used.content["expanded_uncertainty"] else {
            return .certificateLacks(standard: used.code, value: "expanded_uncertainty")
        }
        do {
            let unit = try used.content["unit"].map { try MeasurementUnit(parsing: $0) } ?? formula.unit
            let stated = try unit.difference.toCoherent(WorkingDecimal(DecimalNumber(parsing: text)), asDifference: true)
            let largest = try formula.value(plan)
            guard stated.isNegative || unit.dimension != formula.unit.dimension || !stated.isAtMost(largest) else { return nil }
            let shown = try formula.number(plan).decimal(significantDigits: 3, mode: .halfEven)
            return .standardTooUncertain(
                standard: used.code, uncertainty: "\(text) \(unit.symbol)", largest: "\(shown) \(formula.unit.symbol)")
        } catch {
            return .certificateLacks(standard: used.code, value: "expanded_uncertainty = \(text)")
        }
    }
}
