// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Asks whether a document is what it claims, by the code below its QR code.
struct CertificateVerify: Verb {
    static let example = "etalon certificate verify 7KQ2M-XW4TD"
    static let configuration = described(
        "verify", "Kiểm tra giấy bằng mã in dưới mã QR", "Checks a document by the code below its QR code")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã tra cứu", "Access code")) var code: String

    func perform(_ session: Session) async throws {
        let answer = try await session.answer(session.request(.get, "/verify/\(step(code))", [:]))
        try session.show(record: answer, DocumentTables.publicCheck)
    }
}
