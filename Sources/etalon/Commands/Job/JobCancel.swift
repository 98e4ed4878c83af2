// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Cancels a job.
struct JobCancel: Verb {
    static let example = "etalon job cancel 4711"
    static let configuration = described("cancel", "Bỏ một việc", "Cancels a job")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-cancellations", NameJob(job: job, reason: reason))
        try session.show(act: answer) { JobSentence.cancelled($0) }
    }
}
