// SPDX-License-Identifier: Apache-2.0

/// What a program prints about its command line: an error with its usage, or a page of help.
///
/// The texts of the project's own verbs are in the reader's language already; here the parser's frame around them is.
/// - Source: swift-argument-parser 1.8.2, `MessageInfo` and `HelpGenerator`.
package enum UsageScreen {
    /// Stands between the Vietnamese and the English half of a sentence of the project that passes through the parser,
    /// which takes one text only.
    private static let border: Character = "\u{1E}"

    /// A sentence of the project, to be passed through the parser.
    package static func joined(_ sentence: Bilingual) -> String { "\(sentence.vi)\(border)\(sentence.en)" }

    /// An error of the command line as it is printed.
    ///
    /// - Parameters:
    ///   - full: the parser's whole text, with usage.
    ///   - sentence: the sentence in it.
    package static func error(_ full: String, sentence: String, in language: Language) -> String {
        let shown = language == .vi ? "Lỗi: " : "Error: "
        return shown + told(sentence, in: language) + usage(full, sentence: sentence)[language]
    }

    /// The sentence of an error of the command line, and how it is used, for a document that holds both languages.
    ///
    /// - Parameters:
    ///   - full: the parser's whole text, with usage.
    ///   - sentence: the sentence in it.
    package static func parts(_ full: String, sentence: String) -> (sentence: Bilingual, usage: Bilingual) {
        let usage = usage(full, sentence: sentence)
        return (
            Bilingual(vi: told(sentence, in: .vi), en: told(sentence, in: .en)),
            Bilingual(vi: oneLine(usage.vi), en: oneLine(usage.en))
        )
    }

    /// What stands behind the sentence.
    private static func usage(_ full: String, sentence: String) -> Bilingual {
        let opening = "Error: \(sentence)"
        let rest = full.hasPrefix(opening) ? String(full.dropFirst(opening.count)) : ""
        return Bilingual(vi: framed(rest), en: rest)
    }

    private static func oneLine(_ text: String) -> String {
        text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }

    /// A page of help as it is printed.
    package static func help(_ page: String, in language: Language) -> String {
        language == .vi ? framed(page) : page
    }

    private static func told(_ sentence: String, in language: Language) -> String {
        let halves = sentence.split(separator: border, omittingEmptySubsequences: false)
        if halves.count == 2 { return String(language == .vi ? halves[0] : halves[1]) }
        guard language == .vi else { return sentence }
        return UsageSentence.vietnamese(sentence) ?? "Dòng lệnh không dùng được: “\(sentence)”"
    }

    /// The parser's headings and notes, line by line.
    private static func framed(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { framed(line: String($0)) }.joined(separator: "\n")
    }

    private static func framed(line: String) -> String {
        if let heading = headings[line] { return heading }
        for (english, vietnamese) in openings where line.hasPrefix(english) {
            return vietnamese + inner(String(line.dropFirst(english.count)))
        }
        for (english, vietnamese) in references {
            if let values = SentencePattern(english).values(in: line) {
                return Bilingual(vi: vietnamese, en: "").filled(values.mapValues(inner)).vi
            }
        }
        return inner(line)
    }

    private static func inner(_ text: String) -> String {
        notes.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    private static let headings = [
        "ARGUMENTS:": "ĐỐI SỐ:", "OPTIONS:": "TÙY CHỌN:", "SUBCOMMANDS:": "LỆNH CON:",
    ]

    private static let openings = [
        ("OVERVIEW: ", "GIỚI THIỆU: "), ("USAGE: ", "CÁCH GỌI: "), ("Usage: ", "Cách gọi: "), ("Help:  ", "Giải thích:  "),
    ]

    private static let references = [
        ("  See '{command}' for more information.", "  Xem '{command}' để biết thêm."),
        ("  See '{command}' for detailed help.", "  Xem '{command}' để biết chi tiết."),
    ]

    private static let notes = [
        ("<subcommand>", "<lệnh con>"), ("<options>", "<tùy chọn>"), ("(default: ", "(mặc định: "), ("(values: ", "(giá trị: "),
        ("; default: ", "; mặc định: "), ("Show help information.", "Hiện trợ giúp."),
        ("Show the version.", "Hiện phiên bản."), ("Show subcommand help information.", "Hiện trợ giúp của lệnh con."),
    ]
}
