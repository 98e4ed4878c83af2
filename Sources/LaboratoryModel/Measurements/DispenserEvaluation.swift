// SPDX-License-Identifier: Apache-2.0
internal import Metrology

extension MeasurementEvaluation {
    /// A fuel dispenser: every nozzle by itself, two deliveries at Qmax and two at Qmin, each judged; one failed nozzle fails it.
    ///
    /// The uncorrected error decides; the one corrected to 20 °C is kept beside it.
    /// Source: ĐLVN 10 (clauses 7.3.1 to 7.3.3); E_FD = 100·(V_FD − V_REF)/V_REF.
    func evaluateDispenser(_ observations: [Observation], into evaluation: inout Evaluation) throws {
        if instrument.channels.isEmpty { evaluation.gaps.append(.nothingMeasured) }
        for number in instrument.channels.keys.sorted() {
            let nozzle = observations.filter { $0.channel == number }
            let deciding = decidingPhase(nozzle)
            for point in plan.points {
                let readings = nozzle.filter { $0.point == point.kind }
                let missing = point.count - readings.filter { $0.phase == deciding }.count
                if missing > 0 {
                    evaluation.gaps.append(
                        .nozzleIncomplete(
                            channel: number, point: plan.names.point(point.kind), missing: missing, phase: deciding.rawValue))
                }
                try judge(readings, of: point, deciding: deciding, channel: number, into: &evaluation)
            }
            try judgeFlow(nozzle, deciding: deciding, channel: number, into: &evaluation)
        }
    }

    private func judge(
        _ readings: [Observation], of point: ProcedurePlan.Point, deciding: Phase, channel: Int,
        into evaluation: inout Evaluation
    ) throws {
        guard let limit = limit(of: point) else { return }
        let permitted = MaximumPermissibleError(symmetric: limit)
        for phase in Phase.allCases {
            let deliveries = readings.filter { $0.phase == phase }
            let uncertainty = try expandedUncertainty(deliveries)
            for reading in deliveries {
                guard let reference = reading.reference else {
                    evaluation.gaps.append(.referenceMissing(channel: channel, point: plan.names.point(point.kind)))
                    continue
                }
                let delivery = try FuelDelivery(indicatedVolume: reading.indicated, measureReading: reference)
                let error = try delivery.uncorrectedError()
                let passes = try error.isPermitted(by: permitted)
                evaluation.points.append(
                    EvaluatedPoint(
                        channel: channel, phase: phase, point: reading.point, repetition: reading.repetition,
                        indicated: reading.indicated, reference: reference, error: error.percent,
                        correctedError: try corrected(delivery, reading), limit: limit, unit: "%",
                        expandedUncertainty: uncertainty, coverageFactor: uncertainty == nil ? nil : DecimalNumber(2),
                        verdict: passes ? .pass : .fail))
                if !passes, phase == deciding {
                    evaluation.failures.append(
                        .errorBeyondLimit(
                            channel: channel, point: plan.names.point(reading.point), repetition: reading.repetition,
                            error: "\(error.percent)", limit: "\(limit)", unit: "%"))
                }
            }
        }
    }

    private func corrected(_ delivery: FuelDelivery, _ reading: Observation) throws -> DecimalNumber? {
        guard let temperature = reading.extra["temperature_celsius"],
            let measure = standards.first(where: { $0.kind == "volume_measure" }),
            let expansion = try decimal(measure.content, "cubic_expansion_per_celsius")
        else { return nil }
        return try delivery.correctedError(temperature: temperature, expansionCoefficient: expansion).percent
    }

    /// Attained flow at Qmax is at least half of the labelled one (ĐLVN 10, 7.3.1).
    private func judgeFlow(
        _ nozzle: [Observation], deciding: Phase, channel: Int, into evaluation: inout Evaluation
    ) throws {
        guard let labelled = try decimal(instrument.channels[channel] ?? [:], "qmax_l_min") else { return }
        let timed = nozzle.filter { $0.point == "qmax" && $0.phase == deciding && $0.extra["time_s"] != nil }
        if timed.isEmpty {
            evaluation.gaps.append(.timeMissing(channel: channel, point: plan.names.point("qmax")))
        }
        for reading in timed {
            guard let seconds = reading.extra["time_s"] else { continue }
            let attained = try FuelFlow(volume: reading.indicated, seconds: seconds).litresPerMinute()
            let half = try labelled.multiplied(by: DecimalNumber(coefficient: 5, scale: 1))
            if attained < half {
                evaluation.failures.append(.flowTooLow(channel: channel, attained: "\(attained)", labelled: "\(labelled)"))
            }
        }
    }

    /// Expanded uncertainty of the error of a delivery in %, k = 2: the measure's certificate, the meniscus reading, the resolution
    /// of the indication, the repeatability of the deliveries. Two significant digits.
    private func expandedUncertainty(_ deliveries: [Observation]) throws -> DecimalNumber? {
        guard let measure = standards.first(where: { $0.kind == "volume_measure" }),
            let certified = try decimal(measure.content, "expanded_uncertainty"),
            let volume = deliveries.first?.reference
        else { return nil }
        let factor = try decimal(measure.content, "coverage_factor") ?? DecimalNumber(2)
        let perLitre = 100 / volume.approximateValue
        var components = [
            try UncertaintyComponent.typeB(
                name: "measure", expandedUncertainty: certified.approximateValue, coverageFactor: factor.approximateValue,
                sensitivity: perLitre)
        ]
        for name in plan.rectangular.keys.sorted() {
            guard let width = plan.rectangular[name] else { continue }
            components.append(
                try UncertaintyComponent.typeB(
                    name: name, halfWidth: width.approximateValue, distribution: .rectangular, sensitivity: perLitre))
        }
        let differences = try deliveries.compactMap { reading -> DecimalNumber? in
            guard let reference = reading.reference else { return nil }
            return try reading.indicated.subtracting(reference)
        }
        if differences.count > 1 {
            components.append(
                try TypeAEvaluation(observations: differences).component(name: "repeatability", sensitivity: perLitre))
        }
        let expanded = try UncertaintyBudget(components).expandedUncertainty(coverageFactor: 2)
        guard expanded.value > 0 else { return nil }
        return try ReportedUncertainty(value: .zero, evaluated: expanded).expandedUncertainty
    }
}
