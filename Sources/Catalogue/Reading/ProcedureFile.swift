// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Procedures
internal import Yams

/// One file with one version of a procedure.
package enum ProcedureFile {
    /// Reads, compiles and tries a procedure file; its worked examples are run.
    ///
    /// - Parameters:
    ///   - text: The file's text, YAML.
    ///   - name: The file's name, for findings.
    /// - Throws: ``CatalogueError`` with every finding: file, line, column, place and remedy.
    package static func read(_ text: String, name: String) throws(CatalogueError) -> ProcedureVersion {
        let findings = FindingList()
        guard let version = read(text, name: name, findings: findings), findings.findings.isEmpty else {
            throw CatalogueError(findings: findings.findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
        return version
    }

    /// Nil where the text is not a mapping in YAML; the findings say why.
    static func read(_ text: String, name: String, findings: FindingList) -> ProcedureVersion? {
        guard let root = YAMLDocument.root(text, file: name, findings: findings) else { return nil }
        let reader = MappingReader(root, at: SourcePosition(file: name, line: root.mark?.line ?? 1, path: ""), findings: findings)
        // What is no mapping has no keys either: they are not told one by one.
        guard case .mapping = root else { return nil }
        let before = findings.findings.count
        let version = reader.procedureVersion()
        reader.finish()
        // What cannot be read is not tried as well: one mistake would be told twice.
        if findings.findings.count == before { attempt(version.content, root, name, findings) }
        return version
    }

    private static func attempt(_ content: Procedure, _ root: Node, _ name: String, _ findings: FindingList) {
        let faults: [ProcedureFault]
        do {
            faults = try CompiledProcedure(content).runExamples()
        } catch {
            faults = error.faults
        }
        for fault in faults {
            findings.add(.unusable(vi: fault.sentence.vi, en: fault.sentence.en), at: root.position(of: fault.path, file: name))
        }
    }
}

extension Node {
    /// Where a path such as `results[2].inputs[0].unit` stands; the nearest place above it where the last steps are absent.
    func position(of path: String, file: String) -> SourcePosition {
        var node = self
        var mark = self.mark
        for step in path.split(whereSeparator: { ".[]".contains($0) }) {
            let next: Node?
            switch node {
            case .mapping(let mapping): next = mapping[String(step)]
            case .sequence(let sequence): next = Int(step).flatMap { sequence.indices.contains($0) ? sequence[$0] : nil }
            default: next = nil
            }
            guard let next else { break }
            (node, mark) = (next, next.mark ?? mark)
        }
        return SourcePosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1, path: path)
    }
}
