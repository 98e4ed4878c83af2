// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The project as files: what is there and what it says.
struct SourceTree {
    /// The folder that holds Package.swift.
    let root: URL

    /// Finds the project from the place of this file, through links.
    static let project: SourceTree = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
            folder.deleteLastPathComponent()
        }
        return SourceTree(root: folder)
    }()

    /// Files below a folder with one of the endings, by their path from the root, in order.
    func files(below folder: String, endings: Set<String>) -> [SourceFile] {
        let start = root.appending(path: folder).path
        let names = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
        return names.filter { endings.contains(($0 as NSString).pathExtension) && !$0.contains("__pycache__") }
            .sorted()
            .compactMap { file("\(folder)/\($0)") }
    }

    /// One file, when it is there and holds text.
    func file(_ path: String) -> SourceFile? {
        guard let bytes = FileManager.default.contents(atPath: root.appending(path: path).path),
            let text = String(bytes: bytes, encoding: .utf8)
        else { return nil }
        return SourceFile(path: path, text: text)
    }

    /// Whether a file or folder is there.
    func holds(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// Names of the modules: the folders of Sources.
    var modules: [String] {
        let folder = root.appending(path: "Sources").path
        // Without the folder there is no module, and the tests that count them say so.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}

/// One file of the project.
struct SourceFile {
    /// Path from the root.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The folder below Sources in which it lies.
    var module: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    /// What the file imports, each module once, a submodule by its module.
    var imports: Set<String> {
        Set(lines.lazy.filter { $0.contains("import ") }.compactMap(Self.importedModule))
    }

    /// The module that a line imports; nil for any other line.
    static func importedModule(_ line: Substring) -> String? {
        var words = code(line).split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") || accessLevels.contains(word) { words.removeFirst() }
        guard words.popFirst() == "import", var name = words.popFirst() else { return nil }
        if declarationKinds.contains(name), let next = words.popFirst() { name = next }
        return name.split(separator: ".").first.map(String.init)
    }

    private static let accessLevels: Set<Substring> = ["package", "internal", "private", "fileprivate", "public"]
    private static let declarationKinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "func", "typealias", "var", "let",
    ]

    /// Lines with their numbers whose code, without its comments, fulfils a condition.
    func places(where condition: (Substring) -> Bool) -> [String] {
        lines.enumerated().filter { condition(Self.code($0.element)) }
            .map { "\(path):\($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))" }
    }

    /// A line up to its comment. A `//` inside a text ends it too, unless a colon stands before it.
    static func code(_ line: Substring) -> Substring {
        var rest = line.startIndex
        while let slashes = line[rest...].range(of: "//") {
            let isAddress = slashes.lowerBound > line.startIndex && line[line.index(before: slashes.lowerBound)] == ":"
            if !isAddress { return line[..<slashes.lowerBound] }
            rest = slashes.upperBound
        }
        return line
    }
}
