// SPDX-License-Identifier: Apache-2.0

import Testing

/// A laboratory at work: a running daemon, a person for each role, a customer with a filling station.
final class Laboratory: Sendable {
    /// Who sits at the keyboard.
    enum Person: String, CaseIterable, Sendable {
        case reception, technician, reviewer, signatory, head, manager, quality, administrator

        var role: String { self == .head ? "signatory" : rawValue }
    }

    /// The language of the person's terminal.
    enum Spoken: String, CaseIterable, Sendable {
        case vi = "vi_VN.UTF-8"
        case en = "en_US.UTF-8"
    }

    /// The one laboratory of a test run, which every test shares that harms nobody.
    static let shared = Task { try await Laboratory() }

    static let pin = "271828"

    let daemon: RunningDaemon

    /// Starts a daemon and equips the laboratory through its own commands.
    init() async throws {
        daemon = try await RunningDaemon()
        try await daemon.start()
        try await employ()
        try daemon.write(Self.pin + "\n", to: "pin")
        for (person, level, title) in [
            (Person.signatory, "laboratory_head", "TRƯỞNG PHÒNG"), (.head, "head", "GIÁM ĐỐC"),
        ] {
            try await done("pin", "set", "--pin-file", pinFile, by: person)
            try await done(
                "authorisation", "signing", person.rawValue, "--level", level, "--title-vi", title,
                "--title-en", level,
                "--valid-from", "2017-01-01", "--decision", "12/QĐ-TTKT", by: .quality)
        }
        try await done(
            "customer", "add", "--code", "KH-1", "--name", "DNTN Xăng dầu Hòa Bình", "--address",
            "12 Trần Phú",
            by: .reception)
        try await done(
            "site", "add", "--code", "DD-1", "--customer", "KH-1", "--name", "Cửa hàng xăng dầu số 1",
            "--kind",
            "fuel_station", "--place", "31135", by: .reception)
    }

    /// The owner of the daemon's process is administrator until there is one, who therefore comes last.
    private func employ() async throws {
        for person in Person.allCases where person != .administrator { try await employ(person) }
        try await employ(.administrator)
    }

    private func employ(_ person: Person) async throws {
        let name = "Nguyễn Thị \(person.rawValue)"
        let grant = person == .administrator ? [] : ["--role", person.role]
        try await done(["staff", "add", person.rawValue, "--name", name] + grant, by: nil)
        try await done(
            ["token", "add", person.rawValue, "--label", "máy thử", "--out", token(of: person)], by: nil)
        if person == .administrator {
            try await done(["staff", "grant", person.rawValue, person.role], by: nil)
        }
    }

    var pinFile: String { daemon.folder + "/pin" }
    func token(of person: Person) -> String { "\(daemon.folder)/\(person.rawValue).token" }

    // MARK: Commands

    /// Runs `etalon` as a person; nobody in particular is whoever runs the tests.
    func etalon(
        _ words: [String], by person: Person? = nil, in language: Spoken = .en, seconds: Int = 60
    ) async throws -> ProgramRun {
        try await ProgramRun.of(
            Installation.etalon, arguments(words, by: person), environment: environment(language),
            seconds: seconds)
    }

    func etalon(_ words: String..., by person: Person? = nil, in language: Spoken = .en) async throws
        -> ProgramRun
    {
        try await etalon(words, by: person, in: language)
    }

    /// Runs `etalon` at a terminal.
    func terminal(_ words: String..., by person: Person, in language: Spoken) throws -> Terminal {
        try Terminal(Installation.etalon, arguments(words, by: person), environment: environment(language))
    }

    /// Runs `etalond`, with the owner's connection to the running database.
    func etalond(_ words: String...) async throws -> ProgramRun {
        try await ProgramRun.of(
            Installation.etalond, words,
            environment: [
                "ETALON_DATABASE": daemon.connection(as: "etalon"),
                "ETALON_DATABASE_OWNER": daemon.connection(as: "etalon_owner"),
            ])
    }

    /// Runs `etalon`, which must do what it is told.
    @discardableResult
    func done(
        _ words: [String], by person: Person?, in language: Spoken = .en,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> ProgramRun {
        let run = try await etalon(words, by: person, in: language)
        try #require(
            run.exitCode == 0, "etalon \(words.joined(separator: " ")): \(run.errors)", sourceLocation: place)
        return run
    }

    @discardableResult
    func done(
        _ words: String..., by person: Person?, in language: Spoken = .en,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> ProgramRun {
        try await done(words, by: person, in: language, at: place)
    }

    /// The document that `--format json` prints.
    func document(_ words: String..., by person: Person, at place: SourceLocation = #_sourceLocation)
        async throws -> JSONDocument
    {
        try await done(["--format", "json"] + words, by: person, at: place).document()
    }

    private func arguments(_ words: [String], by person: Person?) -> [String] {
        (person.map { ["--token-file", token(of: $0)] } ?? []) + words
    }

    private func environment(_ language: Spoken) -> [String: String] {
        [
            "ETALON_SERVER": daemon.socket, "LANG": language.rawValue, "HOME": daemon.folder, "TERM": "xterm",
            "NO_COLOR": "1",
        ]
    }
}

// MARK: - Samples and reports

extension Laboratory {
    /// Receives a petrol sample and returns its number.
    func receivedSample(indicators: [String] = ["PET-RON", "PET-PB", "PET-S"]) async throws -> String {
        let asked = indicators.flatMap { ["--indicator", $0] }
        let order = try await done(
            [
                "--format", "json", "sample", "receive", "--customer", "KH-1", "--site", "DD-1", "--matrix",
                "gasoline",
                "--description", "Xăng RON 95-III", "--specification", "XANG-RON95-III",
            ] + asked, by: .reception
        ).document()
        return try #require(order["samples"]?.list.first?["number"]?.text)
    }

    /// A sample whose results are entered and approved.
    func approvedSample() async throws -> String {
        let sample = try await receivedSample()
        try await done(
            "result", "enter", sample, "PET-RON=95,2", "PET-PB=<0,0025", "PET-S=10", by: .technician)
        try await done("result", "approve", sample, by: .reviewer)
        return sample
    }

    /// Freezes the report of a sample and returns its label.
    func frozenReport(of sample: String) async throws -> String {
        let report = try await document("report", "issue", sample, by: .reviewer)
        return try #require(report["label"]?.text)
    }

    /// A report that is rendered and signed twice.
    func issuedReport(of sample: String) async throws -> String {
        let label = try await frozenReport(of: sample)
        try await renderedPDF(of: label)
        try await done("sign", label, "--pin-file", pinFile, by: .signatory)
        try await done("sign", label, "--pin-file", pinFile, by: .head)
        return label
    }

    /// Waits for the PDF of a document and returns its path.
    @discardableResult
    func renderedPDF(of label: String, to name: String = "\(UInt32.random(in: 0 ... .max)).pdf") async throws
        -> String
    {
        let path = "\(daemon.folder)/\(name)"
        try await done("report", "pdf", label, "--out", path, "--wait", "30", by: .reviewer)
        return path
    }

    /// What is known of a sample and of every version of its results, for "nothing changed".
    func everything(of sample: String) async throws -> [JSONDocument] {
        [
            try await document("sample", "show", sample, by: .technician),
            try await document("result", "history", sample, by: .reviewer),
        ]
    }
}

// MARK: - A laboratory that may come to harm

extension Laboratory {
    /// Gives a test a laboratory of its own and clears it away.
    static func withOwn(_ body: (Laboratory) async throws -> Void) async throws {
        let own = try await Laboratory()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(own)) } catch { outcome = .failure(error) }
        try await blocking { own.daemon.stopAndRemove() }
        try outcome.get()
    }
}
