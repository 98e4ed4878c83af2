// SPDX-License-Identifier: Apache-2.0

import Foundation
import Yams

/// Reads the folder of master data.
///
/// Its files are `fields.yaml`, `indicators.yaml`, `specifications.yaml`, `instrument_types.yaml`,
/// `holidays.yaml`, `places.yaml`, `laboratory.yaml`, `reminders.yaml` and one for each procedure version under `procedures/`.
package struct CatalogueFolder {
    private let path: String
    private let findings = FindingList()
    private var contents = CatalogueContents()
    private var origins = RowOrigins()

    /// Reads and checks everything in a folder; other files in it are left alone.
    /// - Throws: ``CatalogueError`` with every finding of all files.
    package static func read(_ path: String) throws(CatalogueError) -> CatalogueContents {
        var folder = CatalogueFolder(path: path)
        folder.readFiles()
        folder.origins.check(folder.contents, findings: folder.findings)
        guard folder.findings.findings.isEmpty else {
            throw CatalogueError(
                findings: folder.findings.findings.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return folder.contents
    }

    private init(path: String) {
        self.path = path
    }

    private mutating func readFiles() {
        document("fields.yaml") { $0.readFields($1) }
        document("indicators.yaml") { $0.readLines($1) }
        document("specifications.yaml") { $0.readSpecifications($1) }
        document("instrument_types.yaml") { $0.readInstrumentTypes($1) }
        for file in procedureFiles() { readProcedure(file) }
        document("holidays.yaml") { $0.readHolidays($1) }
        document("places.yaml") { $0.readPlaces($1) }
        document("laboratory.yaml") { $0.readLaboratory($1) }
        document("reminders.yaml") { $0.readReminders($1) }
        contents.files.sort { $0.path < $1.path }
    }

    private func procedureFiles() -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "\(path)/procedures")
                .filter { $0.hasSuffix(".yaml") }.sorted().map { "procedures/\($0)" }
        } catch {
            findings.add(.unreadable, at: SourcePosition(file: "procedures", line: 0, path: ""))
            return []
        }
    }

    private func text(of file: String) -> String? {
        do {
            return try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
        } catch {
            findings.add(.unreadable, at: SourcePosition(file: file, line: 0, path: ""))
            return nil
        }
    }

    private mutating func document(_ file: String, _ read: (inout CatalogueFolder, MappingReader) -> Void) {
        guard let text = text(of: file) else { return }
        contents.files.append(CatalogueFile(path: file, text: text))
        guard let root = YAMLDocument.root(text, file: file, findings: findings) else { return }
        let position = SourcePosition(file: file, line: root.mark?.line ?? 1, path: "")
        let reader = MappingReader(root, at: position, findings: findings)
        read(&self, reader)
        reader.finish()
    }
}

/// A text as YAML.
enum YAMLDocument {
    /// The top of the document; nil after its finding.
    static func root(_ text: String, file: String, findings: FindingList) -> Node? {
        let whole = SourcePosition(file: file, line: 0, path: "")
        if let line = lineOfAnchor(in: text) {
            findings.add(.notYAML(anchorWords), at: SourcePosition(file: file, line: line, path: ""))
            return nil
        }
        do {
            guard let root = try Yams.compose(yaml: text) else {
                findings.add(.wrongType(expected: "a mapping", found: "an empty file"), at: whole)
                return nil
            }
            return root
        } catch {
            let line = line(of: error)
            let words = isIndentedByTab(line, of: text) ? tabWords : words(of: error)
            findings.add(.notYAML(words), at: SourcePosition(file: file, line: line, path: ""))
            return nil
        }
    }

    /// What is said of a tab, which YAML forbids and people cannot see.
    static let tabWords = "a tab stands at the beginning of the line; indent with spaces"

    /// What is said of an anchor: nested aliases let a page of text stand for billions of values, which reading would count one by one.
    static let anchorWords =
        "anchors and aliases (&name, *name) are not allowed; write the values out, and a text's & with a space behind"

    /// The line of the first `&name` where a value may begin. Quoted text is not told apart, so that no quotation mark can hide an anchor.
    private static func lineOfAnchor(in text: String) -> Int? {
        var line = 1
        var previous: Unicode.Scalar = "\n"
        var isBehindStart = false
        for scalar in text.unicodeScalars {
            if isBehindStart, !scalar.properties.isWhitespace { return line }
            isBehindStart =
                scalar == "&" && (previous.properties.isWhitespace || "[{,:\u{FEFF}".unicodeScalars.contains(previous))
            if scalar == "\n" { line += 1 }
            previous = scalar
        }
        return nil
    }

    private static func isIndentedByTab(_ line: Int, of text: String) -> Bool {
        let lines = text.split(separator: "\n", maxSplits: max(line, 0), omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return false }
        return lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }

    private static func line(of error: any Error) -> Int {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 0
        }
    }

    private static func words(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            problem
        case .reader(let problem, _, _, _): problem
        case .duplicatedKeysInMapping(let keys, _):
            "key written twice: \(keys.sorted().joined(separator: ", "))"
        default: "\(error)"
        }
    }
}

// MARK: - One document each

extension CatalogueFolder {
    private mutating func readFields(_ document: MappingReader) {
        for (index, reader) in document.mappings("fields").enumerated() {
            let field = reader.testingField(position: index + 1)
            contents.fields.append(field)
            origins.fields.append(reader.position)
            for below in reader.mappings("matrices") {
                contents.matrices.append(below.matrix(fieldCode: field.code))
                origins.matrices.append(below.position)
                below.finish()
            }
            reader.finish()
        }
    }

    private mutating func readLines(_ document: MappingReader) {
        for reader in document.mappings("lines") {
            contents.lines.append(reader.catalogueLine())
            origins.lines.append(reader.position)
            reader.finish()
        }
    }

    private mutating func readSpecifications(_ document: MappingReader) {
        for reader in document.mappings("specifications") {
            let specification = reader.specification()
            contents.specifications.append(specification.version)
            origins.specifications.append(reader.position)
            origins.limits.append(specification.limitPositions)
            reader.finish()
        }
    }

    private mutating func readInstrumentTypes(_ document: MappingReader) {
        for reader in document.mappings("types") {
            contents.instrumentTypes.append(reader.instrumentType())
            origins.instrumentTypes.append(reader.position)
            reader.finish()
        }
        for table in document.mappings("interval_tables") {
            for located in table.intervalRules() {
                contents.intervalRules.append(located.row)
                origins.intervalRules.append(located.position)
            }
            table.finish()
        }
    }

    private mutating func readProcedure(_ file: String) {
        guard let text = text(of: file) else { return }
        contents.files.append(CatalogueFile(path: file, text: text))
        guard let version = ProcedureFile.read(text, name: file, findings: findings) else { return }
        contents.procedures.append(version)
        origins.procedures.append(SourcePosition(file: file, line: 1, path: ""))
        for type in version.newTypes {
            contents.instrumentTypes.append(type)
            origins.instrumentTypes.append(SourcePosition(file: file, line: 1, path: "instrument_types"))
        }
    }

    private mutating func readHolidays(_ document: MappingReader) {
        for reader in document.mappings("holidays") {
            contents.holidays.append(reader.holiday())
            origins.holidays.append(reader.position)
            reader.finish()
        }
    }

    private mutating func readPlaces(_ document: MappingReader) {
        for group in document.mappings("groups") {
            let shared = group.placeGroup()
            for reader in group.mappings("places") {
                contents.places.append(reader.place(of: shared))
                origins.places.append(reader.position)
                reader.finish()
            }
            group.finish()
        }
    }

    private mutating func readReminders(_ document: MappingReader) {
        for reader in document.mappings("policies") {
            contents.reminderPolicies.append(reader.reminderPolicy())
            origins.reminderPolicies.append(reader.position)
            reader.finish()
        }
        for reader in document.mappings("audiences") {
            contents.reminderAudiences.append(reader.reminderAudience())
            origins.reminderAudiences.append(reader.position)
            reader.finish()
        }
        for reader in document.mappings("grace") {
            contents.grace.append(reader.deadlineGrace())
            origins.grace.append(reader.position)
            reader.finish()
        }
    }

    private mutating func readLaboratory(_ document: MappingReader) {
        for reader in document.mappings("validity_policies") {
            contents.validityPolicies.append(reader.validityPolicy())
            origins.validityPolicies.append(reader.position)
            reader.finish()
        }
        for key in LaboratoryFact.knownKeys {
            guard let node = document.node(key) else {
                document.reportMissing(key)
                continue
            }
            contents.laboratory.append(
                LaboratoryFact(key: key, canonicalText: document.canonicalText(of: key, node)))
        }
    }
}

extension LaboratoryFact {
    /// Every key that the file must give.
    static let knownKeys = [
        "code", "due_watch", "issuing_laboratory", "ministries", "retention", "time_zone",
    ]
}
