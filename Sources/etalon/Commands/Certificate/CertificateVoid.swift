// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Voids the number of a document that was never issued.
struct CertificateVoid: Verb {
    static let example = #"etalon certificate void 00042/KĐ-2018 --reason "in hỏng""#
    static let configuration = described("void", "Hủy số của văn bản chưa phát hành", "Voids a number that was never issued")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        try await session.recordDocumentEvent(label, "voided", reason: reason)
    }
}
