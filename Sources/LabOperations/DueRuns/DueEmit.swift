// SPDX-License-Identifier: Apache-2.0
internal import Digests
package import APIContract
package import LabStore
package import LaboratoryModel
internal import Procedures

/// Emits the due list of a date as the next run of the chain.
package enum DueEmit: Act {
    package static let name = "due.emit"
    package static let roles: Set<Role> = [.manager, .administrator]

    package static func perform(
        _ request: EmitDueList, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DueRunFiles {
        let started = ContinuousClock.now
        var check = InputCheck(today: setting.today)
        let day = check.date("on", request.on, required: false, future: true)
        let within = request.within ?? 30
        if !(0...3660).contains(within) { check.fault("within", vi: "từ 0 đến 3660 ngày", en: "between 0 and 3660 days") }
        try check.finish()

        _ = try database.find(Statements.dueRunLock)
        let head = try database.find(Statements.dueRunHead)
        let clock = try database.only(Statements.dueNow)
        let lines = try database.dueLines(DueSelection(within: within), on: day, subjects: ["instrument"])
        let csv = DueFile.csv(lines)
        let json = try DueFile.json(lines, asOf: "\(day)", within: within)
        let overdue = lines.filter { $0.class == "overdue" }.count
        let manifest = DueManifest(
            runId: clock.runId, asOf: "\(day)", emittedAt: clock.now,
            counts: .init(overdue: overdue, due: lines.count - overdue, total: lines.count),
            sha256: .init(csv: SHA256.hex(csv), json: SHA256.hex(json)),
            previous: head.map { .init(runId: $0.runId, manifestSha256: $0.manifestSha256) },
            engineVersion: MeasurementEvaluation.engineVersion,
            durationMs: Int((ContinuousClock.now - started) / .milliseconds(1)))
        let text = try jsonText(manifest) + "\n"
        _ = try database.only(
            Statements.dueRunAdd, clock.runId, "\(day)", within, overdue, lines.count - overdue, csv, json, text,
            SHA256.hex(text),
            head?.id, setting.caller.personID, clock.now)
        return DueRunFiles(runId: clock.runId, asOf: "\(day)", csv: csv, json: json, manifest: text)
    }
}

/// What a run claims, chained to the run before.
private struct DueManifest: Encodable {
    struct Counts: Encodable {
        let overdue: Int
        let due: Int
        let total: Int
    }
    struct Hashes: Encodable {
        let csv: String
        let json: String
    }
    struct Previous: Encodable {
        let runId: String
        let manifestSha256: String
    }

    let runId: String
    let asOf: String
    let emittedAt: String
    let counts: Counts
    let sha256: Hashes
    let previous: Previous?
    let engineVersion: String
    let durationMs: Int
}

/// The two forms of a due list: equal data give equal bytes.
enum DueFile {
    static let columns = [
        "class", "reason", "due_on", "days", "instrument_id", "type", "serial", "customer", "site", "district", "kind",
        "last_done_on", "last_certificate", "rule", "why",
    ]

    private struct Document: Encodable {
        let asOf: String
        let withinDays: Int
        let items: [DueLine]
    }

    static func csv(_ lines: [DueLine]) -> String {
        var text = columns.joined(separator: ",") + "\r\n"
        for line in lines {
            let cells = [
                line.class, line.reason, line.dueOn, String(line.days), String(line.instrumentId), line.type, line.serial,
                line.customer, line.site, line.district, line.kind, line.lastDoneOn ?? "", line.lastCertificate ?? "", line.rule,
                line.why,
            ]
            text += cells.map(quoted).joined(separator: ",") + "\r\n"
        }
        return text
    }

    static func json(_ lines: [DueLine], asOf: String, within: Int) throws -> String {
        try jsonText(Document(asOf: asOf, withinDays: within, items: lines)) + "\n"
    }

    /// RFC 4180.
    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
