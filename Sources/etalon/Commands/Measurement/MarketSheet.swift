// SPDX-License-Identifier: Apache-2.0

import APIContract

/// A market's scales in a CSV file, one a line: the paper table of the day, typed in.
///
/// Columns: `instrument`; where they differ from scale to scale `mode`, `procedure`, `worked_on`, `outcome`, `reason`;
/// `stamp`, `seal`, `mark` as `SERIES NUMBER PLACE`; `check:STEP` as `pass`, `fail` or `not_applicable`; `load:POINT`
/// for the load at a point. Every other column is a point of the procedure: `up:max`, `repeat:max/2` for the second
/// repetition, `up:max as_left` after adjustment. A cell is the indication, or `indication@load`; an empty one is no
/// reading. A column that begins with `#` is a remark.
struct MarketSheet: Sendable {
    /// One scale of the market.
    struct Scale: Sendable {
        let line: Int
        let request: RecordMeasurement
    }

    let scales: [Scale]

    private static let own: Set<String> = [
        "instrument", "mode", "procedure", "worked_on", "outcome", "reason", "stamp", "seal", "mark",
    ]

    private struct PointColumn {
        let heading: String
        let point: String
        let repetition: Int?
        let phase: String?

        /// `repeat:max/2 as_left`: point, repetition, phase.
        init(_ heading: String) {
            self.heading = heading
            var words = heading.split(separator: " ").map(String.init)
            phase = words.count > 1 ? words.removeLast() : nil
            let parts = words.joined(separator: " ").split(separator: "/").map(String.init)
            point = parts.first ?? ""
            repetition = parts.count > 1 ? Int(parts[1]) : nil
        }
    }

    /// Reads a table; what its columns do not tell comes from the template.
    ///
    /// - Throws: ``Failure`` naming line and column.
    init(_ sheet: CSVSheet, template: RecordMeasurement) throws(Failure) {
        try sheet.require("instrument")
        let points = sheet.headings.filter { heading in
            !Self.own.contains(heading) && !heading.isEmpty
                && !["#", "check:", "load:"].contains { heading.hasPrefix($0) }
        }.map(PointColumn.init)
        let steps = sheet.headings.filter { $0.hasPrefix("check:") }
        scales = try sheet.rows.map { row throws(Failure) in
            Scale(line: row.line, request: try Self.request(row, points, steps, template))
        }
    }

    private static func request(
        _ row: CSVSheet.Row, _ points: [PointColumn], _ steps: [String], _ template: RecordMeasurement
    ) throws(Failure) -> RecordMeasurement {
        var request = template
        request.instrument = try row.required("instrument")
        request.mode = row["mode"] ?? template.mode
        request.procedure = row["procedure"] ?? template.procedure
        request.workedOn = row["worked_on"] ?? template.workedOn
        request.outcome = row["outcome"] ?? template.outcome
        if let reason = row["reason"] { request.reasons = [reason] }
        request.readings = points.compactMap { reading(row, $0) }
        var checks = template.checks ?? []
        for heading in steps {
            guard let outcome = row[heading] else { continue }
            let name = String(heading.dropFirst("check:".count))
            checks.removeAll { $0.step == name }
            checks.append(NewCheck(step: name, outcome: outcome))
        }
        request.checks = checks.isEmpty ? nil : checks
        var evidence = template.evidence ?? []
        for kind in ["stamp", "seal", "mark"] {
            if let affixed = try affixed(row, kind) { evidence.append(affixed) }
        }
        request.evidence = evidence.isEmpty ? nil : evidence
        return request
    }

    private static func reading(_ row: CSVSheet.Row, _ column: PointColumn) -> NewReading? {
        guard let cell = row[column.heading] else { return nil }
        let parts = cell.split(separator: "@", maxSplits: 1).map(String.init)
        let load = parts.count > 1 ? parts[1] : row["load:\(column.point)"]
        return NewReading(
            phase: column.phase, point: column.point, repetition: column.repetition, indicated: parts.first ?? cell,
            reference: load)
    }

    private static func affixed(_ row: CSVSheet.Row, _ kind: String) throws(Failure) -> NewEvidence? {
        guard let cell = row[kind] else { return nil }
        let words = cell.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2 else {
            throw row.fault(kind, Bilingual(vi: "cần KÝ-HIỆU SỐ [CHỖ]", en: "SERIES NUMBER [PLACE] is needed"))
        }
        return NewEvidence(
            kind: kind, series: words[0], number: words[1], place: words.count > 2 ? words[2] : nil)
    }
}
