// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Hands a sample over, or puts it into store.
struct SampleCustody: Verb {
    static let example = "etalon sample custody M18-00012 --to ktv.hoa"
    static let configuration = described(
        "custody", "Bàn giao mẫu cho người khác, hoặc đưa vào lưu", "Hands a sample over, or puts it into store")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String
    @Option(name: .customLong("to"), help: .both("Tài khoản người nhận", "User name of who takes it")) var person: String?
    @Option(help: .both("Nơi để mẫu", "Where it is kept")) var place: String?

    func validate() throws {
        guard person != nil || place != nil else {
            throw ValidationError.both("nêu --to hoặc --place", "name --to or --place")
        }
    }

    func perform(_ session: Session) async throws {
        let event = RecordSampleEvent(
            sample: number, kind: person == nil ? "stored" : "handed_over", place: place, toPerson: person)
        try session.show(record: try await session.post("/sample-events", event), PartyTables.acknowledgement)
    }
}
