// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Takes a run of stamps or seals into stock.
package enum StampReceive: Act {
    package static let name = "stamp.receive"
    package static let roles: Set<Role> = [.quality, .administrator]
    static let kinds = ["stamp", "seal", "mark", "totaliser_seal", "inspection_seal"]

    package static func perform(
        _ request: ReceiveStamps, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: kinds)
        let series = check.text("series", request.series, longest: 20)
        StampRun.check(request.from, request.to, &check)
        try check.finish()
        let added = try database.only(
            Statements.stampsReceive, kind, series, request.from, request.to, setting.caller.personID, "\(setting.today)")
        return Acknowledgement(id: added.id, code: "\(series) \(request.from)–\(request.to)")
    }
}

/// A run of numbers of one length.
enum StampRun {
    static let longest = 10_000

    static func check(_ from: String, _ to: String, _ check: inout InputCheck) {
        let digits = from.allSatisfy { $0.isASCII && $0.isNumber } && to.allSatisfy { $0.isASCII && $0.isNumber }
        guard digits, !from.isEmpty, from.count == to.count, from.count <= 12, let first = Int64(from), let last = Int64(to),
            first <= last
        else {
            check.fault(
                "from", vi: "số đầu và số cuối phải là chữ số, cùng độ dài, số đầu ≤ số cuối",
                en: "first and last number are digits of the same length, first ≤ last")
            return
        }
        if last - first >= Int64(longest) {
            check.fault("to", vi: "nhiều hơn \(longest) số", en: "more than \(longest) numbers")
        }
    }
}

/// Assigns stamps to a verifier, or records their loss, voiding, return or removal.
package enum StampEventRecord: Act {
    package static let name = "stamp.event"
    package static let roles: Set<Role> = [.quality, .administrator, .technician]
    /// From which state each event may come.
    static let allowed: [String: Set<String>] = [
        "assigned": ["received", "returned"],
        "void": ["received", "assigned", "returned"],
        "lost": ["received", "assigned", "returned", "affixed"],
        "returned": ["assigned"],
        "removed": ["affixed"],
    ]

    package static func perform(
        _ request: RecordStampEvent, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: StampReceive.kinds)
        let event = check.word("event", request.event, of: allowed.keys.sorted())
        StampRun.check(request.from, request.to, &check)
        let day = check.date("happened_on", request.happenedOn, required: false)
        if event == "assigned" { _ = check.text("person", request.person) }
        if ["void", "lost", "removed"].contains(event) { _ = check.text("reason", request.reason) }
        try check.finish()
        if event == "assigned", setting.caller.roles.isDisjoint(with: [.quality, .administrator]) {
            throw ActError.notPermitted(needs: [.quality, .administrator])
        }
        let person = try request.person.map { try database.person($0).id }
        _ = try database.find(Statements.stampLock)
        let stamps = try database.all(Statements.stampRun, kind, request.series, request.from, request.to)
        let expected = (Int(request.to) ?? 0) - (Int(request.from) ?? 0) + 1
        guard stamps.count == expected else {
            throw ActError.refused([
                .stampUnknown(stamp: "\(request.series) \(request.from)–\(request.to) (\(stamps.count)/\(expected))")
            ])
        }
        let wrong = stamps.filter { !(allowed[event] ?? []).contains($0.state ?? "") }
        guard wrong.isEmpty else {
            throw ActError.refused(
                wrong.prefix(20).map { .stampUsed(stamp: "\(request.series) #\($0.position)", state: $0.state ?? "") })
        }
        try database.run(
            Statements.stampEventsAdd, stamps.compactMap(\.id), event, "\(day)", person, request.reason, setting.caller.personID)
        return Acknowledgement(id: Int64(stamps.count), code: "\(request.series) \(request.from)–\(request.to)")
    }
}

/// Every number accounted for.
package enum StampStockList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ holder: String?, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        StampStock
    > {
        List(items: try database.all(Statements.stampStock, holder))
    }
}
