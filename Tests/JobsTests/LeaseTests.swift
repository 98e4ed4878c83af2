// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Lease, rescue and stop", .timeLimit(.minutes(1)))
struct LeaseTests {
    private let kind = JobKind("test.work", maxAttempts: 12)

    private func rescue(_ database: TestDatabase) async throws -> [RescuedRow] {
        try await database.pool.transaction { try $0.rows(JobStatements.rescue, Duration.seconds(30).milliseconds) }
    }

    @Test func `a job that loses its fourth worker is given up as one that kills them, and others run on`() async throws {
        let stage = try await RunnerStage()
        let (poison, database) = (try await stage.enqueueOne(kind), stage.database)
        for loss in 1...4 {
            let worker = try await database.ghost()
            #expect(try await database.claim(worker, kind).map(\.id) == [poison])
            try await database.silence(worker)
            let rescued = try await rescue(database)
            #expect(rescued.map(\.id) == [poison.rawValue] && rescued.first?.isDead == (loss == 4))
            #expect(try await rescue(database).isEmpty)
        }
        let report = try await stage.report(poison)
        #expect(report.state == "dead" && report.reason == "kills its worker" && report.failures.count == 4)
        let other = try await stage.enqueueOne(kind)
        #expect(try await database.claim(database.ghost(), kind).map(\.id) == [other])
    }

    @Test func `what a worker taken for dead writes late changes nothing`() async throws {
        let stage = try await RunnerStage()
        let (id, database, kind) = (try await stage.enqueueOne(kind), stage.database, kind)
        let (dead, alive) = (try await database.ghost(), try await database.ghost())
        let stale = try #require(try await database.claim(dead, kind).first)
        try await database.silence(dead)
        #expect(try await rescue(database).count == 1)
        let fresh = try #require(try await database.claim(alive, kind).first)
        #expect(fresh.id == stale.id && fresh.attempt == stale.attempt + 1)
        // Every way in which an attempt can end, under the identity that is gone and under its attempt.
        var endings = [Settlement](repeating: Settlement(), count: 5)
        endings[0].add(stale, .succeeded)
        endings[1].add(stale, .snoozed(.seconds(1)))
        endings[2].addFailure(stale, PermanentFailure("late"), delay: RetryDelay(), chance: 0)
        endings[3].addFailure(stale, RetryAfter(.zero, "late"), delay: RetryDelay(), chance: 0)
        endings[4].addCancelled(stale)
        for ending in endings {
            #expect(try await database.pool.transaction { try ending.write(worker: dead, on: $0) } == [id])
            #expect(try await database.pool.transaction { try ending.write(worker: alive, on: $0) } == [id])
        }
        await #expect(throws: LeaseLost(job: id)) {
            try await database.pool.transaction { try finish(stale, on: $0) }
        }
        #expect(try await stage.report(id).state == "running")
        try await database.pool.transaction { try finish(fresh, on: $0) }
        #expect(try await stage.report(id).state == "succeeded")
    }

    @Test func `a worker that cannot renew its lease abandons its jobs before others take them`() async throws {
        let stage = try await RunnerStage()
        let kind = kind
        let (told, ended) = (Told<ClaimedJob>(), Told<Bool>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.job)
            if job.attempt > 1 { return .succeeded }
            defer { ended.tell(job.isCancelled) }
            try await Task.sleep(for: .seconds(600))
            return .succeeded
        }
        let runner = stage.runner(handlers) { ($0.beat, $0.lease) = (.milliseconds(100), .milliseconds(1500)) }
        let (first, second) = try await stage.running(runner) {
            try await stage.enqueueOne(kind)
            let first = try await told.next()
            // Its beats hang on a lock; what it holds must be given up all the same.
            let holder = try await Connection.open(stage.database.server.settings(stage.database.name, as: "postgres"))
            try await holder.script("begin; select from jobs.worker where id = \(first.worker) for update")
            #expect(try await ended.next())
            try await holder.script("rollback")
            await holder.close()
            return (first, try await told.next())
        }
        #expect(second.id == first.id && second.worker != first.worker && second.attempt == 2)
        let report = try await stage.report(first.id)
        #expect(report.state == "succeeded" && report.rescues == 1)
        #expect(await runner.statistics.leasesLost >= 1)
    }

    @Test func `a handler told to end in the second stage of the stop may still end well`() async throws {
        let stage = try await RunnerStage()
        let kind = kind
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.id)
            // The cancellation is what it waits for; then it closes its work.
            do { try await Task.sleep(for: .seconds(600)) } catch {}
            return .succeeded
        }
        let id = try await stage.running(stage.runner(handlers) { $0.softStop = .milliseconds(50) }) {
            try await stage.enqueueOne(kind)
            return try await told.next()
        }
        #expect(try await stage.report(id).state == "succeeded")
        #expect(try await stage.database.number("select count(*) from jobs.worker") == 0)
    }

    @Test func `a stopping worker takes no more jobs and lets the running ones end`() async throws {
        let stage = try await RunnerStage()
        let kind = kind
        let (told, door) = (Told<JobID>(), Door())
        var handlers = JobHandlers()
        handlers.work(kind) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        let runner = stage.runner(handlers) { $0.slots = [.default: 1] }
        let (first, second, opener) = try await stage.running(runner) {
            let first = try await stage.enqueueOne(kind)
            let second = try await stage.enqueueOne(kind)
            #expect(try await told.next() == first)
            // Lets the first go once the worker has said that it stops.
            let opener = Task {
                defer { door.open(for: 2) }
                return try await stage.eventually {
                    try await stage.database.number("select count(*) from jobs.worker where stopping_at is not null") == 1
                }
            }
            return (first, second, opener)
        }
        #expect(try await opener.value)
        #expect(try await stage.report(first).state == "succeeded")
        let left = try await stage.report(second)
        #expect(left.state == "ready" && left.attempt == 0)
    }

    @Test func `a beat brings back what was put off while the clock was ahead`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        try await database.script(
            """
            insert into jobs.loose_end (job_id, what, not_before)
            values (1, 5, pg_catalog.clock_timestamp() + interval '10 years'),
                   (2, 5, pg_catalog.clock_timestamp() + interval '20 seconds')
            """)
        let late = "select count(*) from jobs.loose_end where not_before > pg_catalog.clock_timestamp()"
        #expect(try await database.number(late) == 2)
        try await database.pool.transaction { _ = try $0.one(JobStatements.workerBeat, worker.rawValue, 30_000) }
        #expect(try await database.number(late) == 1)
        _ = try await database.pool.transaction { try JobFlow.tie(on: $0) }
        #expect(try await database.texts("select job_id::text from jobs.loose_end") == ["2"])
    }

    @Test func `a job passed over for ten minutes moves up by one priority, and no further than the first`() async throws {
        let database = try await TestDatabase.make()
        let low = JobKind("test.low", priority: 2)
        let id = try #require(try await database.pool.transaction { try enqueue(low, payload: NoPayload(), on: $0) })
        func age() async throws -> Int { try await database.pool.transaction { try $0.one(JobStatements.age).count } }
        #expect(try await age() == 0)
        for priority in [1, 0] {
            try await database.travel("11 minutes")
            #expect(try await age() == 1)
            #expect(try await age() == 0)
            #expect(try await database.number("select priority from jobs.job where id = \(id)") == priority)
        }
        try await database.travel("11 minutes")
        #expect(try await age() == 0)
    }

    @Test func `a job that was moved up and put off is passed over anew from its new moment on`() async throws {
        let database = try await TestDatabase.make()
        let low = JobKind("test.low", priority: 3)
        let id = try #require(try await database.pool.transaction { try enqueue(low, payload: NoPayload(), on: $0) })
        func age() async throws -> Int { try await database.pool.transaction { try $0.one(JobStatements.age).count } }
        try await database.travel("11 minutes")
        #expect(try await age() == 1)
        try await database.travel("11 minutes")
        try await database.script("update jobs.job set run_at = jobs.now() where id = \(id)")
        #expect(try await age() == 0)
        try await database.travel("11 minutes")
        #expect(try await age() == 1)
    }
}
