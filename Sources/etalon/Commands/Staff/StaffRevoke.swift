// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Revokes a role.
struct StaffRevoke: Verb {
    static let example = "etalon staff revoke ktv.hoa reviewer"
    static let configuration = described("revoke", "Rút vai trò", "Revokes a role")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Argument(help: .both("Vai trò", "Role")) var role: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/role-grants", ChangeRole(person: person, role: role, granted: false))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
