// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Asks for indicators to be tested again: sends them back with the reason.
struct ResultRetest: Verb {
    static let example = #"etalon result retest M18-00012 --indicator PET-RON --reason "lặp lại vượt giới hạn""#
    static let configuration = described("retest", "Yêu cầu thử lại", "Asks for a test to be repeated")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var sample: String
    @Option(name: .customLong("indicator"), help: .both("Chỉ tiêu; lặp lại được", "Indicator; may be repeated"))
    var indicators: [String]
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let review = ReviewResults(
            sample: sample, indicators: indicators.listed, decision: "sent_back", reason: reason)
        try session.show(record: try await session.post("/reviews", review), PartyTables.acknowledgement)
    }
}
