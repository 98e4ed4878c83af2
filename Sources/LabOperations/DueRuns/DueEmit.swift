// SPDX-License-Identifier: Apache-2.0
internal import Certificates
internal import Digests
internal import Jobs
package import APIContract
package import LabStore
package import LaboratoryModel
internal import Procedures

/// Emits the due list of a date as the next run of the chain: its files, its manifest, and the judgement of its size. A night has one run
/// of record: asked for again, that one is the answer, however far ahead it looks.
package enum DueEmit: Act {
    package static let name = "due.emit"
    package static let roles: Set<Role> = [.manager, .administrator]

    package static func perform(
        _ request: EmitDueList, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DueRunDetail {
        let started = ContinuousClock.now
        var check = InputCheck(today: setting.today)
        let isNight = request.night ?? false
        let day = check.date("on", request.on, required: false, future: !isNight)
        let within = request.within ?? 30
        if !(0...3660).contains(within) { check.fault("within", vi: "từ 0 đến 3660 ngày", en: "between 0 and 3660 days") }
        try check.finish()
        // A night made under a wrong date would stay the run of record of that date.
        if isNight, let since = try ClockGuard.report(on: database).heldAt { throw ActError.refused([.clockHeld(since: since)]) }

        _ = try database.find(Statements.dueRunLock)
        // Whoever asked before and was cut off has its run; a second one would be told to everybody again.
        if isNight, let made = try database.find(Statements.dueNightRun, "\(day)") { return try database.dueRun(made.name) }
        let head = try database.find(Statements.dueRunHead)
        let clock = try database.only(Statements.dueNow)
        let files = try DueRunFiles(run: clock.runId, asOf: day, within: within, on: database)
        let origin: DueRunOrigin = !isNight ? .requested : day == setting.today ? .nightly : .caughtUp
        let manifest = DueManifest(
            runId: clock.runId, asOf: "\(day)", withinDays: within, origin: origin, emittedAt: clock.now,
            counts: .init(overdue: files.overdue, due: files.due, total: files.overdue + files.due), sha256: files.sha256,
            previous: head.map { .init(runId: $0.runId, manifestSha256: $0.manifestSha256) },
            engineVersion: MeasurementEvaluation.engineVersion,
            durationMs: Int((ContinuousClock.now - started) / .milliseconds(1)))
        let text = try jsonText(manifest) + "\n"
        _ = try database.only(
            Statements.dueRunAdd, clock.runId, "\(day)", within, files.overdue, files.due, text, SHA256.hex(text), head?.id,
            setting.caller.personID, clock.now, origin.rawValue)
        if origin == .nightly { try DueMail.enqueue(run: clock.runId, on: database) }
        // What somebody asked for is no night's list: it neither raises an alarm nor ends one.
        if isNight {
            try DueNight.judge(
                run: clock.runId, asOf: day, within: within, lines: files.overdue + files.due, on: database)
        }
        try database.announceRun(
            clock.runId, asOf: day, origin, overdue: files.overdue, due: files.due, manifest: SHA256.hex(text))
        try PrintDueRun.enqueue(run: clock.runId, lines: files.overdue + files.due, on: database)
        return try database.dueRun(clock.runId)
    }
}

/// Why a run was made.
enum DueRunOrigin: String, Encodable {
    /// The run of record of a night, made on its day.
    case nightly
    /// Asked for by a person.
    case requested
    /// The run of record of a night that was missed, made later.
    case caughtUp = "caught_up"
}

/// What a run claims, chained to the run before.
private struct DueManifest: Encodable {
    struct Counts: Encodable {
        let overdue: Int
        let due: Int
        let total: Int
    }
    struct Previous: Encodable {
        let runId: String
        let manifestSha256: String
    }

    let runId: String
    let asOf: String
    let withinDays: Int
    let origin: DueRunOrigin
    let emittedAt: String
    let counts: Counts
    let sha256: DueRunFiles.Hashes
    let previous: Previous?
    let engineVersion: String
    let durationMs: Int
}

/// The files that are made with a run, a thousand lines at a time: no list is ever held as a whole.
struct DueRunFiles {
    /// SHA-256 of each file.
    struct Hashes: Encodable {
        let csv: String
        let json: String
        let xlsx: String
    }

    /// Lines that are overdue.
    let overdue: Int
    /// Lines that are due, and not overdue.
    let due: Int
    /// The hashes for the manifest.
    let sha256: Hashes

    /// Makes and stores the files of a list.
    init(run: String, asOf day: CivilDate, within: Int, on database: isolated Transaction) throws {
        let counts = DueCounts()
        var csv = try DueRunParts(run: run, name: "csv")
        var json = try DueRunParts(run: run, name: "json")
        var book = try DueWorkbook(
            asOf: "\(day)", within: within, author: try database.laboratory().name.vi.lines, counts: counts)
        csv.append { $0 += DueLineBytes.csvHeading }
        json.append { $0 += DueLineBytes.jsonOpening(asOf: "\(day)", within: within) }
        var isFirst = true
        for rows in try database.dueRows(DueSelection(within: within), on: day, subjects: ["instrument"]) {
            for line in try database.all(Statements.dueLines, rows.rows, "\(day)") {
                counts.add(line)
                csv.append { DueLineBytes.appendCSV(line, to: &$0) }
                json.append { bytes in
                    if !isFirst { bytes.append(UInt8(ascii: ",")) }
                    DueLineBytes.appendJSON(line, to: &bytes)
                }
                isFirst = false
                try book.append(line)
            }
            try csv.storeFullPart(on: database)
            try json.storeFullPart(on: database)
        }
        json.append { $0 += DueLineBytes.jsonClosing }
        let csvHash = try csv.finish(on: database)
        let jsonHash = try json.finish(on: database)
        let xlsxHash = try book.finish { next in
            try DueRunParts.store(run: run, name: "xlsx", engine: DueWorkbook.engine, on: database, next: next)
        }
        (overdue, due) = (counts.overdue, counts.due)
        sha256 = Hashes(csv: csvHash, json: jsonHash, xlsx: xlsxHash)
    }
}

extension String {
    /// A text of several lines in one.
    fileprivate var lines: String { String(map { $0.isNewline ? " " : $0 }) }
}
