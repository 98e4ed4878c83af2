// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Testing
import Vocabulary

@testable import etalon

/// A command line that the parser refuses, and what it says about it in Vietnamese.
private struct Mistake: CustomTestStringConvertible, Sendable {
    let line: [String]
    let vietnamese: String

    init(_ line: String..., says vietnamese: String) { (self.line, self.vietnamese) = (line, vietnamese) }

    var testDescription: String { line.joined(separator: " ") }

    static let all: [Mistake] = [
        .init("shwo", says: "Thừa đối số 'shwo'"), .init("sample", "list", "a", "b", says: "Thừa 2 đối số: 'a', 'b'"),
        .init("sample", "show", says: "Thiếu đối số '<number>'"), .init("due", "emit", says: "Thiếu đối số '--out <out>'"),
        .init("customer", "list", "--limt", "3", says: "Không có tùy chọn '--limt'. Có phải là '--limit'?"),
        .init("sample", "list", "--zzzzzzzzzz", says: "Không có tùy chọn '--zzzzzzzzzz'"),
        .init("sample", "list", "-x", says: "Không có tùy chọn '-x'"),
        .init("sample", "list", "--search", says: "Thiếu giá trị cho '--search <search>'"),
        .init("sample", "list", "--late=yes", says: "Tùy chọn '--late' không nhận giá trị, nhưng có 'yes'."),
        .init(
            "sample", "list", "--format", "xml",
            says: "Giá trị 'xml' không dùng được cho '--format <format>'. Hãy chọn 'table', 'json' hoặc 'csv'."),
        .init("due", "list", "--within", "soon", says: "Giá trị 'soon' không dùng được cho '--within <within>'"),
        .init("customer", "list", "--limit", "3.5", says: "Giá trị '3.5' không dùng được cho '--limit <limit>'"),
        .init(
            "import", "people", "x.csv",
            says: """
                Giá trị 'people' không dùng được cho '<kind>'. Hãy chọn một trong:
                  - customers
                  - sites
                  - instruments
                  - standards
                  - cards
                  - stamps
                """),
        .init(
            "instrument", "event", "P-1", "--seal-broken", "--stamp-lost",
            says: "Giá trị đặt bằng cờ '--stamp-lost' đã được đặt trước đó bằng cờ '--seal-broken'"),
        .init("sample", "custody", "M18-1", says: "nêu --to hoặc --place"),
        .init("measurement", "enter", "--file", "a", "--table", "b", says: "chỉ một trong --readings, --table, --file"),
        .init("due", "emit", "--out", "d", "--wait=-5", says: "--wait -5 phải từ 0 đến 86400 giây"),
        .init("due", "page", "--wait=99999999999", says: "--wait 99999999999 phải từ 0 đến 86400 giây"),
        .init("job", "lane", "mail", says: "nêu --limit, --rate hoặc --fair; `etalon job lanes` cho xem hiện tại"),
        .init("job", "lane", "mail", "--limit", "0", says: "--limit “0” phải là một số từ 1, hoặc none"),
        .init(
            "job", "lane", "mail", "--rate", "30 per minute",
            says: "--rate “30 per minute” phải có dạng SỐ/THỜI-GIAN như 5/s, 30/m, 100/2h, hoặc none"),
        .init(
            "job", "lane", "mail", "--rate", "5/0s",
            says: "--rate “5/0s” phải có dạng SỐ/THỜI-GIAN như 5/s, 30/m, 100/2h, hoặc none"),
        .init("job", "lane", "mail", "--fair", "perhaps", says: "--fair “perhaps” phải là yes hoặc no"),
    ]
}

@Suite("A command line that cannot be read")
struct UsageTests {
    private func end(_ line: [String], _ language: Vocabulary.Language) throws -> CommandLineEnd {
        let thrown = #expect(throws: (any Error).self) {
            var command = try Etalon.parseAsRoot(line)
            try command.run()
        }
        return CommandLineEnd(of: try #require(thrown), in: language)
    }

    @Test(arguments: Mistake.all)
    fileprivate func `is explained in Vietnamese, with its usage`(mistake: Mistake) throws {
        let end = try end(mistake.line, .vi)
        #expect(end.exitCode == 64)
        #expect(end.text.hasPrefix("Lỗi: \(mistake.vietnamese)\n"), "\(end.text)")
        #expect(end.text.contains("\nCách gọi: etalon ") && end.text.hasSuffix(" --help' để biết thêm.\n"), "\(end.text)")
        for word in ["Error", "Usage", "Help:", "See '", "option", "invalid", "Missing", "argument"] {
            #expect(!end.text.contains(word), "\(end.text)")
        }
        #expect(!end.text.contains("\u{1E}"))
    }

    @Test(arguments: Mistake.all)
    fileprivate func `is explained in English, as the parser says it`(mistake: Mistake) throws {
        let end = try end(mistake.line, .en)
        #expect(end.exitCode == 64 && end.text.hasPrefix("Error: ") && end.text.contains("\nUsage: etalon "))
        #expect(!end.text.contains("\u{1E}") && !end.text.contains("Lỗi") && !end.text.contains("nêu"), "\(end.text)")
    }

    @Test(arguments: [["--help"], ["sample", "--help"], ["sample", "receive", "--help"], ["help", "due"], ["--version"]])
    func `help is no error, and its headings are Vietnamese`(line: [String]) throws {
        let end = try end(line, .vi)
        #expect(end.exitCode == 0)
        for word in ["OVERVIEW", "USAGE", "OPTIONS:", "SUBCOMMANDS", "ARGUMENTS", "Show ", "(default", "(values", "See '"] {
            #expect(!end.text.contains(word), "\(end.text)")
        }
        #expect(line == ["--version"] || end.text.contains("CÁCH GỌI: etalon"))
    }

    @Test func `a verb that is not known is told, whatever stands before it`() throws {
        let line = ["--token-file", "x", "--lang", "vi", "sample", "shwo"]
        #expect(GlobalOptions.withoutLeading(line) == ["sample", "shwo"])
        let thrown = #expect(throws: (any Error).self) { try Etalon.parseAsRoot(GlobalOptions.placedLast(line)) }
        let cause = CommandLineEnd.cause(of: try #require(thrown), GlobalOptions.withoutLeading(line))
        #expect(CommandLineEnd(of: cause, in: .vi).text.hasPrefix("Lỗi: Thừa đối số 'shwo'\n"))
        let wrongOption = ["--format", "xml", "sample", "list"]
        let other = #expect(throws: (any Error).self) { try Etalon.parseAsRoot(GlobalOptions.placedLast(wrongOption)) }
        let kept = CommandLineEnd.cause(of: try #require(other), GlobalOptions.withoutLeading(wrongOption))
        #expect(CommandLineEnd(of: kept, in: .vi).text.hasPrefix("Lỗi: Giá trị 'xml' không dùng được"))
    }

    @Test func `a number below zero is judged as the value that it is`() throws {
        let line = GlobalOptions.withNegativesJoined(["due", "list", "--limit", "-1", "--overdue", "--", "--limit", "-1"])
        #expect(line == ["due", "list", "--limit=-1", "--overdue", "--", "--limit", "-1"])
        let list = try #require(try Etalon.parseAsRoot(Array(line.prefix(4))) as? DueList)
        #expect(list.page.limit == -1)
        let within = GlobalOptions.withNegativesJoined(["due", "list", "--within", "-5d"])
        let told = try end(within, .vi).text
        #expect(told.hasPrefix("Lỗi: Giá trị '-5d' không dùng được cho '--within <within>'"), "\(told)")
        #expect(GlobalOptions.withNegativesJoined(["-1", "a=b", "-2", "--x=1", "-3"]) == ["-1", "a=b", "-2", "--x=1", "-3"])
    }

    @Test(arguments: Mistake.all)
    fileprivate func `is one problem document where JSON was asked for`(mistake: Mistake) throws {
        let thrown = #expect(throws: (any Error).self) {
            var command = try Etalon.parseAsRoot(mistake.line)
            try command.run()
        }
        let end = CommandLineEnd(of: try #require(thrown), in: .vi, as: .json)
        let problem = try StrictJSON.decode(Problem.self, from: Array(end.text.utf8))
        #expect(end.exitCode == 64 && problem.kind == .badRequest && problem.detailVi == mistake.vietnamese)
        let (remedyVi, remedy) = try (#require(problem.remedyVi), #require(problem.remedy))
        #expect(remedyVi.contains("Cách gọi: etalon ") && remedy.contains("Usage: etalon "))
        // The first line of several is behind the sentence, not in it twice.
        #expect(!remedyVi.contains(mistake.vietnamese) && !remedyVi.contains("Usage") && !remedyVi.contains("\n"))
    }

    @Test func `the format of an error is the one asked for last`() {
        for (line, format) in [
            (["--format", "json", "sample", "shwo"], .json), (["sample", "shwo", "--format=csv"], .csv),
            (["--format", "xml"], nil), (["--format=json", "--format", "table"], .table), (["x", "--", "--format", "json"], nil),
            (["--format"], nil),
        ] as [([String], OutputFormat?)] {
            #expect(OutputFormat.named(in: line) == format)
        }
    }

    @Test func `a verb that ended with a code says nothing more`() {
        for code in [ExitCode.refused, .badInput, .unavailable] {
            let end = CommandLineEnd(of: etalon.end(code), in: .vi)
            #expect(end.text.isEmpty && end.exitCode == code.rawValue)
        }
    }

    @Test func `a fault that nobody foresaw is quoted, not taken for a wrong command line`() {
        struct Unforeseen: Error, CustomStringConvertible { let description = "disk on fire" }
        let end = CommandLineEnd(of: Unforeseen(), in: .vi)
        #expect(end.exitCode == 1 && end.text == "Lỗi của chương trình: “disk on fire”\n")
    }
}
