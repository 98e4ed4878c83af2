// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Finds sites.
struct SiteList: Verb {
    static let example = #"etalon site list --customer KH-0001 --search "cai rang""#
    static let configuration = described("list", "Tìm địa điểm, không cần dấu", "Finds sites; accents do not matter")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(name: .shortAndLong, help: .both("Một phần tên hay mã", "Part of the name or code")) var search: String?
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/sites",
            ["search": search, "customer": customer, "limit": page.limitText, "cursor": page.cursor],
            PartyTables.sites)
    }
}
