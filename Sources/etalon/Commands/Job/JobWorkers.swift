// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists the processes that run jobs.
struct JobWorkers: Verb {
    static let example = "etalon job workers"
    static let configuration = described("workers", "Các tiến trình chạy việc", "The processes that run jobs")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws { try await session.list("/job-workers", JobTables.workers) }
}

/// Lists what operators did to the queue.
struct JobLog: Verb {
    static let example = "etalon job log --subject mail"
    static let configuration = described(
        "log", "Ai đã can thiệp gì vào hàng đợi, vì sao", "Who did what to the queue, and why")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Số của việc, loại việc, làn hoặc lịch", "Number of a job, kind, lane or schedule")) var subject: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/job-interventions", ["subject": subject, "limit": page.limitText, "cursor": page.cursor], JobTables.interventions)
    }
}
