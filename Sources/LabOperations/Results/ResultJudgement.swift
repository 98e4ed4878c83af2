// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel
internal import Metrology

/// A typed result, read and judged against what is known of its indicator.
struct ResultJudgement {
    /// Text as typed.
    var text: String
    /// Kind as stored.
    var kind: String
    /// The decimal of a value, with its digits.
    var value: DecimalNumber?
    /// What the technician is shown after the value.
    var flags: [String]

    /// Judges one result.
    /// - Throws: ``InputFault`` naming the field and the remedy.
    init(_ result: NewResult, _ facts: ResultFacts, field: String) throws(InputFault) {
        func fault(_ name: String, vi: String, en: String) -> InputFault {
            InputFault(field: "\(field).\(name)", message: BilingualSentence(vi: vi, en: en))
        }
        if let why = result.notMeasured {
            guard result.value == nil else {
                throw fault("not_measured", vi: "đã có giá trị thì không thể “không đo”", en: "there is a value; it was measured")
            }
            guard !why.trimmed.isEmpty else {
                throw fault("not_measured", vi: "phải ghi lý do không đo", en: "say why it was not measured")
            }
            (text, kind, value, flags) = ("không thử", "not_measured", nil, [])
            return
        }
        let reported: ReportedValue
        do {
            reported = try ReportedValue(parsing: result.value ?? "", classes: facts.classes)
        } catch {
            throw fault(
                "value", vi: "“\(result.value ?? "")” không đọc được; viết số, <0,05, KPH, Âm tính …; ô trống không phải là 0",
                en: "\(error)")
        }
        if case .notMeasured = reported.kind {
            throw fault(
                "value", vi: "không đo thì dùng `not_measured` kèm lý do", en: "use `not_measured` with its reason")
        }
        guard facts.accepts(reported.kind) else {
            throw fault(
                "value", vi: "chỉ tiêu này cần kết quả dạng \(SentenceParts.word(facts.resultKind ?? "").vi)",
                en: "this indicator takes a \(SentenceParts.word(facts.resultKind ?? "").en) result")
        }
        if let bounds = facts.bounds, !PhysicalBounds(bounds).permits(reported) {
            let range = facts.physicalRange
            throw fault(
                "value", vi: "“\(reported.text)” không thể có về mặt vật lý (\(SentenceParts.vietnameseNumber(range)))",
                en: "“\(reported.text)” is physically impossible (\(range))")
        }
        text = reported.text
        kind = reported.kind.code
        if case .value(let number) = reported.kind { value = number } else { value = nil }
        flags = facts.flags(for: reported)
    }
}

extension ResultFacts {
    /// Classes that the specification names, for class results.
    var classes: [String] {
        guard resultKind == "class", let textLimit else { return ["1a", "1b", "2a", "2b", "2c", "3a", "3b", "4a", "4b", "4c"] }
        return ["1a", "1b", "2a", "2b", "2c", "3a", "3b", "4a", "4b", "4c"]
            + textLimit.split(separator: ",").map { String($0).trimmed }
    }

    /// Whether a kind of result fits the indicator.
    func accepts(_ kind: ReportedValue.Kind) -> Bool {
        switch kind {
        case .value, .range, .above: resultKind == "numeric"
        case .belowLOD, .belowLOQ: resultKind != "class"
        case .qualitative: resultKind == "qualitative"
        case .classified: resultKind == "class"
        case .notMeasured: true
        }
    }

    /// Numbers the quantity can have at all.
    var bounds: LimitInterval? { Self.interval(physicalLower, physicalUpper) }

    /// Those numbers in words: `40…130`, with the unit where there is one.
    var physicalRange: String {
        let numbers = "\(physicalLower ?? "")…\(physicalUpper ?? "")"
        guard let unit, !unit.isEmpty else { return numbers }
        return "\(numbers) \(unit)"
    }

    /// What the specification demands.
    var limit: SpecificationLimit {
        if let interval = Self.interval(lower, upper) { return .interval(interval) }
        switch textLimit?.trimmed.lowercased() {
        case nil, "": return .reportOnly
        case "kph": return .notDetected
        case "âm tính": return .finding(.negative)
        case "dương tính": return .finding(.positive)
        case "đạt": return .finding(.passed)
        default:
            let words = (textLimit ?? "").split(separator: ",").map { String($0).trimmed }
            return resultKind == "class" ? .classes(words) : .reportOnly
        }
    }

    /// Flags shown after the value.
    func flags(for reported: ReportedValue) -> [String] {
        let check = LimitCheck(limit: limit, detectionLimit: Self.number(lod), quantificationLimit: Self.number(loq))
        var flags: [String] = []
        switch check.verdict(on: reported) {
        case .outside: flags.append("outside_limit")
        case .undecidable: flags.append("limit_undecidable")
        case .within, .notApplicable: break
        }
        if case .value(let number) = reported.kind, let loq = Self.number(loq), number < loq {
            flags.append("below_reporting_limit")
        }
        if let decimals, case .value(let number) = reported.kind, number.scale > decimals {
            flags.append("more_digits_than_method")
        }
        return flags
    }

    private static func number(_ text: String?) -> DecimalNumber? {
        guard let text else { return nil }
        do { return try DecimalNumber(parsing: text) } catch { return nil }
    }

    private static func interval(_ lower: String?, _ upper: String?) -> LimitInterval? {
        guard lower != nil || upper != nil else { return nil }
        do {
            return try LimitInterval(
                lower: number(lower).map { LimitInterval.End($0) }, upper: number(upper).map { LimitInterval.End($0) })
        } catch { return nil }
    }
}
