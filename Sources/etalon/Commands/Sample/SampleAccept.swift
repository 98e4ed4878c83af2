// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Accepts a sample for testing.
struct SampleAccept: Verb {
    static let example = "etalon sample accept M18-00012"
    static let configuration = described("accept", "Tiếp nhận mẫu để thử", "Accepts a sample for testing")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String
    @Option(help: .both("Nơi để mẫu", "Where it is kept")) var place: String?

    func perform(_ session: Session) async throws {
        let event = RecordSampleEvent(sample: number, kind: "accepted", place: place)
        try session.show(record: try await session.post("/sample-events", event), PartyTables.acknowledgement)
    }
}
