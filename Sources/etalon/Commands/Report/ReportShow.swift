// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows a report.
struct ReportShow: Verb {
    static let example = "etalon report show 00012/TN-2018"
    static let configuration = described("show", "Xem phiếu kết quả", "Shows a report")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String

    func perform(_ session: Session) async throws { try await session.showDocument(label) }
}

extension Session {
    /// Shows a document with its signatures.
    func showDocument(_ label: String) async throws {
        let answer = try await get("/documents/\(step(label))")
        try show(record: answer, DocumentTables.document, [DocumentTables.signatures])
    }

    /// Fetches the PDF of a document.
    func fetchDocument(_ label: String, _ options: PDFOptions) async throws {
        let path = options.out ?? "\(WrittenFile.name(label)).pdf"
        try await fetchPDF("/documents/\(step(label))/pdf", into: path, wait: options.wait)
    }

    /// Withdraws, voids or hands over a document.
    func recordDocumentEvent(_ label: String, _ kind: String, reason: String?) async throws {
        let event = RecordDocumentEvent(document: label, kind: kind, reason: reason)
        try show(record: try await post("/document-events", event), DocumentTables.document)
    }
}
