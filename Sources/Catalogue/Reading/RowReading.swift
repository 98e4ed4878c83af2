// SPDX-License-Identifier: Apache-2.0

import Yams

extension MappingReader {
    /// `valid_from` and `valid_to`, both days included; no `valid_to` means no end is known.
    func validity() -> ValidityRange {
        let range = ValidityRange(from: day("valid_from"), through: optionalDay("valid_to"))
        if let through = range.through, through < range.from {
            report(.invalidValue(through, expected: "a day on or after valid_from"), of: "valid_to")
        }
        return range
    }

    /// `source` and `confidence`, which every fact carries.
    func provenance() -> (source: String, confidence: Confidence) {
        (text("source"), choice("confidence", else: .low))
    }

    /// `lower` and `upper`, quoted decimals in this order of size.
    func bounds() -> (lower: String?, upper: String?) {
        bounds(lower: optionalDecimal("lower"), upper: optionalDecimal("upper"))
    }

    /// Bounds that were read; the upper one is not below the lower one.
    func bounds(lower: String?, upper: String?) -> (lower: String?, upper: String?) {
        let bounds = (lower: lower, upper: upper)
        if let lower = bounds.lower, let upper = bounds.upper, TextForm.isDecimal(lower, above: upper) {
            report(.invalidValue(upper, expected: "at or above lower"), of: "upper")
        }
        return bounds
    }
}

extension MappingReader {
    func testingField(position: Int) -> TestingField {
        TestingField(code: text("code"), position: position, nameVi: text("vi"), nameEn: text("en"))
    }

    func matrix(fieldCode: String) -> Matrix {
        Matrix(code: text("code"), fieldCode: fieldCode, nameVi: text("vi"), nameEn: text("en"))
    }

    func catalogueLine() -> CatalogueLine {
        let bounds = bounds()
        let provenance = provenance()
        let kind = choice("kind", else: CatalogueLine.ResultKind.numeric)
        let decimals = optionalInteger("decimals", in: 0...12)
        if kind == .numeric && decimals == nil { reportMissing("decimals") }
        return CatalogueLine(
            code: text("code"), matrixCode: text("matrix"), indicatorVi: text("vi"), indicatorEn: text("en"),
            method: text("method"), methodName: optionalText("method_name"), unit: optionalText("unit") ?? "",
            resultKind: kind, lod: optionalDecimal("lod"), loq: optionalDecimal("loq"), decimals: decimals,
            physicalLower: bounds.lower, physicalUpper: bounds.upper, validity: validity(),
            source: provenance.source, confidence: provenance.confidence)
    }

    /// A version and the position of each of its limits.
    func specification() -> (version: SpecificationVersion, limitPositions: [SourcePosition]) {
        let provenance = provenance()
        let readers = mappings("limits")
        let limits = readers.enumerated().map { index, reader in
            defer { reader.finish() }
            return reader.lineLimit(position: index + 1)
        }
        let version = SpecificationVersion(
            code: text("code"), version: text("version"), nameVi: text("vi"), nameEn: text("en"),
            matrixCode: text("matrix"), decisionRule: choice("decision_rule", else: .simpleAcceptance),
            validity: validity(), source: provenance.source, confidence: provenance.confidence,
            limits: limits)
        return (version, readers.map(\.position))
    }

    private func lineLimit(position: Int) -> LineLimit {
        let bounds = bounds()
        let text = optionalText("text")
        if !keys.contains(where: ["lower", "upper", "text"].contains) { reportMissing("upper") }
        return LineLimit(
            position: position, lineCode: self.text("line"), lower: bounds.lower, upper: bounds.upper,
            textLimit: text, source: optionalText("source"), confidence: optionalChoice("confidence"))
    }

    func instrumentType() -> InstrumentType {
        InstrumentType(
            code: text("code"), nameVi: text("vi"), nameEn: text("en"), family: choice("family", else: .mass))
    }

    /// Rules of one table; a rule may carry a source and confidence of its own.
    func intervalRules() -> [Located<IntervalRule>] {
        let version = text("version")
        let validity = validity()
        let provenance = provenance()
        return mappings("rules").map { reader in
            defer { reader.finish() }
            let controls = reader.choices("controls") as [Control]
            let typeCode = reader.text("type")
            let rule = IntervalRule(
                code: "G2-\(typeCode)", version: version, typeCode: typeCode,
                cycleMonths: reader.cycleMonths(),
                initialCycleMonths: reader.optionalInteger("cycle_months_initial", in: 1...240),
                afterRepairCycleMonths: reader.optionalInteger("cycle_months_after_repair", in: 1...240),
                typeApproval: controls.contains(.typeApproval), initial: controls.contains(.initial),
                periodic: controls.contains(.periodic), afterRepair: controls.contains(.afterRepair),
                validity: validity, source: reader.optionalText("source") ?? provenance.source,
                confidence: reader.optionalChoice("confidence") ?? provenance.confidence)
            if rule.periodic != (rule.cycleMonths != nil) {
                reader.report(
                    .invalidValue(
                        rule.cycleMonths.map(String.init) ?? "none",
                        expected: "a cycle in months with periodic verification, none without"),
                    of: "cycle_months")
            }
            return Located(row: rule, position: reader.position)
        }
    }

    /// Months, or the word `none`.
    private func cycleMonths() -> Int? {
        if case .scalar(let scalar)? = node("cycle_months"), PlainScalar(scalar) == .text("none") {
            return nil
        }
        return integer("cycle_months", in: 1...240)
    }

    func validityPolicy() -> ValidityPolicyPeriod {
        ValidityPolicyPeriod(
            policy: choice("policy", else: .endOfMonth), validity: validity(), source: text("source"))
    }

    func holiday() -> Holiday {
        Holiday(day: day("day"), nameVi: text("vi"), nameEn: text("en"), source: text("source"))
    }

    /// A place of a group; the group gives kind, dates, city and source.
    func place(of group: PlaceGroup) -> Place {
        Place(
            code: text("code"), kind: group.kind, nameVi: text("vi"),
            parent: optionalText("parent") ?? group.parent,
            isInCity: optionalBoolean("in_city") ?? group.isInCity,
            predecessors: texts("predecessors", optional: true), validity: group.validity,
            source: group.source)
    }

    func placeGroup() -> PlaceGroup {
        PlaceGroup(
            kind: choice("kind", else: .province), parent: optionalText("parent"),
            isInCity: boolean("in_city"),
            validity: validity(), source: text("source"))
    }
}

/// A column of the group-2 table.
private enum Control: String, CaseIterable {
    case initial, periodic
    case typeApproval = "type_approval"
    case afterRepair = "after_repair"
}

/// What the places of one group share.
struct PlaceGroup {
    let kind: Place.Kind
    let parent: String?
    let isInCity: Bool
    let validity: ValidityRange
    let source: String
}
