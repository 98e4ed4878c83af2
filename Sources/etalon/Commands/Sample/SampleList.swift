// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists samples and where they stand.
struct SampleList: Verb {
    static let example = "etalon sample list --late --as-of 2018-06-30"
    static let configuration = described("list", "Danh sách mẫu và tình trạng", "Lists samples and where they stand")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: "received, in_progress, to_review, approved, reported, rejected") var state: String?
    @Option(name: .shortAndLong, help: .both("Một phần mô tả, số hay khách hàng", "Part of description, number or customer"))
    var search: String?
    @Flag(help: .both("Chỉ mẫu trễ hẹn", "Late samples only")) var late = false
    @Option(help: .both("Tính đến ngày", "As of that day")) var asOf: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/samples",
            [
                "state": state, "search": search, "late": late.parameter, "as_of": asOf, "limit": page.limitText,
                "cursor": page.cursor,
            ],
            SampleTables.samples)
    }
}
