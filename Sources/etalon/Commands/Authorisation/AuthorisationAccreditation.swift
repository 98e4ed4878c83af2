// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records an accreditation of the centre.
struct AuthorisationAccreditation: Verb {
    static let example = """
        etalon authorisation accreditation "VILAS 086" --body BoA --issued-on 2023-02-08 --expires-on 2026-02-08
        """
    static let configuration = described(
        "accreditation", "Ghi quyết định công nhận", "Records an accreditation of the centre")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số hiệu", "Number")) var number: String
    @Option(help: .both("Tổ chức công nhận", "Accreditation body")) var body: String
    @Option(help: .both("Phạm vi", "Scope")) var scope: String?
    @Option(help: .both("Ngày cấp", "Issued on")) var issuedOn: String
    @Option(help: .both("Ngày hết hạn", "Expires on")) var expiresOn: String

    func perform(_ session: Session) async throws {
        let request = AddAccreditation(number: number, body: body, scope: scope, issuedOn: issuedOn, expiresOn: expiresOn)
        try session.show(record: try await session.post("/accreditations", request), PartyTables.acknowledgement)
    }
}
