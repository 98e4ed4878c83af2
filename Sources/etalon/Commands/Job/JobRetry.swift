// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Runs a job again.
struct JobRetry: Verb {
    static let example = "etalon job retry 4711 --reason \"đã thay mực\""
    static let configuration = described("retry", "Chạy lại một việc", "Runs a job again")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-retries", NameJob(job: job, reason: reason))
        try session.show(act: answer) { _ in JobSentence.retried(job) }
    }
}
