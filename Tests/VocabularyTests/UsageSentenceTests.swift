// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Vocabulary

@Suite("The argument parser's sentences in Vietnamese (swift-argument-parser 1.8)")
struct UsageSentenceTests {
    @Test(arguments: [
        ("Unknown option '--limt'", "Không có tùy chọn '--limt'"),
        ("Unknown option '--limt'. Did you mean '--limit'?", "Không có tùy chọn '--limt'. Có phải là '--limit'?"),
        ("Missing value for '--lang <lang>'", "Thiếu giá trị cho '--lang <lang>'"),
        (
            "Unknown option '-abc'\n   or: Missing value for '-a' in '-abc'",
            "Không có tùy chọn '-abc'\n   hoặc: Thiếu giá trị cho '-a' trong '-abc'"
        ),
        (
            "The option '--overdue' does not take any value, but 'x' was specified.",
            "Tùy chọn '--overdue' không nhận giá trị, nhưng có 'x'."
        ),
        ("Unexpected argument 'shwo'", "Thừa đối số 'shwo'"), ("2 unexpected arguments: 'a', 'b'", "Thừa 2 đối số: 'a', 'b'"),
        (
            "Value to be set with flag '--b' had already been set with flag 'a' in '-xa'",
            "Giá trị đặt bằng cờ '--b' đã được đặt trước đó bằng cờ 'a' trong '-xa'"
        ),
        ("Missing expected argument '<sample>'", "Thiếu đối số '<sample>'"),
        ("Missing one of: '--a', '--b'", "Thiếu một trong: '--a', '--b'"),
        (
            "The value 'xml' is invalid for '--format <format>'. Please provide one of 'table', 'json' or 'csv'.",
            "Giá trị 'xml' không dùng được cho '--format <format>'. Hãy chọn 'table', 'json' hoặc 'csv'."
        ),
        (
            "The value 'x' is invalid for '<kind>'. Please provide one of the following:\n  - customers\n  - sites",
            "Giá trị 'x' không dùng được cho '<kind>'. Hãy chọn một trong:\n  - customers\n  - sites"
        ),
        ("The value 'soon' is invalid for '--within <within>'", "Giá trị 'soon' không dùng được cho '--within <within>'"),
        ("Missing required subcommand.", "Thiếu lệnh con."), ("Invalid option: -é", "Tùy chọn không hợp lệ: -é"),
    ])
    func `say the same`(english: String, vietnamese: String) {
        #expect(UsageSentence.vietnamese(english) == vietnamese)
    }

    @Test(arguments: ["", "'", "Unknown option", "The value '' is invalid", "No such thing happened."])
    func `what has another form is not guessed`(sentence: String) {
        #expect(UsageSentence.vietnamese(sentence) == nil)
    }

    @Test func `what was typed stays as it was typed, whatever it looks like`() {
        #expect(UsageSentence.vietnamese("Unexpected argument '{value}'") == "Thừa đối số '{value}'")
        #expect(UsageSentence.vietnamese("Unexpected argument ''") == "Thừa đối số ''")
        #expect(
            UsageSentence.vietnamese("The value 'a' is invalid for 'b' is invalid for '<c>'")?.contains("'<c>'") == true)
    }

    @Test func `an unknown sentence of the parser is quoted within a general one`() {
        let told = UsageScreen.error("Error: Odd thing.\nUsage: etalon x", sentence: "Odd thing.", in: .vi)
        #expect(told == "Lỗi: Dòng lệnh không dùng được: “Odd thing.”\nCách gọi: etalon x")
    }

    @Test func `a sentence of the project passes through the parser in both languages`() {
        let joined = UsageScreen.joined(Bilingual(vi: "thiếu --instrument", en: "--instrument is missing"))
        let full = "Error: \(joined)\nUsage: etalon x <options>\n  See 'etalon x --help' for more information."
        #expect(UsageScreen.error(full, sentence: joined, in: .en).hasPrefix("Error: --instrument is missing\nUsage: "))
        #expect(
            UsageScreen.error(full, sentence: joined, in: .vi)
                == "Lỗi: thiếu --instrument\nCách gọi: etalon x <tùy chọn>\n  Xem 'etalon x --help' để biết thêm.")
    }

    /// The parser is pinned; this test speaks up when another version says something new.
    @Test(.enabled(if: ParserSource.isThere)) func `every sentence in the parser's source is known`() throws {
        let sentences = try ParserSource.sentences()
        #expect(sentences.count >= 20, "\(sentences)")
        for sentence in sentences { #expect(UsageSentence.vietnamese(sentence) != nil, "\(sentence)") }
    }

    @Test(.enabled(if: ParserSource.isThere)) func `the parser's frame of usage and help has no other words`() throws {
        let help = try ParserSource.text("HelpGenerator.swift")
        for word in ["\"OVERVIEW: ", "\"USAGE: ", "\"Arguments\"", "\"Subcommands\"", "\"Options\"", "for detailed help."] {
            #expect(help.contains(word), "\(word) is gone from the parser")
        }
        let message = try ParserSource.text("MessageInfo.swift")
        #expect(message.contains("for more information.") && message.contains("Help:  "))
    }
}

/// The argument parser's own source, as it was checked out for the build.
private enum ParserSource {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/checkouts/swift-argument-parser/Sources/ArgumentParser/Usage")

    static var isThere: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "UsageGenerator.swift").path())
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The sentences that it makes for an error, each place filled with something.
    static func sentences() throws -> [String] {
        let source = try text("UsageGenerator.swift")
        let generator = source.components(separatedBy: "struct ErrorMessageGenerator").last ?? ""
        let literals = generator.components(separatedBy: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            .joined(separator: "\n")
        // A literal over several lines, or on one.
        let pattern = /"""\n(?<long>[\s\S]*?)\n\s*"""|"(?<short>(?:\\\([^"\n]*?\)|[^"\n\\]|\\.)*)"/
        return literals.matches(of: pattern).compactMap { match in
            let raw = match.output.long.map(String.init) ?? match.output.short.map(String.init) ?? ""
            let lines = raw.split(separator: "\n", omittingEmptySubsequences: false)
            let indent = match.output.long == nil ? 0 : lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
            let sentence = filled(lines.map { $0.dropFirst(indent) }.joined(separator: "\n"))
            return isSentence(sentence) ? sentence : nil
        }
    }

    /// Sentences begin with a capital and say something; the rest are pieces of them.
    private static func isSentence(_ text: String) -> Bool {
        guard let first = text.first, first.isUppercase || text.hasPrefix("2 unexpected") else { return false }
        return text.contains(" ") && text.count > 12
    }

    private static func filled(_ literal: String) -> String {
        let parts: [(String, String)] = [
            (#"\(values.count)"#, "2"), (#"\(unknownOptionMessage)"#, "Unknown option '-ab'"),
            (#"\(missingValueMessage)"#, "Missing value for '-a'"), (#"\(customErrorMessage)"#, ""),
        ]
        let known = parts.reduce(literal) { $0.replacing($1.0, with: $1.1) }
        var output = ""
        var rest = known[...]
        while let open = rest.firstRange(of: #"\("#) {
            output += rest[..<open.lowerBound] + "x"
            var depth = 0
            rest = rest[open.upperBound...]
            while let letter = rest.popFirst() {
                if letter == "(" { depth += 1 }
                if letter == ")" {
                    if depth == 0 { break }
                    depth -= 1
                }
            }
        }
        return (output + rest).replacing(#"\'"#, with: "'")
    }
}
