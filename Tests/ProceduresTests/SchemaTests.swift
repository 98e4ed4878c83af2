// SPDX-License-Identifier: Apache-2.0
import Catalogue
import Foundation
import Procedures
import Testing

@Suite("Procedure files as examples, and the schema that editors complete keys by")
struct SchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Files of a folder that are procedures; a record of a measurement lies beside its procedure.
    private static func procedures(in folder: String) throws -> [(name: String, text: String)] {
        let folder = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
            .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix("-record.yaml") }
            .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }

    @Test func `an example that people start from reads without a finding and its worked examples hold`() throws {
        let examples = try Self.procedures(in: "Examples/procedures")
        #expect(examples.map(\.name) == ["torque-wrench.yaml"])
        for example in examples {
            let version = try ProcedureFile.read(example.text, name: example.name)
            #expect(version.content.examples.count >= 2, "\(example.name)")
            #expect(try CompiledProcedure(version.content).runExamples().isEmpty, "\(example.name)")
        }
    }

    @Test func `the schema accepts every procedure that is shipped`() throws {
        let all = try Self.procedures(in: "config/procedures") + Self.procedures(in: "Examples/procedures")
        #expect(all.count > 20)
        for (procedure, verdict) in zip(all, try Self.judge(all.map(\.text))) {
            #expect(verdict == "ok", "\(procedure.name): \(verdict)")
        }
    }

    @Test func `the schema refuses what the program refuses as well`() throws {
        let example = try #require(try Self.procedures(in: "Examples/procedures").first)
        let planted = [
            ("kind: calibration", "kind: verifcation"),
            ("family: force", "family: torque"),
            ("valid_from: 2026-01-01", "valid_from: 01/01/2026"),
            ("decimals: 2", "decimal: 2"),
            ("    of: point\n", "    of: points\n"),
            ("value: \"-1.06\"", "value: \"-1,06\""),
            ("{x: 10, y: 6}", "{x: \"ten\", y: 6}"),
            ("required: true, largest_uncertainty", "required: maybe, largest_uncertainty"),
            ("from: readings", "from: reading"),
            ("confidence: medium\n", ""),
            ("outcome: calibrated", "outcome: pass"),
        ]
        let texts = planted.map { example.text.replacingOccurrences(of: $0.0, with: $0.1) }
        let verdicts = try Self.judge(texts)
        #expect(verdicts.count == planted.count)
        for ((mistake, text), verdict) in zip(zip(planted, texts), verdicts) {
            #expect(text != example.text, "nothing to plant: \(mistake)")
            #expect(verdict.hasPrefix("bad\t"), "\(mistake): \(verdict)")
            #expect(throws: CatalogueError.self, "\(mistake)") { try ProcedureFile.read(text, name: example.name) }
        }
    }

    @Test func `whole numbers need no quotes wherever a number stands`() throws {
        let example = try #require(try Self.procedures(in: "Examples/procedures").first)
        let plain = example.text
            .replacingOccurrences(of: "lower: \"18\", upper: \"28\"", with: "lower: 18, upper: 28")
            .replacingOccurrences(of: "indicated: \"40\"", with: "indicated: 40")
        #expect(plain != example.text)
        let version = try ProcedureFile.read(plain, name: example.name)
        #expect(version.canonicalText == (try ProcedureFile.read(example.text, name: example.name).canonicalText))
    }

    // MARK: The judge

    /// Each text judged by jsonschema: `ok`, or `bad`, the place and why.
    private static func judge(_ texts: [String]) throws -> [String] {
        let python =
            ProcessInfo.processInfo.environment["ETALON_TEST_PYTHON"]
            ?? root.appending(path: ".build/test-python/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "no python with jsonschema at \(python); make it with: scripts/test-python .build/test-python")
        let lines = FileManager.default.temporaryDirectory.appending(path: "etalon-schema-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: lines) }
        try Data(try texts.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }.joined().utf8).write(
            to: lines)
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            root.appending(path: "scripts/judge-procedures.py").path,
            root.appending(path: "config/procedures/procedure.schema.json").path,
        ]
        process.environment = ["PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"]
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: lines)
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "scripts/judge-procedures.py failed")
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
