// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabStore
import LaboratoryModel
import Logging
import Postgres
import Testing

@testable import LabOperations

@Suite("Nights of the due list")
struct DueNightTests {
    private let usual = DueNight.Rule.usual

    @Test func `a list is suspicious below half of the median of its own class of nights, and only when enough nights are known`()
    {
        func verdict(_ lines: Int, _ earlier: [Int], _ rule: DueNight.Rule = .usual) -> DueNight.Verdict {
            DueNight.verdict(lines: lines, earlier: earlier, rule: rule) { true }
        }
        #expect(verdict(50, [100, 100, 100]) == .good)
        #expect(verdict(49, [100, 100, 100]) == .small(usual: 100))
        #expect(verdict(1, [100, 100]) == .good)
        #expect(verdict(49, [100, 1, 100, 2, 100]) == .small(usual: 100))
        // Of an even number the lower of the two in the middle; older nights than the rule names do not count.
        #expect(verdict(20, [40, 60, 30, 100]) == .good)
        #expect(verdict(20, [30, 30, 30, 1000, 1000, 1000, 1000], .init(sharePercent: 50, nights: 3, atLeast: 3)) == .good)
        #expect(verdict(0, [100, 100, 100], .init(sharePercent: 0, nights: 7, atLeast: 3)) == .empty(usual: 100))
        #expect(verdict(0, []) == .empty(usual: nil))
        // Where no line is usual, none is no news; and nothing is due where nothing has a deadline.
        #expect(verdict(0, [0, 0, 0]) == .good)
        #expect(DueNight.verdict(lines: 0, earlier: [], rule: .usual) { false } == .good)
    }

    @Test func `missed nights are made up for as of their own days, and are told as such`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.addDispenser("COT-1", inUse: "2018-12-29")
        _ = try await bench.emit(on: "2018-12-26", night: true)
        let nights = try await bench.ask(DueNightList.self, ())
        #expect(nights.make == ["2018-12-27", "2018-12-28", "2018-12-29", "2018-12-30", "2018-12-31"])
        var counts: [String: Int] = [:]
        for night in nights.make { counts[night] = try await bench.emit(on: night, night: true).overdue }
        // In use from the 29th and never verified, it was overdue on the next day, and not before.
        #expect(counts["2018-12-28"] == 0 && counts["2018-12-31"] == 1)
        let runs = try await bench.ask(DueRunList.self, Page()).items
        #expect(runs.map(\.origin) == ["nightly"] + Array(repeating: "caught_up", count: 5))
        #expect(runs.allSatisfy { !$0.emittedAt.hasPrefix($0.asOf) || $0.origin == "nightly" })
        #expect(try await bench.ask(DueNightList.self, ()).make == [])
        let manifest = try await bench.ask(DueRunShow.self, runs[1].runId).manifest
        #expect(manifest.contains("\"as_of\":\"2018-12-30\"") && manifest.contains("\"origin\":\"caught_up\""))
        #expect(try await bench.ask(DueRunVerify.self, Page()).intact)
    }

    @Test(arguments: [
        (DueCatchUp.all, ["2018-12-29", "2018-12-30", "2018-12-31"]), (.latest, ["2018-12-31"]), (.none, ["2018-12-31"]),
    ])
    func `which missed nights are made up for is the centre's policy`(_ policy: DueCatchUp, _ wanted: [String]) async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        _ = try await bench.emit(on: "2018-12-28", night: true)
        let laboratory = Laboratory(
            store: LabStore(pool: bench.database.pool), centre: Centre(dueCatchUp: policy))
        let nights = try await laboratory.ask(DueNightList.self, (), by: bench.people.manager)
        #expect(nights.make == wanted && nights.policy == policy.rawValue)
        _ = try await bench.emit(on: nil, night: true)
        let after = try await laboratory.ask(DueNightList.self, (), by: bench.people.manager)
        #expect(after.make == (policy == .all ? ["2018-12-29", "2018-12-30"] : policy == .latest ? ["2018-12-30"] : []))
    }

    @Test func `a night asked for twice, or by several at once, has one run, and its list is mailed once`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.addDispenser("COT-1")
        for night in [nil, "2018-12-30"] {
            let first = try await bench.emit(on: night, night: true)
            let asked = try await withThrowingTaskGroup(of: String.self) { group in
                for within in [30, 30, 60] {
                    group.addTask { try await bench.emit(on: night, within: within, night: true).runId }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(asked == [first.runId])
        }
        #expect(try await bench.ask(DueRunList.self, Page()).items.map(\.origin) == ["caught_up", "nightly"])
        #expect(try await bench.database.texts("select kind from jobs.job where kind = 'due_run_mail'").count == 1)
        // What somebody asks for on the same day is a run of its own.
        #expect(try await bench.emit(on: nil).origin == "requested")
    }

    @Test func `a night that several ask for at once is made by one of them`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        let runs = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...4 { group.addTask { try await bench.emit(on: nil, night: true).runId } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(try await bench.ask(DueRunList.self, Page()).items.map(\.runId) == Array(runs))
    }

    @Test func `a night of the future is refused, a forecast asked for is no night's run`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        await #expect(throws: ActError.self) { try await bench.emit(on: "2019-01-01", night: true) }
        _ = try await bench.emit(on: "2019-01-01")
        #expect(try await bench.ask(DueNightList.self, ()).make == ["2018-12-31"])
    }

    @Test func `the watch notes every missing night once, tells once a night, and a good run ends the alarm`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.database.script("update work.person set email = username || '@example.vn'")
        _ = try await bench.emit(on: "2018-12-29", night: true)
        for _ in 1...2 { try await bench.watch() }
        let open = try await bench.ask(DueAlarmList.self, (true, Page())).items
        #expect(open.map { "\($0.night) \($0.kind)" } == ["2018-12-31 missing", "2018-12-30 missing"])
        #expect(
            try await bench.database.texts("select mail_key || ' ' || recipient from record.mail where kind = 'alarm'")
                == ["due_alarm:2018-12-31:\(open[0].id) \(bench.people.administrator.username)@example.vn"])
        let sight = { try await bench.database.laboratory.ask(QueueSighting.self, (), by: .system).dueRun }
        #expect(try await sight().alarms == [2, 0, 0])
        let run = try await bench.emit(on: nil, night: true)
        #expect(try await bench.ask(DueAlarmList.self, (true, Page())).items.isEmpty)
        #expect(try await sight().alarms == [0, 0, 0])
        let ended = try await bench.ask(DueAlarmList.self, (false, Page())).items
        #expect(ended.map(\.endedBy) == [run.runId, run.runId])
    }

    @Test func `a watch made up for in the small hours leaves the night its time, and a second alarm of a day is mailed too`()
        async throws
    {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.database.script("update work.person set email = username || '@example.vn'")
        _ = try await bench.emit(on: "2018-12-29", night: true)
        let traveller = try await DeadlineTraveller(bench, at: "2018-12-31 00:30+07")
        func watch() async throws -> [String] {
            _ = try await traveller.connection.transaction { try DueWatch.run(on: $0, logger: .silent) }
            return try await traveller.texts("select night || ' ' || kind from record.due_alarm order by night")
        }
        #expect(try await watch() == ["2018-12-30 missing"])
        try await traveller.travel(to: "2018-12-31 04:00+07")
        #expect(try await watch() == ["2018-12-30 missing", "2018-12-31 missing"])
        #expect(try await watch().count == 2)
        #expect(try await traveller.texts("select mail_key from record.mail where kind = 'alarm' order by id").count == 2)
    }

    @Test func `a list that somebody asks for is no night's, raises no alarm and ends none`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-11-10", evidence: .stamped("00001", seal: "001")))
        let empty = try await bench.emit(on: "2018-12-28", night: true)
        for day in ["2018-12-29", "2018-12-30", nil, "2019-06-30"] { _ = try await bench.emit(on: day, within: 3660) }
        try await bench.watch()
        let open = { try await bench.ask(DueAlarmList.self, (true, Page())).items.map { "\($0.night) \($0.kind)" } }
        let all = ["2018-12-31 missing", "2018-12-30 missing", "2018-12-29 missing", "2018-12-28 empty"]
        #expect(try await open() == all)
        // Neither a line nor none of it is news: it was asked for.
        let lines = try await bench.emit(on: nil, within: 3660)
        let none = try await bench.emit(on: nil)
        #expect(lines.due == 1 && none.overdue + none.due == 0)
        #expect(try await open() == all)
        #expect(try await bench.ask(DueAlarmList.self, (true, Page())).items.last?.runId == empty.runId)
        #expect(try await bench.database.texts("select count(*)::text from record.due_alarm_end") == ["0"])
        #expect(try await bench.ask(DueNightList.self, ()).make == ["2018-12-29", "2018-12-30", "2018-12-31"])
    }

    @Test func `a night of unusual length ends what was missing, and nothing that it cannot be compared with`() async throws {
        let bench = try await Bench.open(on: "2019-01-01")
        try await bench.addDispenser("COT-1", inUse: "2018-12-01")
        var runs: [String] = []
        for day in ["2018-12-26", "2018-12-27", "2018-12-28"] { runs.append(try await bench.emit(on: day, night: true).runId) }
        // As such a night would have left it.
        try await bench.database.script(
            """
            set session_replication_role = replica;
            insert into record.due_alarm (night, kind, run_id, lines, usual)
            values ('2018-12-27', 'empty', '\(runs[1])', 0, 1), ('2018-12-28', 'small', '\(runs[2])', 1, 9)
            """)
        try await bench.watch()
        let open = { try await bench.ask(DueAlarmList.self, (true, Page())).items.map(\.kind) }
        #expect(try await open() == ["missing", "missing", "missing", "missing", "small", "empty"])
        // Nobody has asked for so short a list before: nothing is usual of it.
        #expect(try await bench.emit(on: "2018-12-31", within: 5, night: true).overdue == 1)
        #expect(try await open() == ["missing", "small", "empty"])
        // A weekend has no earlier nights either; it looks as far as the empty one did.
        _ = try await bench.emit(on: "2018-12-30", night: true)
        #expect(try await open() == ["missing", "small"])
        _ = try await bench.emit(on: nil, night: true)
        #expect(try await open() == [])
    }

    @Test func `only nights make the metrics and the doctor content, and none of them a day to come`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        func sight() async throws -> DueRunSightRow {
            try await bench.database.laboratory.ask(QueueSighting.self, (), by: .system).dueRun
        }
        func doctor() async throws -> JobCheckView {
            let evidence = await JobDesk().evidence()
            let view = try await bench.database.laboratory.ask(JobDoctor.self, evidence, by: bench.people.administrator)
            return try #require(view.checks.first { $0.check == "due_run" })
        }
        func askFor() async throws { for day in [nil, "2017-06-30", "2019-06-30"] { _ = try await bench.emit(on: day) } }

        try await askFor()
        let (unseen, unmade) = (try await sight(), try await doctor())
        #expect(unseen.ageDays == nil && unseen.ageSeconds == nil && unmade.level == "warning")
        #expect(unmade.remedyEn == "`systemctl enable --now etalon-due.timer`, then `systemctl start etalon-due`")
        _ = try await bench.emit(on: "2018-12-29", night: true)
        // Neither what was asked for is news, nor an ancient night made now, nor one that a clock ahead of its time left behind.
        try await askFor()
        _ = try await bench.emit(on: "2017-06-30", night: true)
        let ahead = try await bench.emit(on: nil, night: true).runId
        try await bench.database.script(
            "set session_replication_role = replica; update record.due_run set as_of = '2019-01-05' where run_id = '\(ahead)'")
        let (late, missed) = (try await sight(), try await doctor())
        // Made up for after its day it is as old as the end of that day: at noon of the next day but one.
        #expect(late.ageDays == 2 && late.ageSeconds == 36 * 3600 && late.overdue == 0)
        #expect(missed.level == "fault" && missed.figure == 2)
        #expect(missed.remedyVi == "Xem `systemctl status etalon-due`, rồi `systemctl start etalon-due`")
        try await bench.addDispenser("COT-1", inUse: "2018-12-01")
        _ = try await bench.emit(on: nil, night: true)
        try await askFor()
        let seen = try await sight()
        #expect(seen.ageDays == 0 && seen.ageSeconds == 0 && seen.overdue == 1 && seen.overdueBefore == 0)
        #expect(try await doctor().level == "ok")
    }

    @Test func `an empty night is an alarm at once, shown with the run, and ends with the next good one`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        // It has a deadline, far away: a list without a line may be true, and may be a fault.
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-11-10", evidence: .stamped("00001", seal: "001")))
        let empty = try await bench.emit(on: "2018-12-30", night: true)
        #expect(empty.overdue + empty.due == 0)
        let alarms = try await bench.ask(DueAlarmList.self, (true, Page())).items
        #expect(alarms.map(\.kind) == ["empty"] && alarms.map(\.runId) == [empty.runId])
        #expect(try await bench.database.laboratory.ask(QueueSighting.self, (), by: .system).dueRun.alarms == [0, 0, 1])
        #expect(try await bench.ask(DueRunList.self, Page()).items.map(\.alarm) == ["empty"])
        #expect(try await bench.database.texts("select kind from jobs.job where kind = 'due_alarm_tell'").count == 1)
        try await bench.addDispenser("COT-2")
        _ = try await bench.emit(on: nil, night: true)
        #expect(try await bench.ask(DueAlarmList.self, (true, Page())).items.isEmpty)
    }

    @Test func `while the clock is in doubt no night is made, and after its release the missed ones are`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        _ = try await bench.emit(on: "2018-12-29", night: true)
        try await bench.database.script(
            "update jobs.clock_guard set held_at = jobs.now(), expected_at = jobs.now() - interval '2 hours', noticed_by = 'test/1'"
        )
        await #expect(throws: ActError.self) { try await bench.emit(on: nil, night: true) }
        #expect(try await bench.ask(DueRunList.self, Page()).items.map(\.asOf) == ["2018-12-29"])
        try await bench.database.script("update jobs.clock_guard set held_at = null, expected_at = null, noticed_by = null")
        #expect(try await bench.ask(DueNightList.self, ()).make == ["2018-12-30", "2018-12-31"])
    }

    @Test func `the letter of an alarm says each night in both languages`() {
        func alarm(_ night: String, _ kind: String, _ lines: Int?, _ usual: Int?) -> DueAlarmView {
            DueAlarmView(
                id: 1, night: night, kind: kind, runId: nil, lines: lines, usual: usual, raisedAt: "", endedAt: nil, endedBy: nil)
        }
        let text = DueLetters.alarm([
            alarm("2018-12-31", "missing", nil, nil), alarm("2018-12-30", "small", 12, 340), alarm("2018-12-29", "empty", 0, nil),
        ])
        #expect(text.subject == "Etalon: cảnh báo danh sách đến hạn ngày 31/12/2018 / due list alarm")
        #expect(text.body.contains("Đêm 31/12/2018: chưa có danh sách đến hạn.\n"))
        #expect(text.body.contains("Đêm 30/12/2018: danh sách chỉ có 12 dòng; thường có 340.\n"))
        #expect(text.body.contains("Night of 2018-12-29: the due list is empty, although instruments have deadlines.\n"))
        let (missing, small) = (
            DueLetters.alarm([alarm("2018-12-31", "missing", nil, nil)]).body,
            DueLetters.alarm([alarm("2018-12-30", "small", 12, 340)]).body
        )
        // What has its run is not made again by starting the service.
        for words in ["chạy bù: systemctl start etalon-due.\n", "made up for: systemctl start etalon-due.\n"] {
            #expect(text.body.contains(words) && missing.contains(words) && !small.contains(words))
        }
        for words in ["etalon due emit --on NGÀY --out THƯ_MỤC.\n", "etalon due emit --on DATE --out FOLDER.\n"] {
            #expect(text.body.contains(words) && !missing.contains(words) && small.contains(words))
        }
    }
}

extension Bench {
    /// Looks whether the nights' lists are there, as the job at four in the morning does.
    fileprivate func watch() async throws {
        _ = try await database.laboratory.work("due.watch") { database, _ in try DueWatch.run(on: database, logger: .silent) }
    }
}
