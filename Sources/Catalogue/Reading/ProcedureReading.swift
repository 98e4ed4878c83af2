// SPDX-License-Identifier: Apache-2.0

import Foundation

extension MappingReader {
    /// A whole procedure file: one version.
    func procedureVersion() -> ProcedureVersion {
        let provenance = provenance()
        let engine = choice("engine", else: ProcedureVersion.Engine.genericPoints)
        let kind = choice("kind", else: ProcedureVersion.Kind.verification)
        let content = procedureContent(engine: engine, kind: kind)
        return ProcedureVersion(
            code: text("code"), version: text("version"), nameVi: text("vi"), nameEn: text("en"),
            kind: kind, engine: engine, typeCodes: texts("types"),
            validity: validity(), source: provenance.source, confidence: provenance.confidence,
            content: content,
            canonicalText: canonicalText(content))
    }

    private func procedureContent(
        engine: ProcedureVersion.Engine, kind: ProcedureVersion.Kind
    ) -> ProcedureContent {
        // A calibration has no modes: its steps are always done.
        let allModes = kind == .verification ? VerificationMode.allCases : []
        let points = rows("points") { $0.measurementPoint() }
        let content = ProcedureContent(
            evidence: mapping("evidence").map { reader in
                defer { reader.finish() }
                return reader.evidenceRule()
            },
            standards: rows("standards") { $0.requiredStandard() },
            conditions: rows("conditions", optional: true) { $0.conditionLimit() },
            steps: rows("steps") { $0.procedureStep(allModes: allModes) },
            points: points,
            maximumPermissibleErrors: rows("maximum_permissible_errors", optional: true) { reader in
                reader.permissibleError(points: points.map(\.code), allModes: allModes)
            },
            uncertaintyInputs: rows("uncertainty_inputs") { $0.uncertaintyInput() },
            parameters: parameters(of: engine), settings: settings(of: engine))
        if kind == .verification {
            for key in ["evidence", "maximum_permissible_errors"] { reportMissing(key) }
        }
        reportRepeated(content.steps.map(\.code), in: "steps")
        reportRepeated(points.map(\.code), in: "points")
        return content
    }

    private func rows<Row>(_ key: String, optional: Bool = false, _ read: (MappingReader) -> Row) -> [Row] {
        mappings(key, optional: optional).map { reader in
            defer { reader.finish() }
            return read(reader)
        }
    }

    private func reportRepeated(_ codes: [String], in key: String) {
        for code in Set(codes) where codes.count(where: { $0 == code }) > 1 {
            report(.duplicateCode(code, firstLine: place(of: key).line), of: key)
        }
    }

    private func evidenceRule() -> EvidenceRule {
        EvidenceRule(
            mark: choice("mark", else: .never), stamp: choice("stamp", else: .never),
            seals: choice("seals", else: .never), certificate: choice("certificate", else: .never))
    }

    private func requiredStandard() -> RequiredStandard {
        RequiredStandard(
            kind: text("kind"), vi: text("vi"), en: text("en"), accuracyClass: optionalText("accuracy_class"),
            required: boolean("required"))
    }

    private func conditionLimit() -> ConditionLimit {
        let bounds = bounds()
        return ConditionLimit(
            quantity: text("quantity"), unit: text("unit"), lower: bounds.lower, upper: bounds.upper)
    }

    private func procedureStep(allModes: [VerificationMode]) -> ProcedureStep {
        ProcedureStep(
            code: text("code"), clause: optionalText("clause"), vi: text("vi"), en: text("en"),
            modes: modes(all: allModes),
            perChannel: optionalBoolean("per_channel") ?? false)
    }

    private func measurementPoint() -> MeasurementPoint {
        let reference = choice("reference", else: MeasurementPoint.Reference.value)
        let nominal = optionalDecimal("nominal")
        if reference != .nominal && nominal == nil { reportMissing("nominal") }
        return MeasurementPoint(
            code: text("code"), vi: text("vi"), en: text("en"), purpose: choice("purpose", else: .error),
            reference: reference, nominal: nominal, unit: optionalText("unit"),
            repetitions: integer("repetitions", in: 1...100))
    }

    private func permissibleError(points known: [String], allModes: [VerificationMode]) -> PermissibleError {
        let rule = choice("rule", else: PermissibleError.Rule.percent)
        let points = texts("points")
        for point in points where !known.contains(point) {
            report(.unresolved(kind: "point", code: point), of: "points")
        }
        let value = optionalDecimal("value")
        if (rule == .percent || rule == .absolute) && value == nil { reportMissing("value") }
        return PermissibleError(
            points: points, modes: modes(all: allModes), rule: rule, value: value, unit: optionalText("unit"))
    }

    private func uncertaintyInput() -> UncertaintyInput {
        let evaluation = text("evaluation")
        if evaluation != "A" && evaluation != "B" {
            report(.invalidValue(evaluation, expected: "A or B"), of: "evaluation")
        }
        return UncertaintyInput(
            code: text("code"), vi: text("vi"), en: text("en"), evaluation: evaluation,
            distribution: choice("distribution", else: .normal), halfWidth: optionalDecimal("half_width"),
            unit: optionalText("unit"))
    }

    /// Modes of verification; without the key, all that there are.
    private func modes(all: [VerificationMode]) -> [VerificationMode] {
        node("modes") == nil ? all : choices("modes")
    }

    private func parameters(of engine: ProcedureVersion.Engine) -> [String: String] {
        guard let reader = mapping("parameters") else {
            if !engine.requiredParameters.isEmpty { reportMissing("parameters") }
            return [:]
        }
        defer { reader.finish() }
        var parameters: [String: String] = [:]
        for key in engine.requiredParameters { parameters[key] = reader.text(key) }
        for key in engine.optionalParameters { parameters[key] = reader.optionalText(key) }
        return parameters
    }

    private func settings(of engine: ProcedureVersion.Engine) -> [String: Bool] {
        guard let reader = mapping("settings") else {
            if !engine.requiredSettings.isEmpty { reportMissing("settings") }
            return [:]
        }
        defer { reader.finish() }
        return engine.requiredSettings.reduce(into: [:]) { $0[$1] = reader.boolean($1) }
    }
}

extension ProcedureVersion.Engine {
    /// Numbers that a procedure of this engine must give; decimals as text with a point.
    var requiredParameters: [String] {
        switch self {
        case .fuelDispenser:
            [
                "nominal_delivery_litres", "minimum_flow_ratio", "price_tolerance_to_10000",
                "price_tolerance_to_20000", "price_tolerance_above_20000",
            ]
        case .nonautomaticScale: ["accuracy_class"]
        case .weightCalibration: ["weighing_scheme", "weighing_cycles"]
        case .thermometerCalibration: ["readings_per_point", "reading_order"]
        case .genericPoints: []
        }
    }

    /// Numbers that it may give.
    var optionalParameters: [String] {
        switch self {
        case .fuelDispenser, .genericPoints, .weightCalibration: []
        case .nonautomaticScale: ["discrimination_mpe_ratio", "discrimination_divisions"]
        case .thermometerCalibration: ["immersion"]
        }
    }

    /// Properties that a procedure of this engine must state.
    var requiredSettings: [String] {
        switch self {
        case .fuelDispenser: ["temperature_correction_decides", "each_delivery_is_judged"]
        case .nonautomaticScale: ["division_equals_interval"]
        case .weightCalibration: ["air_buoyancy_is_corrected"]
        case .thermometerCalibration, .genericPoints: []
        }
    }
}
