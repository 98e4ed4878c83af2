// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records that stamps were lost, voided, returned or removed.
struct SealEvent: Verb {
    static let example = #"etalon seal event lost stamp KD18 000017 --reason "rơi ở chợ""#
    static let configuration = described(
        "event", "Ghi mất, hủy, trả lại, tháo", "Records lost, void, returned or removed stamps")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "void, lost, returned, removed") var event: String
    @OptionGroup var run: SealRun
    @Option(help: .both("Ngày; mặc định hôm nay", "Day; today when absent")) var on: String?
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func perform(_ session: Session) async throws {
        let body = RecordStampEvent(
            kind: run.kind, series: run.series, from: run.from, to: run.last, event: event, happenedOn: on,
            reason: reason)
        try session.show(record: try await session.post("/stamp-events", body), PartyTables.acknowledgement)
    }
}
