// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records what happened to an instrument.
struct InstrumentEvent: Verb {
    /// What can happen, as flags.
    enum Kind: String, EnumerableFlag {
        case sealBroken = "seal_broken"
        case stampLost = "stamp_lost"
        case markLost = "mark_lost"
        case repaired
        case changed
        case failedInspection = "failed_inspection"
        case evidenceRecalled = "evidence_recalled"
        case moved
        case ownerChanged = "owner_changed"
        case takenOut = "taken_out"
        case putBack = "put_back"
    }

    static let example = #"etalon instrument event PTD-00001 --seal-broken --on 2018-07-02 --note "niêm bộ đếm bị đứt""#
    static let configuration = described(
        "event", "Ghi sự kiện: đứt niêm, sửa chữa, chuyển chỗ …", "Records an event: seal broken, repaired, moved …")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã phương tiện đo", "Code of the instrument")) var code: String
    @Argument(help: .both("Sự kiện, nếu không dùng cờ", "The event, when no flag is given")) var kind: String?
    @Flag var flag: Kind?
    @Option(help: .both("Ngày xảy ra; mặc định hôm nay", "Day it happened; today when absent")) var on: String?
    @Option(help: .both("Ghi chú", "Note")) var note: String?
    @Option(help: .both("Địa điểm mới", "The new site")) var site: String?

    func validate() throws {
        guard (kind == nil) != (flag == nil) else {
            throw ValidationError.both("nêu một sự kiện, ví dụ --seal-broken", "name one event, such as --seal-broken")
        }
    }

    func perform(_ session: Session) async throws {
        let named = flag?.rawValue ?? kind.map { String($0.map { $0 == "-" ? "_" : $0 }) } ?? ""
        let event = RecordInstrumentEvent(instrument: code, kind: named, happenedOn: on, note: note, site: site)
        try session.show(record: try await session.post("/instrument-events", event), PartyTables.acknowledgement)
    }
}
