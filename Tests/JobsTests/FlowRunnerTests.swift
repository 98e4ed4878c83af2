// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import JobsTesting
import Logging
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

/// What the other suites show statement by statement, with two runners that are woken by hints and timers alone.
@Suite("Linked jobs in two runners", .timeLimit(.minutes(2)))
struct FlowRunnerTests {
    struct Numbered: Codable, Sendable {
        let key: String
        let number: Int
    }

    struct Summary: Codable, Sendable {
        let batch: BatchEnd
    }

    /// How many run at a time under each name, and in which order they began.
    private final class Watch: Sendable {
        private struct State {
            var now: [String: Int] = [:]
            var most: [String: Int] = [:]
            var order: [String: [Int]] = [:]
        }

        private let state = Mutex(State())

        func begin(_ key: String, _ number: Int) {
            state.withLock { state in
                state.now[key, default: 0] += 1
                state.most[key] = max(state.most[key] ?? 0, state.now[key] ?? 0)
                state.order[key, default: []].append(number)
            }
        }

        func end(_ key: String) { state.withLock { $0.now[key, default: 0] -= 1 } }

        var most: [String: Int] { state.withLock { $0.most } }
        var order: [String: [Int]] { state.withLock { $0.order } }
    }

    private let kind = JobKind("flow.run", maxAttempts: 3, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))
    private let then = JobKind("flow.then")

    private func runner(_ database: TestDatabase, _ handlers: JobHandlers, lane: Lane = .default, slots: Int = 4) -> JobRunner {
        var settings = RunnerSettings(slots: [lane: slots])
        // Hints and timers have to do; the poll would come too late for every test here.
        settings.ceiling = .seconds(3600)
        return JobRunner(
            settings: settings, handlers: handlers, database: database.settings, pool: database.pool, logger: .silent)
    }

    private func both(
        _ database: TestDatabase, _ handlers: JobHandlers, lane: Lane = .default, _ body: @Sendable () async throws -> Void
    ) async throws {
        let (one, two) = (runner(database, handlers, lane: lane), runner(database, handlers, lane: lane))
        try await running(one) { try await running(two) { try await body() } }
    }

    @Test func `the follow-up of a batch runs once, after retries and a death, with the counts`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<BatchEnd>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            let number = try job.payload(as: Numbered.self).number
            if number == 0 { throw PermanentFailure("no") }
            if number % 10 == 1, job.attempt == 1 { throw Mishap() }
            return number == 2 ? .superseded : .succeeded
        }
        handlers.effect(then) { job in
            told.tell(try job.payload(as: Summary.self).batch)
            return .succeeded
        }
        let (kind, then) = (kind, then)
        try await both(database, handlers) {
            for round in 1...3 {
                let requests = (0..<200).map { JobRequest(Numbered(key: "b", number: $0)) }
                try await database.pool.transaction { connection in
                    let batch = try openBatch("round \(round)", then: then, payload: NoPayload(), on: connection)
                    try enqueueAll(kind, requests, links: JobLinks(batch: batch), on: connection)
                }
                let end = try await told.next()
                #expect(end.name == "round \(round)" && end.succeeded == 199 && end.dead == 1 && end.cancelled == 0)
            }
        }
        #expect(try await database.number("select count(*) from jobs.job_done where kind = 'flow.then'") == 3)
        #expect(try await database.number("select count(*) from jobs.loose_end") == 0)
    }

    @Test func `chains and diamonds run in their order, woken by their ends`() async throws {
        let database = try await TestDatabase.make()
        let told = Told<Int>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(try job.payload(as: Numbered.self).number)
            return .succeeded
        }
        let kind = kind
        try await both(database, handlers) {
            try await database.pool.transaction { connection in
                var last: [JobID] = []
                for layer in 0..<12 {
                    let links = JobLinks(after: last)
                    last = []
                    for _ in 0..<(layer % 2 == 0 ? 1 : 3) {
                        let made = try enqueue(kind, JobRequest(Numbered(key: "", number: layer)), links: links, on: connection)
                        last += [made.madeJob].compactMap(\.self)
                    }
                }
            }
            let order = try await told.next(24)
            #expect(order == order.sorted())
        }
    }

    @Test func `one job of a serial key runs at a time, in the order of enqueueing, in both runners together`() async throws {
        let database = try await TestDatabase.make()
        let (watch, told) = (Watch(), Told<Void>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            let mine = try job.payload(as: Numbered.self)
            watch.begin(mine.key, mine.number)
            await Task.yield()
            watch.end(mine.key)
            told.tell(())
            return .succeeded
        }
        let kind = kind
        try await both(database, handlers) {
            for part in 0..<5 {
                let requests = (0..<80).map { index in
                    let key = "instrument \(index % 8)"
                    return JobRequest(Numbered(key: key, number: part * 10 + index / 8), serialKey: key)
                }
                _ = try await database.pool.transaction { try enqueueAll(kind, requests, on: $0) }
            }
            _ = try await told.next(400)
        }
        #expect(watch.most.count == 8 && watch.most.values.allSatisfy { $0 == 1 })
        for order in watch.order.values { #expect(order == Array(0..<50)) }
        #expect(try await database.number("select count(*) from jobs.job_done where outcome = 1") == 400)
    }

    @Test func `a limited name and a limited lane hold in both runners together`() async throws {
        let database = try await TestDatabase.make()
        let kind = JobKind("flow.limited", lane: .mail)
        let (watch, told) = (Watch(), Told<Void>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            let mine = try job.payload(as: Numbered.self)
            watch.begin("lane", mine.number)
            watch.begin(mine.key, mine.number)
            for _ in 0..<20 { await Task.yield() }
            watch.end(mine.key)
            watch.end("lane")
            told.tell(())
            return .succeeded
        }
        #expect(try await database.pool.transaction { try LaneRule(mostRunning: 3).apply(to: .mail, on: $0) })
        try await both(database, handlers, lane: .mail) {
            let requests = (0..<200).map { index in
                let key = index % 2 == 0 ? "smtp" : "free \(index)"
                return JobRequest(Numbered(key: key, number: index), limit: index % 2 == 0 ? KeyLimit("smtp", most: 2) : nil)
            }
            _ = try await database.pool.transaction { try enqueueAll(kind, requests, on: $0) }
            _ = try await told.next(200)
        }
        #expect(watch.most["lane"] ?? 0 <= 3 && watch.most["smtp"] ?? 0 <= 2)
    }

    @Test func `a lane with a rate goes on by its timer and keeps to the rate`() async throws {
        let database = try await TestDatabase.make()
        let kind = JobKind("flow.rated", lane: .mail)
        let told = Told<ContinuousClock.Instant>()
        var handlers = JobHandlers()
        handlers.effect(kind) { _ in
            told.tell(.now)
            return .succeeded
        }
        let rule = LaneRule(rate: StartRate(20, per: .seconds(2)))
        #expect(try await database.pool.transaction { try rule.apply(to: .mail, on: $0) })
        try await both(database, handlers, lane: .mail) {
            let requests = (0..<30).map { JobRequest(Numbered(key: "", number: $0)) }
            _ = try await database.pool.transaction { try enqueueAll(kind, requests, on: $0) }
            _ = try await told.next(30)
        }
        let most = try await database.number(
            """
            select max(n) from (select count(*) over (order by started_at range between current row
                                                      and interval '1999 milliseconds' following) as n from jobs.job_done) x
            """)
        #expect(most <= 20)
    }

    @Test func `a job that runs twice since its worker was taken for dead has one effect`() async throws {
        let database = try await TestDatabase.make()
        let asked = Mutex<[String]>([])
        let told = Told<Effect<String>>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            let number = try job.payload(as: Numbered.self).number
            let effect = try await job.effectOnce("rv:\(number):3:2") { key in
                asked.withLock { $0.append(key) }
                return "accepted"
            }
            // The handler has done its work; nobody hears of it, and somebody else rescues the job.
            let worker = job.worker
            if job.attempt == 1 { try await Task { try await database.rescue(worker) }.value }
            told.tell(effect)
            return .succeeded
        }
        let kind = kind
        try await running(runner(database, handlers, slots: 1)) {
            for number in 1...5 {
                _ = try await database.pool.transaction {
                    try enqueue(kind, JobRequest(Numbered(key: "", number: number)), on: $0)
                }
                #expect(try await told.next(2) == [.done("accepted"), .doneBefore("accepted")])
            }
        }
        #expect(asked.withLock { $0 } == (1...5).map { "rv:\($0):3:2" })
        #expect(try await database.number("select count(*) from jobs.effect") == 5)
        #expect(try await database.number("select count(*) from jobs.job_done where outcome = 1 and attempt = 2") == 5)
    }

    @Test func `another attempt in another runner goes on after the last step`() async throws {
        let database = try await TestDatabase.make()
        let done = Mutex<[String]>([])
        let told = Told<Int>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            let sum = try await job.step("read") {
                done.withLock { $0.append("read") }
                return 40
            }
            let booked = try await job.transactionStep("book") { connection in
                try connection.execute(
                    Command("insert into jobs.test_effect values ($1::bigint, $2::int)"), job.id.rawValue, job.attempt)
                return 2
            }
            if job.attempt == 1 { throw Mishap() }
            told.tell(sum + booked)
            return .succeeded
        }
        let kind = kind
        try await both(database, handlers) {
            _ = try await database.pool.transaction { try enqueue(kind, JobRequest(NoPayload()), on: $0) }
            #expect(try await told.next() == 42)
        }
        #expect(done.withLock { $0 } == ["read"])
        #expect(try await database.number("select count(*) from jobs.test_effect") == 1)
    }

    @Test func `jobs of a transaction that is rolled back give no hint`() async throws {
        let database = try await TestDatabase.make()
        let hints = Mutex(0)
        database.pool.hints.observe { _ in hints.withLock { $0 += 1 } }
        let kind = kind
        let requests = (0..<2000).map { JobRequest(Numbered(key: "", number: $0), serialKey: "s") }
        await #expect(throws: Mishap.self) {
            try await database.pool.transaction { connection in
                try enqueueAll(kind, requests, on: connection)
                throw Mishap()
            }
        }
        #expect(hints.withLock { $0 } == 0)
        #expect(try await database.number("select count(*) from jobs.turn") == 0)
        _ = try await database.pool.transaction { try enqueueAll(kind, requests, on: $0) }
        #expect(hints.withLock { $0 } == 1)
    }

    @Test func `under the virtual clock a batch goes to its follow-up, steps and all`() async throws {
        let database = try await TestDatabase.make()
        try await database.clock.stand(at: "2031-02-28T22:00:00+07:00")
        let steps = Mutex(0)
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            _ = try await job.step("count") {
                steps.withLock { steps in
                    steps += 1
                    return steps
                }
            }
            if job.attempt == 1 { throw Mishap() }
            return .succeeded
        }
        handlers.work(then) { _ in .succeeded }
        let queue = VirtualQueue(handlers: handlers, pool: database.pool, clock: database.clock)
        let (kind, then) = (kind, then)
        try await database.pool.transaction { connection in
            let batch = try openBatch("b", then: then, payload: NoPayload(), on: connection)
            let links = JobLinks(batch: batch)
            let first = try enqueue(kind, JobRequest(NoPayload(), serialKey: "s"), links: links, on: connection).madeJob
            let second = JobLinks(after: [try #require(first)], batch: batch)
            try enqueue(kind, JobRequest(NoPayload(), at: .after(.seconds(3600)), serialKey: "s"), links: second, on: connection)
        }
        _ = try await queue.live(through: .seconds(7200))
        #expect(await queue.ran(kind).map(\.job.attempt) == [1, 2, 1, 2])
        #expect(await queue.ran(then).count == 1)
        #expect(steps.withLock { $0 } == 2)
    }
}
