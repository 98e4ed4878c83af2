// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// The emitted runs of the due list.
struct DueRunsGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: Bilingual(vi: "Các lần đã ghi danh sách", en: "The emitted runs").inHelp,
        subcommands: [
            DueRunsList.self, DueRunsShow.self, DueRunsFetch.self, DueRunsDiff.self, DueRunsVerify.self, DueRunsNights.self,
            DueRunsAlarms.self,
        ],
        defaultSubcommand: DueRunsList.self)
}

/// Lists the emitted runs.
struct DueRunsList: Verb {
    static let example = "etalon due runs list --limit 14"
    static let configuration = described("list", "Liệt kê các lần đã ghi danh sách", "Lists the emitted runs")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list("/due-runs", ["limit": page.limitText, "cursor": page.cursor], DueRunTables.runs)
    }
}

/// Shows one run with its files.
struct DueRunsShow: Verb {
    static let example = "etalon due runs show 5f2c81"
    static let configuration = described("show", "Xem một lần chạy và các tệp của nó", "Shows a run and its files")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã lần chạy, hoặc phần đầu của mã", "Id of the run, or the beginning of it")) var run: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/due-runs/\(step(run))")
        try session.show(record: answer, DueRunTables.run, [DueRunTables.files])
    }
}

/// Writes the files of a run into a folder.
struct DueRunsFetch: Verb {
    static let example = "etalon due runs fetch 5f2c81 --out /tmp/due"
    static let configuration = described(
        "fetch", "Ghi các tệp của một lần chạy ra thư mục", "Writes the files of a run into a folder")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã lần chạy, hoặc phần đầu của mã", "Id of the run, or the beginning of it")) var run: String
    @Option(help: .both("Thư mục ghi vào", "Folder to write into")) var out: String

    func perform(_ session: Session) async throws {
        try WrittenFile.makeFolder(out)
        let detail = try session.read(DueRunDetail.self, try await session.get("/due-runs/\(step(run))"))
        try await DueRunFolder(path: out).write(detail, session)
    }
}

/// Shows what came, went and changed between two runs.
struct DueRunsDiff: Verb {
    static let example = "etalon due runs diff 5f2c81 a01b9e"
    static let configuration = described(
        "diff", "Điều gì thêm, bớt, đổi giữa hai lần chạy", "What came, went and changed between two runs")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Lần chạy trước", "The run before")) var before: String
    @Argument(help: .both("Lần chạy sau", "The run after")) var after: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/due-runs/\(step(after))/changes", ["since": before])
        try session.show(record: answer, DueRunTables.difference, [DueRunTables.changes])
    }
}

/// Compares every run with its manifest and the run before.
struct DueRunsVerify: Verb {
    static let example = "etalon due runs verify"
    static let configuration = described(
        "verify", "So mọi lần chạy với manifest, tệp và lần trước; thoát 1 nếu có sai lệch",
        "Compares every run with its manifest, files and the run before; exit 1 when one differs")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        var total = DueRunVerification(intact: true, runs: 0, faults: [], next: nil)
        repeat {
            let answer = try await session.get("/due-run-verification", ["cursor": total.next, "limit": "20"])
            let page = try session.read(DueRunVerification.self, answer)
            total.intact = total.intact && page.intact
            total.runs += page.runs
            total.faults += page.faults
            total.next = page.next
        } while total.next != nil
        try session.show(
            record: try StrictJSON.encode(total), DueRunTables.verification, total.intact ? [] : [DueRunTables.faults])
        if !total.intact { throw end(.refused) }
    }
}

/// Lists the nights and the run of each.
struct DueRunsNights: Verb {
    static let example = "etalon due runs nights"
    static let configuration = described(
        "nights", "Các đêm và danh sách của từng đêm", "The nights and the run of each")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/due-nights")
        try session.show(record: answer, DueRunTables.nights, [DueRunTables.night])
    }
}

/// Lists alarms about nights.
struct DueRunsAlarms: Verb {
    static let example = "etalon due runs alarms --open"
    static let configuration = described(
        "alarms", "Cảnh báo đêm thiếu hoặc bất thường", "Alarms about missing and suspicious nights")

    @OptionGroup var global: GlobalOptions
    @Flag(help: .both("Chỉ những cảnh báo chưa hết", "Only those that nothing has ended")) var open = false
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/due-alarms", ["open": open.parameter, "limit": page.limitText, "cursor": page.cursor], DueRunTables.alarms)
    }
}
