// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Prints the due list as a page.
struct DuePage: Verb {
    static let example = "etalon due page --overdue --as-of 2018-06-30 --out qua-han.pdf"
    static let configuration = described("page", "In danh sách đến hạn ra PDF", "Prints the due list as a PDF")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var selection: DueSelection
    @OptionGroup var pdf: PDFOptions

    func perform(_ session: Session) async throws {
        try await session.fetchPDF("/due-page", selection.query, into: pdf.out ?? "due.pdf", wait: pdf.wait)
    }
}
