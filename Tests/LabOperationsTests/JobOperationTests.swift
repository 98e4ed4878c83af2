// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Jobs
import LabOperations
import LaboratoryModel
import Testing

@Suite("What an operator does to the queue")
struct JobOperationTests {
    private func laboratory() async throws -> (database: LaboratoryDatabase, administrator: Caller) {
        let database = try await LaboratoryDatabase.make()
        let performed = try await database.laboratory.perform(
            PersonAdd.self, AddPerson(username: "son", name: "Sơn", roles: ["administrator"]), by: .system)
        let person = try StrictJSON.decode(Acknowledgement.self, from: performed.body)
        return (database, Caller(personID: person.id, username: "son", name: "Sơn", roles: [.administrator]))
    }

    private func insert(_ values: String, _ database: LaboratoryDatabase) async throws -> Int64 {
        let texts = try await database.texts(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at, attempt, open_deps, last_error, ukey)
            values \(values) returning id::text
            """)
        return try #require(texts.first.flatMap { Int64($0) })
    }

    private func why(_ job: Int64, _ database: LaboratoryDatabase, _ caller: Caller) async throws -> JobWhyView {
        try await database.laboratory.ask(JobWhy.self, job, by: caller)
    }

    @Test func `a pause names who paused the lane and why, in the answer to why and in the log`() async throws {
        let (database, administrator) = try await laboratory()
        let job = try await insert("(2, 'letter', 3, '{}', 1, jobs.now(), 0, 0, null, 'a')", database)
        #expect(try await why(job, database, administrator).reasons.map(\.code) == ["no_worker"])
        await #expect(throws: ActError.self) {
            try await database.laboratory.perform(LanePause.self, NameLane(lane: "mail"), by: administrator)
        }
        _ = try await database.laboratory.perform(
            LanePause.self, NameLane(lane: "mail", reason: "bảo trì máy chủ thư"), by: administrator)
        let paused = try await why(job, database, administrator)
        #expect(paused.reasons.map(\.code) == ["lane_paused", "no_worker"])
        #expect(paused.reasons.first?.vi.contains("bởi son: “bảo trì máy chủ thư”") == true)
        #expect(paused.reasons.first?.en.contains("by son: “bảo trì máy chủ thư”") == true)
        _ = try await database.laboratory.perform(LaneResume.self, NameLane(lane: "mail"), by: administrator)
        #expect(try await why(job, database, administrator).reasons.map(\.code) == ["no_worker"])
        let log = try await database.laboratory.ask(JobInterventions.self, (subject: "mail", page: Page()), by: administrator)
        #expect(log.items.map { "\($0.act) \($0.actor ?? "")" } == ["lane.resume son", "lane.pause son"])
        await #expect(throws: ActError.self) {
            try await database.laboratory.perform(LanePause.self, NameLane(lane: "post", reason: "x"), by: administrator)
        }
    }

    @Test func `why tells the moment, the failed attempt, the other jobs, the full lane and who comes first`() async throws {
        let (database, administrator) = try await laboratory()
        let later = try await insert(
            "(2, 'letter', 3, '{}', 0, jobs.now() + interval '3 hours', 1, 0, 'no paper', null)", database)
        let reasons = try await why(later, database, administrator).reasons
        #expect(reasons.map(\.code) == ["waits_for_moment", "attempt_failed", "no_worker"])
        #expect(reasons[0].en.hasSuffix("in 3 hours") && reasons[1].en == "Attempt 1 of 3 failed: “no paper”")
        let blocked = try await insert("(2, 'letter', 3, '{}', 0, jobs.now(), 0, 2, null, null)", database)
        #expect(try await why(blocked, database, administrator).reasons.map(\.code) == ["waits_for_jobs", "no_worker"])
        try await database.script(
            """
            insert into jobs.worker (host, pid, version) values ('here', 1, 'test');
            insert into jobs.job (lane, kind, max_attempt, payload, state, worker, attempt, started_at)
            values (2, 'letter', 3, '{}', 2, 1, 1, jobs.now());
            """)
        _ = try await insert("(2, 'letter', 3, '{}', 1, jobs.now() - interval '1 hour', 0, 0, null, null)", database)
        let last = try await insert("(2, 'letter', 3, '{}', 1, jobs.now(), 0, 0, null, null)", database)
        #expect(try await why(last, database, administrator).reasons.map(\.code) == ["others_first"])
        _ = try await database.laboratory.perform(LaneLimit.self, LimitLane(lane: "mail", maxRunning: 1), by: administrator)
        #expect(try await why(last, database, administrator).reasons.map(\.code) == ["lane_full", "others_first"])
        let running = try #require(
            try await database.laboratory.ask(JobList.self, JobSelection(state: "running"), by: administrator).items.first)
        #expect(try await why(running.id, database, administrator).reasons.map(\.code) == ["runs"])
        try await database.script("update jobs.worker set beat_at = now() - interval '40 s'")
        #expect(
            try await why(running.id, database, administrator).reasons.map(\.code) == ["runs", "worker_silent"])
    }

    @Test func `a dead job whose key is taken is not run again, and why names the other`() async throws {
        let (database, administrator) = try await laboratory()
        try await database.script(
            """
            insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, ukey, payload, last_error,
                                       enqueued_at, enqueued_by, reason)
            values (900001, 2, 'letter', 0, now(), 3, 3, 0, 'a', '{}', 'no paper', now(), 'test', 'all 3 attempts failed'),
                   (900002, 2, 'letter', 0, now(), 3, 3, 0, 'b', '{}', 'no paper', now(), 'test', 'all 3 attempts failed');
            """)
        let twin = try await insert("(2, 'letter', 3, '{}', 1, jobs.now(), 0, 0, null, 'a')", database)
        let reasons = try await why(900_001, database, administrator).reasons
        #expect(reasons.map(\.code) == ["given_up", "key_taken"] && reasons[1].en.contains("Job \(twin)"))
        do {
            _ = try await database.laboratory.perform(JobRetry.self, NameJob(job: 900_001), by: administrator)
            Issue.record("the job was run again")
        } catch ActError.conflict(let sentence) {
            #expect(sentence.en.contains("job \(twin) has its key"))
        }
        let performed = try await database.laboratory.perform(
            JobRedrive.self, RedriveJobs(kind: "letter", reason: "giấy đã về"), by: administrator)
        let redriven = try StrictJSON.decode(RedrivenView.self, from: performed.body)
        #expect(redriven.jobs == [900_002] && redriven.left == 1)
        let file = try await database.laboratory.ask(JobShow.self, 900_002, by: administrator)
        #expect(file.job.state == "ready" && file.job.attempt == 0)
    }

    @Test func `a job is put off, made due, and ended, each time with a line in its file`() async throws {
        let (database, administrator) = try await laboratory()
        let job = try await insert("(2, 'letter', 3, '{}', 1, jobs.now(), 0, 0, null, null)", database)
        _ = try await database.laboratory.perform(
            JobSnooze.self, SnoozeJob(job: job, seconds: 7200, reason: "chờ giấy"), by: administrator)
        #expect(try await database.laboratory.ask(JobShow.self, job, by: administrator).job.state == "waiting")
        _ = try await database.laboratory.perform(JobStart.self, NameJob(job: job), by: administrator)
        #expect(try await database.laboratory.ask(JobShow.self, job, by: administrator).job.state == "ready")
        await #expect(throws: ActError.self) {
            try await database.laboratory.perform(JobStart.self, NameJob(job: job), by: administrator)
        }
        _ = try await database.laboratory.perform(JobCancel.self, NameJob(job: job, reason: "thừa"), by: administrator)
        let file = try await database.laboratory.ask(JobShow.self, job, by: administrator)
        #expect(file.job.state == "cancelled")
        #expect(file.interventions.map(\.act) == ["job.cancel", "job.run_now", "job.snooze"])
        #expect(file.interventions.map(\.reason) == ["thừa", nil, "chờ giấy"])
        #expect(try await why(job, database, administrator).reasons.map(\.code) == ["ended"])
    }

    @Test func `a list of jobs comes in pages and by state, lane, kind and beginning of the key`() async throws {
        let (database, administrator) = try await laboratory()
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, ukey)
            select case when n % 2 = 0 then 2 else 3 end, 'kind' || n % 3, 1, '{}', 1, 'rv:' || n from generate_series(1, 30) n
            """)
        var seen: [Int64] = []
        var cursor: Int64?
        repeat {
            let page = try await database.laboratory.ask(
                JobList.self, JobSelection(lane: "mail", page: Page(after: cursor, limit: 4)), by: administrator)
            seen += page.items.map(\.id)
            cursor = page.next.flatMap { Int64($0) }
        } while cursor != nil
        #expect(seen.count == 15 && seen == seen.sorted(by: >) && Set(seen).count == 15)
        let byKey = try await database.laboratory.ask(
            JobList.self, JobSelection(kind: "kind1", key: "rv:1"), by: administrator)
        #expect(byKey.items.compactMap(\.key) == ["rv:19", "rv:16", "rv:13", "rv:10", "rv:1"])
        await #expect(throws: ActError.self) {
            try await database.laboratory.ask(JobList.self, JobSelection(state: "done"), by: administrator)
        }
    }
}
