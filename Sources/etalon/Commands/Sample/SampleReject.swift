// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Rejects a sample.
struct SampleReject: Verb {
    static let example = #"etalon sample reject M18-00012 --reason "bao bì rách""#
    static let configuration = described("reject", "Không nhận mẫu", "Rejects a sample")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let event = RecordSampleEvent(sample: number, kind: "rejected", reason: reason)
        try session.show(record: try await session.post("/sample-events", event), PartyTables.acknowledgement)
    }
}
