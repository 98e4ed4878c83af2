// SPDX-License-Identifier: Apache-2.0

import APIContract

/// The readings of one instrument in a CSV file, one a line: a dispenser nozzle by nozzle, or a scale.
enum ReadingSheet {
    private static let own: Set<String> = ["channel", "phase", "point", "repetition", "indicated", "reference"]

    /// Columns: `point` and `indicated`; where wanted `channel`, `phase`, `repetition` and `reference`. Any other
    /// column is a further value by its name (`time_s`, `temperature_celsius`); one that begins with `#` is a remark.
    ///
    /// Values stay as typed: the decimal comma is the daemon's to read.
    /// - Throws: ``Failure`` naming line and column.
    static func readings(_ sheet: CSVSheet) throws(Failure) -> [NewReading] {
        try sheet.require("point", "indicated")
        let further = sheet.headings.filter { !own.contains($0) && !$0.hasPrefix("#") && !$0.isEmpty }
        return try sheet.rows.map { row throws(Failure) in
            var extra: [String: String] = [:]
            for name in further { extra[name] = row[name] }
            return NewReading(
                channel: try row.wholeNumber("channel"), phase: row["phase"], point: try row.required("point"),
                repetition: try row.wholeNumber("repetition"), indicated: try row.required("indicated"),
                reference: row["reference"], extra: extra.isEmpty ? nil : extra)
        }
    }
}

extension CSVSheet.Row {
    /// The whole number in a cell, from 1; `nil` when it is empty.
    ///
    /// - Throws: ``Failure`` for any other text.
    func wholeNumber(_ heading: String) throws(Failure) -> Int? {
        guard let text = self[heading] else { return nil }
        guard let number = Int(text), number > 0 else {
            throw fault(heading, Bilingual(vi: "cần số nguyên dương", en: "a positive whole number is needed"))
        }
        return number
    }

    /// The text in a cell that must not be empty.
    ///
    /// - Throws: ``Failure`` when it is.
    func required(_ heading: String) throws(Failure) -> String {
        guard let text = self[heading] else {
            throw fault(heading, Bilingual(vi: "không được để trống", en: "must not be empty"))
        }
        return text
    }

    /// A cell that cannot be used.
    func fault(_ heading: String, _ why: Bilingual) -> Failure {
        let values = ["line": "\(line)", "column": heading, "cell": self[heading] ?? ""]
        return Failure(Phrase.badCell.filled(values, why: why))
    }
}
