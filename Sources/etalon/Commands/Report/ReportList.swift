// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists documents: reports, records and certificates.
struct ReportList: Verb {
    static let example = "etalon report list --state rendered"
    static let configuration = described("list", "Danh sách văn bản", "Lists reports, records and certificates")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: "numbered, rendered, issued, amended, withdrawn, voided") var state: String?
    @Option(help: "test_report, verification_record, verification_certificate, calibration_certificate")
    var kind: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/documents", ["state": state, "kind": kind, "limit": page.limitText, "cursor": page.cursor],
            DocumentTables.documents)
    }
}
