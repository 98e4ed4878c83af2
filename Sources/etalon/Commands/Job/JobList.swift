// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists jobs.
struct JobList: Verb {
    static let example = "etalon job list --state dead"
    static let configuration = described("list", "Danh sách việc", "Lists jobs")

    @OptionGroup var global: GlobalOptions
    @Option(help: "waiting, ready, running, succeeded, superseded, cancelled, dead") var state: String?

    func perform(_ session: Session) async throws {
        try await session.list("/jobs", ["state": state], OversightTables.jobs)
    }
}
