// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows every version of a sample's results.
struct ResultHistory: Verb {
    static let example = "etalon result history M18-00012"
    static let configuration = described("history", "Mọi lần nhập và soát xét", "Every version and review")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var sample: String

    func perform(_ session: Session) async throws {
        try await session.list("/samples/\(step(sample))/history", SampleTables.versions)
    }
}
