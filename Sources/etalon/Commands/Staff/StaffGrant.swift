// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Grants a role.
struct StaffGrant: Verb {
    static let example = "etalon staff grant ktv.hoa reviewer"
    static let configuration = described("grant", "Giao vai trò", "Grants a role")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Argument(help: .both("Vai trò", "Role")) var role: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/role-grants", ChangeRole(person: person, role: role, granted: true))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
