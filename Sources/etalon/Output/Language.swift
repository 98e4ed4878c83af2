// SPDX-License-Identifier: Apache-2.0

/// The two languages the program speaks.
enum Language: String, CaseIterable, Sendable {
    case vi
    case en

    /// The language of a run: the option, then the variable LANG, then English.
    static func chosen(option: Language?, lang: String?) -> Language {
        if let option { return option }
        // "vi", "vi_VN", "vi_VN.UTF-8", "vi@…", but not "vie…" or "viking".
        let tag = lang?.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
        return tag?.lowercased() == "vi" ? .vi : .en
    }
}

/// One sentence or heading in both languages, so that neither can be forgotten.
struct Bilingual: Hashable, Sendable {
    let vi: String
    let en: String

    /// A text in both languages.
    init(vi: String, en: String) {
        self.vi = vi
        self.en = en
    }

    /// The text in a language.
    subscript(_ language: Language) -> String {
        switch language {
        case .vi: vi
        case .en: en
        }
    }

    /// The text with every `{name}` replaced by its value.
    func filled(_ values: [String: String]) -> Bilingual {
        func fill(_ text: String) -> String {
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
        return Bilingual(vi: fill(vi), en: fill(en))
    }
}
