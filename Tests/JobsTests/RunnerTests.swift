// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Logging
import ServiceLifecycle
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The runner", .timeLimit(.minutes(1)))
struct RunnerTests {
    private let kind = JobKind("test.work", maxAttempts: 3, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))

    private func runner(
        _ database: TestDatabase, _ handlers: JobHandlers, schedules: [Schedule] = [], moments: [MomentSource] = [],
        _ change: (inout RunnerSettings) -> Void = { _ in }
    ) -> JobRunner {
        var settings = RunnerSettings(slots: [.default: 4, .list: 2])
        // Hints and timers have to do; the poll would come too late for every test here.
        settings.ceiling = .seconds(3600)
        change(&settings)
        return JobRunner(
            settings: settings, handlers: handlers, schedules: schedules, moments: moments, database: database.settings,
            pool: database.pool, logger: .silent)
    }

    @discardableResult
    private func enqueueOne(_ database: TestDatabase, at moment: RunMoment = .now) async throws -> JobID {
        let kind = kind
        return try #require(
            try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), at: moment, on: $0) })
    }

    private func report(_ database: TestDatabase, _ id: JobID) async throws -> JobReport {
        try #require(try await database.pool.transaction { try JobInspection.show(id, on: $0) })
    }

    @Test func `an idle runner with a poll of one hour starts a job within a second`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        let runner = runner(database, handlers)
        let ids = try await running(runner) {
            // The first job shows that the runner stands; the others find it idle.
            var ids = [try await enqueueOne(database)]
            _ = try await told.next()
            for _ in 0..<5 {
                let start = ContinuousClock.now
                ids.append(try await enqueueOne(database))
                #expect(try await told.next() == ids.last)
                #expect(start.duration(to: .now) < .seconds(1))
            }
            return ids
        }
        for id in ids { #expect(try await report(database, id).state == "succeeded") }
        #expect(try await database.number("select count(*) from jobs.worker") == 0)
    }

    @Test func `a runner that hears no hint finds a job by its next look`() async throws {
        let stage = try await RunnerStage()
        let (kind, told) = (kind, Told<JobID>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        // What goes through its own pool it would know without listening.
        let pool = ConnectionPool(settings: stage.database.settings, size: 4, waitLimit: .seconds(20), logger: .silent)
        let runner = stage.runner(handlers, pool: pool) { ($0.listens, $0.ceiling) = (false, .milliseconds(100)) }
        try await stage.running(runner) {
            // The look that acknowledges a job may find the next one; one that comes between two looks waits for the ceiling.
            for _ in 0..<20 where await runner.statistics.pollsThatFoundWork == 0 {
                let id = try await stage.enqueueOne(kind)
                #expect(try await told.next() == id)
                #expect(try await stage.eventually { try await stage.report(id).state == "succeeded" })
            }
        }
        await pool.shutdown()
        let seen = await runner.statistics
        #expect(seen.pollsThatFoundWork == 1 && seen.hints == 0 && !seen.isListening)
    }

    @Test func `a runner tells what it takes: its kinds, the newest payload of each, the lanes it has slots for`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        handlers.work(JobKind("test.other", lane: .mail, payloadVersion: 3)) { _ in .succeeded }
        let workers = try await running(runner(database, handlers) { $0.slots[.render] = 0 }) {
            try await enqueueOne(database)
            _ = try await told.next()
            return try await database.texts("select concat_ws(' ', kinds, payloads, lanes) from jobs.worker")
        }
        #expect(workers == ["{test.other,test.work} {3,1} {default,list}"])
        #expect(handlers.newestPayloads(of: ["test.work", "test.other"]) == [1, 3])
    }

    @Test func `a job for later starts at its moment by the timer`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        try await running(runner(database, handlers)) {
            let start = ContinuousClock.now
            let id = try await enqueueOne(database, at: .after(.milliseconds(300)))
            #expect(try await told.next() == id)
            let waited = start.duration(to: .now)
            #expect(waited >= .milliseconds(290) && waited < .seconds(3))
        }
    }

    @Test func `a thousand jobs in a transaction each take effect once`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<Void>()
        var handlers = JobHandlers()
        handlers.transaction(kind) { connection, job in
            try connection.execute(
                Command("insert into jobs.test_effect values ($1::bigint, $2::int)"), job.id.rawValue, job.attempt)
            told.tell(())
            return .succeeded
        }
        let kind = kind
        _ = try await database.pool.transaction { connection in
            try enqueueMany(kind, (1...1000).map { _ in (payload: NoPayload(), key: nil) }, on: connection)
        }
        let (one, two) = (runner(database, handlers), runner(database, handlers))
        try await running(one) { try await running(two) { _ = try await told.next(1000) } }
        #expect(try await database.number("select count(*) from jobs.test_effect") == 1000)
        #expect(try await database.number("select count(distinct job_id) from jobs.test_effect") == 1000)
        #expect(try await database.number("select count(*) from jobs.job_done where outcome = 1") == 1000)
    }

    @Test func `a failing job is tried again and then waits for a person`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<Int>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.attempt)
            throw Unavailable(what: "the printer")
        }
        let id = try await running(runner(database, handlers)) {
            let id = try await enqueueOne(database)
            #expect(try await told.next(3) == [1, 2, 3])
            return id
        }
        let report = try await report(database, id)
        #expect(report.state == "dead" && report.failures.count == 3)
        #expect(report.lastError == #"Unavailable(what: "the printer")"#)
    }

    @Test func `a failure that no attempt can mend is not tried again`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<Int>()
        var handlers = JobHandlers()
        handlers.transaction(kind) { _, job in
            told.tell(job.attempt)
            _ = try job.payload(as: [String].self)
            return .succeeded
        }
        let id = try await running(runner(database, handlers)) {
            let id = try await enqueueOne(database)
            _ = try await told.next()
            return id
        }
        let report = try await report(database, id)
        #expect(report.state == "dead" && report.attempt == 1)
    }

    @Test func `stopping in good order returns the running job with its attempt`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            try await Task.sleep(for: .seconds(600))
            return .succeeded
        }
        let id = try await running(runner(database, handlers) { $0.softStop = .milliseconds(20) }) {
            try await enqueueOne(database)
            return try await told.next()
        }
        let report = try await report(database, id)
        #expect(report.state == "ready" && report.attempt == 0 && report.failures.isEmpty)
        #expect(try await database.number("select count(*) from jobs.worker") == 0)
    }

    @Test func `stopping does not wait for a handler that ignores its cancellation`() async throws {
        let database = try await TestDatabase.make()
        let (told, freed) = (Told<JobID>(), Told<Void>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            // An owner of its own, so that the cancellation of the job does not reach it.
            let deaf = Task { try await freed.next() }
            try await deaf.value
            return .succeeded
        }
        let id = try await running(
            runner(database, handlers) { ($0.softStop, $0.hardStop) = (.milliseconds(20), .milliseconds(20)) }
        ) {
            try await enqueueOne(database)
            return try await told.next()
        }
        #expect(try await report(database, id).state == "ready")
        freed.tell(())
    }

    @Test func `a running job ends by itself when the process stops`() async throws {
        let database = try await TestDatabase.make()
        let (told, freed) = (Told<JobID>(), Told<Void>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            try await freed.next()
            return .superseded
        }
        let id = try await running(runner(database, handlers)) {
            try await enqueueOne(database)
            let id = try await told.next()
            freed.tell(())
            return id
        }
        #expect(try await report(database, id).state == "superseded")
    }

    @Test func `jobs of a killed process run here`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<ClaimedJob>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.job)
            return .succeeded
        }
        let id = try await enqueueOne(database)
        let dead = try await database.ghost()
        #expect(try await database.claim(dead, kind).map(\.id) == [id])
        try await database.silence(dead)
        let job = try await running(runner(database, handlers)) { try await told.next() }
        #expect(job.id == id && job.attempt == 2 && job.worker != dead)
        let report = try await report(database, id)
        #expect(report.state == "succeeded" && report.rescues == 1)
        #expect(report.failures.map(\.error) == ["worker \(dead) lost"])
    }

    @Test func `a process declared dead abandons its jobs and goes on under a new number`() async throws {
        let database = try await TestDatabase.make()
        let (told, cancelled) = (Told<ClaimedJob>(), Told<Void>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.job)
            if job.attempt > 1 { return .succeeded }
            do {
                try await Task.sleep(for: .seconds(600))
            } catch {
                cancelled.tell(())
            }
            return .succeeded
        }
        let runner = runner(database, handlers) { $0.beat = .milliseconds(50) }
        let (first, second) = try await running(runner) {
            try await enqueueOne(database)
            let first = try await told.next()
            try await database.silence(first.worker)
            try await cancelled.next()
            return (first, try await told.next())
        }
        #expect(second.id == first.id && second.attempt == 2 && second.worker != first.worker)
        #expect(try await database.number("select count(*) from jobs.job_done where id = \(first.id) and attempt = 2") == 1)
        #expect(await runner.statistics.leasesLost >= 1)
    }

    @Test func `a person ends a running job`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        let ended = Told<Void>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            defer { ended.tell(()) }
            try await Task.sleep(for: .seconds(600))
            return .succeeded
        }
        let id = try await running(runner(database, handlers)) {
            try await enqueueOne(database)
            let id = try await told.next()
            #expect(try await database.pool.transaction { try JobInspection.cancel(id, on: $0) } == .running)
            try await ended.next()
            return id
        }
        #expect(try await report(database, id).state == "cancelled")
    }

    @Test func `the runner outlives the loss of all its connections`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        try await running(runner(database, handlers)) {
            let first = try await enqueueOne(database)
            #expect(try await told.next() == first)
            try await database.script(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and application_name like 'tests-%' and pid <> pg_backend_pid()
                """)
            let second = try await enqueueOne(database)
            #expect(try await told.next() == second)
        }
        #expect(try await database.number("select count(*) from jobs.job_done") == 2)
    }

    @Test func `a schedule missed while nothing ran is caught up at the start`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-18 12:00:00")
        let list = JobKind("test.list", lane: .list)
        let daily = try #require(SchedulePattern("daily 02:00"))
        let schedule = Schedule("list.nightly", daily, runs: list, timeZone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { try schedule.declare(on: $0) }
        try await database.travel(to: "2026-11-21 05:40:00")
        let told = Told<String>()
        var handlers = JobHandlers()
        handlers.effect(list) { job in
            told.tell(try job.payload(as: ScheduledSlot.self).slot)
            return .succeeded
        }
        let slot = try await running(runner(database, handlers, schedules: [schedule])) { try await told.next() }
        #expect(slot == "2026-11-21T02:00")
        let outcomes = try await database.texts("select outcome from jobs.schedule_run order by slot")
        #expect(outcomes == ["skipped", "skipped", "enqueued"])
    }

    @Test func `the deadlines are looked at until none is due, and again at a hint`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<Int>()
        try await database.script("create table jobs.test_due (n int); grant all on jobs.test_due to etalon")
        try await database.script("insert into jobs.test_due select generate_series(1, 25)")
        let source = MomentSource("deadlines") { connection in
            let count = try connection.execute(
                Command("delete from jobs.test_due where n in (select n from jobs.test_due limit 10)"))
            told.tell(count)
            return count
        } untilNext: { _ in
            nil
        }
        try await running(runner(database, JobHandlers(), moments: [source])) {
            // The first looks may be more than one round: at the start and when listening begins.
            var dealt = 0
            while dealt < 25 { dealt += try await told.next() }
            try await database.script("insert into jobs.test_due values (1); select pg_notify('etalon_jobs', 'moment')")
            while dealt < 26 { dealt += try await told.next() }
        }
    }
}
