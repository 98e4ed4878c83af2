// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Freezes the certificate of a measurement under the next number.
struct CertificateIssue: Verb {
    static let example = "etalon certificate issue 1042"
    static let configuration = described(
        "issue", "Lập giấy chứng nhận với số tiếp theo", "Freezes a certificate under the next number")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số lần đo", "Number of the measurement")) var measurement: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/certificates", IssueCertificate(measurement: measurement))
        try session.show(record: answer, DocumentTables.document)
    }
}
