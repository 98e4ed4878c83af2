// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabOperations

@Suite("Separated text (RFC 4180)")
struct ImportTextTests {
    private func fields(_ text: String) throws -> [[String]] {
        try fields(Array(text.utf8))
    }

    private func fields(_ bytes: [UInt8]) throws -> [[String]] {
        var reader = CommaSeparatedReader(bytes)
        var rows: [[String]] = []
        while let record = try reader.next() { rows.append(record.fields) }
        return rows
    }

    @Test func `quotes, separators and line ends inside quotes belong to the cell`() throws {
        #expect(try fields("a,b\r\n\"x,\"\"y\"\"\r\nz\",\r\n") == [["a", "b"], ["x,\"y\"\r\nz", ""]])
    }

    @Test(arguments: ["\r\n", "\n", "\r"]) func `lines end as any system ends them`(_ end: String) throws {
        #expect(try fields(["a,b", "1,2", "3,4"].joined(separator: end)) == [["a", "b"], ["1", "2"], ["3", "4"]])
    }

    @Test func `a file from a spreadsheet in Vietnamese is separated by semicolons and has decimal commas`() throws {
        #expect(try fields("\u{FEFF}mẫu;giá trị\n1;0,05\n") == [["mẫu", "giá trị"], ["1", "0,05"]])
    }

    @Test func `separators inside the quotes of the header do not count`() throws {
        #expect(try fields("\"a;b;c\",d\n1,2\n") == [["a;b;c", "d"], ["1", "2"]])
    }

    @Test func `blank rows are passed over and line numbers stay true`() throws {
        var reader = CommaSeparatedReader(Array("a,b\n\n,\n\"x\ny\",1\n2,3".utf8))
        var lines: [Int] = []
        while let record = try reader.next() { lines.append(record.line) }
        #expect(lines == [1, 4, 6])
    }

    @Test func `a line that is not UTF-8 is named`() {
        #expect(throws: CommaSeparatedError.notUTF8(line: 2)) {
            try fields(Array("a,b\n".utf8) + [0x43, 0xE2, 0x6E, 0x2C, 0x31])
        }
    }

    @Test func `UTF-16 is no text here`() {
        #expect(throws: CommaSeparatedError.zeroByte(line: 1)) { try fields([0x61, 0x00, 0x2C, 0x00]) }
    }

    @Test func `a quote that is never closed is named by the line that opened it`() {
        #expect(throws: CommaSeparatedError.quoteLeftOpen(line: 2)) { try fields("a,b\n\"x,1\n2,3\n") }
    }

    @Test func `text behind a closing quote is refused`() {
        #expect(throws: CommaSeparatedError.textBehindQuote(line: 2)) { try fields("a,b\n\"x\"y,1\n") }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5]) func `what was written is read again`(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let alphabet = ["a", "ệ", "\"", ",", ";", "\n", "\r\n", " ", "0", "é", "e\u{301}"]
        for _ in 0..<100 {
            let width = Int.random(in: 2...5, using: &random)
            let header = (0..<width).map { "c\($0)" }
            let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                ["x"]
                    + (1..<width).map { _ in
                        (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }
                            .joined()
                    }
            }
            for separator in [",", ";"] {
                let text = ([header] + rows).map { row in
                    row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: separator)
                }.joined(separator: "\r\n")
                #expect(try fields(text) == [header] + rows, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [UInt64(11), 12, 13]) func `bytes of any kind are read or refused, never more`(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let alphabet: [UInt8] = [0, 10, 13, 34, 44, 59, 65, 0xC3, 0xA9, 0xFF]
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            do { _ = try fields(bytes) } catch { #expect(error is CommaSeparatedError) }
        }
    }

    @Test(arguments: ImportKind.allCases) func `the example of a kind has every column and two rows`(kind: ImportKind) throws {
        var file = try ImportReading(Array(kind.example.utf8), kind: kind)
        var count = 0
        while try file.next() != nil { count += 1 }
        #expect(count == 2)
        #expect(file.ragged.errors == 0)
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
