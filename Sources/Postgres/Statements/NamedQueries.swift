// SPDX-License-Identifier: Apache-2.0

/// The named blocks of a `.sql` file.
///
/// A block begins with `-- name: NAME :many` (or `:one`, `:exec`); the comment lines below it say what it gives and what its
/// parameters are; the rest up to the next block is the statement.
package enum NamedQueries {
    /// Texts of the blocks by name.
    package static func parse(_ text: String) -> [String: String] {
        var texts: [String: String] = [:]
        var name: String?
        var lines: [Substring] = []
        func close() {
            guard let name else { return }
            var statement = lines.filter { !$0.hasPrefix("-- ") }.joined(separator: "\n")
            while let last = statement.last, last.isWhitespace || last == ";" { statement.removeLast() }
            while let first = statement.first, first.isWhitespace { statement.removeFirst() }
            texts[name] = statement
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- name: ") {
                close()
                name = line.dropFirst(9).split(separator: " ").first.map(String.init)
                lines = []
            } else if name != nil {
                lines.append(line)
            }
        }
        close()
        return texts
    }
}
