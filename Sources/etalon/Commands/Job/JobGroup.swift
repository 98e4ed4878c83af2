// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Background work of the daemon.
struct JobGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "job", "Việc chạy nền", "Background work",
        [JobList.self, JobRetry.self, JobCancel.self, JobStatistics.self])
}
