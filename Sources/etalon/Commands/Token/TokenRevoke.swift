// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Revokes a token.
struct TokenRevoke: Verb {
    static let example = "etalon token revoke 7"
    static let configuration = described("revoke", "Hủy thẻ", "Revokes a token")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của thẻ", "Number of the token")) var token: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/token-revocations", RevokeToken(token: token))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
