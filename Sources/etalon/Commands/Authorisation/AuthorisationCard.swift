// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records a verifier's card.
struct AuthorisationCard: Verb {
    static let example = """
        etalon authorisation card kdv.nam --number KĐV-0123 --family fuel_dispenser --issued-on 2017-03-01 \
        --expires-on 2022-03-01
        """
    static let configuration = described("card", "Ghi thẻ kiểm định viên", "Records a verifier's card")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Option(help: .both("Số thẻ", "Number of the card")) var number: String
    @Option(name: .customLong("family"), help: .both("Nhóm phương tiện đo", "Family of instruments")) var families: [String]
    @Option(help: .both("Ngày cấp", "Issued on")) var issuedOn: String
    @Option(help: .both("Ngày hết hạn", "Expires on")) var expiresOn: String

    func perform(_ session: Session) async throws {
        let body = AddVerifierCard(
            person: person, number: number, families: families.listed ?? [], issuedOn: issuedOn, expiresOn: expiresOn)
        try session.show(record: try await session.post("/verifier-cards", body), PartyTables.acknowledgement)
    }
}
