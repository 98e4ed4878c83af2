// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Explains why a job does not run.
struct JobWhy: Verb {
    static let example = "etalon job why 4711"
    static let configuration = described(
        "why", "Vì sao việc chưa chạy, hoặc đã ra sao", "Why a job does not run, or what became of it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/jobs/\(job)/why"), JobTables.why, [JobTables.reasons])
    }
}
