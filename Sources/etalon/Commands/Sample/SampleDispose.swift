// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Disposes of a sample.
struct SampleDispose: Verb {
    static let example = #"etalon sample dispose M18-00012 --reason "hết thời gian lưu""#
    static let configuration = described("dispose", "Thanh lý mẫu", "Disposes of a sample")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let event = RecordSampleEvent(sample: number, kind: "disposed", reason: reason)
        try session.show(record: try await session.post("/sample-events", event), PartyTables.acknowledgement)
    }
}
