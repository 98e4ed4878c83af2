// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists the emitted runs.
struct DueRuns: Verb {
    static let example = "etalon due runs"
    static let configuration = described("runs", "Các lần đã ghi danh sách", "The emitted runs")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/due-runs", ["limit": page.limitText, "cursor": page.cursor], OversightTables.runs)
    }
}
