// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Prints the label of a sample.
struct SampleLabel: Verb {
    static let example = "etalon sample label M18-00012 --out nhan.pdf"
    static let configuration = described("label", "In nhãn mẫu", "Prints the label of a sample")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var pdf: PDFOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String

    func perform(_ session: Session) async throws {
        let path = pdf.out ?? "\(WrittenFile.name(number)).pdf"
        try await session.fetchPDF("/samples/\(step(number))/label", into: path, wait: pdf.wait)
    }
}
