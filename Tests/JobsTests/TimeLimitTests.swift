// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Logging
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

/// Counts the runs of a handler.
private final class Runs: Sendable {
    private let count = Atomic(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

@Suite("Time limits and ends by wish", .timeLimit(.minutes(1)))
struct TimeLimitTests {
    private let once = JobKind("test.once", maxAttempts: 1, timeLimit: .milliseconds(50))

    @Test func `an attempt past the limit of its kind is told to end and fails with the limit in words`() async throws {
        let stage = try await RunnerStage()
        let told = Told<Duration?>()
        var handlers = JobHandlers()
        handlers.effect(once) { job in
            told.tell(job.timeLeft)
            try await Task.sleep(for: .seconds(600))
            return .succeeded
        }
        let (runner, once) = (stage.runner(handlers), once)
        let id = try await stage.running(runner) {
            let id = try await stage.enqueueOne(once)
            let left = try #require(try await told.next())
            #expect(left > .zero && left <= .milliseconds(50))
            #expect(try await stage.eventually { try await stage.report(id).state == "dead" })
            return id
        }
        #expect(try await stage.report(id).lastError == "time limit of 0.05 seconds exceeded")
        #expect(await runner.statistics.stuck == 0)
    }

    @Test func `the limit of a job takes the place of that of its kind, and synchronous work learns of it`() async throws {
        let stage = try await RunnerStage()
        let long = JobKind("test.long", maxAttempts: 1, timeLimit: .seconds(600))
        var handlers = JobHandlers()
        handlers.work(long) { job in
            // Work that computes, and asks now and then.
            while true { try job.checkCancellation() }
        }
        let id = try await stage.running(stage.runner(handlers)) {
            let id = try await stage.enqueueOne(long, timeLimit: .milliseconds(30))
            #expect(try await stage.eventually { try await stage.report(id).state == "dead" })
            return id
        }
        #expect(try await stage.report(id).lastError == "time limit of 0.03 seconds exceeded")
    }

    @Test func `a handler deaf to its limit is written off and holds its slot until it returns`() async throws {
        let (observer, door) = (KeptObservations(), Door())
        let stage = try await RunnerStage(observer: observer)
        let after = JobKind("test.after")
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.work(once) { _ in
            door.pass()
            return .succeeded
        }
        handlers.work(after) { job in
            told.tell(job.id)
            return .succeeded
        }
        let once = once
        let runner = stage.runner(handlers) { ($0.slots, $0.grace) = ([.default: 1], .milliseconds(20)) }
        let (deaf, next) = try await stage.running(runner) {
            let deaf = try await stage.enqueueOne(once)
            #expect(try await stage.eventually { try await stage.report(deaf).state == "dead" })
            #expect(await runner.statistics.stuck == 1)
            // The thread is gone until it returns: nobody else gets the slot.
            let next = try await stage.enqueueOne(after)
            #expect(try await stage.database.number("select count(*) from jobs.job where state = 2") == 0)
            door.open()
            #expect(try await told.next() == next)
            #expect(await runner.statistics.stuck == 0)
            return (deaf, next)
        }
        #expect(try await stage.report(deaf).lastError == "time limit of 0.05 seconds exceeded")
        #expect(try await stage.report(next).state == "succeeded")
        let stuck = observer.all.contains { if case .stuck(let job, _) = $0 { job.id == deaf } else { false } }
        #expect(stuck)
    }

    @Test func `a handler deaf to a person's wish is written off at its limit, and its job has ended as wished`() async throws {
        let observer = KeptObservations()
        let stage = try await RunnerStage(observer: observer)
        let slow = JobKind("test.slow", maxAttempts: 3, timeLimit: .milliseconds(400))
        let (told, door) = (Told<JobID>(), Door())
        var handlers = JobHandlers()
        handlers.work(slow) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        let runner = stage.runner(handlers) { $0.grace = .milliseconds(20) }
        let id = try await stage.running(runner) {
            let id = try await stage.enqueueOne(slow)
            _ = try await told.next()
            #expect(try await stage.database.pool.transaction { try JobInspection.cancel(id, on: $0) } == .running)
            #expect(try await stage.eventually { try await stage.report(id).state == "cancelled" })
            #expect(await runner.statistics.stuck == 1)
            door.open()
            let isBack = try await stage.eventually { await runner.statistics.stuck == 0 }
            #expect(isBack)
            return id
        }
        #expect(try await stage.report(id).failures.isEmpty)
        let stuck = observer.all.contains { if case .stuck(let job, _) = $0 { job.id == id } else { false } }
        #expect(stuck)
    }

    @Test func `the stop does not wait for threads that never return`() async throws {
        let stage = try await RunnerStage()
        let (told, door) = (Told<Void>(), Door())
        let kind = JobKind("test.deaf")
        var handlers = JobHandlers()
        handlers.work(kind) { _ in
            told.tell(())
            door.pass()
            return .succeeded
        }
        let runner = stage.runner(handlers) { ($0.softStop, $0.hardStop) = (.milliseconds(50), .milliseconds(50)) }
        let (ids, asked) = try await stage.running(runner) {
            var ids: [JobID] = []
            for _ in 0..<4 { ids.append(try await stage.enqueueOne(kind)) }
            _ = try await told.next(4)
            return (ids, ContinuousClock.now)
        }
        #expect(asked.duration(to: .now) < .seconds(5))
        for id in ids {
            let report = try await stage.report(id)
            #expect(report.state == "ready" && report.attempt == 0)
        }
        #expect(try await stage.database.number("select count(*) from jobs.worker") == 0)
        door.open(for: 4)
    }

    @Test func `an error that names its pause decides when the next attempt comes`() async throws {
        let stage = try await RunnerStage()
        let kind = JobKind("test.asked", retryDelay: RetryDelay(first: .seconds(3600), longest: .seconds(3600), spread: 0))
        let told = Told<Int>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.attempt)
            if job.attempt == 1 { throw RetryAfter(.milliseconds(100), "the server asks for patience") }
            return .succeeded
        }
        let id = try await stage.running(stage.runner(handlers)) {
            let start = ContinuousClock.now
            let id = try await stage.enqueueOne(kind)
            #expect(try await told.next(2) == [1, 2])
            #expect(start.duration(to: .now) >= .milliseconds(100))
            return id
        }
        let report = try await stage.report(id)
        #expect(report.state == "succeeded" && report.failures.map(\.error) == ["the server asks for patience"])
    }

    @Test func `a handler puts its job off without losing an attempt`() async throws {
        let stage = try await RunnerStage()
        let kind = JobKind("test.later", maxAttempts: 1)
        let (told, runs) = (Told<Int>(), Runs())
        var handlers = JobHandlers()
        handlers.work(kind) { job in
            told.tell(job.attempt)
            return runs.next() > 1 ? .succeeded : .snoozed(.milliseconds(50))
        }
        let id = try await stage.running(stage.runner(handlers)) {
            let id = try await stage.enqueueOne(kind)
            #expect(try await told.next(2) == [1, 1])
            return id
        }
        let report = try await stage.report(id)
        #expect(report.state == "succeeded" && report.attempt == 1 && report.failures.isEmpty)
    }

    @Test func `a wish to end a running job reaches synchronous work by a hint, not by the next beat`() async throws {
        let stage = try await RunnerStage()
        let kind = JobKind("test.work", maxAttempts: 1)
        let told = Told<JobID>()
        var handlers = JobHandlers()
        handlers.work(kind) { job in
            told.tell(job.id)
            while true { try job.checkCancellation() }
        }
        // A beat of an hour: only the hint is left.
        let runner = stage.runner(handlers) { ($0.beat, $0.lease) = (.seconds(3600), .seconds(10_000)) }
        let id = try await stage.running(runner) {
            try await stage.enqueueOne(kind)
            let id = try await told.next()
            let elsewhere = ConnectionPool(settings: stage.database.settings, size: 1, logger: .silent)
            #expect(try await elsewhere.transaction { try JobInspection.cancel(id, on: $0) } == .running)
            #expect(try await stage.eventually { try await stage.report(id).state == "cancelled" })
            await elsewhere.shutdown()
            return id
        }
        #expect(try await stage.report(id).failures.isEmpty)
    }
}
