// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong while files are read, so that all of it is told at once.
final class FindingList {
    private(set) var findings: [CatalogueFinding] = []

    func add(_ problem: CatalogueFinding.Problem, at position: SourcePosition) {
        findings.append(
            CatalogueFinding(
                file: position.file, line: position.line, column: position.column, path: position.path, problem: problem))
    }
}

/// Where something stands in the files.
struct SourcePosition: Sendable, Equatable {
    let file: String
    let line: Int
    /// Column, from 1; 0 where the whole line is meant.
    let column: Int
    let path: String

    init(file: String, line: Int, column: Int = 0, path: String) {
        (self.file, self.line, self.column, self.path) = (file, line, column, path)
    }
}

/// A row together with where it was written.
struct Located<Row> {
    let row: Row
    let position: SourcePosition
}
