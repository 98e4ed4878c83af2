// SPDX-License-Identifier: Apache-2.0

import Metrology

extension ReportedValue {
    /// Reads what a technician types into a result field.
    ///
    /// Words are understood in Vietnamese with or without diacritics and in English, in any case of letters.
    /// - Parameters:
    ///   - typed: 0,05 · <0.05 · <LOQ · >10 · ND · KPH · KPH (LOD: 0,1) · KPH/25 g · 10-12 · 10÷12 · Âm
    ///     tính · neg · Đạt · không thử.
    ///   - classes: Classes the method knows, such as 1a; anything else that is no number is refused.
    /// - Throws: ``ReportedValueError``.
    package init(
        parsing typed: some StringProtocol,
        classes: [String] = []
    ) throws(ReportedValueError) {
        let text = Self.trimmed(Substring(typed))
        guard let first = text.first else { throw .empty }
        self.text = String(text)
        if let listed = classes.first(where: { $0.lowercased() == text.lowercased() }) {
            kind = .classified(listed)
        } else if let kind = Self.spokenKinds[text.lowercased()] {
            self.kind = kind
        } else if first == "<" {
            kind = try Self.below(text)
        } else if first == ">" {
            guard text.dropFirst().first != "=" else { throw .limitSign(self.text) }
            kind = .above(limit: try Self.number(text.dropFirst(), in: text))
        } else if first == "≤" || first == "≥" {
            throw .limitSign(self.text)
        } else if let kind = try Self.notDetected(text) {
            self.kind = kind
        } else {
            kind = try Self.numberOrRange(text)
        }
    }

    private static func below(_ text: Substring) throws(ReportedValueError) -> Kind {
        let rest = trimmed(text.dropFirst())
        guard rest.first != "=" else { throw .limitSign(String(text)) }
        let word = rest.prefix { $0.isLetter }
        switch word.lowercased() {
        case "":
            return .belowLOQ(limit: try number(rest, in: text))
        case "loq", "lod":
            let limit = try limit(behind: rest.dropFirst(word.count), in: text)
            return word.lowercased() == "loq" ? .belowLOQ(limit: limit) : .belowLOD(limit: limit)
        default:
            throw .unrecognised(String(text))
        }
    }

    /// KPH or ND with a limit of detection or a portion behind it; nil when the text starts otherwise.
    private static func notDetected(_ text: Substring) throws(ReportedValueError) -> Kind? {
        let lowered = text.lowercased()
        guard let words = notDetectedWords.first(where: { lowered.hasPrefix($0) }) else { return nil }
        let rest = trimmed(text.dropFirst(words.count))
        // "KPH/25 g": the portion is part of the text, not a limit.
        if let sign = rest.first, sign == "/", rest.count > 1 { return .belowLOD(limit: nil) }
        guard rest.first == "(", rest.last == ")" else { throw .unrecognised(String(text)) }
        let inside = trimmed(rest.dropFirst().dropLast())
        let word = inside.prefix { $0.isLetter }
        guard word.lowercased() == "lod" || inside.first == "<" else { throw .unrecognised(String(text)) }
        let limit = try limit(behind: inside.dropFirst(max(word.count, 1)), in: text)
        guard let limit else { throw .unrecognised(String(text)) }
        return .belowLOD(limit: limit)
    }

    /// Number behind a colon, an equals sign, a blank or in parentheses; a unit behind the number is allowed.
    private static func limit(
        behind part: Substring,
        in text: Substring
    ) throws(ReportedValueError) -> DecimalNumber? {
        let plain = part.filter { !"()".contains($0) }
        let rest = plain.drop { $0.isWhitespace || ":=".contains($0) }
        let written = rest.prefix { !$0.isWhitespace }
        return written.isEmpty ? nil : try number(written, in: text)
    }

    private static func numberOrRange(_ text: Substring) throws(ReportedValueError) -> Kind {
        do {
            return .value(try DecimalNumber(parsing: text))
        } catch .notANumber {
            // Not one number: the text may still be two.
        } catch {
            throw .number(error)
        }
        for sign in text.indices where sign != text.startIndex && rangeSigns.contains(text[sign]) {
            let left = text[..<sign]
            let right = text[text.index(after: sign)...]
            // A hyphen may also belong to a power of ten or a negative number; only a split into two
            // numbers counts.
            guard let low = try? DecimalNumber(parsing: left), let high = try? DecimalNumber(parsing: right)
            else { continue }
            guard low <= high else { throw .rangeReversed(String(text)) }
            return .range(low: low, high: high)
        }
        throw .unrecognised(String(text))
    }

    private static func number(
        _ part: some StringProtocol,
        in text: Substring
    ) throws(ReportedValueError) -> DecimalNumber {
        do {
            return try DecimalNumber(parsing: part)
        } catch .empty {
            throw .unrecognised(String(text))
        } catch {
            throw .number(error)
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop { $0.isWhitespace }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }

    private static let rangeSigns: Set<Character> = ["-", "÷", "–", "—", "~"]

    /// Longest first, so that a longer word is not cut after a shorter one.
    private static let notDetectedWords = ["không phát hiện", "khong phat hien", "not detected", "kph", "nd"]

    private static let spokenKinds: [String: Kind] = {
        var kinds: [String: Kind] = [:]
        let meanings: [(Kind, [String])] = [
            (.belowLOD(limit: nil), notDetectedWords + ["n.d.", "k.p.h"]),
            (.qualitative(.negative), ["âm tính", "am tinh", "negative", "neg"]),
            (.qualitative(.positive), ["dương tính", "duong tinh", "positive", "pos"]),
            (.qualitative(.passed), ["đạt", "dat", "pass", "passed"]),
            (.qualitative(.failed), ["không đạt", "khong dat", "fail", "failed"]),
            (
                .notMeasured,
                ["không thử", "khong thu", "không đo", "khong do", "not measured", "n/a", "—", "–", "-"]
            ),
        ]
        for (kind, words) in meanings {
            for word in words { kinds[word] = kind }
        }
        return kinds
    }()
}

extension ReportedValue: CustomStringConvertible {
    /// The text as typed.
    package var description: String { text }
}
