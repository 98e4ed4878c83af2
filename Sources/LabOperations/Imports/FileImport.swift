// SPDX-License-Identifier: Apache-2.0
internal import LabStore
package import LaboratoryModel

/// A file to be imported.
package struct ImportFile: Codable, Sendable {
    /// The bytes as they came.
    package var content: [UInt8]
    /// Whether to add the rows when none has a fault; else the file is only judged.
    package var apply: Bool

    package init(content: [UInt8], apply: Bool) {
        (self.content, self.apply) = (content, apply)
    }
}

extension Laboratory {
    /// Judges a file and, when asked to and no row has a fault, adds its rows: all, or none.
    ///
    /// - Throws: ``ActError/invalid(_:)`` for a file that cannot be read at all; faults of rows are in the answer, ``ImportReport``.
    package func importFile(
        _ kind: ImportKind, _ file: ImportFile, by caller: Caller, fingerprint: [UInt8] = [], key: String? = nil
    ) async throws -> PerformedAct {
        switch kind {
        case .customers:
            try await perform(RegisterImport<CustomerEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .sites:
            try await perform(RegisterImport<SiteEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .instruments:
            try await perform(RegisterImport<InstrumentEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .standards:
            try await perform(RegisterImport<StandardEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .cards:
            try await perform(RegisterImport<CardEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .stamps:
            try await perform(RegisterImport<StampEntry>.self, file, by: caller, fingerprint: fingerprint, key: key)
        case .results:
            try await perform(ResultImport.self, file, by: caller, fingerprint: fingerprint, key: key)
        }
    }
}

/// One row of a start-up file, read.
protocol ImportEntry: Encodable, Sendable {
    /// What the records say to a row.
    associatedtype Known: Decodable & Sendable

    static var kind: ImportKind { get }
    /// Reads a row; what cannot be read is noted, and something harmless stands in its place.
    init(_ line: ImportLine, position: Int, _ check: inout InputCheck)

    /// What may stand in a file only once, each with its column.
    var keys: [(column: String, text: String)] { get }

    /// What the records say to each row, in the order of the rows, which come as JSON.
    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [Known]

    /// Compares a row with the records and notes what does not fit.
    /// - Returns: the code under which the row is in the records already, and the column that tells.
    func compare(_ known: Known, _ check: inout InputCheck) -> (column: String, code: String)?

    /// Faults between the rows of a file, by the position of the row; for what ``keys`` cannot tell.
    static func clashes(_ entries: [Self]) -> [Int: InputFault]

    /// Adds the rows.
    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws
}

extension ImportEntry {
    static func clashes(_ entries: [Self]) -> [Int: InputFault] { [:] }
}

/// Imports a start-up file: every row is judged before any is added.
enum RegisterImport<Entry: ImportEntry>: Act {
    static var name: String { "import.\(Entry.kind.rawValue)" }
    static var roles: Set<Role> { Entry.kind.roles }

    static func perform(
        _ request: ImportFile, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ImportReport {
        var file = try ImportReading(request.content, kind: Entry.kind)
        var lines: [Int] = []
        var entries: [Entry] = []
        var checks: [InputCheck] = []
        while let line = try file.next() {
            var check = InputCheck(today: setting.today)
            entries.append(Entry(line, position: entries.count, &check))
            checks.append(check)
            lines.append(line.number)
        }
        let facts = try Entry.known(try jsonText(entries), today: setting.today, on: database)
        let clashes = Entry.clashes(entries)
        var tally = ImportTally()
        var ready: [Entry] = []
        var seen: [String: Int] = [:]
        for (position, known) in facts.enumerated() {
            let entry = entries[position]
            var check = checks[position]
            for (column, text) in entry.keys {
                guard let first = seen.updateValue(lines[position], forKey: "\(column) \(text)") else { continue }
                check.fault(column, vi: "“\(text)” đã có ở dòng \(first)", en: "“\(text)” stands on line \(first) already")
            }
            if let clash = clashes[position] { check.fault(clash.field, vi: clash.message.vi, en: clash.message.en) }
            let existing = entry.compare(known, &check)
            if !check.faults.isEmpty {
                tally.error(lines[position], check.faults)
            } else if let existing {
                tally.exists(lines[position], as: existing.code, field: existing.column)
            } else {
                tally.ok(lines[position])
                ready.append(entry)
            }
        }
        let applied = request.apply && tally.errors + file.ragged.errors == 0
        if applied, !ready.isEmpty { try Entry.add(try jsonText(ready), by: setting.caller.personID, on: database) }
        return tally.report(with: file.ragged, applied: applied)
    }
}
