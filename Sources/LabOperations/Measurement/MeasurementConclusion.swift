// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel
internal import Metrology
internal import Procedures

/// What a measurement comes to: the outcome, why, and every evaluated point.
struct MeasurementConclusion {
    /// `pass`, `fail`, `refused`, `not_done` or `calibrated`.
    let outcome: String
    let failures: [Reason]
    /// Reasons in words, as stored.
    let sentences: [String]
    let lines: [EvaluationLine]
    private let excludedNumbers: Set<Int>

    private let setting: EvaluationSetting?
    private let procedureHash: String?

    /// - Throws: ``ActError/refused(_:)`` with everything that is missing; nothing can be concluded then.
    init(_ request: RecordMeasurement, _ readings: RecordedReadings, gate: WorkGate, plan: CompiledProcedure) throws {
        let excluded = Set(request.excludedChannels ?? [])
        excludedNumbers = excluded
        if let outcome = request.outcome {
            (self.outcome, failures, sentences, lines) = (outcome, [], request.reasons ?? [], [])
            (setting, procedureHash) = (nil, nil)
            return
        }
        let judged = gate.instrument.channels.filter { !excluded.contains($0.number) }
        let setting = EvaluationSetting(
            mode: request.mode,
            instrument: MeasuredInstrument(
                characteristics: gate.instrument.characteristics,
                channels: Dictionary(uniqueKeysWithValues: judged.map { ($0.number, $0.characteristics) })),
            standards: gate.standards.map { UsedStandard(code: $0.code, kind: $0.kind ?? "", content: $0.content) },
            conditions: request.conditions ?? [:])
        // What fails at a nozzle that is sealed off does not count against the others.
        let counted = (request.checks ?? []).filter { check in check.channel.map { !excluded.contains($0) } ?? true }
        let steps = counted.map { JudgedStep(step: $0.step, channel: $0.channel, outcome: $0.outcome) }
        let result = MeasurementEvaluation(plan, in: setting).evaluate(readings.observations, steps: steps)
        if !result.gaps.isEmpty, result.failures.isEmpty || request.kind != "verification" { throw ActError.refused(result.gaps) }
        (self.setting, procedureHash) = (setting, gate.procedure?.sha256)
        failures = result.failures
        lines = result.results.map { EvaluationLine($0, of: plan.procedure) }
        sentences = result.failures.map(\.text.vi)
        outcome = StoredEvaluation.outcome(of: result, kind: request.kind)
    }

    func evaluationJSON() throws -> String {
        try jsonText(StoredEvaluation(procedure: procedureHash, setting: setting, lines: lines))
    }

    func excluded(_ instrument: GateInstrument) -> [Int64] {
        instrument.channels.filter { excludedNumbers.contains($0.number) }.map(\.id)
    }
}

/// An evaluation as kept with its conclusion: everything that is needed to repeat it, and what it came to.
struct StoredEvaluation: Codable, Equatable {
    /// Hash of the procedure's content; nil where nothing was evaluated.
    let procedure: String?
    let setting: EvaluationSetting?
    let lines: [EvaluationLine]

    /// What an evaluation concludes.
    static func outcome(of evaluation: Evaluation, kind: String) -> String {
        if kind == "calibration" { return "calibrated" }
        if kind == "test" { return "tested" }
        return evaluation.failures.isEmpty ? "pass" : "fail"
    }
}

extension EvaluationLine {
    init(_ found: EvaluatedResult, of procedure: Procedure) {
        let result = procedure.results.first { $0.code == found.result }
        self.init(
            channel: found.channel, phase: found.phase.rawValue, point: found.point, repetition: found.repetition,
            result: found.result, nameVi: result?.vi ?? found.result, nameEn: result?.en ?? found.result,
            indicated: found.indicated.map { "\($0)" }, reference: found.reference.map { "\($0)" }, value: "\(found.value)",
            unit: found.unit, lower: found.lower.map { "\($0)" }, upper: found.upper.map { "\($0)" },
            expandedUncertainty: found.expandedUncertainty.map { "\($0)" }, coverageFactor: found.coverageFactor.map { "\($0)" },
            degreesOfFreedom: found.degreesOfFreedom.map { "\($0)" }, guardBand: found.guardBand.map { "\($0)" },
            verdict: found.verdict.rawValue, printed: result?.printed ?? true,
            budget: found.budget.isEmpty ? nil : found.budget.map(BudgetLineView.init))
    }
}

extension BudgetLineView {
    init(_ line: BudgetLine) {
        self.init(
            symbol: line.symbol, unit: line.unit, estimate: "\(line.estimate)",
            standardUncertainty: "\(line.standardUncertainty)",
            degreesOfFreedom: line.degreesOfFreedom.map { "\($0)" }, sensitivity: "\(line.sensitivity)",
            contribution: "\(line.contribution)")
    }
}
