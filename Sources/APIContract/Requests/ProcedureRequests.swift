// SPDX-License-Identifier: Apache-2.0

/// A procedure file: read, compiled, and its worked examples run; nothing is kept. `POST /v1/procedure-checks`
package struct CheckProcedure: Codable, Sendable {
    /// Name of the file, for findings.
    package var file: String
    /// The file's text, YAML.
    package var text: String

    package init(file: String, text: String) {
        (self.file, self.text) = (file, text)
    }
}

/// A procedure file to be put in force from its first day on. `POST /v1/procedures`
package struct LoadProcedure: Codable, Sendable {
    /// Name of the file, for findings.
    package var file: String
    /// The file's text, YAML.
    package var text: String

    package init(file: String, text: String) {
        (self.file, self.text) = (file, text)
    }
}
