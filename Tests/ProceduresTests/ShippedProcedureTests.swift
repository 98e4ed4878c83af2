// SPDX-License-Identifier: Apache-2.0
import Catalogue
import Foundation
import Procedures
import Testing

/// Procedure files as shipped.
enum Shipped {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/procedures")

    static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).filter { $0.hasSuffix(".yaml") }.sorted()

    static func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }

    static func version(_ file: String) throws -> ProcedureVersion {
        try ProcedureFile.read(text(file), name: file)
    }
}

@Suite("Procedures as shipped")
struct ShippedProcedureTests {
    @Test func `every kind of work of the centre has its procedure`() throws {
        #expect(Shipped.files.count >= 20)
    }

    @Test(arguments: Shipped.files)
    func `a shipped procedure reads without a finding, and its worked examples come out digit for digit`(file: String) throws {
        let version = try Shipped.version(file)
        #expect(!version.content.examples.isEmpty)
        #expect(try CompiledProcedure(version.content).runExamples().isEmpty)
    }

    @Test(arguments: Shipped.files)
    func `what is stored of a procedure is what was read`(file: String) throws {
        let version = try Shipped.version(file)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        #expect(try decoder.decode(Procedure.self, from: Data(version.canonicalText.utf8)) == version.content)
    }

    @Test(arguments: Shipped.files)
    func `an expected digit that is wrong is found, with its line`(file: String) throws {
        let text = try Shipped.text(file)
        let version = try Shipped.version(file)
        let value = try #require(version.content.examples.last { !$0.results.isEmpty }?.results.last?.value)
        let last = try #require(
            text.range(of: "value: \"\(value)\"", options: .backwards) ?? text.range(of: "value: \(value)", options: .backwards))
        let line = text[..<last.lowerBound].count { $0 == "\n" } + 1
        let planted = text.replacingCharacters(in: last, with: "value: \"987654.321\"")
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(planted, name: file) }
        #expect(error.findings.map(\.line) == [line])
        #expect(error.description.contains("987654.321"))
    }
}
