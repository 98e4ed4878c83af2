// SPDX-License-Identifier: Apache-2.0
internal import Metrology

extension MeasurementEvaluation {
    /// A calibration of a weight or thermometer: at each point the mean error with its expanded uncertainty.
    ///
    /// u² = u²(standard) + u²(resolution) + u²(repeatability) + Σ rectangular contributions; k for 95.45 % from the effective degrees of
    /// freedom by Welch–Satterthwaite; U is rounded to two significant digits, then the error to its last digit. A point whose
    /// degrees of freedom allow no factor is refused.
    /// Source: JCGM 100:2008, 5.1.2, G.4.1 and 7.2.6.
    func evaluateCalibration(_ observations: [Observation], into evaluation: inout Evaluation) throws {
        let rule = try CoverageRule(probability: 0.9545, degreesOfFreedom: .truncated, minimumDegreesOfFreedom: 3)
        for phase in Phase.allCases {
            let readings = observations.filter { $0.phase == phase }
            let points = readings.map(\.point).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            for point in points {
                try evaluate(point, readings.filter { $0.point == point }, rule, phase: phase, into: &evaluation)
            }
        }
        let deciding = decidingPhase(observations)
        for point in plan.points {
            let found = observations.filter { ($0.point == point.kind || $0.pointKind == point.kind) && $0.phase == deciding }
            if found.count < point.count {
                let missing = point.count - found.count
                evaluation.gaps.append(.pointMissing(point: plan.names.point(point.kind), missing: missing))
            }
        }
    }

    private func evaluate(
        _ point: String, _ readings: [Observation], _ rule: CoverageRule, phase: Phase, into evaluation: inout Evaluation
    ) throws {
        let errors = try readings.compactMap { reading -> DecimalNumber? in
            guard let reference = reading.reference else { return nil }
            return try reading.indicated.subtracting(reference)
        }
        guard errors.count == readings.count, errors.count > 1 else {
            evaluation.gaps.append(.coverageFactorUndetermined(point: plan.names.point(point)))
            return
        }
        let sum = try errors.reduce(DecimalNumber.zero) { try $0.adding($1) }
        let mean = try sum.divided(by: DecimalNumber(errors.count), scale: 12, rounding: .halfEven)
        let budget = try UncertaintyBudget(try components(errors))
        do {
            let expanded = try budget.expandedUncertainty(rule: rule)
            let reported = try ReportedUncertainty(value: mean, evaluated: expanded)
            let factor = try DecimalNumber(approximating: expanded.coverageFactor, significantDigits: 3, mode: .halfEven)
            evaluation.points.append(
                EvaluatedPoint(
                    channel: readings[0].channel, phase: phase, point: point, repetition: nil,
                    indicated: readings[0].indicated, reference: readings[0].reference, error: reported.value, unit: plan.unit,
                    expandedUncertainty: reported.expandedUncertainty, coverageFactor: factor, verdict: .informative))
        } catch UncertaintyError.tooFewDegreesOfFreedom, UncertaintyError.uncertaintyNotPositive {
            evaluation.gaps.append(.coverageFactorUndetermined(point: plan.names.point(point)))
        }
    }

    private func components(_ errors: [DecimalNumber]) throws -> [UncertaintyComponent] {
        var components = [try TypeAEvaluation(observations: errors).component(name: "repeatability")]
        for standard in standards {
            guard let certified = try decimal(standard.content, "expanded_uncertainty") else { continue }
            let factor = try decimal(standard.content, "coverage_factor") ?? DecimalNumber(2)
            components.append(
                try UncertaintyComponent.typeB(
                    name: standard.code, expandedUncertainty: certified.approximateValue,
                    coverageFactor: factor.approximateValue))
        }
        if let step = try decimal(instrument.characteristics, "resolution") {
            components.append(try UncertaintyComponent.resolution(name: "resolution", displayStep: step.approximateValue))
        }
        for name in plan.rectangular.keys.sorted() {
            guard let width = plan.rectangular[name] else { continue }
            components.append(
                try UncertaintyComponent.typeB(name: name, halfWidth: width.approximateValue, distribution: .rectangular))
        }
        return components
    }
}
