// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

/// Ends are written and others learn of them, although no look by the clock comes for an hour.
@Suite("Ends of attempts and who is told", .timeLimit(.minutes(1)))
struct EndingTests {
    private let kind = JobKind("test.work")
    private let then = JobKind("test.then")

    @Test func `the quick half of a large claim is written while the slow half runs`() async throws {
        let stage = try await RunnerStage()
        let kind = kind
        let quick = Atomic(0)
        var handlers = JobHandlers()
        handlers.effect(kind) { _ in
            // Longer than ends are gathered.
            let isQuick = quick.add(1, ordering: .relaxed).newValue <= 31
            try await Task.sleep(for: isQuick ? .milliseconds(60) : .seconds(600))
            return .succeeded
        }
        let runner = stage.unhurried(handlers) { ($0.slots, $0.softStop) = ([.default: 64], .milliseconds(20)) }
        try await stage.running(runner) {
            // From now on nothing but the hint of the jobs and their ends makes it look.
            let isHeard = try await stage.eventually { await runner.statistics.isListening }
            #expect(isHeard)
            _ = try await stage.database.pool.transaction { connection in
                try enqueueMany(kind, (1...64).map { _ in (payload: NoPayload(), key: nil) }, on: connection)
            }
            let isWritten = try await stage.eventually {
                try await stage.database.number("select count(*) from jobs.job_done") == 31
            }
            #expect(isWritten)
        }
        #expect(await runner.statistics.claims.counts[6] == 1)
    }

    @Test func `an attempt that ended in time counts although the database stood still past its limit`() async throws {
        let stage = try await RunnerStage()
        let limited = JobKind("test.limited", timeLimit: .milliseconds(500))
        let (told, door) = (Told<JobID>(), Door())
        let runs = Atomic(0)
        var handlers = JobHandlers()
        handlers.work(limited) { job in
            runs.add(1, ordering: .relaxed)
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        let runner = stage.unhurried(handlers) { $0.grace = .milliseconds(50) }
        let id = try await stage.running(runner) {
            let id = try await stage.enqueueOne(limited)
            _ = try await told.next()
            let brake = try await Connection.open(stage.database.server.settings(stage.database.name, as: "postgres"))
            try await brake.script("begin; lock table jobs.job in access exclusive mode")
            // A look that stands still behind the lock.
            try await stage.database.pool.use { hint(.ready, on: $0) }
            let isHeld = try await stage.eventually {
                try await stage.database.number("select count(*) from pg_locks where not granted") > 0
            }
            #expect(isHeld)
            door.open(for: 2)
            try await Task.sleep(for: .milliseconds(700))
            try await brake.script("rollback")
            await brake.close()
            #expect(try await stage.isDone(id))
            return id
        }
        #expect(runs.load(ordering: .relaxed) == 1)
        #expect(try await stage.report(id).failures.isEmpty)
        #expect(await runner.statistics.stuck == 0)
    }

    @Test(arguments: ["waiting", "dead"])
    func `a follower is let go as soon as a person ends the job before it`(state: String) async throws {
        let stage = try await RunnerStage()
        let (database, then) = (stage.database, then)
        try await stage.running(stage.unhurried(JobHandlers(of: then))) {
            let first = try await database.put(kind, at: .after(.seconds(3600)))
            let follower = try await database.put(then, links: JobLinks(after: [first], onFailure: .run))
            let isLinked = try await stage.eventually {
                try await database.number(
                    "select count(*) from jobs.job where is_linked and not exists (select from jobs.loose_end)") == 2
            }
            #expect(isLinked)
            if state == "dead" {
                try await database.script(
                    """
                    insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, payload,
                                               enqueued_at, enqueued_by, reason, is_linked)
                    select id, lane, kind, priority, run_at, 1, 1, 0, payload, enqueued_at, enqueued_by, 'test', true
                    from jobs.job where id = \(first);
                    delete from jobs.job where id = \(first)
                    """)
            }
            #expect(try await database.pool.transaction { try JobInspection.cancel(first, on: $0) } == .cancelled)
            #expect(try await stage.isDone(follower))
        }
    }

    @Test func `the follow-up of a batch without jobs runs at once`() async throws {
        let stage = try await RunnerStage()
        let (runner, then) = (stage.unhurried(JobHandlers(of: then)), then)
        try await stage.running(runner) {
            let isIdle = try await stage.eventually { await runner.statistics.looks > 0 }
            #expect(isIdle)
            let batch = try await stage.database.pool.transaction {
                try openBatch("nothing to do", then: then, payload: NoPayload(), on: $0)
            }
            let isDone = try await stage.eventually {
                try await stage.database.number("select count(*) from jobs.job_done where kind = 'test.then'") == 1
            }
            #expect(isDone)
            #expect(try await stage.database.pool.use { try batchReport(batch, on: $0) }?.isClosed == true)
        }
    }

    @Test func `what a worker ends while it stops is for the others at once`() async throws {
        let stage = try await RunnerStage()
        let (database, then, kind) = (stage.database, then, JobKind("test.work", maxAttempts: 1))
        let (told, first, second) = (Told<JobID>(), Door(), Door())
        let blocker = JobKind("test.blocker", lane: .list)
        var leaving = JobHandlers()
        leaving.work(kind) { job in
            told.tell(job.id)
            first.pass()
            throw PermanentFailure("no")
        }
        leaving.work(blocker) { job in
            told.tell(job.id)
            second.pass()
            return .succeeded
        }
        let services = ServiceGroup(services: [stage.unhurried(leaving)], logger: .silent)
        try await stage.running(stage.unhurried(JobHandlers(of: then))) {
            async let ended: Void = services.run()
            let before = try await database.put(kind)
            try await database.put(blocker)
            _ = try await told.next(2)
            let follower = try await database.put(then, links: JobLinks(after: [before], onFailure: .run))
            let isLinked = try await stage.eventually {
                try await database.number("select count(*) from jobs.job where is_linked and id = \(before)") == 1
            }
            #expect(isLinked)
            await services.triggerGracefulShutdown()
            let isStopping = try await stage.eventually {
                try await database.number("select count(*) from jobs.worker where stopping_at is not null") == 1
            }
            #expect(isStopping)
            first.open()
            #expect(try await stage.isDone(follower))
            second.open()
            try await ended
        }
    }

    @Test func `a worker notes that it stops, though the first look of its stop fails`() async throws {
        let stage = try await RunnerStage()
        let (database, told, door) = (stage.database, Told<JobID>(), Door())
        var handlers = JobHandlers()
        handlers.work(kind) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        let runner = stage.unhurried(handlers)
        let services = ServiceGroup(services: [runner], logger: .silent)
        async let ended: Void = services.run()
        let id = try await stage.enqueueOne(kind)
        _ = try await told.next()
        try await database.script("alter table jobs.worker rename column stopping_at to stopping_away")
        await services.triggerGracefulShutdown()
        let hasFailed = try await stage.eventually { await runner.statistics.faults > 0 }
        #expect(hasFailed)
        try await database.script("alter table jobs.worker rename column stopping_away to stopping_at")
        let isStopping = try await stage.eventually {
            try await database.number("select count(*) from jobs.worker where stopping_at is not null") == 1
        }
        #expect(isStopping)
        door.open()
        try await ended
        #expect(try await stage.report(id).state == "succeeded")
    }

    @Test func `a worker that stops tells the others of the moments that it knew`() async throws {
        let stage = try await RunnerStage()
        let failing = JobKind("test.work", retryDelay: RetryDelay(first: .seconds(1), spread: 0))
        var leaving = JobHandlers()
        leaving.work(failing) { _ in throw Mishap() }
        let other = stage.unhurried(JobHandlers(of: failing)) { $0.slots = [.default: 1] }
        let id = try await stage.running(stage.unhurried(leaving)) {
            let id = try await stage.enqueueOne(failing)
            let hasFailed = try await stage.eventually { try await stage.report(id).state == "waiting" }
            #expect(hasFailed)
            return id
        }
        // Puts it further off, so that the other's first look does not know of it.
        try await stage.database.script("update jobs.job set run_at = now() + interval '1 hour'")
        let services = ServiceGroup(services: [stage.unhurried(JobHandlers(of: then))], logger: .silent)
        try await stage.running(other) {
            async let ended: Void = services.run()
            let areBothThere = try await stage.eventually {
                try await stage.database.number("select count(*) from jobs.worker") == 2
            }
            #expect(areBothThere)
            try await stage.database.script("update jobs.job set run_at = now() + interval '1 second'")
            await services.triggerGracefulShutdown()
            try await ended
            #expect(try await stage.isDone(id))
        }
    }

    @Test func `a slot that is free in a lane with a limit is told to those who can use it`() async throws {
        let stage = try await RunnerStage()
        let (one, two) = (JobKind("test.one", lane: .list), JobKind("test.two", lane: .list))
        let (told, door) = (Told<JobID>(), Door())
        var handlersOfOne = JobHandlers()
        handlersOfOne.work(one) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        _ = try await stage.database.pool.transaction { try LaneRule(mostRunning: 1).apply(to: .list, on: $0) }
        let runnerOfTwo = stage.unhurried(JobHandlers(of: two))
        let runnerOfOne = stage.unhurried(handlersOfOne)
        try await stage.running(runnerOfOne) {
            try await stage.running(runnerOfTwo) {
                let first = try await stage.enqueueOne(one)
                _ = try await told.next()
                let looks = await runnerOfTwo.statistics.looks
                let second = try await stage.enqueueOne(two)
                let hasLooked = try await stage.eventually { await runnerOfTwo.statistics.looks > looks }
                #expect(hasLooked)
                #expect(try await stage.report(second).state == "ready")
                door.open()
                #expect(try await stage.isDone(second))
                #expect(try await stage.isDone(first))
            }
        }
    }

    @Test func `work found by the look after a fault is no sign of lost hints`() async throws {
        let stage = try await RunnerStage()
        let (database, runner, kind) = (stage.database, stage.unhurried(JobHandlers(of: kind)), kind)
        try await stage.running(runner) {
            let id = try await stage.enqueueOne(kind)
            #expect(try await stage.isDone(id))
            try await database.script("alter table jobs.job rename to job_away")
            try await database.pool.use { hint(.ready, on: $0) }
            let hasFailed = try await stage.eventually { await runner.statistics.faults > 0 }
            #expect(hasFailed)
            try await database.script(
                """
                alter table jobs.job_away rename to job;
                insert into jobs.job (lane, kind, max_attempt, payload, state) values (6, 'test.work', 1, '{}', 1)
                """)
            let isFound = try await stage.eventually {
                try await database.number("select count(*) from jobs.job_done") == 2
            }
            #expect(isFound)
        }
        #expect(await runner.statistics.pollsThatFoundWork == 0)
    }

    @Test func `a runner whose listening connection is away says so and looks more often`() async throws {
        let stage = try await RunnerStage()
        let (database, kind) = (stage.database, kind)
        let runner = stage.runner(JobHandlers(of: kind)) { $0.deafCeiling = .milliseconds(200) }
        try await stage.running(runner) {
            let isHeard = try await stage.eventually { await runner.statistics.isListening }
            #expect(isHeard)
            let id = try await stage.enqueueOne(kind)
            #expect(try await stage.isDone(id))
            // Nobody else comes in, and then the one who listens has to leave.
            try await database.script("alter database \(database.name) connection limit 0")
            try await database.script(
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where application_name like '%-listen' and datname = current_database()
                """)
            let isDeaf = try await stage.eventually { await !runner.statistics.isListening }
            #expect(isDeaf)
            try await database.script(
                "insert into jobs.job (lane, kind, max_attempt, payload, state) values (6, 'test.work', 1, '{}', 1)")
            let isFound = try await stage.eventually {
                try await database.number("select count(*) from jobs.job_done") == 2
            }
            #expect(isFound)
        }
    }
}
