// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Testing
import Vocabulary

@testable import etalon

/// Every verb of the program, found by walking its groups.
private func verbs(_ type: any ParsableCommand.Type = Etalon.self) -> [any Verb.Type] {
    if let verb = type as? any Verb.Type { return [verb] }
    return type.configuration.subcommands.flatMap { verbs($0) }
}

/// A command line in words, quotes as a shell takes them.
private func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for letter in line {
        switch (quote, letter) {
        case (nil, " "):
            if !word.isEmpty { words.append(word) }
            word = ""
        case (nil, "\""), (nil, "'"): quote = letter
        case (letter?, _): quote = nil
        default: word.append(letter)
        }
    }
    return word.isEmpty ? words : words + [word]
}

@Suite("Command lines")
struct VerbTests {
    @Test func `every verb parses the example in its help`() throws {
        #expect(verbs().count > 80)
        for verb in verbs() {
            let line = words(verb.example)
            #expect(line.first == "etalon", "\(verb)")
            let parsed = try Etalon.parseAsRoot(Array(line.dropFirst()))
            #expect(type(of: parsed) == verb, "\(verb.example)")
        }
    }

    @Test func `every group and verb says what it does, and no two verbs have one name`() {
        func check(_ type: any ParsableCommand.Type) {
            let configuration = type.configuration
            #expect(!configuration.abstract.isEmpty, "\(type)")
            let names = configuration.subcommands.compactMap { $0.configuration.commandName }
            #expect(names.count == configuration.subcommands.count && Set(names).count == names.count, "\(type)")
            for part in configuration.subcommands { check(part) }
        }
        check(Etalon.self)
    }

    @Test func `the general options may stand before the verb or behind it`() throws {
        let line = GlobalOptions.placedLast(["--format", "json", "--no-color", "--lang=vi", "due", "list", "--overdue"])
        #expect(line == ["due", "list", "--overdue", "--format", "json", "--no-color", "--lang=vi"])
        let before = try #require(try Etalon.parseAsRoot(line) as? DueList)
        #expect(before.global.format == .json && before.global.lang == .vi && before.global.noColour)
        let behind = try #require(try Etalon.parseAsRoot(["due", "list", "--format", "json"]) as? DueList)
        #expect(behind.global.format == .json)
        #expect(GlobalOptions.placedLast(["--format", "json", "sign", "--", "-a"]) == ["sign", "--format", "json", "--", "-a"])
        #expect(GlobalOptions.placedLast(["--version"]) == ["--version"])
    }

    @Test(arguments: [("30d", 30), ("30", 30), ("0d", 0), ("3660d", 3660)])
    func `days ahead are written with or without d`(_ text: String, _ days: Int) {
        #expect(DaySpan(argument: text)?.days == days)
    }

    @Test(arguments: ["", "d", "-3", "3w", "3 d", "٣"])
    func `what is no number of days is refused`(_ text: String) {
        #expect(DaySpan(argument: text) == nil)
    }

    @Test func `results of a sample and of a column come to the same`() throws {
        let bySample = try ResultEnter.parse(["M18-1", "PET-RON=95,2", "PET-S=<10", "--not-measured", "PET-PB=hỏng máy"])
        #expect(bySample.results.map(\.value) == ["95,2", "<10", nil])
        #expect(bySample.results.map(\.notMeasured) == [nil, nil, "hỏng máy"])
        let column = try ResultEnter.parse(["--indicator", "PET-RON", "M18-1=95,2", "M18-2=95.0"])
        #expect(column.results.map(\.sample) == ["M18-1", "M18-2"])
        #expect(column.results.allSatisfy { $0.indicator == "PET-RON" })
        #expect(throws: (any Error).self) { try ResultEnter.parse(["PET-RON=95,2"]) }
        #expect(throws: (any Error).self) { try ResultEnter.parse(["M18-1", "95,2"]) }
    }

    @Test func `an event is named by a flag or by its kind, not by both`() throws {
        #expect(try InstrumentEvent.parse(["P-1", "--seal-broken"]).flag?.rawValue == "seal_broken")
        #expect(try InstrumentEvent.parse(["P-1", "owner-changed"]).kind == "owner-changed")
        #expect(throws: (any Error).self) { try InstrumentEvent.parse(["P-1"]) }
        #expect(throws: (any Error).self) { try InstrumentEvent.parse(["P-1", "moved", "--seal-broken"]) }
    }

    @Test func `a check and a stamp on the command line are read in full`() throws {
        let check = try #require(JudgedCheck(argument: "2/leak=fail:rò ở khớp nối")).check
        #expect(check.channel == 2 && check.step == "leak" && check.outcome == "fail" && check.note == "rò ở khớp nối")
        #expect(JudgedCheck(argument: "leak=maybe") == nil && JudgedCheck(argument: "x/leak=pass") == nil)
        let stamp = try #require(AffixedEvidence(argument: "stamp:KD18:000123:mặt trước")).evidence
        #expect(stamp.series == "KD18" && stamp.number == "000123" && stamp.place == "mặt trước")
        #expect(AffixedEvidence(argument: "stamp:KD18") == nil && AffixedEvidence(argument: "stamp::1") == nil)
        let nozzle = try #require(Nozzle(argument: "1:A95:qmax_l_min=40,qmin_l_min=5")).channel
        #expect(nozzle.number == 1 && nozzle.name == "A95" && nozzle.characteristics?["qmin_l_min"] == "5")
    }

    @Test func `usage errors exit with 64`() {
        for line in [["due", "emit"], ["nothing"], ["due", "list", "--within", "soon"], ["sample", "custody", "M18-1"]] {
            do {
                _ = try Etalon.parseAsRoot(line)
                Issue.record("\(line) was taken")
            } catch {
                #expect(Etalon.exitCode(for: error).rawValue == etalon.ExitCode.usage.rawValue)
            }
        }
    }
}
