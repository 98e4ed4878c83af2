// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Withdraws a document.
struct CertificateWithdraw: Verb {
    static let example = #"etalon certificate withdraw 00042/KĐ-2018 --reason "chuẩn bị thu hồi""#
    static let configuration = described("withdraw", "Thu hồi", "Withdraws a certificate or report")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        try await session.recordDocumentEvent(label, "withdrawn", reason: reason)
    }
}
