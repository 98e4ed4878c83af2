// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@Suite("A procedure of the laboratory's own, from its file to the certificate")
struct TorqueWrenchTests {
    private static let folder = Installation.root + "/Examples/procedures"
    private static let procedure = folder + "/torque-wrench.yaml"
    private static let record = folder + "/torque-wrench-record.yaml"

    @Test func `the example is checked, loaded, followed, certified, signed and replayed`() async throws {
        let laboratory = try await Laboratory.shared.value
        let checked = try await laboratory.document("procedure", "validate", Self.procedure, by: .technician)
        #expect(checked["state"]?.text == "checked" && checked["examples"]?.number == 3)
        let forbidden = try await laboratory.etalon("procedure", "load", Self.procedure, by: .technician)
        #expect(forbidden.exitCode == 77)
        try await laboratory.done("procedure", "load", Self.procedure, by: .quality)
        let again = try await laboratory.document("procedure", "load", Self.procedure, by: .quality)
        #expect(again["state"]?.text == "unchanged")
        let shown = try await laboratory.done("procedure", "show", "HC-CLX", by: .technician)
        for part in ["Largest torque", "relative_error", "preload"] { #expect(shown.output.contains(part), "\(shown.output)") }

        try await equip(laboratory)
        let measured = try await laboratory.document(
            "measurement", "enter", "--file", try record(of: laboratory), by: .technician)
        #expect(measured["outcome"]?.text == "calibrated")
        let lines = try #require(measured["evaluation"]?.list)
        #expect(lines.prefix(3).map { $0["value"]?.text } == ["-0.9", "-1.06", "-1.17"])
        #expect(lines.prefix(3).map { $0["expanded_uncertainty"]?.text } == ["1.5", "0.71", "0.60"])
        #expect(lines.prefix(3).map { $0["verdict"]?.text } == ["pass", "pass", "pass"])
        let id = "\(Int(try #require(measured["id"]?.number)))"

        let issued = try await laboratory.document("certificate", "issue", id, by: .technician)
        let label = try #require(issued["label"]?.text)
        let pdf = try await laboratory.renderedPDF(of: label)
        #expect(try Data(contentsOf: URL(filePath: pdf)).starts(with: "%PDF-".utf8))
        for person in [Laboratory.Person.signatory, .head] {
            try await laboratory.done("sign", label, "--pin-file", laboratory.pinFile, by: person)
        }
        let code = try #require(issued["access_code"]?.text)
        let verified = try await laboratory.done("--format", "json", "certificate", "verify", code, by: nil).document()
        #expect(verified["status"]?.text == "valid")
        let replay = try await laboratory.document("replay", id, by: .manager)
        #expect(replay["verdict"]?.text == "identical")
        let everything = try await laboratory.etalon("replay", "--all", by: .manager)
        #expect(everything.exitCode == 0, "\(everything.output)")
    }

    /// Each mistake: what stands in the file, what is planted, and what the answer names in English and Vietnamese.
    @Test(arguments: [
        ("symbol: T_max, unit: N·m", "symbol: T_max, unit: Nmm²x", ":34:", "characteristics[0].unit"),
        ("model: stdev(T)/mean(T)", "model: stdev(T)/mean(TT)", ":76:12", "results[1].model"),
        ("model: stdev(T)/mean(T)", "model: stdev(T)/(mean(T)", ":76:12", "results[1].model"),
        ("value: \"-1.06\"", "value: \"-1.05\"", "-1.06", "examples[0].results[2].value"),
        ("  - {code: visual", "\t- {code: visual", ":28:", "tab"),
        ("reference: \"40.31\"", "reference: \"40,31\"", "40,31", "examples[0].readings[0].reference"),
    ])
    func `a mistake in the file is told with its place, and nothing is loaded`(
        _ part: String, _ planted: String, _ place: String, _ what: String
    ) async throws {
        let laboratory = try await Laboratory.shared.value
        let text = try String(contentsOf: URL(filePath: Self.procedure), encoding: .utf8)
            .replacing("HC-CLX", with: "HC-CLX-X")
        #expect(text.contains(part))
        let file = try laboratory.daemon.write(text.replacing(part, with: planted, maxReplacements: 1), to: "\(what).yaml")
        for language in Laboratory.Spoken.allCases {
            let refused = try await laboratory.etalon("procedure", "load", file, by: .quality, in: language)
            #expect(refused.exitCode == 65)
            #expect(refused.errors.contains(place) && refused.errors.contains(what), "\(refused.errors)")
        }
        let listed = try await laboratory.document("procedure", "list", "--kind", "calibration", by: .quality)
        #expect(!listed.items.contains { $0["code"]?.text == "HC-CLX-X" })
    }

    @Test func `a file that aliases blow up, that is not UTF-8 or too large is refused at once`() async throws {
        let laboratory = try await Laboratory.shared.value
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...11 {
            bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        let file = try laboratory.daemon.write(bomb, to: "bomb.yaml")
        for verb in [["procedure", "validate", file], ["measurement", "enter", "--file", file]] {
            let refused = try await laboratory.etalon(verb, by: .technician, seconds: 20)
            #expect(refused.exitCode == 65, "\(verb): \(refused.errors.prefix(400))")
        }
        // As a key it is compared with the other keys, value by value, before anyone counts.
        let asKey = try laboratory.daemon.write(bomb + "b: {? *a11 : 1, ? *a11 : 2}\n", to: "key.yaml")
        let refused = try await laboratory.etalon(["measurement", "enter", "--file", asKey], by: .technician, seconds: 20)
        #expect(
            refused.exitCode == 65 && refused.errors.contains("key.yaml, line 1: no anchors"), "\(refused.errors.prefix(400))")
        // Between brackets a key needs no blank behind its mark.
        let glued = try laboratory.daemon.write("b: [?&a [x], ?&b [*a]]\n", to: "glued.yaml")
        let unglued = try await laboratory.etalon(["measurement", "enter", "--file", glued], by: .technician, seconds: 20)
        #expect(
            unglued.exitCode == 65 && unglued.errors.contains("glued.yaml, line 1: no anchors"),
            "\(unglued.errors.prefix(400))")
        let large = try laboratory.daemon.write("# " + String(repeating: "x", count: 2_000_000), to: "large.yaml")
        let tooLarge = try await laboratory.etalon("procedure", "validate", large, by: .technician)
        #expect(tooLarge.exitCode == 65 && tooLarge.errors.contains("large.yaml") && tooLarge.errors.contains("500000"))
        let latin = laboratory.daemon.folder + "/latin.yaml"
        try Data([0x76, 0x69, 0x3A, 0x20, 0xE0, 0x0A]).write(to: URL(filePath: latin))
        let notText = try await laboratory.etalon("procedure", "validate", latin, by: .technician, in: .vi)
        #expect(notText.exitCode == 65 && notText.errors.contains("UTF-8"))
    }

    /// The instrument and the standard of the example's record, with the certificates they need.
    private func equip(_ laboratory: Laboratory) async throws {
        try await laboratory.done(
            "instrument", "add", "--code", "CLX-1", "--type", "C-TORQUE-WRENCH", "--site", "DD-1", "--put-in-use-on",
            "2024-03-01",
            "--serial", "604512K", "--maker", "Tohnichi", "--not-in-trade", "--set", "maximum_torque_nm=200", "--set",
            "division_nm=1",
            by: .reception)
        try await laboratory.done(
            "standard", "add", "DM-01", "--name-vi", "Đầu đo mô men lực 500 N·m", "--name-en", "Torque transducer 500 N·m",
            "--kind",
            "torque_transducer", "--serial", "0311", by: .quality)
        try await laboratory.done(
            "standard", "certificate", "DM-01", "--kind", "calibration", "--number", "V05.CN5.0123.26", "--organisation", "VMI",
            "--issued-on", "2026-03-10", "--valid-until", "2027-03-31", "--set", "expanded_uncertainty=0.5", "--set",
            "coverage_factor=2", "--set", "unit=%", by: .quality)
    }

    /// The example's record, of the instrument that was registered here.
    private func record(of laboratory: Laboratory) throws -> String {
        let text = try String(contentsOf: URL(filePath: Self.record), encoding: .utf8)
        return try laboratory.daemon.write(text.replacing("instrument: TB000001", with: "instrument: CLX-1"), to: "torque.yaml")
    }
}
