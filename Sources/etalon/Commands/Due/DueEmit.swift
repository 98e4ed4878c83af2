// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc
import Vocabulary

/// Emits the due list of a date into files, chained to the run before; or every night's that is missing.
struct DueEmit: Verb {
    static let example = "etalon due emit --on 2018-06-30 --within 30d --out /var/lib/etalon/due"
    static let configuration = described(
        "emit", "Ghi danh sách đến hạn của một ngày ra csv, json, xlsx, pdf và manifest",
        "Writes the due list of a date as csv, json, xlsx, pdf and manifest")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Ngày; mặc định hôm nay", "Date; today when absent")) var on: String?
    @Option(help: .both("Số ngày tới, ví dụ 30d", "Days ahead, such as 30d")) var within: DaySpan?
    @Option(help: .both("Thư mục ghi vào", "Folder to write into")) var out: String
    @Flag(
        name: .customLong("catch-up"),
        help: .both(
            "Danh sách của đêm nay và những đêm còn thiếu", "The run of this night, and of the nights that are missing"))
    var catchUp = false
    @Option(help: .both("Chờ bản PDF nhiều nhất bao nhiêu giây", "Seconds to wait for the PDF at most")) var wait: Int = 30

    func validate() throws {
        try Waiting.check(wait)
        if catchUp, on != nil {
            throw ValidationError.both("--on và --catch-up không đi cùng nhau", "--on and --catch-up do not go together")
        }
    }

    func perform(_ session: Session) async throws {
        // A run that cannot be written would still stand in the chain.
        try WrittenFile.makeFolder(out)
        guard access(out, W_OK | X_OK) == 0 else {
            throw Failure(Phrase.fileUnwritable.filled(["file": out], why: SystemReason.text(errno)))
        }
        // A list of a million instruments takes its time without a word.
        let session = session.patient(seconds: 600)
        let folder = DueRunFolder(path: out)
        if catchUp {
            try await emitNights(into: folder, session)
        } else {
            let answer = try await session.post("/due-runs", EmitDueList(on: on, within: within?.days))
            try await finish(try session.read(DueRunDetail.self, answer), folder, session)
        }
    }

    /// Makes the runs that are to be made; then writes tonight's when a run before this one could not.
    private func emitNights(into folder: DueRunFolder, _ session: Session) async throws {
        let nights = try session.read(DueNights.self, try await session.get("/due-nights"))
        for night in nights.make {
            let answer = try await session.post("/due-runs", EmitDueList(on: night, within: within?.days, night: true))
            let run = try session.read(DueRunDetail.self, answer)
            if night == nights.today {
                try await finish(run, folder, session)
            } else {
                try await folder.write(run, session)
            }
        }
        guard let made = nights.nights.first(where: { $0.night == nights.today })?.runId else { return }
        let run = try session.read(DueRunDetail.self, try await session.get("/due-runs/\(step(made))"))
        if folder.holds(run) {
            try session.show(record: Array(run.manifest.utf8), DueRunTables.emitted)
        } else {
            try await finish(run, folder, session)
        }
    }

    private func finish(_ run: DueRunDetail, _ folder: DueRunFolder, _ session: Session) async throws {
        try await folder.write(run, session)
        if run.overdue + run.due <= DueRunDetail.printedLines {
            try await folder.writePrint(of: run, within: wait, session)
        }
        try session.show(record: Array(run.manifest.utf8), DueRunTables.emitted)
    }
}
