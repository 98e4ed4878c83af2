// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Prints the request slip of an order.
struct OrderSlip: Verb {
    static let example = "etalon order slip 18-00007 --out phieu.pdf"
    static let configuration = described("slip", "In phiếu yêu cầu", "Prints the request slip of an order")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var pdf: PDFOptions
    @Argument(help: .both("Số đơn hàng", "Number of the order")) var number: String

    func perform(_ session: Session) async throws {
        let path = pdf.out ?? "\(WrittenFile.name(number)).pdf"
        try await session.fetchPDF("/orders/\(step(number))/slip", into: path, wait: pdf.wait)
    }
}
