// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Testing
import Vocabulary

@testable import etalon

@Suite("Verbs of background work")
struct JobVerbTests {
    private static func examination(healthy: Bool) -> String {
        """
        {"healthy":\(healthy),"checked_at":"2018-06-30T08:00:00+07:00","checks":[
        {"check":"workers","level":"\(healthy ? "ok" : "fault")","figure":0,"vi":"0 tiến trình đang nhận việc","en":"0 workers take jobs",
        "remedy_vi":"Khởi động etalond","remedy_en":"Start etalond"}]}
        """
    }

    @Test func `a fault ends the examination with 1, and each check says what to do`() async throws {
        try await FakeDaemon.running({ _ in (200, Self.examination(healthy: false)) }) { _, server in
            let written = Written()
            let verb = try JobDoctor.parse([])
            let error = await #expect(throws: (any Error).self) { try await verb.perform(written.session(server)) }
            #expect(Etalon.exitCode(for: try #require(error)).rawValue == 1)
            #expect(written.output.contains("fault") && written.output.contains("Start etalond"))
        }
        try await FakeDaemon.running({ _ in (200, Self.examination(healthy: true)) }) { _, server in
            let written = Written()
            try await JobDoctor.parse([]).perform(written.session(server, .table, .vi))
            #expect(written.output.contains("được  tiến trình  0 tiến trình đang nhận việc"))
        }
    }

    @Test func `comma-separated checks hold both languages, whichever is asked for`() async throws {
        try await FakeDaemon.running({ _ in (200, Self.examination(healthy: true)) }) { _, server in
            for language in Vocabulary.Language.allCases {
                let written = Written()
                try await JobDoctor.parse([]).perform(written.session(server, .csv, language))
                #expect(
                    written.output == "level,check,vi,en,remedy_vi,remedy_en\r\n"
                        + "ok,workers,0 tiến trình đang nhận việc,0 workers take jobs,Khởi động etalond,Start etalond\r\n")
            }
        }
    }

    @Test func `the view without a terminal is one plain picture`() async throws {
        let overview = """
            {"figures":{"at":"2018-06-30T08:00:00+07:00","live_workers":1,"waiting":12,"due_within_hour":2,"due_within_day":5,"dead":1},
            "lanes":[{"lane":"mail","is_paused":false,"ready":3,"running":1,"dead":1,"oldest_ready_seconds":7}],
            "rates":[{"lane":"mail","finished":60,"failed":2}],
            "running":[{"id":9,"kind":"letter","lane":"mail","attempt":1,"worker":1,"seconds":4,"is_cancel_requested":false}],
            "failures":[],"workers":[]}
            """
        try await FakeDaemon.running({ _ in (200, overview) }) { daemon, server in
            let written = Written()
            try await JobWatch.parse([]).perform(written.session(server, .table, .vi))
            let lines = written.output.split(separator: "\n").map(String.init)
            #expect(
                lines.first
                    == "30/06/2018 08:00:00 · 1 tiến trình · 12 đợi giờ · 2 trong 1 giờ · 5 trong 24 giờ · 1 cần người xử lý")
            #expect(lines.contains { $0.split(separator: " ").map(String.init).suffix(4) == ["1", "60", "2", "1"] }, "\(lines)")
            #expect(!written.output.contains("\u{1B}"))
            #expect(daemon.requests.map(\.target) == ["/v1/job-overview"])
        }
    }

    @Test func `acts carry their reason, and a limit may be none`() async throws {
        try await FakeDaemon.running({ _ in (201, #"{"id":1,"code":"mail"}"#) }) { daemon, server in
            let session = Written().session(server)
            try await JobPause.parse(["mail", "--reason", "bảo trì"]).perform(session)
            try await JobLimit.parse(["mail", "none"]).perform(session)
            try await JobLimit.parse(["mail", "3"]).perform(session)
            try await JobSnooze.parse(["7", "--for", "2h"]).perform(session)
            try await JobScheduleDisable.parse(["nightly", "--reason", "bảo trì"]).perform(session)
            try await JobScheduleRun.parse(["nightly"]).perform(session)
            try await JobClockRelease.parse(["--reason", "giờ đúng"]).perform(session)
            #expect(
                daemon.requests.map(\.body) == [
                    #"{"lane":"mail","reason":"bảo trì"}"#, #"{"lane":"mail"}"#, #"{"lane":"mail","max_running":3}"#,
                    #"{"job":7,"seconds":7200}"#, #"{"schedule":"nightly","reason":"bảo trì"}"#, #"{"schedule":"nightly"}"#,
                    #"{"reason":"giờ đúng"}"#,
                ])
        }
        #expect(throws: (any Error).self) { try JobPause.parse(["mail"]) }
        #expect(throws: (any Error).self) { try JobClockRelease.parse([]) }
        #expect(throws: (any Error).self) { try JobLimit.parse(["mail", "0"]) }
        #expect(throws: (any Error).self) { try JobRedrive.parse(["--reason", "x"]) }
        #expect(throws: (any Error).self) { try JobRedrive.parse(["--all", "--kind", "a", "--reason", "x"]) }
    }

    @Test func `what became of an act is one sentence, and json and csv keep the answer`() async throws {
        let acts: [(line: [String], answer: String, vi: String, en: String)] = [
            (
                ["pause", "mail", "--reason", "x"], #"{"id":2,"code":"mail"}"#,
                "Làn mail đã tạm dừng; việc đang chạy vẫn chạy.", "Lane mail is paused; jobs that run go on."
            ),
            (["resume", "mail"], #"{"id":2,"code":"mail"}"#, "Làn mail chạy tiếp.", "Lane mail goes on."),
            (
                ["limit", "mail", "3"], #"{"id":2,"code":"mail"}"#, "Làn mail chạy cùng lúc nhiều nhất 3 việc.",
                "Lane mail runs at most 3 jobs at a time."
            ),
            (["limit", "mail", "none"], #"{"id":2,"code":"mail"}"#, "Làn mail không còn giới hạn.", "Lane mail has no limit."),
            (
                ["snooze", "22", "--for", "2h"], #"{"id":22,"code":"2026-11-22T05:00:00+07:00"}"#,
                "Việc 22 được hoãn đến 22/11/2026 05:00:00.", "Job 22 waits until 2026-11-22T05:00:00+07:00."
            ),
            (["run-now", "22"], #"{"id":22}"#, "Việc 22 được chạy ngay.", "Job 22 is due now."),
            (["retry", "22"], #"{"id":22}"#, "Việc 22 sẽ chạy lại.", "Job 22 will run again."),
            (["cancel", "22"], #"{"id":22,"code":"cancelled"}"#, "Việc 22 đã bị bỏ.", "Job 22 is cancelled."),
            (
                ["cancel", "22"], #"{"id":22,"code":"running"}"#, "Việc 22 đang chạy và được yêu cầu dừng.",
                "Job 22 is running and is asked to end."
            ),
            (["schedules", "run", "s"], #"{"id":9,"code":"s"}"#, "Lịch s chạy ngay: việc 9.", "Schedule s runs now: job 9."),
        ]
        for act in acts {
            try await FakeDaemon.running({ _ in (201, act.answer) }) { _, server in
                func shown(_ format: OutputFormat, _ language: Vocabulary.Language) async throws -> String {
                    let written = Written()
                    let verb = try #require(try Etalon.parseAsRoot(["job"] + act.line) as? any Verb)
                    try await verb.perform(written.session(server, format, language))
                    return written.output
                }
                let (vietnamese, english) = (try await shown(.table, .vi), try await shown(.table, .en))
                let (document, sheet) = (try await shown(.json, .en), try await shown(.csv, .en))
                #expect(vietnamese == act.vi + "\n" && english == act.en + "\n")
                #expect(document == act.answer + "\n" && sheet.hasPrefix("code,id\r\n"))
            }
        }
    }

    @Test func `the rules of a lane are sent as they are meant: what is not named stays, none takes away`() async throws {
        try await FakeDaemon.running({ _ in (201, #"{"id":2,"code":"mail"}"#) }) { daemon, server in
            let session = Written().session(server)
            try await JobLaneRule.parse(["mail", "--rate", "30/m", "--fair", "yes", "--reason", "cao điểm"]).perform(session)
            try await JobLaneRule.parse(["mail", "--limit", "4", "--rate", "none"]).perform(session)
            try await JobLaneRule.parse(["render", "--limit", "none", "--rate", "100/2h", "--fair", "no"]).perform(session)
            #expect(daemon.requests.map(\.target) == Array(repeating: "/v1/lane-rules", count: 3))
            #expect(
                daemon.requests.map(\.body) == [
                    #"{"lane":"mail","rate_count":30,"rate_seconds":60,"is_fair":true,"reason":"cao điểm"}"#,
                    #"{"lane":"mail","max_running":4,"without":["rate"]}"#,
                    #"{"lane":"render","rate_count":100,"rate_seconds":7200,"is_fair":false,"without":["limit"]}"#,
                ])
        }
    }

    @Test(arguments: [("90s", 90), ("30m", 1800), ("2h", 7200), ("3d", 259_200)])
    func `a time is written with its unit`(_ text: String, _ seconds: Int) {
        #expect(TimeSpan(argument: text)?.seconds == seconds)
    }

    @Test(arguments: ["", "h", "2", "2w", "-2h", "1.5h", "99999999999h"])
    func `what is no time is refused`(_ text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test func `schedules and dead jobs are listed where no verb is named`() throws {
        #expect(try Etalon.parseAsRoot(["job", "schedules", "--format", "json"]) is JobScheduleList)
        #expect(try Etalon.parseAsRoot(["job", "schedule", "runs", "nightly"]) is JobScheduleRuns)
        #expect(try Etalon.parseAsRoot(["job", "clock"]) is JobClockShow)
        #expect(try Etalon.parseAsRoot(["job", "dead", "--kind", "letter"]) is JobDeadList)
    }
}
