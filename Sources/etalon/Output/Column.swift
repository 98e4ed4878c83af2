// SPDX-License-Identifier: Apache-2.0

import APIContract
import Vocabulary

/// One column of a table: where its values come from, its heading, and how they are shown.
struct Column: Sendable {
    /// What the values are, which decides how they are shown.
    enum Kind: Sendable {
        case text
        /// Counts and numbers of documents: right-aligned, digits as they are.
        case number
        /// Measured and calculated values: right-aligned, decimal comma in Vietnamese.
        case decimal
        /// A day, `YYYY-MM-DD` on the wire; shown `DD/MM/YYYY` in Vietnamese.
        case date
        /// A text in which days may stand; they are shown as under ``date``.
        case dated
        /// Where a rule stands; Vietnamese acts are cited in Vietnamese.
        case citation
        /// A moment, RFC 3339 on the wire; shown `DD/MM/YYYY HH:MM:SS` in Vietnamese, as the clock of the place showed it.
        case moment
    }

    /// How a value stands out on a terminal with colours.
    enum Emphasis: Sendable { case good, warning, bad }

    /// The member's name on the wire; a dotted name reaches into objects (`customer.name`).
    let key: String
    let heading: Bilingual
    let kind: Kind
    /// Given the value on the wire, how it stands out.
    let emphasis: (@Sendable (String) -> Emphasis?)?

    /// A column.
    init(
        _ key: String,
        vi: String,
        en: String,
        _ kind: Kind = .text,
        emphasis: (@Sendable (String) -> Emphasis?)? = nil
    ) {
        self.key = key
        heading = Bilingual(vi: vi, en: en)
        self.kind = kind
        self.emphasis = emphasis
    }

    var isRightAligned: Bool {
        switch kind {
        case .number, .decimal: true
        case .text, .date, .dated, .citation, .moment: false
        }
    }

    /// Of a column with the Vietnamese half of a pair of texts, the one with the English half.
    var inEnglish: Column? {
        let name = key.split(separator: ".").last ?? ""
        guard name == "vi" || name.hasSuffix("_vi") else { return nil }
        return Column(key.dropLast(2) + "en", vi: heading.vi, en: heading.en, kind, emphasis: emphasis)
    }

    /// The value in an item, as it is on the wire; empty where there is none.
    func wireText(in item: JSONValue, _ language: Language) -> String {
        var value = item
        for name in key.split(separator: ".") {
            guard let member = value[String(name)] else { return "" }
            value = member
        }
        return Self.text(of: value, language)
    }

    /// The value as people read it in a table.
    func shownText(in item: JSONValue, _ language: Language) -> String {
        let text = wireText(in: item, language)
        guard language == .vi else { return text }
        return switch kind {
        case .text, .number: text
        case .decimal: Self.withDecimalComma(text)
        case .date: Self.withDayFirst(text)
        case .dated: Self.withDaysFirst(text)
        case .citation: Self.withDaysFirst(Citation.vietnamese(text))
        case .moment: Self.withClock(text)
        }
    }

    private static func text(of value: JSONValue, _ language: Language) -> String {
        switch value {
        case .null: ""
        case .bool(let truth): (truth ? Message.yes : Message.no).text[language]
        case .number(let digits): digits
        case .string(let text): text
        case .array(let elements): elements.map { text(of: $0, language) }.joined(separator: ", ")
        case .object: value.text
        }
    }

    /// Every point between two digits becomes a comma: `<0.05` is `<0,05`.
    static func withDecimalComma(_ text: String) -> String {
        let letters = Array(text)
        return String(
            letters.enumerated().map { index, letter in
                let between =
                    index > 0 && index + 1 < letters.count
                    && letters[index - 1].isASCII && letters[index - 1].isNumber
                    && letters[index + 1].isASCII && letters[index + 1].isNumber
                return letter == "." && between ? "," : letter
            }
        )
    }

    /// Every `2018-06-30` in a text becomes `30/06/2018`, and every moment that of `withClock`.
    static func withDaysFirst(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            var moment = word.prefix { $0.isASCII && ($0.isNumber || "-+:TZ".contains($0)) }
            if moment.last == ":" { moment.removeLast() }
            let shown = withClock(String(moment))
            if shown != moment { return shown + word.dropFirst(moment.count) }
            let day = word.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
            return withDayFirst(String(day)) + word.dropFirst(day.count)
        }.joined(separator: " ")
    }

    /// `2018-06-30T08:05:00+07:00` becomes `30/06/2018 08:05:00`; any other text is kept.
    static func withClock(_ text: String) -> String {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count >= 8, withDayFirst(String(parts[0])) != parts[0] else { return text }
        return "\(withDayFirst(String(parts[0]))) \(parts[1].prefix(8))"
    }

    /// `2018-06-30` becomes `30/06/2018`; any other text is kept.
    static func withDayFirst(_ text: String) -> String {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return text
        }
        return "\(parts[2])/\(parts[1])/\(parts[0])"
    }
}
