// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Runs a job again.
struct JobRetry: Verb {
    static let example = "etalon job retry 4711"
    static let configuration = described("retry", "Chạy lại", "Runs a job again")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-retries", NameJob(job: job))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
