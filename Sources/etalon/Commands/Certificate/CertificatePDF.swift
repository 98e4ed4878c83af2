// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Fetches the PDF of a certificate.
struct CertificatePDF: Verb {
    static let example = "etalon certificate pdf 00042/KĐ-2018 --out giay.pdf"
    static let configuration = described("pdf", "Lấy tệp PDF", "Fetches the PDF")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var pdf: PDFOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String

    func perform(_ session: Session) async throws { try await session.fetchDocument(label, pdf) }
}
