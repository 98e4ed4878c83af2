// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows a certificate or record.
struct CertificateShow: Verb {
    static let example = "etalon certificate show 00042/KĐ-2018"
    static let configuration = described("show", "Xem giấy chứng nhận", "Shows a certificate")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số văn bản", "Label of the document")) var label: String

    func perform(_ session: Session) async throws { try await session.showDocument(label) }
}
