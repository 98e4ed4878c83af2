// SPDX-License-Identifier: Apache-2.0
internal import Procedures
internal import Yams

extension MappingReader {
    /// A whole procedure file: one version. Nothing is compiled yet; see ``ProcedureFile``.
    func procedureVersion() -> ProcedureVersion {
        let provenance = provenance()
        let kind = choice("kind", else: ProcedureVersion.Kind.verification)
        let content = procedureContent(kind: kind)
        let newTypes = rows("instrument_types", optional: true) { $0.instrumentType() }
        return ProcedureVersion(
            code: text("code"), version: text("version"), nameVi: text("vi"), nameEn: text("en"), kind: kind,
            typeCodes: texts("types"), newTypes: newTypes, validity: validity(), source: provenance.source,
            confidence: provenance.confidence, content: content, canonicalText: canonicalText(content))
    }

    private func procedureContent(kind: ProcedureVersion.Kind) -> Procedure {
        // Only a verification has modes: elsewhere its steps are always done.
        let allModes = kind == .verification ? VerificationMode.allCases : []
        let content = Procedure(
            evidence: mapping("evidence").map { reader in
                defer { reader.finish() }
                return reader.evidenceRule()
            },
            intervalMonths: kind == .calibration ? optionalInteger("interval_months", in: 1...240) : nil,
            standards: rows("standards") { $0.requiredStandard() },
            conditions: rows("conditions", optional: true) { $0.surroundingCondition() },
            steps: rows("steps", optional: true) { $0.procedureStep(allModes: allModes) },
            perChannel: optionalBoolean("per_channel") ?? false,
            characteristics: rows("characteristics", optional: true) { $0.characteristic() },
            parameters: rows("parameters", optional: true) { $0.parameter() },
            tables: rows("tables", optional: true) { $0.formulaTable() },
            readings: rows("readings") { $0.readingQuantity() },
            points: rows("points") { $0.measurementPoints() }.flatMap { $0 },
            results: rows("results") { $0.measurementResult() },
            statements: rows("statements", optional: true) { BilingualName(vi: $0.text("vi"), en: $0.text("en")) },
            examples: rows("examples") { $0.workedExample(kind: kind) })
        if kind == .verification { reportMissingValue("evidence") }
        if node("examples") != nil, content.examples.isEmpty {
            report(.invalidValue("[]", expected: "at least one worked example"), of: "examples")
        }
        return content
    }

    func rows<Row>(_ key: String, optional: Bool = false, _ read: (MappingReader) -> Row) -> [Row] {
        mappings(key, optional: optional).map { reader in
            defer { reader.finish() }
            return read(reader)
        }
    }

    private func reportMissingValue(_ key: String) {
        if node(key) == nil { reportMissing(key) }
    }

    private func evidenceRule() -> EvidenceRule {
        EvidenceRule(
            mark: choice("mark", else: .never), stamp: choice("stamp", else: .never),
            seals: choice("seals", else: .never), certificate: choice("certificate", else: .never))
    }

    private func requiredStandard() -> RequiredStandard {
        let standard = RequiredStandard(
            kind: text("kind"), vi: text("vi"), en: text("en"), accuracyClass: optionalText("accuracy_class"),
            required: boolean("required"),
            range: mapping("range").map { reader in
                defer { reader.finish() }
                return RequiredStandard.Range(
                    lower: reader.optionalFormula("lower"), upper: reader.optionalFormula("upper"), unit: reader.text("unit"))
            },
            largestUncertainty: optionalFormula("largest_uncertainty"), unit: optionalText("unit"))
        if standard.largestUncertainty != nil, standard.unit == nil { reportMissing("unit") }
        return standard
    }

    private func surroundingCondition() -> SurroundingCondition {
        let bounds = bounds(lower: optionalNumber("lower"), upper: optionalNumber("upper"))
        return SurroundingCondition(
            quantity: text("quantity"), symbol: optionalText("symbol"), vi: optionalText("vi"), en: optionalText("en"),
            unit: text("unit"), lower: bounds.lower, upper: bounds.upper, required: optionalBoolean("required") ?? false)
    }

    private func procedureStep(allModes: [VerificationMode]) -> ProcedureStep {
        ProcedureStep(
            code: text("code"), clause: optionalText("clause"), vi: text("vi"), en: text("en"), modes: modes(all: allModes),
            perChannel: optionalBoolean("per_channel") ?? false, onFail: optionalChoice("on_fail") ?? .fail)
    }

    /// Modes of verification; without the key, all that there are.
    private func modes(all: [VerificationMode]) -> [VerificationMode] {
        node("modes") == nil ? all : choices("modes")
    }

    private func characteristic() -> Characteristic {
        let found = Characteristic(
            symbol: optionalText("symbol"), key: text("key"), vi: text("vi"), en: text("en"), unit: optionalText("unit"),
            perChannel: optionalBoolean("per_channel") ?? false, otherwise: optionalText("otherwise"))
        if found.symbol != nil, found.unit == nil { reportMissing("unit") }
        return found
    }

    private func parameter() -> Parameter {
        Parameter(
            symbol: text("symbol"), vi: optionalText("vi"), en: optionalText("en"), value: requiredDecimal("value"),
            unit: text("unit"), source: optionalText("source"))
    }

    private func formulaTable() -> FormulaTable {
        FormulaTable(
            name: text("name"), xUnit: text("x_unit"), yUnit: text("y_unit"),
            rows: rows("rows") { FormulaTable.Row(x: $0.requiredDecimal("x"), y: $0.requiredDecimal("y")) },
            source: optionalText("source"))
    }

    private func readingQuantity() -> ReadingQuantity {
        ReadingQuantity(
            name: text("name"), symbol: text("symbol"), vi: text("vi"), en: text("en"), unit: text("unit"),
            points: node("points") == nil ? [] : texts("points"), required: optionalBoolean("required") ?? true,
            resolution: optionalFormula("resolution"))
    }

    /// A point, or with `nominals` one for each, told apart by a number behind a colon.
    private func measurementPoints() -> [MeasurementPoint] {
        let point = MeasurementPoint(
            code: text("code"), vi: text("vi"), en: text("en"), purpose: optionalChoice("purpose") ?? .error,
            nominal: optionalFormula("nominal"), unit: optionalText("unit"), repetitions: optionalFormula("repetitions") ?? "1",
            required: optionalBoolean("required") ?? true, free: optionalBoolean("free") ?? false,
            modes: node("modes") == nil ? [] : choices("modes"))
        if point.nominal != nil, point.unit == nil { reportMissing("unit") }
        guard node("nominals") != nil else { return [point] }
        return texts("nominals").enumerated().map { index, nominal in
            var one = point
            (one.code, one.nominal) = ("\(point.code):\(index + 1)", nominal)
            (one.vi, one.en) = ("\(point.vi) (\(index + 1))", "\(point.en) (\(index + 1))")
            return one
        }
    }

    // MARK: Numbers and formulas

    func requiredDecimal(_ key: String) -> String {
        guard let decimal = optionalNumber(key) else {
            reportMissing(key)
            return "0"
        }
        return decimal
    }

    /// A quoted decimal, or a whole number without quotes, which loses no digit.
    func optionalNumber(_ key: String) -> String? {
        guard let node = node(key), case .scalar(let scalar) = node, case .integer(let number) = PlainScalar(scalar) else {
            return optionalDecimal(key)
        }
        return String(number)
    }

    func formula(_ key: String) -> String {
        guard let formula = optionalFormula(key) else {
            reportMissing(key)
            return "0"
        }
        return formula
    }

    /// A formula, or a whole number without quotes.
    func optionalFormula(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, case .integer(let number) = PlainScalar(scalar) else { return optionalText(key) }
        return String(number)
    }
}
