// SPDX-License-Identifier: Apache-2.0

import APIContract

/// The samples of an order in a CSV file, one a line.
enum SampleSheet {
    /// Columns: `matrix`, `description`, and where wanted `condition`, `lot`, `quantity`, `kind`, `specification`,
    /// `indicators`, `subcontracted` (separated by spaces or semicolons) and `retain_until`.
    ///
    /// - Throws: ``Failure`` naming the missing column.
    static func samples(_ sheet: CSVSheet) throws(Failure) -> [NewSample] {
        try sheet.require("matrix", "description")
        return sheet.rows.map { row in
            NewSample(
                matrix: row["matrix"] ?? "", description: row["description"] ?? "", condition: row["condition"],
                lot: row["lot"], quantity: row["quantity"], kind: row["kind"], specification: row["specification"],
                indicators: row.words("indicators"), subcontracted: row.words("subcontracted"),
                retainUntil: row["retain_until"])
        }
    }
}
