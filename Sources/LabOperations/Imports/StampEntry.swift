// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A run of stamps or seals of a start-up file: in stock, or in the hands of a verifier.
struct StampEntry: ImportEntry {
    static let kind = ImportKind.stamps
    /// The most numbers of one file.
    static let mostNumbers = 200_000

    let position: Int
    let kind: String
    let series: String
    let first: String
    let last: String
    let receivedOn: CivilDate
    let holder: String?

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        kind = check.word("kind", line["kind"], of: StampReceive.kinds)
        series = check.text("series", line["series"], longest: 20)
        first = line["first"] ?? ""
        last = line["last"] ?? ""
        receivedOn = check.date("received_on", line["received_on"])
        var run = InputCheck(today: receivedOn)
        StampRun.check(first, last, &run)
        for fault in run.faults {
            check.fault(fault.field == "to" ? "last" : "first", vi: fault.message.vi, en: fault.message.en)
        }
        holder = check.textIfAny("holder", line["holder"], longest: 40)
    }

    var keys: [(column: String, text: String)] { [] }

    /// How many numbers the run has; 0 for what is no run or one too long.
    private var count: Int {
        var run = InputCheck(today: receivedOn)
        StampRun.check(first, last, &run)
        guard run.faults.isEmpty, let from = Int(first), let to = Int(last) else { return 0 }
        return to - from + 1
    }

    static func clashes(_ entries: [StampEntry]) -> [Int: InputFault] {
        var clashes: [Int: InputFault] = [:]
        let runs = entries.filter { $0.count > 0 }
            .sorted { ($0.kind, $0.series, $0.first.count, $0.first) < ($1.kind, $1.series, $1.first.count, $1.first) }
        var reach: StampEntry?
        for run in runs {
            if let reach, (reach.kind, reach.series, reach.first.count) == (run.kind, run.series, run.first.count),
                run.first <= reach.last
            {
                let other = "\(reach.series) \(reach.first)–\(reach.last)"
                clashes[run.position] = InputFault(
                    field: "first",
                    message: BilingualSentence(vi: "trùng với \(other) trong tệp", en: "overlaps \(other) in the file"))
                if run.last <= reach.last { continue }
            }
            reach = run
        }
        var total = 0
        for run in entries {
            total += run.count
            if total > mostNumbers {
                clashes[run.position] = InputFault(
                    field: "last",
                    message: BilingualSentence(
                        vi: "nhiều hơn \(mostNumbers) số trong tệp", en: "more than \(mostNumbers) numbers in the file"))
            }
        }
        return clashes
    }

    func compare(_ known: ImportStampFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        if let holder, known.holderId == nil { check.missing("holder", holder, vi: "nhân viên", en: "person of the staff") }
        guard known.known > 0, count > 0 else { return nil }
        if known.known < count {
            check.fault(
                "first", vi: "\(known.known) trong \(count) số đã có trong sổ",
                en: "\(known.known) of the \(count) numbers are in the records already")
        }
        return ("first", "\(series) \(first)–\(last)")
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportStampFacts] {
        try database.all(Statements.importStampFacts, rows)
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        _ = try database.find(Statements.stampLock)
        try database.run(Statements.importStampsAdd, rows, person)
    }
}
