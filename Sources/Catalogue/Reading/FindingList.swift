// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong while files are read, so that all of it is told at once.
final class FindingList {
    private(set) var findings: [CatalogueFinding] = []

    func add(_ problem: CatalogueFinding.Problem, at position: SourcePosition) {
        findings.append(
            CatalogueFinding(file: position.file, line: position.line, path: position.path, problem: problem))
    }
}

/// Where something stands in the files.
struct SourcePosition: Sendable, Equatable {
    let file: String
    let line: Int
    let path: String
}

/// A row together with where it was written.
struct Located<Row> {
    let row: Row
    let position: SourcePosition
}
