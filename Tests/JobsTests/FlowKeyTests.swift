// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Serial keys and limits of a name")
struct FlowKeyTests {
    private let kind = JobKind("flow.key", maxAttempts: 3)

    @Test func `jobs of one serial key run one at a time, in the order of enqueueing`() async throws {
        let database = try await TestDatabase.make()
        var made: [JobID] = []
        for number in 0..<5 { made.append(try await database.put(kind, priority: 3 - number % 4, serial: "customer 17")) }
        let other = try await database.put(kind, serial: "customer 18")
        let worker = try await database.ghost()
        var order: [JobID] = []
        #expect(try await database.take(worker, kind).map(\.id).sorted() == [made[0], other])
        try await database.script("update jobs.job set state = 1, worker = null where state = 2")
        for _ in 0..<5 {
            let jobs = try await database.take(try await database.ghost(), kind).filter { $0.id != other }
            #expect(jobs.count == 1)
            order += jobs.map(\.id)
            for job in jobs { try await database.succeed(job) }
        }
        #expect(order == made)
    }

    @Test func `a serial key is kept while its job waits for another attempt`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind, serial: "s")
        let second = try await database.put(kind, serial: "s")
        let job = try #require(try await database.take(worker, kind).first)
        try await database.fail(job, pause: .seconds(60))
        #expect(try await database.take(worker, kind).isEmpty)
        #expect(try await database.flow(second)?.heldBy == [first.rawValue])
        #expect(try await database.flow(second)?.inLineFor == "serial s")
        try await database.travel("61 seconds")
        let again = try #require(try await database.take(worker, kind).first)
        #expect(again.id == first && again.attempt == 2)
        try await database.succeed(again)
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `a job given up lets the next one go, and put back it takes its turn`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind, serial: "s")
        let second = try await database.put(kind, serial: "s")
        let third = try await database.put(kind, serial: "s")
        try await database.kill(try #require(try await database.take(worker, kind).first))
        let next = try #require(try await database.take(worker, kind).first)
        #expect(next.id == second)
        try await database.redrive(first)
        #expect(try await database.take(worker, kind).isEmpty)
        try await database.succeed(next)
        let back = try #require(try await database.take(worker, kind).first)
        #expect(back.id == first)
        try await database.succeed(back)
        #expect(try await database.take(worker, kind).map(\.id) == [third])
    }

    @Test func `a name limited to three has three jobs running, in all processes together`() async throws {
        let database = try await TestDatabase.make()
        for _ in 0..<12 { try await database.put(kind, limit: KeyLimit("smtp", most: 3)) }
        var done = 0
        while done < 12 {
            let counts = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
                for _ in 0..<3 {
                    group.addTask { try await database.take(try await database.ghost(), kind, room: 2) }
                }
                return try await group.reduce(into: [ClaimedJob]()) { $0 += $1 }
            }
            #expect(counts.count == 3)
            for job in counts { try await database.succeed(job) }
            done += counts.count
        }
    }

    @Test func `a limited name is free while its job waits for another attempt`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind, limit: KeyLimit("smtp", most: 1))
        let second = try await database.put(kind, limit: KeyLimit("smtp", most: 1))
        try await database.fail(try #require(try await database.take(worker, kind).first), pause: .seconds(60))
        let next = try #require(try await database.take(worker, kind).first)
        #expect(next.id == second)
        try await database.travel("61 seconds")
        #expect(try await database.take(worker, kind).isEmpty)
        try await database.succeed(next)
        let again = try #require(try await database.take(worker, kind).first)
        #expect(again.id == first && again.attempt == 2)
    }

    @Test func `the urgent come first in the line of a limited name`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let limit = KeyLimit("printer", most: 1)
        let slow = try await database.put(kind, priority: 2, limit: limit)
        let running = try #require(try await database.take(worker, kind).first)
        #expect(running.id == slow)
        let late = try await database.put(kind, priority: 3, limit: limit)
        let urgent = try await database.put(kind, priority: 0, limit: limit)
        try await database.tie()
        try await database.succeed(running)
        let next = try #require(try await database.take(worker, kind).first)
        #expect(next.id == urgent)
        try await database.succeed(next)
        #expect(try await database.take(worker, kind).map(\.id) == [late])
    }

    @Test func `the job of a dead worker does not hold its key for ever`() async throws {
        let database = try await TestDatabase.make()
        let lost = try await database.ghost()
        let first = try await database.put(kind, serial: "s", limit: KeyLimit("smtp", most: 1))
        let second = try await database.put(kind, serial: "s", limit: KeyLimit("smtp", most: 1))
        #expect(try await database.take(lost, kind).map(\.id) == [first])
        try await database.rescue(lost)
        let worker = try await database.ghost()
        let again = try #require(try await database.take(worker, kind).first)
        #expect(again.id == first)
        try await database.succeed(again)
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `jobs with both sorts of keys never wait for each other`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        for number in 0..<30 {
            try await database.put(
                kind, serial: "s\(number % 3)", limit: number % 2 == 0 ? KeyLimit("l\(number % 4)", most: 1) : nil)
        }
        var done = 0
        while true {
            let jobs = try await database.take(worker, kind)
            if jobs.isEmpty { break }
            for job in jobs { try await database.succeed(job) }
            done += jobs.count
        }
        #expect(done == 30)
        #expect(try await database.number("select count(*) from jobs.turn") == 0)
    }

    @Test func `a job for later joins the line when its moment comes`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let later = try await database.put(kind, at: .after(.seconds(60)), serial: "s")
        let now = try await database.put(kind, serial: "s")
        let look = try await database.tie()
        #expect(look.pause.map { $0 > .seconds(50) && $0 <= .seconds(60) } == true)
        let job = try #require(try await database.take(worker, kind).first)
        #expect(job.id == now)
        try await database.travel("61 seconds")
        #expect(try await database.take(worker, kind).isEmpty)
        try await database.succeed(job)
        #expect(try await database.take(worker, kind).map(\.id) == [later])
    }

    @Test func `a cancelled job leaves the line`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let ids = [
            try await database.put(kind, serial: "s"), try await database.put(kind, serial: "s"),
            try await database.put(kind, serial: "s"),
        ]
        let job = try #require(try await database.take(worker, kind).first)
        try await database.cancel(ids[1])
        try await database.succeed(job)
        #expect(try await database.take(worker, kind).map(\.id) == [ids[2]])
        #expect(try await database.state(ids[1]) == "cancelled")
        #expect(try await database.flow(ids[1])?.keys == ["serial s"])
    }

    @Test func `a replaced job goes back to wait for its new moment`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let kind = kind
        try await database.put(kind, serial: "s")
        let job = try #require(try await database.take(worker, kind).first)
        let moved = try await database.put(kind, key: "k", serial: "s")
        let last = try await database.put(kind, serial: "s")
        try await database.tie()
        _ = try await database.pool.transaction { connection in
            try enqueue(
                kind, JobRequest(NoPayload(), key: "k", at: .after(.seconds(60)), serialKey: "s"), ifKeyTaken: .replace,
                on: connection)
        }
        try await database.succeed(job)
        let next = try #require(try await database.take(worker, kind).first)
        #expect(next.id == last)
        try await database.succeed(next)
        #expect(try await database.take(worker, kind).isEmpty)
        try await database.travel("61 seconds")
        #expect(try await database.take(worker, kind).map(\.id) == [moved])
    }

    @Test func `a key that became free while the head of its line was being put off goes to the next`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let kind = kind
        try await database.put(kind, serial: "s")
        let job = try #require(try await database.take(worker, kind).first)
        try await database.put(kind, key: "k", serial: "s")
        let last = try await database.put(kind, serial: "s")
        try await database.tie()
        let business = try await Connection.open(database.settings)
        try await business.script("begin")
        let request = JobRequest(NoPayload(), key: "k", at: .after(.seconds(3600)), serialKey: "s")
        let putOff = { (database: isolated Connection) throws in
            _ = try enqueue(kind, request, ifKeyTaken: .replace, on: database)
        }
        try await putOff(business)
        try await database.succeed(job)
        // The head cannot be had: it is noted to be tried again.
        #expect(try await database.take(worker, kind).isEmpty)
        try await business.script("commit")
        await business.close()
        try await database.script("update jobs.loose_end set not_before = pg_catalog.clock_timestamp() - interval '1 second'")
        #expect(try await database.take(worker, kind).map(\.id) == [last])
    }

    @Test func `a hundred thousand jobs of one busy key do not slow those of others`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let busy = (0..<100_000).map { _ in JobRequest(NoPayload(), serialKey: "busy") }
        let others = (0..<1000).map { JobRequest(NoPayload(), serialKey: "other \($0)") }
        _ = try await database.pool.transaction { try enqueueAll(kind, busy + others, on: $0) }
        let worker = try await database.ghost()
        var look = try await database.tie()
        while look.pause == .zero { look = try await database.tie() }
        try await database.script("analyze jobs.job; analyze jobs.turn")
        // The claim sees what is ready and nothing else: 1,001 of 101,000.
        #expect(try await database.number("select count(*) from jobs.job where state = 1") == 1001)
        let plan = try await database.texts(
            """
            explain (analyze, costs off, timing off, summary off) select c.id from jobs.job c
            where c.state = 1 and c.lane = 6 and c.kind = any(array['flow.key'])
            order by c.priority, c.run_at, c.id limit 500 for update skip locked
            """)
        #expect(plan.contains { $0.contains("job_ready") })
        #expect(!plan.contains { $0.contains("Rows Removed by Filter") })
        // An end lets the next one in by a few probes, however long the line is.
        let first = try #require(try await database.claim(worker, kind, room: 1).first)
        try await database.succeed(first)
        let start = ContinuousClock.now
        try await database.tie()
        #expect(start.duration(to: .now) < .milliseconds(250))
        let isBusy = try await database.flow(first.id)?.keys == ["serial busy"]
        #expect(try await database.number("select count(*) from jobs.job where state = 1") == (isBusy ? 1001 : 1000))
    }
}
