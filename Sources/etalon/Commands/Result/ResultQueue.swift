// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists the samples that wait for review.
struct ResultQueue: Verb {
    static let example = "etalon result queue"
    static let configuration = described("queue", "Mẫu chờ soát xét", "Samples that wait for review")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/samples", ["state": "to_review", "limit": page.limitText, "cursor": page.cursor], SampleTables.samples)
    }
}
