// SPDX-License-Identifier: Apache-2.0

import APIContract
import Vocabulary

/// Words for the codes of the wire, so that tables read as people speak.
enum Wording {
    /// Members whose values are codes; everything else is content and is left as it is.
    ///
    /// Lanes are not among them: `etalon job pause` takes them as they are shown.
    private static let members: Set<String> = [
        "state", "kind", "class", "outcome", "verdict", "mode", "phase", "status", "flags", "event", "what", "origin",
        "purpose", "reason", "decision", "stage", "fault", "result_kind", "subject_type", "step", "rule", "rule_version",
        "in", "out", "source", "confidence", "skipped", "level", "check", "catch_up", "overlap", "method",
        "when_unknown", "ended_why",
    ]

    /// The value with codes replaced by words, in all its lists and records.
    static func translated(_ value: JSONValue, _ language: Language) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { translated($0, language) })
        case .object(let pairs): .object(pairs.map { JSONMember($0.name, translated($0, among: pairs, language)) })
        case .null, .bool, .number, .string: value
        }
    }

    private static func translated(_ pair: JSONMember, among pairs: [JSONMember], _ language: Language) -> JSONValue {
        if language == .en, let english = inEnglish(pair.name, pairs) { return english }
        if pair.name == "roles" { return words(pair.value, language) { Terms.role($0) } }
        if pair.name == "outcome" { return words(pair.value, language) { Terms.outcome($0) ?? phrase($0) } }
        return members.contains(pair.name) ? words(pair.value, language, of: phrase) : translated(pair.value, language)
    }

    /// Of a name that is there in both languages, the English one.
    private static func inEnglish(_ name: String, _ pairs: [JSONMember]) -> JSONValue? {
        guard name == "vi" || name.hasSuffix("_vi") else { return nil }
        let twin = name.dropLast(2) + "en"
        return pairs.first { $0.name == twin }?.value
    }

    private static func words(_ value: JSONValue, _ language: Language, of word: (String) -> Bilingual?) -> JSONValue {
        switch value {
        case .string(let code): .string(word(code)?[language] ?? code)
        case .array(let elements): .array(elements.map { words($0, language, of: word) })
        case .null, .bool, .number, .object: translated(value, language)
        }
    }

    /// The word for a code, or for several with spaces between them, such as kind and mode of a verification.
    private static func phrase(_ codes: String) -> Bilingual? {
        if let word = Terms.word(for: codes) { return word }
        let parts = codes.split(separator: " ").map { Terms.word(for: String($0)) }
        guard parts.count > 1, !parts.contains(nil) else { return nil }
        let known = parts.compactMap(\.self)
        return Bilingual(vi: known.map(\.vi).joined(separator: " "), en: known.map(\.en).joined(separator: " "))
    }

    /// The word for a code; the code itself where there is none.
    static func word(_ code: String, _ language: Language) -> String { Terms.word(for: code)?[language] ?? code }

    /// How a code, or its word in either language, stands out.
    @Sendable static func emphasis(_ shown: String) -> Column.Emphasis? { emphases[shown] }

    private static let emphases: [String: Column.Emphasis] = emphasised.reduce(into: [:]) { found, entry in
        for code in entry.codes {
            let word = Terms.word(for: code)
            for text in [code, word?.vi, word?.en].compactMap(\.self) { found[text] = entry.emphasis }
        }
    }

    private static let emphasised: [(emphasis: Column.Emphasis, codes: [String])] = [
        (
            .good,
            [
                "approved", "reported", "issued", "affixed", "valid", "succeeded", "pass", "calibrated", "tested", "balanced",
                "ok", "live", "enqueued",
            ]
        ),
        (
            .warning,
            [
                "to_review", "sent_back", "rendered", "amended", "void", "not_yet_issued", "not_done", "limit_undecidable",
                "exists", "due", "more_digits_than_method", "warning", "stopping", "skipped",
            ]
        ),
        (
            .bad,
            [
                "rejected", "withdrawn", "voided", "lost", "dead", "ended_early", "fail", "refused", "above_limit",
                "below_limit", "outside_limit", "altered", "missing", "no entry", "entries altered", "not_balanced", "error",
                "overdue", "failed", "seal_broken", "stamp_lost", "mark_lost", "silent", "failed_inspection", "evidence_recalled",
            ]
        ),
    ]
}
