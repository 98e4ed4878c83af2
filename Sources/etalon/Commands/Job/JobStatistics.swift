// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows how many jobs are in which state, or what ended of which kind.
struct JobStatistics: Verb {
    static let example = "etalon job stats --by-kind --hours 24"
    static let configuration = described("stats", "Bao nhiêu việc ở trạng thái nào", "How many jobs in which state")

    @OptionGroup var global: GlobalOptions
    @Flag(help: .both("Theo loại việc: xong, bỏ, thời gian đợi và chạy", "By kind: done, given up, time waited and run"))
    var byKind = false
    @Option(help: .both("Trong bao nhiêu giờ qua, với --by-kind", "Within how many hours, with --by-kind")) var hours: Int?

    func perform(_ session: Session) async throws {
        guard byKind else { return try await session.list("/job-stats", JobTables.statistics) }
        try await session.list("/job-kinds", ["hours": hours.map(String.init)], JobTables.kinds)
    }
}
