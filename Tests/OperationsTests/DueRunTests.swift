// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Foundation
import LaboratoryModel
import Testing

@testable import LabOperations

@Suite("Runs of the due list")
struct DueRunTests {
    @Test func `emitted twice the bytes are equal, and the manifest is chained to the one before`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.addThermometer("NK-1", inUse: "2018-06-25")
        let first = try await bench.emit(on: "2018-06-30")
        let second = try await bench.emit(on: "2018-06-30")
        #expect(first.runId != second.runId)
        for name in ["csv", "json", "xlsx"] {
            let bytes = try await bench.file(name, of: first.runId)
            #expect(try await bench.file(name, of: second.runId) == bytes, "\(name)")
            #expect(first.manifest.contains("\"\(try #require(first.files.first { $0.name == name }).sha256)\""), "\(name)")
        }
        #expect(try await bench.text("csv", of: first.runId).split(separator: "\r\n").count == 3)
        let runs = try await bench.ask(DueRunList.self, Page())
        #expect(runs.items.map(\.runId) == [second.runId, first.runId])
        #expect(runs.items.map(\.previous) == [first.runId, nil])
        #expect(second.manifest.contains(first.runId))
        #expect(second.manifest.contains(runs.items[1].manifestSha256))
        #expect(!first.manifest.contains("\"manifest_sha256\""))
        let sums = try await bench.database.texts(
            "select encode(sha256(convert_to(manifest, 'UTF8')), 'hex') from record.due_run order by id desc")
        #expect(sums == runs.items.map(\.manifestSha256))
    }

    @Test func `the json of a run is the due list of its day, member for member`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2017-05-10", evidence: .stamped("00001", seal: "001")))
        try await bench.addThermometer("NK \"1\"", inUse: "2018-06-25")
        let run = try await bench.emit(on: "2018-06-30")
        struct Emitted: Codable {
            var asOf: String
            var withinDays: Int
            var items: [DueLine]
        }
        let emitted = try StrictJSON.decode(Emitted.self, from: try await bench.file("json", of: run.runId))
        let asked = try await bench.ask(DueList.self, DueSelection(asOf: "2018-06-30"))
        #expect(emitted.asOf == "2018-06-30" && emitted.withinDays == 30)
        #expect(try StrictJSON.encode(emitted.items) == (try StrictJSON.encode(asked.items)))
        #expect(emitted.items.count == 2)
    }

    @Test func `what was emitted stays as it was said, though the records know better today`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let run = try await bench.emit(on: "2018-06-30")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        let now = try await bench.ask(DueList.self, DueSelection(asOf: "2018-06-30", onlyOverdue: true))
        #expect(now.items.isEmpty)
        #expect(try await bench.text("csv", of: run.runId).contains("never-verified"))
        #expect(try await bench.ask(DueRunShow.self, String(run.runId.prefix(8))).manifest == run.manifest)
    }

    @Test func `the workbook has real dates and numbers on a sheet of each class, and a summary`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.addDispenser("=2+2")
        try await bench.measure(.dispenser("COT-1", on: "2017-06-02", evidence: .stamped("00001", seal: "001")))
        let run = try await bench.emit(on: "2018-06-20")
        let path = NSTemporaryDirectory() + "\(run.runId).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }  // a temporary file that stays harms nobody
        try Data(try await bench.file("xlsx", of: run.runId)).write(to: URL(filePath: path))
        let said = try PythonJudge.run(
            """
            import sys, openpyxl
            b = openpyxl.load_workbook(sys.argv[1])
            overdue, due, summary = b.worksheets
            row = {c.value.split(" / ")[1]: r for c, r in zip(due[1], due[2])}
            print(due.max_row, row["Due on"].is_date, row["Due on"].value.date(), row["Days"].value, row["Code"].value)
            print(overdue.max_row, overdue["D2"].value, overdue["D2"].data_type, due.freeze_panes, due.auto_filter.ref)
            print([c.value for c in summary[summary.max_row]])
            """, [path])
        #expect(
            said == """
                2 True 2018-06-30 10 COT-1
                2 =2+2 s A2 A1:O2
                ['Tất cả / All', None, 1, 1, 2]
                """)
    }

    @Test func `two runs differ by what came, what went and what changed its class`() async throws {
        let bench = try await Bench.open()
        for (code, day, number) in [("COT-1", "2017-05-10", "1"), ("COT-2", "2017-06-02", "2"), ("COT-3", "2017-07-02", "3")] {
            try await bench.addDispenser(code)
            try await bench.measure(.dispenser(code, on: day, evidence: .stamped("0000\(number)", seal: "00\(number)")))
        }
        let before = try await bench.emit(on: "2018-06-20")
        try await bench.measure(.dispenser("COT-1", on: "2018-06-21", evidence: .stamped("00004", seal: "004")))
        let after = try await bench.emit(on: "2018-07-02")
        let difference = try await bench.ask(DueRunCompare.self, (String(before.runId.prefix(10)), after.runId))
        let changes = difference.changes.map { "\($0.change) \($0.code) \($0.classBefore ?? "-") \($0.classAfter ?? "-")" }
        #expect(changes == ["came COT-3 - due", "changed COT-2 due overdue", "went COT-1 overdue -"])
        #expect(difference.total == 3)
        let same = try await bench.ask(DueRunCompare.self, (after.runId, after.runId))
        #expect(same.total == 0 && same.changes.isEmpty)
    }

    @Test func `the chain verifies page by page, and each forgery of a row, a file or a link is named`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        var runs: [String] = []
        for day in 1...5 { runs.append(try await bench.emit(on: "2018-06-0\(day)").runId) }
        var page = try await bench.ask(DueRunVerify.self, Page(limit: 3))
        #expect(page.intact && page.runs == 3)
        page = try await bench.ask(DueRunVerify.self, Page(after: page.next.flatMap { Int64($0) }, limit: 3))
        #expect(page.intact && page.runs == 2 && page.next == nil)
        try await bench.database.script(
            """
            set session_replication_role = replica;
            update record.due_run set manifest = replace(manifest, '"due":', '"due" :') where run_id = '\(runs[0])';
            update record.due_run_part set body = body || 'x'::bytea where run_id = '\(runs[1])' and name = 'csv';
            update record.due_run set overdue = overdue + 1 where run_id = '\(runs[2])';
            update record.due_run set previous_id = id where run_id = '\(runs[4])';
            """)
        let forged = try await bench.ask(DueRunVerify.self, Page())
        #expect(!forged.intact)
        #expect(
            forged.faults.map { "\(runs.firstIndex(of: $0.runId) ?? -1) \($0.faults.joined(separator: ","))" } == [
                "0 manifest", "1 previous,csv", "2 counts", "4 link,previous",
            ])
    }

    @Test func `a run of the days before files had rows is read, verified and compared like any other`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let run = try await bench.emit(on: "2018-06-30")
        let bytes = try await bench.file("csv", of: run.runId)
        try await bench.database.script(
            """
            set session_replication_role = replica;
            update record.due_run r set
                csv = (select convert_from(string_agg(p.body, ''::bytea order by number), 'UTF8') from record.due_run_part p
                       where p.run_id = r.run_id and p.name = 'csv'),
                json = (select convert_from(string_agg(p.body, ''::bytea order by number), 'UTF8') from record.due_run_part p
                        where p.run_id = r.run_id and p.name = 'json'),
                origin = null, emitted_on = null;
            delete from record.due_run_part;
            delete from record.due_run_file where name <> 'xlsx';
            """)
        #expect(try await bench.file("csv", of: run.runId) == bytes)
        #expect(try await bench.ask(DueRunShow.self, run.runId).files.map(\.name) == ["csv", "json", "xlsx"])
        #expect(try await bench.ask(DueRunVerify.self, Page()).faults.map(\.faults) == [["xlsx"]])
        #expect(try await bench.ask(DueRunCompare.self, (run.runId, run.runId)).total == 0)
    }

    @Test func `runs are listed page by page without a gap`() async throws {
        let bench = try await Bench.open()
        var runs: [String] = []
        for day in 1...5 { runs.append(try await bench.emit(on: "2018-06-0\(day)").runId) }
        var seen: [String] = []
        var after: Int64?
        repeat {
            let page = try await bench.ask(DueRunList.self, Page(after: after, limit: 2))
            seen += page.items.map(\.runId)
            after = page.next.flatMap { Int64($0) }
        } while after != nil
        #expect(seen == runs.reversed())
    }
}

extension Bench {
    /// Emits the list of a day as the manager.
    func emit(on day: String?, within: Int? = nil, night: Bool? = nil) async throws -> DueRunDetail {
        try await act(DueEmit.self, EmitDueList(on: day, within: within, night: night), by: people.manager)
    }

    /// The bytes of a file of a run.
    func file(_ name: String, of run: String) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var number = 1
        while true {
            let part = try await ask(DueRunPart.self, (run, name, number))
            guard !part.isEmpty else { return bytes }
            bytes += part
            number += 1
        }
    }

    /// A file of a run as text.
    func text(_ name: String, of run: String) async throws -> String {
        String(decoding: try await file(name, of: run), as: UTF8.self)
    }
}
