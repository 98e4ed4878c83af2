// SPDX-License-Identifier: Apache-2.0

/// The two languages that people are spoken to in.
package enum Language: String, CaseIterable, Sendable {
    case vi
    case en

    /// The language of a run: the option, then the variable LANG, then English.
    package static func chosen(option: Language?, lang: String?) -> Language {
        if let option { return option }
        // "vi", "vi_VN", "vi_VN.UTF-8", "vi@…", but not "vie…" or "viking".
        let tag = lang?.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
        return tag?.lowercased() == "vi" ? .vi : .en
    }

    /// The value of `--lang` in arguments that nobody could parse; the last one counts, as it does to the parser.
    package static func named(in arguments: [String]) -> Language? {
        arguments.values(of: "--lang").compactMap { Language(rawValue: $0) }.last
    }
}

extension [String] {
    /// The values of an option in arguments that nobody could parse, in their order.
    ///
    /// - Parameter option: its long name, with the dashes.
    package func values(of option: String) -> [String] {
        let options = prefix { $0 != "--" }
        return options.indices.compactMap { index in
            if options[index] == option { return index + 1 < options.endIndex ? options[index + 1] : nil }
            return options[index].hasPrefix(option + "=") ? String(options[index].dropFirst(option.count + 1)) : nil
        }
    }
}

/// One sentence or heading in both languages, so that neither can be forgotten.
package struct Bilingual: Hashable, Sendable {
    package let vi: String
    package let en: String

    /// A text in both languages.
    package init(vi: String, en: String) {
        self.vi = vi
        self.en = en
    }

    /// The text in a language.
    package subscript(_ language: Language) -> String {
        switch language {
        case .vi: vi
        case .en: en
        }
    }

    /// The text with every `{name}` replaced by its value.
    package func filled(_ values: [String: String]) -> Bilingual {
        Bilingual(vi: Self.fill(vi, values), en: Self.fill(en, values))
    }

    /// The same, with `{why}` replaced by a sentence of each language.
    package func filled(_ values: [String: String], why: Bilingual) -> Bilingual {
        Bilingual(
            vi: Self.fill(vi, values.merging(["why": why.vi]) { $1 }), en: Self.fill(en, values.merging(["why": why.en]) { $1 }))
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            output += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            // One pass from left to right: a value that contains braces is not filled again.
            output += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return output + rest
    }
}
