// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Finds customers.
struct CustomerList: Verb {
    static let example = #"etalon customer list --search "xang dau""#
    static let configuration = described("list", "Tìm khách hàng, không cần dấu", "Finds customers; accents do not matter")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(name: .shortAndLong, help: .both("Một phần tên, mã hay mã số thuế", "Part of the name, code or tax code"))
    var search: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/customers", ["search": search, "limit": page.limitText, "cursor": page.cursor], PartyTables.customers)
    }
}
