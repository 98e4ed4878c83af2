// SPDX-License-Identifier: Apache-2.0

import EtalonTestSupport
import Testing

/// A command that is not done, and what the shell is told.
struct Refusal: CustomTestStringConvertible, Sendable {
    let what: String
    let words: [String]
    let person: Laboratory.Person?
    let exitCode: Int32

    init(_ what: String, _ words: String..., by person: Laboratory.Person?, exits exitCode: Int32) {
        (self.what, self.words, self.person, self.exitCode) = (what, words, person, exitCode)
    }

    var testDescription: String { what }

    /// `SAMPLE` and `FOLDER` stand for a sample of the test's own and for the daemon's folder.
    static let all: [Refusal] = [
        .init("an unknown sample", "sample", "show", "M99-99999", by: .technician, exits: 65),
        .init("an unknown instrument", "instrument", "show", "TB-000000", by: .technician, exits: 65),
        .init("an unknown document", "report", "show", "99999/2099/KQTN", by: .reviewer, exits: 65),
        .init("an unknown access code", "certificate", "verify", "ZZZZZZZZZZZZ", by: nil, exits: 65),
        .init("an unknown customer", "customer", "show", "KH-404", by: .reception, exits: 65),
        .init("a wrong unit", "result", "enter", "SAMPLE", "PET-PB=0,05 mg/kg", by: .technician, exits: 65),
        .init("two decimal signs", "result", "enter", "SAMPLE", "PET-PB=1.234,5", by: .technician, exits: 65),
        .init(
            "words instead of a number", "result", "enter", "SAMPLE", "PET-PB=nhiều", by: .technician,
            exits: 65),
        .init("an impossible value", "result", "enter", "SAMPLE", "PET-PB=11", by: .technician, exits: 65),
        .init("a value below zero", "result", "enter", "SAMPLE", "PET-PB=-0,05", by: .technician, exits: 65),
        .init("an empty value", "result", "enter", "SAMPLE", "PET-PB= ", by: .technician, exits: 65),
        .init(
            "an indicator that was not ordered", "result", "enter", "SAMPLE", "PET-GUM=1", by: .technician,
            exits: 65),
        .init(
            "a day to come", "result", "enter", "SAMPLE", "PET-PB=0,05", "--tested-on", "2999-12-31",
            by: .technician, exits: 65),
        .init(
            "a day that is none", "result", "enter", "SAMPLE", "PET-PB=0,05", "--tested-on", "2018-02-30",
            by: .technician, exits: 65),
        .init(
            "a second value without a reason", "result", "enter", "SAMPLE", "PET-RON=95,4", by: .technician,
            exits: 65),
        .init(
            "a wrong role at the bench", "result", "enter", "SAMPLE", "PET-PB=0,05", by: .reception, exits: 77
        ),
        .init(
            "a wrong role at the counter", "customer", "add", "--name", "Ai đó", by: .technician, exits: 77),
        .init("a wrong role in the office", "audit", "log", by: .technician, exits: 77),
        .init(
            "a token nobody gave", "--token-file", "FOLDER/made-up.token", "sample", "list", by: nil,
            exits: 77),
        .init(
            "a token file that is not there", "--token-file", "FOLDER/none", "sample", "list", by: nil,
            exits: 65),
        .init("no daemon", "--server", "FOLDER/nobody.sock", "sample", "list", by: .technician, exits: 69),
        .init("no address", "--server", "ftp://example.vn", "sample", "list", by: .technician, exits: 64),
        .init(
            "a change since it was read", "customer", "edit", "KH-1", "--phone", "0292", "--revision", "99",
            by: .reception, exits: 75),
        .init(
            "a name that is taken", "staff", "add", "reception", "--name", "Ai đó", by: .administrator,
            exits: 65),
        .init("a report before its results", "report", "issue", "SAMPLE", by: .reviewer, exits: 1),
        .init(
            "an approval before the results", "result", "approve", "SAMPLE", "--indicator", "PET-PB",
            by: .reviewer, exits: 1),
        .init(
            "a sheet with a wrong header", "result", "import", "FOLDER/header.csv", "--apply",
            by: .technician, exits: 65),
        .init(
            "a sheet in another encoding", "result", "import", "FOLDER/utf16.csv", "--apply", by: .technician,
            exits: 65),
        .init(
            "a sheet that is not there", "result", "import", "FOLDER/none.csv", "--apply", by: .technician,
            exits: 65),
    ]

    /// The files that the words name.
    static func prepare(_ daemon: RunningDaemon, sample: String) throws {
        try daemon.write("khong-ai-cap\n", to: "made-up.token")
        try daemon.write("mẫu,chỉ tiêu\n\(sample),PET-PB\n", to: "header.csv")
        try daemon.write("s\0a\0m\0p\0l\0e\0,\0", to: "utf16.csv")
    }
}

@Suite("What is refused")
struct RefusalTests {
    @Test(arguments: Refusal.all)
    func `is said in one clear line in either language, with its exit code, and changes nothing`(
        refusal: Refusal
    ) async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample()
        try await laboratory.done("result", "enter", sample, "PET-RON=95,2", by: .technician)
        try Refusal.prepare(laboratory.daemon, sample: sample)
        let before = try await laboratory.everything(of: sample)
        let words = refusal.words.map {
            $0.replacing("SAMPLE", with: sample).replacing("FOLDER", with: laboratory.daemon.folder)
        }

        let english = try await laboratory.etalon(words, by: refusal.person, in: .en)
        let vietnamese = try await laboratory.etalon(words, by: refusal.person, in: .vi)
        #expect(english.exitCode == refusal.exitCode, "\(english.output)\(english.errors)")
        #expect(vietnamese.exitCode == refusal.exitCode)
        expectClear(english, opening: ["Error: ", "Refused: "])
        expectClear(vietnamese, opening: ["Lỗi: ", "Từ chối: "])
        #expect(english.errors != vietnamese.errors)

        let machine = try await laboratory.etalon(["--format", "json"] + words, by: refusal.person)
        #expect(machine.exitCode == refusal.exitCode)
        #expect(machine.output.isEmpty && machine.errorLines.count == 1, "\(machine.output)\(machine.errors)")
        try expectBilingual(try JSONDocument(machine.errors))
        #expect(try await laboratory.everything(of: sample) == before)
    }

    /// One sentence at the margin; reasons and advice stand indented below it; no word of the machine room.
    private func expectClear(_ run: ProgramRun, opening: [String]) {
        #expect(run.output.isEmpty)
        let lines = run.errorLines
        #expect(opening.contains { lines.first?.hasPrefix($0) == true }, "\(run.errors)")
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") }, "\(run.errors)")
        for word in ["SELECT", "INSERT", "SQLSTATE", "libpq", "Fatal", "Optional(", "PostgresError"] {
            #expect(!run.errors.contains(word), "\(run.errors)")
        }
    }

    private func expectBilingual(_ problem: JSONDocument) throws {
        #expect(problem["type"]?.text?.hasPrefix("urn:etalon:problem:") == true)
        let pairs =
            [(problem["detail_vi"]?.text, problem["detail"]?.text)]
            + (problem["reasons"]?.list ?? []).map { ($0["vi"]?.text, $0["en"]?.text) }
        for (vietnamese, english) in pairs {
            #expect(vietnamese?.isEmpty == false && english?.isEmpty == false, "\(problem)")
            #expect(vietnamese != english, "\(problem)")
            // A fault of input begins with the field as it has to be written.
            let sentence = (vietnamese ?? "").split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
            #expect(VietnameseReader.strangers(in: sentence, quotesAreTyped: true).isEmpty, "\(problem)")
        }
    }
}

@Suite("How the command line is used")
struct UsageTests {
    @Test(arguments: [
        ["sample", "shwo"], ["sample", "show"], ["result", "enter", "M18-00001", "PET-RON"],
        ["--format", "xml", "sample", "list"],
    ])
    func `a command that cannot be read ends with 64`(words: [String]) async throws {
        let laboratory = try await Laboratory.shared.value
        let run = try await laboratory.etalon(words, by: .technician)
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    @Test func `a sheet with an empty cell names its line and column, and no row of it is written`()
        async throws
    {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample()
        let sheet = try laboratory.daemon.write(
            "sample,indicator,value,not_measured,tested_on,reason\n\(sample),PET-RON,\"95,2\",,,\n\(sample),PET-PB,,,,\n",
            to: "empty-cell-\(sample).csv")
        let before = try await laboratory.everything(of: sample)
        let run = try await laboratory.etalon(
            "--format", "json", "result", "import", sheet, "--apply", by: .technician)
        #expect(run.exitCode == 65)
        let verdicts = try run.document()["rows"]?.list ?? []
        #expect(verdicts.map { $0["verdict"]?.text } == ["ok", "error"])
        #expect(verdicts.last?["line"]?.number == 3)
        #expect(verdicts.last?["messages"]?.list.first?["field"]?.text == "value")
        #expect(try await laboratory.everything(of: sample) == before)
    }

    @Test(arguments: ["ND", "KPH", "<0,0025"])
    func `what was not detected is recorded as it was said`(said: String) async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-PB"])
        let entered = try await laboratory.document(
            "result", "enter", sample, "PET-PB=\(said)", by: .technician)
        #expect(entered.items.first?["text"]?.text == said)
    }
}
