// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records a designation of the centre.
struct AuthorisationDesignation: Verb {
    static let example = """
        etalon authorisation designation 1234/QĐ-TĐC --type 19 --type 8a --issued-on 2016-05-10 \
        --expires-on 2021-05-10 --range "đến 40 L/min"
        """
    static let configuration = described(
        "designation", "Ghi quyết định chỉ định", "Records a designation of the centre")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số quyết định", "Number of the decision")) var number: String
    @Option(name: .customLong("type"), help: .both("Loại phương tiện đo; lặp lại được", "Type; may be repeated"))
    var types: [String]
    @Option(help: .both("Ngày cấp", "Issued on")) var issuedOn: String
    @Option(help: .both("Ngày hết hạn", "Expires on")) var expiresOn: String
    @Option(help: .both("Phạm vi", "Range")) var range: String?

    func perform(_ session: Session) async throws {
        let body = AddDesignation(
            number: number, types: types.listed ?? [], issuedOn: issuedOn, expiresOn: expiresOn, range: range)
        try session.show(record: try await session.post("/designations", body), PartyTables.acknowledgement)
    }
}
