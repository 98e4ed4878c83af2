// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Evaluates a measurement by its procedure. The same readings under another version or mode may give another verdict.
package struct MeasurementEvaluation {
    let plan: ProcedurePlan
    /// `initial`, `periodic`, `after_repair`; nil for a calibration.
    let mode: String?
    let instrument: MeasuredInstrument
    let standards: [UsedStandard]

    /// Version of the built-in formulas, stored with every conclusion.
    package static let engineVersion = "1"

    package init(plan: ProcedurePlan, mode: String?, instrument: MeasuredInstrument, standards: [UsedStandard]) {
        (self.plan, self.mode, self.instrument, self.standards) = (plan, mode, instrument, standards)
    }

    /// Evaluates readings and judged steps.
    /// - Throws: ``ConformityError``, ``UncertaintyError`` or ``DecimalError`` when a number cannot be computed with.
    package func evaluate(_ observations: [Observation], steps: [JudgedStep]) throws -> Evaluation {
        var evaluation = Evaluation()
        judge(steps, into: &evaluation)
        switch plan.engine {
        case "fuel_dispenser": try evaluateDispenser(observations, into: &evaluation)
        case "nonautomatic_scale": try evaluateScale(observations, into: &evaluation)
        case "weight_calibration", "thermometer_calibration": try evaluateCalibration(observations, into: &evaluation)
        default: try evaluatePoints(observations, into: &evaluation)
        }
        return evaluation
    }

    private func judge(_ steps: [JudgedStep], into evaluation: inout Evaluation) {
        for step in plan.steps where step.modes.isEmpty || step.modes.contains(mode ?? "") {
            let found = steps.filter { $0.step == step.code }
            if found.isEmpty { evaluation.gaps.append(.stepMissing(step: plan.names.step(step.code))) }
            if found.contains(where: { $0.outcome == "fail" }) {
                evaluation.failures.append(.stepFailed(step: plan.names.step(step.code)))
            }
        }
    }

    /// Limit of a point: its own, else the procedure's for the mode.
    func limit(of point: ProcedurePlan.Point) -> DecimalNumber? {
        point.limit ?? plan.permissibleErrors[mode ?? ""] ?? plan.permissibleErrors["all"]
    }

    /// The phase that decides: as left once the point was read as left.
    func decidingPhase(_ observations: [Observation]) -> Phase {
        observations.contains { $0.phase == .asLeft } ? .asLeft : .asFound
    }

    /// A characteristic as a decimal.
    func decimal(_ texts: [String: String], _ name: String) throws -> DecimalNumber? {
        guard let text = texts[name], !text.isEmpty else { return nil }
        return try DecimalNumber(parsing: text)
    }

    /// Other instruments: every point's error against one limit.
    private func evaluatePoints(_ observations: [Observation], into evaluation: inout Evaluation) throws {
        for point in plan.points {
            let readings = observations.filter { $0.point == point.kind || $0.pointKind == point.kind }
            if readings.count < point.count {
                let missing = point.count - readings.count
                evaluation.gaps.append(.pointMissing(point: plan.names.point(point.kind), missing: missing))
            }
            let deciding = decidingPhase(readings)
            let limit = limit(of: point)
            for reading in readings {
                guard let reference = reading.reference else {
                    evaluation.gaps.append(.referenceMissing(channel: reading.channel, point: plan.names.point(reading.point)))
                    continue
                }
                let error = try reading.indicated.subtracting(reference)
                let passes = limit.map { error.magnitude <= $0 }
                evaluation.points.append(
                    EvaluatedPoint(
                        channel: reading.channel, phase: reading.phase, point: reading.point, repetition: reading.repetition,
                        indicated: reading.indicated, reference: reference, error: error, limit: limit, unit: plan.unit,
                        verdict: passes.map { $0 ? .pass : .fail } ?? .informative))
                if passes == false, reading.phase == deciding, let limit {
                    evaluation.failures.append(
                        .errorBeyondLimit(
                            channel: reading.channel, point: plan.names.point(reading.point), repetition: nil, error: "\(error)",
                            limit: "\(limit)", unit: plan.unit))
                }
            }
        }
    }
}
