// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Takes stamps into stock.
struct SealReceive: Verb {
    static let example = "etalon seal receive stamp KD18 000001 000500"
    static let configuration = described("receive", "Nhập kho tem, niêm", "Takes stamps into stock")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var run: SealRun

    func perform(_ session: Session) async throws {
        let body = ReceiveStamps(kind: run.kind, series: run.series, from: run.from, to: run.last)
        try session.show(record: try await session.post("/stamp-receipts", body), PartyTables.acknowledgement)
    }
}
