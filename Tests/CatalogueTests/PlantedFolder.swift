// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

/// The folder of master data that is shipped.
let shippedFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "config").path()

/// A copy of the shipped folder into which a test plants mistakes.
struct PlantedFolder: ~Copyable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalogue-\(UUID().uuidString)")
        path = folder.path()
        try FileManager.default.createDirectory(
            at: folder.appending(path: "procedures"), withIntermediateDirectories: true)
        for file in try CatalogueFolder.read(shippedFolder).files {
            try Data(file.text.utf8).write(to: folder.appending(path: file.path))
        }
    }

    deinit {
        // A folder left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Replaces the first occurrence of a text; returns the line on which the new text begins.
    @discardableResult
    func plant(_ new: String, insteadOf old: String, in file: String) throws -> Int {
        let url = URL(filePath: "\(path)/\(file)")
        var text = try String(contentsOf: url, encoding: .utf8)
        let range = try #require(text.range(of: old))
        let line = text[..<range.lowerBound].count { $0 == "\n" } + 1
        text.replaceSubrange(range, with: new)
        try Data(text.utf8).write(to: url)
        return line
    }

    /// Adds a text at the end of a file; returns the line on which it begins.
    func append(_ text: String, to file: String) throws -> Int {
        let url = URL(filePath: "\(path)/\(file)")
        let before = try String(contentsOf: url, encoding: .utf8)
        try Data((before + text).utf8).write(to: url)
        return before.count { $0 == "\n" } + 1
    }

    /// What is found wrong in the folder.
    func findings() throws -> [CatalogueFinding] {
        do {
            _ = try CatalogueFolder.read(path)
            return []
        } catch {
            return error.findings
        }
    }
}
