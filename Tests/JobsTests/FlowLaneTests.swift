// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Lanes with a rule over all processes")
struct FlowLaneTests {
    private let kind = JobKind("flow.lane", lane: .mail, maxAttempts: 3)

    private func rule(_ database: TestDatabase, _ rule: LaneRule) async throws {
        #expect(try await database.pool.transaction { try rule.apply(to: .mail, on: $0) })
    }

    private func take(_ database: TestDatabase, _ worker: WorkerID, room: Int) async throws -> [ClaimedJob] {
        let kind = kind
        return try await database.pool.use { connection in
            let lanes = LaneNumbers(try connection.rows(JobStatements.laneNumbers, [kind.lane.rawValue]))
            let reader = ClaimedJobs(worker: worker, lanes: lanes)
            return try connection.read(
                JobStatements.claimRestricted, worker.rawValue, [2], [room], [kind.name], 30_000
            ) { table throws(PostgresError) in try reader.read(table) }
        }
    }

    private func fill(_ database: TestDatabase, _ count: Int, tenant: String? = nil) async throws {
        let kind = kind
        _ = try await database.pool.transaction { connection in
            try enqueueAll(kind, (0..<count).map { _ in JobRequest(NoPayload(), tenant: tenant) }, on: connection)
        }
    }

    @Test func `a lane of three has three jobs running, whoever asks at the same time`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(mostRunning: 3))
        try await fill(database, 20)
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await take(database, try await database.ghost(), room: 2).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 3)
        #expect(try await take(database, database.ghost(), room: 5).isEmpty)
    }

    @Test func `jobs of a dead worker do not fill a lane`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(mostRunning: 2))
        try await fill(database, 4)
        let lost = try await database.ghost()
        #expect(try await take(database, lost, room: 2).count == 2)
        let worker = try await database.ghost()
        #expect(try await take(database, worker, room: 2).isEmpty)
        try await database.silence(lost)
        #expect(try await take(database, worker, room: 2).count == 2)
        #expect(try await take(database, lost, room: 2).isEmpty)
    }

    @Test func `a new limit beside the same rate leaves what the rate has counted, a new rate begins anew`() async throws {
        let database = try await TestDatabase.make()
        let rate = StartRate(10, per: .seconds(3600))
        try await rule(database, LaneRule(rate: rate))
        try await fill(database, 5)
        #expect(try await take(database, database.ghost(), room: 5).count == 1)
        let before = try await database.pool.transaction { try LaneRule.read(of: .mail, on: $0)?.rule }
        #expect(before == LaneRule(rate: rate))
        try await database.travel("12 minutes")
        try await rule(database, LaneRule(mostRunning: 4, rate: rate))
        let after = try await database.pool.transaction { try LaneRule.read(of: .mail, on: $0)?.rule }
        #expect(after == LaneRule(mostRunning: 4, rate: rate))
        #expect(try await take(database, database.ghost(), room: 5).count == 1)
        try await database.travel("12 minutes")
        try await rule(database, LaneRule(rate: StartRate(11, per: .seconds(3600))))
        #expect(try await take(database, database.ghost(), room: 5).isEmpty)
    }

    @Test func `an enqueueing transaction left open does not stop the claims`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(mostRunning: 2))
        try await fill(database, 2)
        let producer = try await Connection.open(database.settings)
        try await producer.script("begin")
        let kind = kind
        _ = try await producer.perform { try enqueue(kind, JobRequest(NoPayload()), on: $0) }
        #expect(try await take(database, database.ghost(), room: 2).count == 2)
        await producer.close()
    }

    @Test(arguments: [(1, 60), (7, 60), (20, 10), (200, 60)])
    func `no span of time holds more starts than the rate allows, and nine tenths of it are reached`(
        count: Int, seconds: Int
    ) async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(rate: StartRate(count, per: .seconds(seconds))))
        try await fill(database, count * 4)
        let worker = try await database.ghost()
        var chance = SeededGenerator(seed: UInt64(count))
        // The clock jumps from look to look; the real time between statements only adds a little.
        for _ in 0..<120 {
            _ = try await take(database, worker, room: 500)
            let pause = Int.random(in: 0...(seconds * 1_000_000 / 24), using: &chance)
            try await database.travel("\(pause) microseconds")
        }
        let most = try await database.number(
            """
            select max(n) from (select (select count(*) from jobs.job o where o.state = 2 and o.started_at >= j.started_at
                                          and o.started_at < j.started_at + \(seconds) * interval '1 second') as n
                                from jobs.job j where j.state = 2) x
            """)
        #expect(most <= count)
        let started = try await database.number("select count(*) from jobs.job where state = 2")
        let spent = try await database.number("select extract(epoch from max(started_at) - min(started_at)) from jobs.job")
        #expect(Double(started) >= min(Double(count * 4), 0.85 * Double(spent) * Double(count) / Double(seconds) - 1))
    }

    @Test func `a lane out of starts says when the next is allowed`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(rate: StartRate(1, per: .seconds(60))))
        try await fill(database, 2)
        let worker = try await database.ghost()
        #expect(try await take(database, worker, room: 5).count == 1)
        let pause = try #require(
            try await database.pool.use { try $0.one(JobStatements.ratePause, [2], [Int]()).pause })
        #expect(pause > .seconds(50) && pause <= .seconds(60))
        try await database.travel("60 seconds")
        #expect(try await take(database, worker, room: 5).count == 1)
        #expect(try await database.pool.use { try $0.one(JobStatements.ratePause, [2], [Int]()).pause } == nil)
    }

    @Test func `a lane goes on at its rate when the clock was ahead and is set back, and no faster`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(rate: StartRate(1, per: .seconds(600))))
        try await fill(database, 6)
        let worker = try await database.ghost()
        try await database.travel("10 years")
        #expect(try await take(database, worker, room: 5).count == 1)
        try await database.travel("-10 years")
        // The start while the clock was ahead counts as one of now.
        for _ in 0..<3 {
            #expect(try await take(database, worker, room: 5).isEmpty)
            try await database.travel("599 seconds")
            #expect(try await take(database, worker, room: 5).isEmpty)
            try await database.travel("1 second")
            #expect(try await take(database, worker, room: 5).count == 1)
        }
    }

    @Test func `a claim that began before another one does not take the lane's count of time back`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(rate: StartRate(20, per: .seconds(86_400))))
        try await fill(database, 4)
        let worker = try await database.ghost()
        let early = try await Connection.open(database.settings)
        // More than what is taken for a clock that was set back.
        try await early.script("begin; select pg_sleep(1.2)")
        #expect(try await take(database, worker, room: 1).count == 1)
        let before = try await database.texts("select rate_at::text from jobs.lane where name = 'mail'")
        let kind = kind
        let taken = try await early.perform { connection in
            let reader = ClaimedJobs(
                worker: worker, lanes: LaneNumbers(try connection.rows(JobStatements.laneNumbers, [kind.lane.rawValue])))
            return try connection.read(
                JobStatements.claimRestricted, worker.rawValue, [2], [1], [kind.name], 30_000
            ) { table throws(PostgresError) in try reader.read(table) }
        }
        #expect(taken.count == 1)
        try await early.script("commit")
        await early.close()
        #expect(try await database.texts("select rate_at::text from jobs.lane where name = 'mail'") == before)
    }

    @Test func `a flood of one tenant delays the next job of another by one round at most`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(isFair: true))
        try await fill(database, 5000, tenant: "flood")
        for name in ["a", "b", "z"] { try await fill(database, 20, tenant: name) }
        try await fill(database, 20)
        let worker = try await database.ghost()
        var served: [String: Int] = [:]
        for round in 1...8 {
            let ids = try await take(database, worker, room: 5).map { "\($0.id)" }.joined(separator: ",")
            let tenants = try await database.texts("select tenant from jobs.job where id in (\(ids)) order by 1")
            #expect(tenants == ["", "a", "b", "flood", "z"], "round \(round)")
            for tenant in tenants { served[tenant, default: 0] += 1 }
        }
        #expect(served == ["": 8, "a": 8, "b": 8, "flood": 8, "z": 8])
    }

    @Test func `with one slot the tenants take turns, and a new one is next within a round`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(isFair: true))
        try await fill(database, 100, tenant: "m")
        try await fill(database, 10, tenant: "p")
        let worker = try await database.ghost()
        var order: [String] = []
        for number in 0..<12 {
            if number == 4 { try await fill(database, 3, tenant: "n") }
            let id = try #require(try await take(database, worker, room: 1).first).id
            order += try await database.texts("select tenant from jobs.job where id = \(id)")
        }
        #expect(order == ["m", "p", "m", "p", "m", "n", "p", "m", "n", "p", "m", "n"])
    }

    @Test func `room that few tenants leave is filled by them`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(isFair: true))
        try await fill(database, 100, tenant: "a")
        try await fill(database, 3, tenant: "b")
        #expect(try await take(database, database.ghost(), room: 50).count == 50)
        #expect(try await database.number("select count(*) from jobs.job where state = 2 and tenant = 'b'") == 3)
    }

    @Test func `a fair lane finds its tenants by one probe each beside a hundred thousand jobs`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(isFair: true))
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, tenant)
            select 2, 'flow.lane', 1, '{}', 1, case when n % 1000 = 0 then 't' || n / 1000 else 'flood' end
            from generate_series(1, 100000) n;
            analyze jobs.job;
            """)
        let worker = try await database.ghost()
        let start = ContinuousClock.now
        let jobs = try await take(database, worker, room: 101)
        #expect(start.duration(to: .now) < .milliseconds(500))
        #expect(jobs.count == 101)
        #expect(try await database.number("select count(distinct tenant) from jobs.job where state = 2") == 101)
    }

    @Test func `a lane given back its plainness is claimed without a lock`() async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(mostRunning: 1, rate: StartRate(5, per: .seconds(1)), isFair: true))
        #expect(try await database.number("select count(*) from jobs.lane where is_restricted") == 1)
        try await rule(database, LaneRule())
        #expect(try await database.number("select count(*) from jobs.lane where is_restricted") == 0)
    }

    @Test func `jobs that were there before a lane became fair are shared too`() async throws {
        let database = try await TestDatabase.make()
        try await fill(database, 3)
        try await rule(database, LaneRule(isFair: true))
        #expect(try await take(database, database.ghost(), room: 5).count == 3)
    }

    @Test func `a job that died before its lane became fair, and is put back, is shared as well`() async throws {
        let database = try await TestDatabase.make()
        try await fill(database, 2)
        let worker = try await database.ghost()
        let dead = try await database.take(worker, kind)
        for job in dead { try await database.kill(job) }
        try await rule(database, LaneRule(isFair: true))
        try await database.redrive(dead[0].id)
        #expect(try await database.pool.transaction { try JobInspection.redrive(kind: nil, on: $0) }.count == 1)
        #expect(try await database.number("select count(*) from jobs.job where tenant = ''") == 2)
    }

    @Test(arguments: [false, true])
    func `a worker takes one job at a time that has lost two workers`(isFair: Bool) async throws {
        let database = try await TestDatabase.make()
        try await rule(database, LaneRule(mostRunning: 10, isFair: isFair))
        try await fill(database, 5)
        try await database.script("update jobs.job set rescues = 2 where id in (select id from jobs.job order by id limit 2)")
        let worker = try await database.ghost()
        #expect(try await take(database, worker, room: 8).count == 4)
        #expect(try await take(database, worker, room: 8).isEmpty)
        #expect(try await take(database, database.ghost(), room: 8).count == 1)
    }
}
