// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows what is to be reviewed, approves it, or sends it back.
struct ResultReview: Verb {
    static let example = #"etalon result review M18-00012 --send-back --indicator PET-RON --reason "thiếu số đọc""#
    static let configuration = described(
        "review", "Soát xét: xem, duyệt (--approve) hoặc trả lại (--send-back)",
        "Reviews: shows, approves (--approve) or sends back (--send-back)")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var sample: String
    @Flag(help: .both("Duyệt", "Approve")) var approve = false
    @Flag(help: .both("Trả lại", "Send back")) var sendBack = false
    @Option(name: .customLong("indicator"), help: .both("Chỉ những chỉ tiêu này", "These indicators only"))
    var indicators: [String] = []
    @Option(help: .both("Lý do trả lại", "Why it is sent back")) var reason: String?

    func validate() throws {
        guard !(approve && sendBack) else {
            throw ValidationError.both("chọn --approve hoặc --send-back", "either --approve or --send-back")
        }
        guard !sendBack || reason != nil else {
            throw ValidationError.both("trả lại cần --reason", "sending back needs --reason")
        }
    }

    func perform(_ session: Session) async throws {
        guard approve || sendBack else { return try await show(session) }
        let review = ReviewResults(
            sample: sample, indicators: indicators.listed, decision: approve ? "approved" : "sent_back",
            reason: reason)
        try session.show(record: try await session.post("/reviews", review), PartyTables.acknowledgement)
    }

    /// The sample as it stands, and in tables every version of its results: what changed, by whom and why.
    private func show(_ session: Session) async throws {
        let answer = try await session.get("/samples/\(step(sample))")
        try session.show(record: answer, SampleTables.sample, [SampleTables.lines])
        guard session.presentation.format == .table else { return }
        session.output("\n")
        try await session.list("/samples/\(step(sample))/history", SampleTables.versions)
    }
}
