// SPDX-License-Identifier: Apache-2.0
internal import Metrology

extension MeasurementEvaluation {
    /// A non-automatic weighing instrument: loads up and down, repeatability, eccentricity. Indications and loads in kg, errors in g.
    ///
    /// Initial and subsequent verification use ±0.5/1/1.5 e; twice that is in-service inspection only.
    /// Source: OIML R 76-1:2006, 3.5.1, 3.6.1, 3.6.2; ĐLVN 30 for spring scales (class IIII, d = e).
    func evaluateScale(_ observations: [Observation], into evaluation: inout Evaluation) throws {
        guard let interval = try decimal(instrument.characteristics, "e_g"),
            let accuracy = WeighingAccuracyClass(written: instrument.characteristics["accuracy_class"] ?? "")
        else {
            evaluation.gaps.append(.characteristicsMissing(names: ["e_g", "accuracy_class"]))
            return
        }
        let weighing = try NonAutomaticWeighing(accuracyClass: accuracy, verificationInterval: interval)
        let control: MetrologicalControl = mode == "initial" ? .initial : .subsequent
        let deciding = decidingPhase(observations)
        for point in plan.points {
            let found = observations.filter { $0.pointKind == point.kind && $0.phase == deciding }
            if found.count < point.count {
                let missing = point.count - found.count
                evaluation.gaps.append(.pointMissing(point: plan.names.point(point.kind), missing: missing))
            }
        }
        for reading in observations {
            guard let load = reading.reference else {
                evaluation.gaps.append(.referenceMissing(channel: reading.channel, point: plan.names.point(reading.point)))
                continue
            }
            let error = try grams(reading.indicated.subtracting(load))
            let limit = try weighing.maximumPermissibleError(load: grams(load), control: control).upper.withoutTrailingZeros
            let passes = error.magnitude <= limit
            evaluation.points.append(
                EvaluatedPoint(
                    channel: reading.channel, phase: reading.phase, point: reading.point, repetition: reading.repetition,
                    indicated: reading.indicated, reference: load, error: error, limit: limit, unit: "g",
                    verdict: passes ? .pass : .fail))
            if !passes, reading.phase == deciding {
                evaluation.failures.append(
                    .errorBeyondLimit(
                        channel: reading.channel, point: plan.names.point(reading.point), repetition: nil, error: "\(error)",
                        limit: "\(limit)", unit: "g"))
            }
        }
        try judgeRepeatability(observations.filter { $0.phase == deciding }, weighing, control, into: &evaluation)
    }

    /// Greatest difference among repeated weighings of one load is not beyond |MPE| at that load (R 76-1, 3.6.1).
    private func judgeRepeatability(
        _ observations: [Observation], _ weighing: NonAutomaticWeighing, _ control: MetrologicalControl,
        into evaluation: inout Evaluation
    ) throws {
        let repeated = observations.filter { $0.pointKind == "repeat" }
        for point in Set(repeated.map(\.point)).sorted() {
            let readings = repeated.filter { $0.point == point }
            guard readings.count > 1, let load = readings.first?.reference else { continue }
            let spread = try grams(IndicationSpread.repeatability(readings.map(\.indicated)))
            let limit = try weighing.maximumPermissibleError(load: grams(load), control: control).upper.withoutTrailingZeros
            let passes = spread <= limit
            evaluation.points.append(
                EvaluatedPoint(
                    channel: nil, phase: readings[0].phase, point: "\(point) spread", repetition: nil, reference: load,
                    error: spread, limit: limit, unit: "g", verdict: passes ? .pass : .fail))
            if !passes {
                evaluation.failures.append(
                    .spreadBeyondLimit(point: plan.names.point(point), spread: "\(spread)", limit: "\(limit)", unit: "g"))
            }
        }
    }

    private func grams(_ kilograms: DecimalNumber) throws -> DecimalNumber {
        try kilograms.multiplied(by: DecimalNumber(1000)).withoutTrailingZeros
    }
}
