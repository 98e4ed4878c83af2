// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Puts a job off.
struct JobSnooze: Verb {
    static let example = "etalon job snooze 4711 --for 2h"
    static let configuration = described("snooze", "Hoãn một việc đang chờ", "Puts a waiting job off")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của việc", "Number of the job")) var job: Int64
    @Option(name: .customLong("for"), help: .both("Bao lâu: 90s, 30m, 2h, 3d", "How long: 90s, 30m, 2h, 3d")) var pause: TimeSpan
    @Option(help: .both("Lý do, để người sau biết", "Why, for whoever asks later")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/job-snoozes", SnoozeJob(job: job, seconds: pause.seconds, reason: reason))
        try session.show(act: answer) { JobSentence.snoozed($0) }
    }
}
