// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Makes the record of a measurement, pass or fail, and fetches its PDF where asked.
struct RecordPrint: Verb {
    static let example = "etalon record print 1042 --out bien-ban.pdf"
    static let configuration = described(
        "print", "Lập biên bản, đạt hay không đạt", "Makes the record of a measurement, pass or fail")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var pdf: PDFOptions
    @Argument(help: .both("Số lần đo", "Number of the measurement")) var measurement: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/records", PrintRecord(measurement: measurement))
        try session.show(record: answer, DocumentTables.document)
        guard pdf.out != nil else { return }
        try await session.fetchDocument(try session.read(DocumentView.self, answer).label, pdf)
    }
}
