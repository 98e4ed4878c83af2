// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel
internal import Metrology

/// What a measurement comes to: the outcome, why, and every evaluated point.
struct MeasurementConclusion {
    /// `pass`, `fail`, `refused`, `not_done` or `calibrated`.
    let outcome: String
    let failures: [Reason]
    /// Reasons in words, as stored.
    let sentences: [String]
    let lines: [EvaluationLine]
    private let excludedNumbers: Set<Int>

    private struct Stored: Encodable {
        let lines: [EvaluationLine]
    }

    /// - Throws: ``ActError/refused(_:)`` with everything that is missing; nothing can be concluded then.
    init(_ request: RecordMeasurement, _ readings: RecordedReadings, gate: WorkGate, plan: ProcedurePlan) throws {
        let excluded = Set(request.excludedChannels ?? [])
        excludedNumbers = excluded
        if let outcome = request.outcome {
            (self.outcome, failures, sentences, lines) = (outcome, [], request.reasons ?? [], [])
            return
        }
        let judged = gate.instrument.channels.filter { !excluded.contains($0.number) }
        let evaluation = MeasurementEvaluation(
            plan: plan, mode: request.mode,
            instrument: MeasuredInstrument(
                characteristics: gate.instrument.characteristics,
                channels: Dictionary(uniqueKeysWithValues: judged.map { ($0.number, $0.characteristics) })),
            standards: gate.standards.map { UsedStandard(code: $0.code, kind: $0.kind ?? "", content: $0.content) })
        // What fails at a nozzle that is sealed off does not count against the others.
        let counted = (request.checks ?? []).filter { check in check.channel.map { !excluded.contains($0) } ?? true }
        let steps = counted.map { JudgedStep(step: $0.step, channel: $0.channel, outcome: $0.outcome) }
        let result: Evaluation
        do {
            result = try evaluation.evaluate(readings.observations, steps: steps)
        } catch let error as any Error & CustomStringConvertible {
            throw ActError.invalid(
                "readings", vi: "không tính được từ các số đọc và đặc tính đã cho: “\(error)”", en: "cannot be computed: \(error)"
            )
        }
        if !result.gaps.isEmpty, result.failures.isEmpty || request.kind == "calibration" { throw ActError.refused(result.gaps) }
        failures = result.failures
        lines = result.points.map(EvaluationLine.init)
        sentences = result.failures.map(\.text.vi)
        if request.kind == "calibration" {
            outcome = "calibrated"
        } else {
            outcome = result.failures.isEmpty ? "pass" : "fail"
        }
    }

    func evaluationJSON() throws -> String {
        try jsonText(Stored(lines: lines))
    }

    func excluded(_ instrument: GateInstrument) -> [Int64] {
        instrument.channels.filter { excludedNumbers.contains($0.number) }.map(\.id)
    }
}

extension EvaluationLine {
    init(_ point: EvaluatedPoint) {
        self.init(
            channel: point.channel, phase: point.phase.rawValue, point: point.point, repetition: point.repetition,
            indicated: point.indicated.map { "\($0)" }, reference: point.reference.map { "\($0)" },
            error: point.error.map { "\($0)" }, correctedError: point.correctedError.map { "\($0)" },
            limit: point.limit.map { "\($0)" }, unit: point.unit,
            expandedUncertainty: point.expandedUncertainty.map { "\($0)" },
            coverageFactor: point.coverageFactor.map { "\($0)" }, verdict: point.verdict.rawValue)
    }
}
