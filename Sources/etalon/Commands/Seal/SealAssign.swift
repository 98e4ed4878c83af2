// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Gives stamps to a verifier.
struct SealAssign: Verb {
    static let example = "etalon seal assign stamp KD18 000001 000050 --to kdv.nam"
    static let configuration = described("assign", "Giao tem, niêm cho kiểm định viên", "Gives stamps to a verifier")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var run: SealRun
    @Option(name: .customLong("to"), help: .both("Tài khoản người nhận", "User name of the verifier")) var person: String
    @Option(help: .both("Ngày; mặc định hôm nay", "Day; today when absent")) var on: String?

    func perform(_ session: Session) async throws {
        let body = RecordStampEvent(
            kind: run.kind, series: run.series, from: run.from, to: run.last, event: "assigned", person: person,
            happenedOn: on)
        try session.show(record: try await session.post("/stamp-events", body), PartyTables.acknowledgement)
    }
}
