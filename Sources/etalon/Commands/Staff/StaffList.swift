// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists the staff.
struct StaffList: Verb {
    static let example = "etalon staff list"
    static let configuration = described("list", "Danh sách nhân sự", "Lists the staff")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list("/staff", ["limit": page.limitText, "cursor": page.cursor], PartyTables.staff)
    }
}
