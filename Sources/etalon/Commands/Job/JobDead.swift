// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Lists the jobs that wait for a person.
struct JobDeadList: Verb {
    static let example = "etalon job dead list --kind render_document"
    static let configuration = described("list", "Việc cần người xử lý", "Jobs that wait for a person")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Làn", "Lane")) var lane: String?
    @Option(help: .both("Loại việc", "Kind of the job")) var kind: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/jobs", ["state": "dead", "lane": lane, "kind": kind, "limit": page.limitText, "cursor": page.cursor],
            JobTables.jobs)
    }
}

/// Runs dead jobs again.
struct JobRedrive: Verb {
    static let example = "etalon job dead redrive --kind render_document --reason \"đã sửa máy in\""
    static let configuration = described(
        "redrive", "Chạy lại các việc đã bỏ cuộc, nhiều nhất 1000", "Runs dead jobs again, at most 1,000")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Loại việc", "Kind of the jobs")) var kind: String?
    @Flag(help: .both("Mọi loại", "Jobs of every kind")) var all = false
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String

    func validate() throws {
        guard (kind != nil) != all else { throw ValidationError.both("nêu --kind hoặc --all", "name --kind or --all") }
    }

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-redrives", RedriveJobs(kind: kind, reason: reason))
        try session.show(record: answer, JobTables.redriven)
    }
}
