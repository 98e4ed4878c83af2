// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Records that a document was handed to the customer.
struct ReportHandOver: Verb {
    static let example = "etalon report handover 00012/TN-2018"
    static let configuration = described("handover", "Đã giao cho khách", "Records that the customer has it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String

    func perform(_ session: Session) async throws {
        try await session.recordDocumentEvent(label, "handed_over", reason: nil)
    }
}
