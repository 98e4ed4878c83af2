// SPDX-License-Identifier: Apache-2.0
internal import Metrology
internal import Procedures

extension MappingReader {
    func measurementResult() -> MeasurementResult {
        MeasurementResult(
            code: text("code"), vi: text("vi"), en: text("en"), points: codes("points"), of: optionalChoice("of") ?? .reading,
            where: rows("where", optional: true) {
                MeasurementResult.Definition(symbol: $0.text("symbol"), formula: $0.formula("formula"))
            },
            model: formula("model"), unit: text("unit"), decimals: optionalInteger("decimals", in: 0...12),
            inputs: rows("inputs", optional: true) { $0.budgetInput() },
            coverage: mapping("coverage").map { reader in
                defer { reader.finish() }
                return reader.coverage()
            },
            limits: rows("limits", optional: true) { $0.resultLimit() },
            decision: mapping("decision").map { reader in
                defer { reader.finish() }
                return Decision(rule: reader.text("rule"), version: reader.optionalText("version"))
            },
            largestUncertaintyToLimit: optionalFormula("largest_uncertainty_to_limit"),
            printed: optionalBoolean("printed") ?? true)
    }

    private func codes(_ key: String) -> [String] {
        node(key) == nil ? [] : texts(key)
    }

    private func budgetInput() -> BudgetInput {
        BudgetInput(
            symbol: text("symbol"), vi: text("vi"), en: text("en"), from: optionalChoice("from") ?? .stated, unit: text("unit"),
            estimate: optionalFormula("estimate"), otherwise: optionalFormula("otherwise"),
            distribution: optionalChoice("distribution"),
            halfWidth: optionalFormula("half_width"), beta: optionalFormula("beta"),
            standardUncertainty: optionalFormula("standard_uncertainty"),
            expandedUncertainty: optionalFormula("expanded_uncertainty"), coverageFactor: optionalFormula("coverage_factor"),
            degreesOfFreedom: optionalFormula("degrees_of_freedom"), standard: optionalText("standard"),
            of: optionalFormula("of"), ofMean: optionalBoolean("of_mean") ?? true)
    }

    private func coverage() -> Coverage {
        Coverage(
            factor: optionalDecimal("factor"), probability: optionalDecimal("probability"),
            degreesOfFreedom: optionalChoice("degrees_of_freedom") ?? .truncated,
            leastDegreesOfFreedom: optionalInteger("least_degrees_of_freedom", in: 1...1000) ?? 3,
            digits: optionalInteger("digits", in: 1...2) ?? 2)
    }

    private func resultLimit() -> ResultLimit {
        ResultLimit(
            points: codes("points"), modes: node("modes") == nil ? [] : choices("modes"), symmetric: optionalFormula("symmetric"),
            lower: optionalFormula("lower"), upper: optionalFormula("upper"), unit: text("unit"), table: optionalText("table"),
            arguments: mapping("arguments").map { $0.everyText() })
    }

    /// Every key of a mapping with its text.
    func everyText() -> [String: String] {
        keys.reduce(into: [:]) { texts, key in
            if let text = optionalFormula(key) { texts[key] = text }
        }
    }

    // MARK: Worked examples

    func workedExample(kind: ProcedureVersion.Kind) -> WorkedExample {
        let outcome = text("outcome")
        let known =
            switch kind {
            case .verification: ["pass", "fail"]
            case .calibration: ["calibrated"]
            case .test: ["tested"]
            }
        if !known.contains(outcome) {
            report(.invalidValue(outcome, expected: known.joined(separator: " or ")), of: "outcome")
        }
        let mode: VerificationMode? = optionalChoice("mode")
        if kind == .verification, mode == nil, node("mode") == nil { reportMissing("mode") }
        return WorkedExample(
            name: text("name"), source: text("source"), mode: mode, instrument: mapping("instrument")?.everyText() ?? [:],
            channels: nested("channels"), standards: nested("standards"),
            conditions: mapping("conditions")?.everyText() ?? [:], steps: mapping("steps")?.everyText() ?? [:],
            readings: rows("readings") { $0.exampleReading() }, outcome: outcome,
            results: rows("results") { $0.expectation() })
    }

    private func nested(_ key: String) -> [String: [String: String]] {
        guard let outer = mapping(key) else { return [:] }
        return outer.keys.reduce(into: [:]) { found, name in found[name] = outer.mapping(name)?.everyText() ?? [:] }
    }

    private func exampleReading() -> WorkedExample.Reading {
        let own = ["channel", "as_left", "point", "repetition"]
        let reading = (
            channel: optionalInteger("channel", in: 1...999), asLeft: optionalBoolean("as_left") ?? false, point: text("point"),
            repetition: optionalInteger("repetition", in: 1...1000) ?? 1
        )
        var values: [String: String] = [:]
        for key in keys where !own.contains(key) { values[key] = optionalNumber(key) }
        return WorkedExample.Reading(
            channel: reading.channel, asLeft: reading.asLeft, point: reading.point, repetition: reading.repetition, values: values
        )
    }

    private func expectation() -> WorkedExample.Expectation {
        WorkedExample.Expectation(
            result: text("result"), channel: optionalInteger("channel", in: 1...999),
            asLeft: optionalBoolean("as_left") ?? false, point: optionalText("point"),
            repetition: optionalInteger("repetition", in: 1...1000), value: requiredDecimal("value"),
            expandedUncertainty: optionalNumber("expanded_uncertainty"), coverageFactor: optionalNumber("coverage_factor"),
            verdict: optionalText("verdict"))
    }
}
