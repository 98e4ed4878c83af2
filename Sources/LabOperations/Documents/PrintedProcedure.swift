// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import FoundationEssentials
internal import Metrology
internal import Procedures

/// What documents take from the version of the procedure that was followed: names instead of codes and keys, units, the decision rule.
///
/// A code that the procedure does not know, or a procedure of before such content, leaves the code itself.
struct PrintedProcedure {
    private let procedure: Procedure?

    /// - Parameter content: Canonical JSON of the version.
    init(_ content: String?) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // Content of the time before procedures were data reads as none, and documents then print codes.
        procedure = content.flatMap { try? decoder.decode(Procedure.self, from: Data($0.utf8)) }
    }

    /// A point's name. Of a code with a part of its own, such as `mass:100` or `up:5`, that part follows the name.
    func point(_ code: String) -> BilingualText {
        if let point = procedure?.points.first(where: { $0.code == code }) { return BilingualText(point.vi, en: point.en) }
        let parts = code.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let point = procedure?.points.first(where: { $0.code == parts[0] }) else {
            return BilingualText(code)
        }
        return BilingualText("\(point.vi): \(printedDecimal(String(parts[1])))", en: "\(point.en): \(parts[1])")
    }

    /// Surroundings with name and unit, in the order of the procedure; others follow by their key.
    func conditions(_ values: [String: String]) -> BilingualText {
        let known = (procedure?.conditions ?? []).map { condition in
            Named(key: condition.quantity, vi: condition.vi, en: condition.en, unit: condition.unit)
        }
        return Self.listed(values, known, sign: ": ")
    }

    /// Characteristics with name and unit, in the order of the procedure; others follow by their key.
    func characteristics(_ values: [String: String]) -> BilingualText {
        let known = (procedure?.characteristics ?? []).map { characteristic in
            Named(key: characteristic.key, vi: characteristic.vi, en: characteristic.en, unit: characteristic.unit)
        }
        return Self.listed(values, known, sign: " = ")
    }

    /// The unit of a reading where all these lines have the same; nil else, and where it is the number one.
    func unit(of reading: String, in lines: [EvaluationLine]) -> String? {
        let points = Set(lines.compactMap { $0.point.map(Self.base) })
        let units = Set(
            (procedure?.readings ?? []).filter { quantity in
                quantity.name == reading
                    && (quantity.points.isEmpty || points.isEmpty || quantity.points.contains { points.contains(Self.base($0)) })
            }.map(\.unit))
        guard units.count == 1, let unit = units.first, unit != "1" else { return nil }
        return unit
    }

    /// How conformity was decided, one sentence for each judged result: limits, rule, version of the rule.
    ///
    /// - Parameters:
    ///   - lines: The lines that the document prints.
    ///   - limit: A line's limits as printed.
    ///   - version: The procedure's version, which fixes the limits.
    /// - Source: ISO/IEC 17025:2017, 7.8.6.2; the sentences are our own.
    func decisionRules(
        _ lines: [EvaluationLine], version: String, limit: (EvaluationLine) -> BilingualText
    ) -> [DocumentStatement] {
        (procedure?.results ?? []).compactMap { result in
            let judged = lines.filter { $0.result == result.code && $0.verdict != "informative" }
            guard let first = judged.first else { return nil }
            let rule = Self.title(of: result.decision)
            let isOne = judged.allSatisfy { $0.lower == first.lower && $0.upper == first.upper }
            let limits = isOne ? limit(first) : BilingualText("ghi trong bảng", en: "stated in the table")
            let edition = result.decision?.version
            return DocumentStatement(
                .decisionRule,
                BilingualText(
                    "Sự phù hợp của “\(result.vi)” xét theo giới hạn \(limits.vi) (\(version)). Quy tắc ra quyết định: "
                        + "\(rule.vi)\(edition.map { ", phiên bản \($0)" } ?? "").",
                    en: "Conformity of “\(result.en)” is stated against the limits \(limits.en ?? limits.vi) (\(version)). "
                        + "Decision rule: \(rule.en)\(edition.map { ", version \($0)" } ?? "")."))
        }
    }

    /// A rule in words; without one, simple acceptance.
    private static func title(of decision: Decision?) -> (vi: String, en: String) {
        guard let decision else { return (DecisionRule.simple.title.vietnamese, DecisionRule.simple.title.english) }
        // Every rule was read when its version was loaded; should one not be known any more, its own words are printed.
        guard let title = try? DecisionRule(words: decision.rule).title else { return (decision.rule, decision.rule) }
        return (title.vietnamese, title.english)
    }

    /// Statements of the procedure's own.
    var statements: [DocumentStatement] {
        (procedure?.statements ?? []).map { DocumentStatement(nil, BilingualText($0.vi, en: $0.en)) }
    }

    // MARK: Lists

    private struct Named {
        let key: String
        let vi: String?
        let en: String?
        let unit: String?
    }

    private static func base(_ code: String) -> String { String(code.prefix { $0 != ":" }) }

    private static func listed(_ values: [String: String], _ known: [Named], sign: String) -> BilingualText {
        let others = values.keys.filter { key in !known.contains { $0.key == key } }.sorted()
        let all = known + others.map { Named(key: $0, vi: nil, en: nil, unit: nil) }
        let entries = all.compactMap { named -> (vi: String, en: String)? in
            guard let value = values[named.key] else { return nil }
            let unit = named.unit.flatMap { $0 == "1" ? nil : " \($0)" } ?? ""
            return (
                "\(named.vi ?? named.key)\(sign)\(printedDecimal(value))\(unit)", "\(named.en ?? named.key)\(sign)\(value)\(unit)"
            )
        }
        return BilingualText(
            entries.map(\.vi).joined(separator: "; "),
            en: values.keys.contains { key in known.contains { $0.key == key } } ? entries.map(\.en).joined(separator: "; ") : nil
        )
    }
}
