// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists jobs.
struct JobList: Verb {
    static let example = "etalon job list --state dead --kind render_document"
    static let configuration = described("list", "Danh sách việc, mới nhất trước", "Lists jobs, the latest first")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: "waiting, ready, running, succeeded, superseded, cancelled, dead") var state: String?
    @Option(help: .both("Làn", "Lane")) var lane: String?
    @Option(help: .both("Loại việc", "Kind of the job")) var kind: String?
    @Option(help: .both("Phần đầu của khóa", "Beginning of the key")) var key: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/jobs",
            ["state": state, "lane": lane, "kind": kind, "key": key, "limit": page.limitText, "cursor": page.cursor],
            JobTables.jobs)
    }
}
