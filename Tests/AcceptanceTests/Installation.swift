// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// What was built, and what of the repository the programs need beside themselves.
enum Installation {
    /// Something that the tests need is missing.
    struct Missing: Error {
        let what: String
    }

    /// The repository.
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// The folder with both programs: beside the test bundle, unless `ETALON_PROGRAMS` names another.
    static let programs: String = {
        if let folder = getenv("ETALON_PROGRAMS") { return String(cString: folder) }
        // The runner is told the bundle's path, or is the bundle itself.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        return bundle.map { URL(filePath: $0).deletingLastPathComponent().path } ?? root + "/.build/debug"
    }()

    static var etalon: String { programs + "/etalon" }
    static var etalond: String { programs + "/etalond" }

    /// The renderer's python, made once a run where it is missing.
    static let rendererPython = Task {
        if let python = getenv("ETALON_RENDERER_PYTHON") { return String(cString: python) }
        let made = try await ProgramRun.of(
            root + "/scripts/renderer", [root + "/.build/renderer"], seconds: 300)
        guard made.exitCode == 0, let python = made.outputLines.last else {
            throw Missing(what: "the renderer's python: \(made.errors)")
        }
        return python
    }

    /// The folder of PostgreSQL's server programs.
    static func postgres() throws -> String {
        let folders = (15...19).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
        guard let found = folders.first(where: { access($0 + "/pg_ctl", X_OK) == 0 }) else {
            throw Missing(what: "PostgreSQL's server programs (apt: postgresql-15)")
        }
        return found
    }
}
