// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite struct `Mistakes in master data` {
    /// The only finding, compared without its path.
    private func expectOnly(
        _ problem: CatalogueFinding.Problem, in file: String, line: Int, _ findings: [CatalogueFinding],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(findings.map(\.problem) == [problem], sourceLocation: sourceLocation)
        #expect(findings.map(\.file) == [file], sourceLocation: sourceLocation)
        #expect(findings.map(\.line) == [line], sourceLocation: sourceLocation)
    }

    @Test func `an unknown key is named with its line and the nearest known key`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("methd_name:", insteadOf: "method_name:", in: "indicators.yaml")
        let findings = try folder.findings()
        expectOnly(
            .unknownKey("methd_name", nearest: "method_name"), in: "indicators.yaml", line: line, findings)
        let finding = try #require(findings.first)
        #expect(finding.description.hasPrefix("indicators.yaml:\(line):17: lines["))
        #expect(finding.description.hasSuffix("unknown key 'methd_name', nearest known key 'method_name'"))
    }

    @Test func `a bare decimal is refused because it would lose its digits`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("lod: 0.10", insteadOf: "lod: \"0.1\"", in: "indicators.yaml")
        expectOnly(.unquotedDecimal("0.10"), in: "indicators.yaml", line: line, try folder.findings())
    }

    @Test func `a bare whole number as a limit is refused too`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("lower: 95}", insteadOf: "lower: \"95\"}", in: "specifications.yaml")
        expectOnly(.unquotedDecimal("95"), in: "specifications.yaml", line: line, try folder.findings())
    }

    @Test func `a decimal comma is refused in master data`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("lod: \"0,1\"", insteadOf: "lod: \"0.1\"", in: "indicators.yaml")
        expectOnly(
            .invalidValue("0,1", expected: "a decimal with a point"), in: "indicators.yaml", line: line,
            try folder.findings())
    }

    @Test func `two versions that hold on one day are refused`() throws {
        let folder = try PlantedFolder()
        try folder.plant(
            "valid_from: 2017-12-31", insteadOf: "valid_from: 2018-01-01", in: "procedures/dlvn-10-2017.yaml")
        let findings = try folder.findings()
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.file == "procedures/dlvn-10-2017.yaml")
        guard case .overlappingValidity("DLVN-10", _) = finding.problem else {
            Issue.record("another problem: \(finding)")
            return
        }
    }

    @Test func `an overlap of cycles is reported for every rule of the table`() throws {
        let folder = try PlantedFolder()
        try folder.plant(
            "valid_to: 2020-01-01", insteadOf: "valid_to: 2019-12-31", in: "instrument_types.yaml")
        let findings = try folder.findings()
        #expect(findings.count == 82)
        #expect(findings.allSatisfy { $0.line > 0 && $0.file == "instrument_types.yaml" })
    }

    @Test func `a reference to nothing is refused`() throws {
        let folder = try PlantedFolder()
        try folder.plant("matrix: shrimps", insteadOf: "matrix: shrimp", in: "indicators.yaml")
        let findings = try folder.findings()
        #expect(
            findings.contains { $0.problem == .unresolved(kind: "matrix", code: "shrimps") && $0.line > 0 })
    }

    @Test func `a limit for a line of another matrix is refused`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("line: DO-S,", insteadOf: "line: PET-RON,", in: "specifications.yaml")
        expectOnly(
            .unresolved(kind: "line of matrix gasoline", code: "DO-S"), in: "specifications.yaml", line: line,
            try folder.findings())
    }

    @Test func `a limit that limits nothing is refused`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant(
            "{line: PET-RON}", insteadOf: "{line: PET-RON, lower: \"92\"}", in: "specifications.yaml")
        expectOnly(.missingKey("upper"), in: "specifications.yaml", line: line, try folder.findings())
    }

    @Test func `a code used twice is refused with the line of its first use`() throws {
        let folder = try PlantedFolder()
        let line = try folder.append(
            "  - {day: 2017-01-01, vi: \"Tết\", en: \"New Year\", source: \"law\"}\n", to: "holidays.yaml")
        let findings = try folder.findings()
        #expect(findings.count == 1)
        guard case .duplicateCode("2017-01-01", let first)? = findings.first?.problem else {
            Issue.record("no duplicate found")
            return
        }
        #expect(first > 0 && first < line)
        #expect(findings.first?.line == line)
    }

    @Test func `a day that the calendar does not have is refused`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("day: 2017-02-29", insteadOf: "day: 2017-01-01", in: "holidays.yaml")
        expectOnly(
            .invalidValue("2017-02-29", expected: "a day YYYY-MM-DD"), in: "holidays.yaml", line: line,
            try folder.findings())
    }

    @Test func `a name in decomposed Unicode is refused`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant(
            "Thực phẩm".decomposedStringWithCanonicalMapping, insteadOf: "Thực phẩm", in: "fields.yaml")
        let findings = try folder.findings()
        #expect(findings.map(\.line) == [line])
        guard case .notNormalised? = findings.first?.problem else {
            Issue.record("form not noticed")
            return
        }
    }

    @Test func `a limit for a point that is not there is refused`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant(
            "{points: [qmaxx, qmin]", insteadOf: "{points: [qmax, qmin]", in: "procedures/dlvn-10-2013.yaml")
        let finding = try #require(try folder.findings().first)
        #expect(finding.file == "procedures/dlvn-10-2013.yaml" && finding.line == line)
        #expect(finding.problem.sentence == "no point has the code 'qmaxx'")
    }

    @Test func `a procedure whose worked example comes out differently is not loaded`() throws {
        let folder = try PlantedFolder()
        let line = try folder.plant("value: \"0.3001\"", insteadOf: "value: \"0.3000\"", in: "procedures/dlvn-10-2013.yaml")
        let finding = try #require(try folder.findings().first)
        #expect(finding.line == line && finding.problem.sentence == "comes out as 0.3000, not 0.3001")
    }

    @Test func `a periodic control without a cycle is refused`() throws {
        let folder = try PlantedFolder()
        try folder.plant(
            "controls: [initial, periodic]", insteadOf: "controls: [initial]", in: "instrument_types.yaml")
        let findings = try folder.findings()
        #expect(findings.count == 1)
        #expect(findings.first?.path.hasSuffix("cycle_months") == true)
    }

    @Test func `a file that is not YAML is reported with the line of the fault`() throws {
        let folder = try PlantedFolder()
        let line = try folder.append("  - {day: 2031-01-01\n", to: "holidays.yaml")
        let findings = try folder.findings()
        #expect(findings.count == 1)
        let finding = try #require(findings.first)
        #expect(finding.file == "holidays.yaml" && finding.line >= line)
    }

    @Test func `a missing file is reported beside everything else`() throws {
        let folder = try PlantedFolder()
        try FileManager.default.removeItem(atPath: "\(folder.path)/holidays.yaml")
        try folder.plant("lod: 0.10", insteadOf: "lod: \"0.1\"", in: "indicators.yaml")
        let problems = try folder.findings().map(\.problem)
        #expect(problems == [.unreadable, .unquotedDecimal("0.10")])
    }

    @Test func `every mistake of all files is told at once, by file and line`() throws {
        let folder = try PlantedFolder()
        try folder.plant("vii:", insteadOf: "vi:", in: "fields.yaml")
        try folder.plant("lod: 0.10", insteadOf: "lod: \"0.1\"", in: "indicators.yaml")
        try folder.plant("kind: numerical", insteadOf: "kind: numeric", in: "indicators.yaml")
        try folder.plant("family: weight", insteadOf: "family: mass", in: "instrument_types.yaml")
        let findings = try folder.findings()
        #expect(findings.count == 5)
        #expect(Set(findings.map(\.file)) == ["fields.yaml", "indicators.yaml", "instrument_types.yaml"])
        let places = findings.map { "\($0.file) \(1000 + $0.line)" }
        #expect(places == places.sorted())
    }
}
