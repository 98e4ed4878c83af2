// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Replaces a certificate by a new one; the first stays retrievable.
struct CertificateAmend: Verb {
    static let example = #"etalon certificate amend 00042/KĐ-2018 --reason "sai tên cơ sở""#
    static let configuration = described(
        "amend", "Lập giấy thay thế; giấy cũ vẫn xem được", "Replaces a certificate; the first stays retrievable")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số giấy được thay", "Label of the certificate that is replaced")) var label: String
    @Option(help: .both("Sửa gì và vì sao", "What changed and why")) var reason: String
    @Option(help: .both("Lần đo mới, nếu đo lại", "The new measurement, when measured again")) var measurement: Int64?

    func perform(_ session: Session) async throws {
        let old = try session.read(DocumentView.self, try await session.get("/documents/\(step(label))"))
        guard let measured = measurement ?? old.measurement else {
            throw Failure(Phrase.needsMeasurement.filled(["label": label]))
        }
        let body = IssueCertificate(measurement: measured, amends: label, reason: reason)
        try session.show(record: try await session.post("/certificates", body), DocumentTables.document)
    }
}
