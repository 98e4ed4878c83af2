// SPDX-License-Identifier: Apache-2.0

import Certificates
import FoundationEssentials
import Logging
import Rendering
import Testing

/// The repository's own renderer, templates and example documents.
enum Installation {
    static let root: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/")
    }()

    /// The renderer's python, made once a run where it is missing.
    static func python() throws -> String {
        let made = try Tool.run(root + "/scripts/renderer", root + "/.build/renderer")
        try #require(made.status == 0, "scripts/renderer failed")
        return String(made.text.filter { $0 != "\n" })
    }

    static func program(user: String? = nil) throws -> RendererProgram {
        RendererProgram(
            python: try python(), script: root + "/renderer/etalon_renderer.py",
            templates: root + "/config/templates", user: user)
    }

    static func renderer(timeLimit: Duration = .seconds(60)) throws -> TypstRenderer {
        TypstRenderer(endpoint: .child(try program()), timeLimit: timeLimit, logger: Logger(label: "tests"))
    }

    static let exampleNames = [
        "request_slip", "sample_label", "test_report", "test_report_long", "verification_record",
        "verification_certificate", "calibration_certificate", "due_list", "due_page",
    ]

    static func example(_ name: String) throws -> DocumentContent {
        let file = URL(filePath: root + "/Examples/documents/\(name).json")
        return try DocumentContent(canonicalBytes: [UInt8](try Data(contentsOf: file)))
    }
}
