// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists jobs.
struct JobList: Verb {
    static let example = "etalon job list --state dead"
    static let configuration = described("list", "Danh sách việc", "Lists jobs")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Trạng thái", "State")) var state: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/jobs", ["state": state, "limit": page.limitText, "cursor": page.cursor], OversightTables.jobs)
    }
}
