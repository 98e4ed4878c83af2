// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Approves the results of a sample.
struct ResultApprove: Verb {
    static let example = "etalon result approve M18-00012"
    static let configuration = described("approve", "Duyệt kết quả", "Approves the results of a sample")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var sample: String
    @Option(name: .customLong("indicator"), help: .both("Chỉ những chỉ tiêu này", "These indicators only"))
    var indicators: [String] = []

    func perform(_ session: Session) async throws {
        let review = ReviewResults(sample: sample, indicators: indicators.listed, decision: "approved")
        try session.show(record: try await session.post("/reviews", review), PartyTables.acknowledgement)
    }
}
