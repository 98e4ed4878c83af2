// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Imports")
struct ImportTests {
    let project = SourceTree.project

    @Test func `every module imports only what the table allows`() {
        var offences: [String] = []
        for file in project.files(below: "Sources", endings: ["swift"]) {
            for imported in file.imports where !ImportTable.allows(file.module, toImport: imported) {
                offences.append("\(file.path): \(file.module) may not import \(imported)")
            }
        }
        #expect(offences.isEmpty, "\(offences.joined(separator: "\n"))")
    }

    @Test func `every folder of Sources has its row in the table`() {
        #expect(Set(project.modules).subtracting(ImportTable.byModule.keys) == [])
    }

    @Test func `a module of the table imports only modules above it in the table`() {
        var known: Set<String> = []
        let own = Set(ImportTable.byModule.keys)
        for (module, imports) in ImportTable.allowed {
            let early = imports.intersection(own).subtracting(known)
            #expect(early.isEmpty, "\(module) stands before \(early.sorted())")
            known.insert(module)
        }
    }

    @Test func `Package.swift lets no module depend on what the table does not allow`() throws {
        let package = try #require(project.file("Package.swift"))
        let declared = PackageManifest(package.text).dependencies
        #expect(!declared.isEmpty)
        for (target, dependencies) in declared {
            let allowed = try #require(ImportTable.byModule[target], "no row for \(target)")
            let excess = dependencies.subtracting(allowed)
            #expect(excess.isEmpty, "\(target) depends on \(excess.sorted())")
        }
    }

    @Test func `what a module imports is a declared dependency of its own`() throws {
        let package = try #require(project.file("Package.swift"))
        let declared = PackageManifest(package.text).dependencies
        let others = ImportTable.system.union(["Foundation"])
        var offences: Set<String> = []
        for file in project.files(below: "Sources", endings: ["swift"]) {
            guard let dependencies = declared[file.module] else { continue }
            for imported in file.imports.subtracting(others)
            where !dependencies.contains(ImportTable.comesWith[imported] ?? imported) {
                offences.insert("\(file.module) imports \(imported) without declaring it")
            }
        }
        #expect(offences.isEmpty, "\(offences.sorted().joined(separator: "\n"))")
    }

    @Test func `docs/architecture.md shows the table as it is`() throws {
        let page = try #require(project.file("docs/architecture.md"))
        for (module, imports) in ImportTable.allowed {
            let row = try #require(page.lines.first { $0.hasPrefix("| `\(module)` |") }, "no row for \(module)")
            let cells = row.split(separator: "|", omittingEmptySubsequences: false)
            let shown = Set(cells[2].split { $0 == "," || $0 == "`" || $0 == " " || $0 == "–" }.map(String.init))
            #expect(shown == imports, "the row of \(module)")
        }
    }

    @Test(arguments: [
        ("import Glibc", "Glibc"), ("package import LabStore", "LabStore"), ("@preconcurrency import NIOCore", "NIOCore"),
        ("internal import struct Logging.Logger // why", "Logging"), ("    import Dispatch", "Dispatch"),
    ])
    func `a line that imports is read`(line: String, module: String) {
        #expect(SourceFile.importedModule(line[...]) == module)
    }

    @Test(arguments: ["// import Foundation", "/// Rows to import at once.", "let text = \"import everything\""])
    func `a line that only says import is no import`(line: String) {
        #expect(SourceFile.importedModule(line[...]) == nil)
    }
}

/// The targets of Package.swift with their dependencies, read as text.
struct PackageManifest {
    private(set) var dependencies: [String: Set<String>] = [:]

    init(_ text: String) {
        let code = text.split(separator: "\n").map(SourceFile.code).joined(separator: " ")
        let products = Self.products(in: code)
        let targets = code.range(of: "targets: [", options: .backwards).map { code[$0.upperBound...] } ?? ""
        for opening in ["module(\"", ".target(name: \"", ".executableTarget(name: \""] {
            for rest in targets.components(separatedBy: opening).dropFirst() {
                guard let quote = rest.firstIndex(of: "\"") else { continue }
                let name = String(rest[..<quote])
                dependencies[name] = Self.list(rest[rest.index(after: quote)...], products: products)
            }
        }
    }

    /// `let yams: … = .product(name: "Yams", …)` as yams → Yams.
    private static func products(in code: String) -> [String: String] {
        var found: [String: String] = [:]
        for piece in code.components(separatedBy: "let ").dropFirst() {
            guard let colon = piece.firstIndex(of: ":"), let start = piece.range(of: ".product(name: \"") else { continue }
            found[String(piece[..<colon])] = String(piece[start.upperBound...].prefix { $0 != "\"" })
        }
        return found
    }

    /// The dependencies in the rest of a target's line: the first list, unless the target ends before it.
    private static func list(_ rest: Substring, products: [String: String]) -> Set<String> {
        guard let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]"),
            rest.firstIndex(of: ")").map({ $0 > open }) ?? true
        else { return [] }
        let words = rest[rest.index(after: open)..<close].split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return Set(
            words.filter { !$0.isEmpty }.map { word in
                word.hasPrefix("\"") ? word.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) : products[word] ?? word
            })
    }
}
