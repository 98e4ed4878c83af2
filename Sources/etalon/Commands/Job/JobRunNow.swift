// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Makes a waiting job due.
struct JobRunNow: Verb {
    static let example = "etalon job run-now 4711"
    static let configuration = described("run-now", "Cho việc đang chờ chạy ngay", "Makes a waiting job due at once")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-starts", NameJob(job: job, reason: reason))
        try session.show(act: answer) { _ in JobSentence.started(job) }
    }
}
