// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

extension CompiledProcedure {
    /// Runs every worked example of the procedure.
    ///
    /// - Returns: what came out differently, with the place of the expectation; empty when all hold.
    package func runExamples() -> [ProcedureFault] {
        procedure.examples.enumerated().flatMap { index, example in
            var run = ExampleRun(procedure: self, example: example, path: "examples[\(index)]")
            run.compare()
            return run.faults
        }
    }
}

/// A worked example as it comes out, beside what it should.
struct ExampleRun {
    let procedure: CompiledProcedure
    let example: WorkedExample
    let path: String
    private(set) var faults: [ProcedureFault] = []

    init(procedure: CompiledProcedure, example: WorkedExample, path: String) {
        (self.procedure, self.example, self.path) = (procedure, example, path)
    }

    mutating func compare() {
        guard let observations = observations() else { return }
        let evaluation = MeasurementEvaluation(procedure, in: setting).evaluate(observations, steps: steps)
        if example.outcome != "fail", let gap = evaluation.gaps.first {
            fault(path, vi: "ví dụ không kết luận được: \(gap.text.vi)", en: "the example cannot be concluded: \(gap.text.en)")
        }
        let isJudged = example.outcome == "pass" || example.outcome == "fail"
        let outcome = !isJudged ? example.outcome : evaluation.failures.isEmpty ? "pass" : "fail"
        if outcome != example.outcome {
            let why = evaluation.failures.first.map { ($0.text.vi, $0.text.en) } ?? ("", "")
            fault(
                "\(path).outcome", vi: "kết luận là \(outcome), không phải \(example.outcome). \(why.0)",
                en: "the outcome is \(outcome), not \(example.outcome). \(why.1)")
        }
        for (index, expected) in example.results.enumerated() {
            compare(expected, evaluation.results, at: "\(path).results[\(index)]")
        }
    }

    private mutating func fault(_ path: String, vi: String, en: String) {
        faults.append(ProcedureFault(path, vi: vi, en: en))
    }

    private mutating func compare(_ expected: WorkedExample.Expectation, _ results: [EvaluatedResult], at path: String) {
        let found = results.first {
            $0.result == expected.result && $0.channel == expected.channel && ($0.phase == .asLeft) == expected.asLeft
                && (expected.point == nil || $0.point == expected.point)
                && (expected.repetition == nil || $0.repetition == expected.repetition)
        }
        guard let found else {
            fault("\(path).result", vi: "không có kết quả như vậy", en: "no such result comes out at this point and repetition")
            return
        }
        func same(_ key: String, _ value: String?, _ wanted: String?, _ run: inout ExampleRun) {
            guard let wanted, value != wanted else { return }
            run.fault(
                "\(path).\(key)", vi: "ra \(value ?? "không có gì"), không phải \(wanted)",
                en: "comes out as \(value ?? "nothing"), not \(wanted)")
        }
        same("value", "\(found.value)", expected.value, &self)
        same("expanded_uncertainty", found.expandedUncertainty.map { "\($0)" }, expected.expandedUncertainty, &self)
        same("coverage_factor", found.coverageFactor.map { "\($0)" }, expected.coverageFactor, &self)
        same("verdict", found.verdict.rawValue, expected.verdict, &self)
    }

    // MARK: What goes in

    private var setting: EvaluationSetting {
        EvaluationSetting(
            mode: example.mode?.rawValue,
            instrument: MeasuredInstrument(
                characteristics: example.instrument,
                channels: Dictionary(
                    example.channels.compactMap { name, values in Int(name).map { ($0, values) } },
                    uniquingKeysWith: { first, _ in first })),
            standards: example.standards.sorted { $0.key < $1.key }.map {
                UsedStandard(code: $0.key, kind: $0.key, content: $0.value)
            },
            conditions: example.conditions)
    }

    private var steps: [JudgedStep] {
        procedure.steps(mode: example.mode?.rawValue).map {
            JudgedStep(step: $0.code, channel: nil, outcome: example.steps[$0.code] ?? "pass")
        }
    }

    private mutating func observations() -> [Observation]? {
        var observations: [Observation] = []
        for (index, reading) in example.readings.enumerated() {
            var values: [String: DecimalNumber] = [:]
            for (name, text) in reading.values {
                guard procedure.procedure.readings.contains(where: { $0.name == name }) else {
                    fault(
                        "\(path).readings[\(index)].\(name)", vi: "không có đại lượng đọc '\(name)'",
                        en: "no reading of the procedure is named '\(name)'")
                    continue
                }
                // The reader of the file has reported what is no decimal.
                guard let value = try? DecimalNumber(parsing: text) else { continue }
                values[name] = value
            }
            if procedure.pointIndex(of: reading.point) == nil,
                !procedure.procedure.points.contains(where: { $0.code.hasPrefix("\(reading.point.prefix { $0 != ":" }):") })
            {
                fault(
                    "\(path).readings[\(index)].point", vi: "không có điểm đo này",
                    en: "no point '\(reading.point)' in the procedure")
            }
            observations.append(
                Observation(
                    channel: reading.channel, phase: reading.asLeft ? .asLeft : .asFound, point: reading.point,
                    repetition: reading.repetition, values: values))
        }
        return faults.isEmpty ? observations : nil
    }
}
