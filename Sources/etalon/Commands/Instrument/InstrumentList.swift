// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Finds instruments.
struct InstrumentList: Verb {
    static let example = "etalon instrument list --type 19 --customer KH-0001"
    static let configuration = described("list", "Tìm phương tiện đo", "Finds instruments")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(name: .shortAndLong, help: .both("Một phần mã, số hiệu hay tên", "Part of the code, serial or name"))
    var search: String?
    @Option(help: .both("Loại", "Type")) var type: String?
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String?
    @Option(help: .both("Mã địa điểm", "Code of the site")) var site: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/instruments",
            [
                "search": search, "type": type, "customer": customer, "site": site, "limit": page.limitText,
                "cursor": page.cursor,
            ],
            InstrumentTables.instruments)
    }
}
