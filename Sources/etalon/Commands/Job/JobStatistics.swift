// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows how many jobs are in which state.
struct JobStatistics: Verb {
    static let example = "etalon job stats"
    static let configuration = described("stats", "Bao nhiêu việc ở trạng thái nào", "How many jobs in which state")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        try await session.list("/job-stats", OversightTables.jobStatistics)
    }
}
