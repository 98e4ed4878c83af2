// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Jobs
import LabOperations
import LaboratoryModel
import Postgres
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

    /// One living worker and what it tells that it takes.
    private func worker(kinds: String, payloads: String, lanes: String, _ database: LaboratoryDatabase) async throws {
        try await database.script(
            """
            delete from jobs.worker;
            insert into jobs.worker (host, pid, version, kinds, payloads, lanes)
            values ('here', 1, 'test', '{\(kinds)}', '{\(payloads)}', '{\(lanes)}');
            """)
    }

    private func mailLane(_ database: LaboratoryDatabase, _ caller: Caller) async throws -> LaneFigures {
        let lanes = try await database.laboratory.ask(JobLanes.self, (), by: caller).items
        return try #require(lanes.first { $0.lane == "mail" })
    }

    private func rule(_ request: RuleLane, _ database: LaboratoryDatabase, _ caller: Caller) async throws {
        _ = try await database.laboratory.perform(LaneRuleSet.self, request, by: caller)
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

    @Test func `why names the jobs before it and the holder of its key, and the file of a job tells its links and its trace`()
        async throws
    {
        let (database, administrator) = try await laboratory()
        let kind = JobKind("letter", lane: .mail)
        let trace = try #require(TraceContext(rawValue: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        let jobs = try await database.pool.transaction { database in
            let first = try enqueue(kind, payload: ["to": "KH-A"], trace: trace, on: database)
            let second = try enqueue(
                kind, JobRequest(["to": "KH-B"]), links: JobLinks(after: [first].compactMap(\.self)), on: database
            ).madeJob
            let third = try enqueue(kind, JobRequest(["to": "KH-C"], serialKey: "KH-C"), on: database).madeJob
            let fourth = try enqueue(kind, JobRequest(["to": "KH-C"], serialKey: "KH-C"), on: database).madeJob
            return [first, second, third, fourth].compactMap { $0?.rawValue }
        }
        try #require(jobs.count == 4)
        _ = try await database.pool.use { try JobFlow.tie(on: $0) }
        let after = try await why(jobs[1], database, administrator).reasons
        #expect(after.first?.code == "waits_for_jobs" && after.first?.en.hasSuffix("to end: \(jobs[0])") == true)
        let line = try await why(jobs[3], database, administrator).reasons
        #expect(line.first?.code == "waits_for_key" && line.first?.en.contains("the jobs \(jobs[2]) hold") == true, "\(line)")
        let file = try await database.laboratory.ask(JobShow.self, jobs[1], by: administrator)
        #expect(file.flow?.after == [jobs[0]] && file.flow?.waitsFor == [jobs[0]] && file.job.trace == nil)
        let first = try await database.laboratory.ask(JobShow.self, jobs[0], by: administrator)
        #expect(first.flow?.followers == [jobs[1]] && first.job.trace == trace.rawValue)
        _ = try await database.pool.transaction {
            try LaneRule(rate: StartRate(60, per: .seconds(60))).apply(to: .mail, on: $0)
        }
        let ready = try await why(jobs[0], database, administrator).reasons
        #expect(ready.map(\.code).contains("lane_rate") && ready.last?.en.contains("60 jobs in 60 seconds") == true)
    }

    @Test func `why says that no living worker knows the kind, reads its payload or serves its lane, and what to do`()
        async throws
    {
        let (database, administrator) = try await laboratory()
        let job = try await insert("(2, 'letter', 3, '{\"$v\": 2}', 1, jobs.now(), 0, 0, null, 'a')", database)
        try await worker(kinds: "render_document", payloads: "1", lanes: "mail,render", database)
        let unknown = try await why(job, database, administrator).reasons
        #expect(unknown.map(\.code) == ["unknown_kind"])
        #expect(unknown[0].en.hasPrefix("The one living worker does not know the kind `letter`: update and restart etalond"))
        #expect(unknown[0].vi.contains("không cái nào biết loại việc `letter`: cập nhật rồi khởi động lại etalond"))
        let doctor = try await database.laboratory.ask(JobDoctor.self, DoctorEvidence(.heard), by: administrator)
        let kinds = try #require(doctor.checks.first { $0.check == "kinds" })
        #expect(kinds.level == "fault" && kinds.figure == 1 && !doctor.healthy)
        #expect(kinds.en == "No worker takes 1 ready jobs of the kinds: `letter`")
        #expect(kinds.remedyEn?.hasPrefix("Update and restart etalond") == true && kinds.remedyVi?.hasPrefix("Cập nhật") == true)
        try await worker(kinds: "letter,render_document", payloads: "1,1", lanes: "mail,render", database)
        let older = try await why(job, database, administrator).reasons
        #expect(older.map(\.code) == ["newer_payload"] && older[0].en.hasPrefix("Its payload has form 2, newer than"))
        try await worker(kinds: "letter,render_document", payloads: "2,1", lanes: "render", database)
        let unserved = try await why(job, database, administrator).reasons
        #expect(unserved.map(\.code) == ["lane_unserved"] && unserved[0].vi.contains("làn `mail`"))
        try await worker(kinds: "letter,render_document", payloads: "2,1", lanes: "mail,render", database)
        #expect(try await why(job, database, administrator).reasons.map(\.code) == ["next_look"])
        let healthy = try await database.laboratory.ask(JobDoctor.self, DoctorEvidence(.heard), by: administrator)
        #expect(healthy.checks.first { $0.check == "kinds" }?.level == "ok")
        let told = try await database.laboratory.ask(JobWorkers.self, (), by: administrator).items
        #expect(told.first?.kinds == ["letter", "render_document"] && told.first?.lanes == ["mail", "render"])
    }

    @Test func `every check of the doctor has a name in Vietnamese`() async throws {
        let (database, administrator) = try await laboratory()
        let evidence = DoctorEvidence(.heard, dueTimerZones: ["Asia/Ho_Chi_Minh"])
        let view = try await database.laboratory.ask(JobDoctor.self, evidence, by: administrator)
        #expect(view.checks.map(\.check).filter { SentenceParts.word($0).vi.contains($0) } == [])
    }

    @Test
    func `the doctor tells a timer of the due list that counts in another time zone than the laboratory, and how to move it`()
        async throws
    {
        let (database, administrator) = try await laboratory()
        let laboratory = database.laboratory
        let expected: [([String]?, String?, [String])] = [
            (nil, nil, []), ([], nil, []), (["Asia/Ho_Chi_Minh"], "ok", []), (["Asia/Saigon"], "ok", []),
            (["Europe/Berlin", "Asia/Ho_Chi_Minh"], "warning", ["Europe/Berlin"]), (["Mars/Base"], "warning", ["Mars/Base"]),
        ]
        for (zones, level, apart) in expected {
            let evidence = DoctorEvidence(.heard, dueTimerZones: zones)
            let view = try await laboratory.ask(JobDoctor.self, evidence, by: administrator)
            let check = view.checks.first { $0.check == "due_timer" }
            #expect(check?.level == level, "\(zones ?? [])")
            guard level == "warning" else { continue }
            for zone in apart {
                #expect(check?.en == "etalon-due.timer counts in `\(zone)`, the laboratory in `Asia/Ho_Chi_Minh`")
            }
            #expect(check?.remedyEn?.contains("`OnCalendar=*-*-* 02:00:00 Asia/Ho_Chi_Minh`") == true)
            #expect(check?.remedyVi?.hasPrefix("`systemctl edit etalon-due.timer`") == true)
        }
    }

    @Test func `the administrator sets a lane's limit, rate and fairness one by one, and the log tells the rule that holds then`()
        async throws
    {
        let (database, administrator) = try await laboratory()
        let laboratory = database.laboratory
        try await rule(
            RuleLane(lane: "mail", rateCount: 30, rateSeconds: 60, reason: "máy chủ thư giới hạn"), database, administrator)
        try await rule(RuleLane(lane: "mail", maxRunning: 4, isFair: true), database, administrator)
        let ruled = try await mailLane(database, administrator)
        #expect(ruled.maxRunning == 4 && ruled.rateCount == 30 && ruled.rateSeconds == 60 && ruled.isFair)
        try await rule(RuleLane(lane: "mail", isFair: false, without: ["limit", "rate"]), database, administrator)
        let plain = try await mailLane(database, administrator)
        #expect(plain.maxRunning == nil && plain.rateCount == nil && plain.rateSeconds == nil && !plain.isFair)
        let log = try await laboratory.ask(JobInterventions.self, (subject: "mail", page: Page()), by: administrator)
        #expect(
            log.items.map(\.detail) == [
                "limit none, rate none, fair no", "limit 4, rate 30/60s, fair yes", "limit none, rate 30/60s, fair no",
            ])
        #expect(log.items.allSatisfy { $0.act == "lane.rule" && $0.actor == "son" })
        #expect(log.items.last?.reason == "máy chủ thư giới hạn")
        await #expect(throws: ActError.self) { try await rule(RuleLane(lane: "post", maxRunning: 1), database, administrator) }
        let technician = Caller(personID: administrator.personID, username: "lan", name: "Lan", roles: [.technician])
        await #expect(throws: ActError.self) {
            try await laboratory.perform(LaneRuleSet.self, RuleLane(lane: "mail", maxRunning: 1), by: technician)
        }
    }

    @Test(arguments: [
        (RuleLane(lane: "mail"), "lane", "nothing changes"), (RuleLane(lane: "mail", maxRunning: 0), "max_running", "without"),
        (RuleLane(lane: "mail", rateCount: 5), "rate_seconds", "go together"),
        (RuleLane(lane: "mail", rateCount: 0, rateSeconds: 1), "rate_count", "without"),
        (RuleLane(lane: "mail", rateCount: 5, rateSeconds: 90_000), "rate_seconds", "86400"),
        (RuleLane(lane: "mail", without: ["fair"]), "without", "choose one of"),
        (RuleLane(lane: "mail", maxRunning: 3, without: ["limit"]), "without", "both set and taken away"),
    ])
    func `a rule that cannot be is refused with one fault, which names the field and the remedy`(
        request: RuleLane, field: String, remedy: String
    ) async throws {
        let (database, administrator) = try await laboratory()
        do {
            _ = try await database.laboratory.perform(LaneRuleSet.self, request, by: administrator)
            Issue.record("the rule was taken")
        } catch ActError.invalid(let faults) {
            #expect(faults.map(\.field) == [field] && faults[0].message.en.contains(remedy), "\(faults)")
        }
    }

    @Test func `a schedule is stopped, started and run out of turn by a person with a reason, and its slots to come are told`()
        async throws
    {
        let (database, administrator) = try await laboratory()
        let laboratory = database.laboratory
        let time = try #require(TimeOfDay(hour: 2, minute: 0))
        let nightly = Schedule("nightly", .daily(time), runs: JobKind("letter"), timeZone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { try nightly.declare(on: $0) }
        let name = NameSchedule(schedule: "nightly", reason: "chuyển máy chủ")
        await #expect(throws: ActError.self) {
            try await laboratory.perform(ScheduleDisable.self, NameSchedule(schedule: "nightly"), by: administrator)
        }
        _ = try await laboratory.perform(ScheduleDisable.self, name, by: administrator)
        let again = NameSchedule(schedule: "nightly", reason: "vẫn còn chuyển")
        _ = try await laboratory.perform(ScheduleDisable.self, again, by: administrator)
        #expect(try await database.texts("select disabled_reason from jobs.schedule") == ["chuyển máy chủ"])
        #expect(try await laboratory.ask(JobSchedules.self, (), by: administrator).items.first?.isEnabled == false)
        let everything = ForecastSelection(schedule: nil, from: "2030-01-01", count: 3)
        #expect(try await laboratory.ask(ScheduleForecast.self, everything, by: administrator).items.isEmpty)
        for _ in 1...2 { _ = try await laboratory.perform(ScheduleEnable.self, name, by: administrator) }
        let slots = try await laboratory.ask(ScheduleForecast.self, everything, by: administrator).items
        #expect(slots.map(\.slot) == ["2030-01-01T02:00", "2030-01-02T02:00", "2030-01-03T02:00"])
        #expect(slots.first?.instant == "2030-01-01T02:00:00+07:00")
        await #expect(throws: ActError.self) {
            try await laboratory.ask(
                ScheduleForecast.self, ForecastSelection(schedule: nil, from: "Tết", count: 3), by: administrator)
        }
        let performed = try await laboratory.perform(ScheduleRunNow.self, name, by: administrator)
        let job = try StrictJSON.decode(Acknowledgement.self, from: performed.body).id
        #expect(try await laboratory.ask(JobShow.self, job, by: administrator).job.kind == "letter")
        await #expect(throws: ActError.self) { try await laboratory.perform(ScheduleRunNow.self, name, by: administrator) }
        let log = try await laboratory.ask(JobInterventions.self, (subject: "nightly", page: Page()), by: administrator)
        #expect(log.items.map(\.act) == ["schedule.run_now"] + ["schedule.enable", "schedule.disable"].flatMap { [$0, $0] })
    }

    @Test func `a held clock is released by a person with a reason, once`() async throws {
        let (database, administrator) = try await laboratory()
        let laboratory = database.laboratory
        let release = ReleaseClock(reason: "giờ đã đúng")
        do {
            _ = try await laboratory.perform(ClockRelease.self, release, by: administrator)
            Issue.record("a clock that is not held was released")
        } catch ActError.refused(let reasons) {
            #expect(reasons.map(\.code) == ["clock-not-held"])
        }
        try await database.script(
            """
            update jobs.clock_guard set held_at = jobs.now(), expected_at = jobs.now() - interval '2 hours', noticed_by = 'test/1';
            """)
        #expect(try await laboratory.ask(ClockShow.self, (), by: administrator).clock.shiftSeconds == 7200)
        _ = try await laboratory.perform(ClockRelease.self, release, by: administrator)
        let after = try await laboratory.ask(ClockShow.self, (), by: administrator)
        #expect(after.clock.heldAt == nil && after.clock.releasedBy == "son" && after.clock.releasedReason == "giờ đã đúng")
        #expect(after.events.map(\.code) == ["released"] && after.events.first?.shiftSeconds == 7200)
        let log = try await laboratory.ask(JobInterventions.self, (subject: "clock", page: Page()), by: administrator)
        #expect(log.items.map(\.act) == ["clock.release"] && log.items.first?.reason == "giờ đã đúng")
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
        #expect(try await refusals(job, database, administrator) == Array(repeating: "job \(job) is “cancelled”", count: 4))
        #expect(try await refusals(job + 1, database, administrator) == Array(repeating: "there is no job \(job + 1)", count: 4))
        #expect(try await database.laboratory.ask(JobShow.self, job, by: administrator).interventions.count == 3)
    }

    @Test func `what a job's state does not allow is refused with the state it is in`() async throws {
        let (database, administrator) = try await laboratory()
        let running = try await insert("(2, 'letter', 3, '{}', 1, jobs.now(), 0, 0, null, null)", database)
        try await database.script(
            "update jobs.job set state = 2, worker = 1, attempt = 1, started_at = jobs.now() where id = \(running)")
        let says = "job \(running) is “running”"
        // A running job can be asked to end.
        #expect(try await refusals(running, database, administrator) == [says, "done", says, says])
        let blocked = try await insert("(2, 'letter', 3, '{}', 0, jobs.now(), 0, 0, null, null)", database)
        try await database.script("update jobs.job set open_deps = 1, is_linked = true where id = \(blocked)")
        let ended = "job \(blocked) is “cancelled”"
        #expect(
            try await refusals(blocked, database, administrator)
                == ["job \(blocked) waits for other jobs", "done", ended, ended])
    }

    /// What running it again, ending it, putting it off and making it due answer for a job, to the first `;` or `,`.
    private func refusals(_ job: Int64, _ database: LaboratoryDatabase, _ administrator: Caller) async throws -> [String] {
        let laboratory = database.laboratory
        var answers: [String] = []
        for act: () async throws -> Void in [
            { _ = try await laboratory.perform(JobRetry.self, NameJob(job: job), by: administrator) },
            { _ = try await laboratory.perform(JobCancel.self, NameJob(job: job), by: administrator) },
            {
                let request = SnoozeJob(job: job, seconds: 60, reason: nil)
                _ = try await laboratory.perform(JobSnooze.self, request, by: administrator)
            },
            { _ = try await laboratory.perform(JobStart.self, NameJob(job: job), by: administrator) },
        ] {
            do {
                try await act()
                answers.append("done")
            } catch ActError.refused(let reasons) {
                answers += reasons.map { String($0.text.en.prefix { !";,".contains($0) }) }
            } catch ActError.notFound(let thing, let name, _) {
                answers.append("there is no \(thing.noun.en) \(name)")
            }
        }
        return answers
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

    @Test func `a kind or a lane that nothing knows is refused, one without jobs is told so`() async throws {
        let (database, administrator) = try await laboratory()
        let laboratory = database.laboratory
        let time = try #require(TimeOfDay(hour: 2, minute: 0))
        let nightly = Schedule("nightly", .daily(time), runs: JobKind("scheduled"), timeZone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { try nightly.declare(on: $0) }
        try await worker(kinds: "letter,reminder", payloads: "1,1", lanes: "mail", database)
        let job = try await insert("(2, 'gone', 3, '{}', 1, jobs.now(), 0, 0, null, null)", database)
        _ = try await laboratory.perform(JobCancel.self, NameJob(job: job), by: administrator)
        for kind in ["letter", "reminder", "scheduled", "gone"] {
            let dead = JobSelection(state: "dead", lane: "mail", kind: kind)
            #expect(try await laboratory.ask(JobList.self, dead, by: administrator).items.isEmpty, "\(kind)")
        }
        for (lane, kind, thing) in [(nil, "leter", Thing.jobKind), ("post", nil, .lane), ("post", "leter", .lane)] {
            do {
                _ = try await laboratory.ask(JobList.self, JobSelection(lane: lane, kind: kind), by: administrator)
                Issue.record("\(kind ?? "-") in \(lane ?? "-") was answered")
            } catch ActError.notFound(let unknown, let name, _) {
                #expect(unknown == thing && name == lane ?? kind)
            }
        }
        for (kind, count) in [("leter", 0), ("letter", 1)] {
            let request = RedriveJobs(kind: kind, reason: "giấy đã về")
            do {
                _ = try await laboratory.perform(JobRedrive.self, request, by: administrator)
                #expect(count == 1)
            } catch ActError.notFound {
                #expect(count == 0)
            }
            let log = try await laboratory.ask(JobInterventions.self, (subject: kind, page: Page()), by: administrator)
            #expect(log.items.count == count)
        }
    }
}
