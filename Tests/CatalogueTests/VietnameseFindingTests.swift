// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Catalogue

@Suite("Findings in Vietnamese")
struct VietnameseFindingTests {
    @Test func `everything that the readers expect or find has a Vietnamese name`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Catalogue")
        var phrases: Set<String> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path()) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for match in text.matches(of: #/(?:expected|found):\s*"([^"\\]+)"/#) { phrases.insert(String(match.output.1)) }
            for match in text.matches(of: #/case \.[a-z]+(?:\([^)]*\))?: "((?:a|an|true|nothing)\b[^"\\]*)"/#) {
                phrases.insert(String(match.output.1))
            }
        }
        #expect(phrases.count > 12, "\(phrases)")
        for phrase in phrases { #expect(!CatalogueFinding.Problem.words(phrase).contains("“"), "\(phrase)") }
    }

    @Test func `a finding names its place first in either language`() {
        let finding = CatalogueFinding(
            file: "indicators.yaml", line: 7, column: 12, path: "lines[3].lod",
            problem: .wrongType(expected: "a text", found: "a list"))
        #expect(finding.vietnamese == "indicators.yaml:7:12: lines[3].lod: cần văn bản, gặp danh sách")
        #expect(finding.description == "indicators.yaml:7:12: lines[3].lod: expected a text, found a list")
        let whole = CatalogueFinding(file: "x.yaml", line: 0, column: 0, path: "", problem: .unreadable)
        #expect(CatalogueError(findings: [whole, finding]).vietnamese.split(separator: "\n").count == 2)
        #expect(CatalogueFinding.Problem.words("one of a, b") == "một trong a, b")
        #expect(CatalogueFinding.Problem.words("within 1...12") == "số trong khoảng 1...12")
        #expect(CatalogueFinding.Problem.words("something new") == "“something new”")
    }
}
