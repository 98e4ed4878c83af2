// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel

/// What an import came to, row by row.
package struct ImportReport: Codable, Sendable {
    /// Verdict on one row of the file.
    package struct Row: Codable, Sendable {
        /// Line of the file, counted from 1; the header stands on line 1.
        package var line: Int
        /// `ok`, `exists` or `error`.
        package var verdict: String
        package var messages: [Message]
    }

    /// What is to be said of a row.
    package struct Message: Codable, Sendable {
        /// Column; empty for the row as a whole.
        package var field: String
        package var vi: String
        package var en: String
    }

    /// Every row of a file of at most 1,000; of a longer one the first 1,000 that are not `ok`.
    package var rows: [Row]
    /// Whether the rows were added: all that are `ok`, or none.
    package var applied: Bool
    package var ok: Int
    package var exists: Int
    package var errors: Int
}

/// Verdicts as they come, with as many rows kept as a report shows.
struct ImportTally {
    /// The most rows that a report shows.
    static let mostShown = 1_000

    private(set) var ok = 0
    private(set) var exists = 0
    private(set) var errors = 0
    private var fine: [ImportReport.Row] = []
    private var others: [ImportReport.Row] = []

    /// A row that can be added.
    mutating func ok(_ line: Int) {
        ok += 1
        if fine.count < Self.mostShown { fine.append(ImportReport.Row(line: line, verdict: "ok", messages: [])) }
    }

    /// A row that is in the records already, under a code where it has one.
    mutating func exists(_ line: Int, as code: String, field: String) {
        exists += 1
        note(
            line, "exists",
            [InputFault(field: field, message: BilingualSentence(vi: "đã có: \(code)", en: "is there already: \(code)"))])
    }

    /// A row with its faults.
    mutating func error(_ line: Int, _ faults: [InputFault]) {
        errors += 1
        note(line, "error", faults)
    }

    private mutating func note(_ line: Int, _ verdict: String, _ faults: [InputFault]) {
        guard others.count < Self.mostShown else { return }
        others.append(
            ImportReport.Row(
                line: line, verdict: verdict,
                messages: faults.map { ImportReport.Message(field: $0.field, vi: $0.message.vi, en: $0.message.en) }))
    }

    /// The report, with the verdicts of another tally of the same file.
    func report(with other: ImportTally, applied: Bool) -> ImportReport {
        let counts = (ok: ok + other.ok, exists: exists + other.exists, errors: errors + other.errors)
        var rows = others + other.others
        if counts.ok + counts.exists + counts.errors <= Self.mostShown { rows += fine + other.fine }
        rows.sort { $0.line < $1.line }
        return ImportReport(
            rows: Array(rows.prefix(Self.mostShown)), applied: applied, ok: counts.ok, exists: counts.exists,
            errors: counts.errors)
    }
}
