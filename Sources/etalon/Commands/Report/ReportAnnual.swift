// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows the annual report.
struct ReportAnnual: Verb {
    static let example = "etalon report annual --year 2017"
    static let configuration = described("annual", "Báo cáo năm", "The annual report")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Năm", "Year")) var year: Int
    @Option(help: .both("Tính đến ngày", "As of that day")) var asOf: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/annual-reports/\(year)", ["as_of": asOf])
        if session.presentation.format == .csv { return try session.show(record: answer, AnnualTables.figures) }
        try session.show(record: answer, AnnualTables.figures, AnnualTables.sections)
    }
}
