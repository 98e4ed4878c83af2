// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists what waits for a technician.
struct ResultWorkList: Verb {
    static let example = "etalon result worklist --indicator PET-RON"
    static let configuration = described("worklist", "Việc đang chờ thử", "What waits to be tested")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Nền mẫu", "Matrix")) var matrix: String?
    @Option(help: .both("Chỉ tiêu", "Indicator")) var indicator: String?
    @Option(help: .both("Số dòng nhiều nhất, 1–1000", "At most that many rows, 1–1000")) var limit: Int?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/work-list", ["matrix": matrix, "indicator": indicator, "limit": limit.map(String.init)],
            SampleTables.workList)
    }
}
