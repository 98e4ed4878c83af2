// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Conventions")
struct ConventionTests {
    let project = SourceTree.project

    @Test(arguments: [("Sources", 400), ("Tests", 500)])
    func `a file is short enough to be read at once`(folder: String, longest: Int) {
        let long = project.files(below: folder, endings: ["swift"]).filter { $0.lines.count - 1 > longest }
            .map { "\($0.path): \($0.lines.count - 1) lines" }
        #expect(long.isEmpty, "\(long.joined(separator: "\n"))")
    }

    @Test(arguments: ["try!", "fatalError(", "preconditionFailure(", "nonisolated(unsafe)", "as!", "unsafeBitCast("])
    func `what ends the process or hides a race does not occur`(word: String) {
        expectNone(in: ["Sources", "Tests"]) { $0.contains(word) }
    }

    @Test(arguments: ["Thread" + ".sleep", "usleep(", "nanosleep("])
    func `no test waits for the clock`(word: String) {
        expectNone(in: ["Tests"]) { $0.contains(word) }
    }

    @Test(arguments: ["TODO", "FIXME"])
    func `nothing is left for later in a comment`(word: String) {
        var places: [String] = []
        for file in sources(["Sources", "Tests"]) {
            places += file.lines.enumerated().filter { $0.element.contains(word) }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    @Test func `an error that is dropped says why`() {
        var places: [String] = []
        for file in project.files(below: "Sources", endings: ["swift"]) {
            let lines = file.lines
            for (index, line) in lines.enumerated() where Self.dropsError(SourceFile.code(line)) {
                let around = lines[max(0, index - 2)...index]
                if !around.contains(where: { $0.contains("//") }) { places.append("\(file.path):\(index + 1)") }
            }
        }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    @Test func `only Postgres declares itself safe to share, and says why`() {
        for file in project.files(below: "Sources", endings: ["swift"]) {
            let lines = file.lines
            for (index, line) in lines.enumerated() where SourceFile.code(line).contains("@unchecked Sendable") {
                let before = index > 0 ? lines[index - 1].trimmingCharacters(in: .whitespaces) : ""
                #expect(file.module == "Postgres" && before.hasPrefix("//"), "\(file.path):\(index + 1)")
            }
        }
    }

    @Test func `every file names its licence in its first lines`() {
        let code =
            sources(["Sources", "Tests"], endings: ["swift", "c", "h"])
            + project.files(below: "renderer", endings: ["py"]) + project.files(below: "scripts", endings: ["", "sh", "py"])
        let bare = code.filter { !$0.lines.prefix(3).contains { $0.contains("SPDX-License-Identifier: Apache-2.0") } }
            .map(\.path)
        #expect(bare.isEmpty, "\(bare.joined(separator: "\n"))")
    }

    @Test func `a link of a document leads somewhere`() {
        let pages = ["README.md", "CONTRIBUTING.md"].compactMap(project.file) + project.files(below: "docs", endings: ["md"])
        var broken: [String] = []
        for page in pages {
            let folder = (page.path as NSString).deletingLastPathComponent
            for piece in page.text.components(separatedBy: "](").dropFirst() {
                let target = String(piece.prefix { $0 != ")" && $0 != "#" })
                guard !target.isEmpty, !target.contains("://") else { continue }
                let path = NSString.path(withComponents: [folder, target])
                if !project.holds((path as NSString).standardizingPath) { broken.append("\(page.path): \(target)") }
            }
        }
        #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
    }

    @Test func `every key of the shipped configuration is known to the daemon`() throws {
        let shipped = try #require(project.file("config/etalon.yaml"))
        let reader = try #require(project.file("Sources/etalond/Configuration/DaemonConfiguration.swift"))
        let list = try #require(reader.text.range(of: "static let keys = ["))
        let known = reader.text[list.upperBound...].prefix { $0 != "]" }.split(separator: "\"").map(String.init)
        let keys = ConfigurationKeys(shipped.text)
        #expect(!keys.set.isEmpty)
        #expect(keys.all.filter { !known.contains($0) } == [])
        let documented = known.filter { $0.contains { $0.isLetter } }
        #expect(documented.filter { !keys.all.contains($0) } == [], "keys that the file does not show")
    }

    private func sources(_ folders: [String], endings: Set<String> = ["swift"]) -> [SourceFile] {
        // These tests spell out what they look for.
        folders.flatMap { project.files(below: $0, endings: endings) }.filter {
            !$0.path.hasPrefix("Tests/ArchitectureTests/") || endings.count > 1
        }
    }

    private func expectNone(in folders: [String], where condition: (Substring) -> Bool) {
        let places = sources(folders).flatMap { $0.places(where: condition) }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    /// `try?` as an operator, and not the end of a word such as `ministry?`.
    private static func dropsError(_ code: Substring) -> Bool {
        guard let found = code.range(of: "try?") else { return false }
        return found.lowerBound == code.startIndex || !code[code.index(before: found.lowerBound)].isLetter
    }
}

/// The keys of a configuration file of two levels; a key that is shown but not set stands behind `#` and no blank.
struct ConfigurationKeys {
    /// Keys with a value, `listen.socket`.
    private(set) var set: [String] = []
    /// Keys that are set or shown.
    private(set) var all: [String] = []

    init(_ text: String) {
        var section = ""
        for line in text.split(separator: "\n") {
            let isShown = line.drop { $0 == " " }.hasPrefix("#")
            if isShown, line.drop(while: { $0 == " " }).hasPrefix("# ") { continue }
            let bare = isShown ? Substring(line.replacing("#", with: "", maxReplacements: 1)) : line
            let isNested = bare.hasPrefix("  ")
            let key = bare.drop { $0 == " " }.prefix { $0.isLowercase || $0 == "_" }
            let rest = bare.drop { $0 == " " }.dropFirst(key.count)
            guard !key.isEmpty, rest.hasPrefix(":") else { continue }
            if rest.dropFirst().allSatisfy({ $0 == " " }), !isNested {
                section = String(key)
            } else {
                let name = isNested ? "\(section).\(key)" : String(key)
                all.append(name)
                if !isShown { set.append(name) }
            }
        }
    }
}
