// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows everything about a job.
struct JobShow: Verb {
    static let example = "etalon job show 4711"
    static let configuration = described("show", "Mọi điều về một việc", "Everything about a job")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/jobs/\(job)"), JobTables.job, JobTables.jobSections)
    }
}
