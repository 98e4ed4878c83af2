// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Looks that begin further on while dead rows make them long", .timeLimit(.minutes(1)))
struct ClaimFloorTests {
    private let kind = JobKind("test.work")
    private let place = ClaimFloor.Place(priority: 0, runAt: "2026-11-21 07:00:00+07", id: 3)
    private let start = ContinuousClock.now

    @Test(arguments: [(0, 0), (1, 0), (10, 0), (10, 100), (20, 200), (100, 1000)])
    func `after a look that was quick for what it did every look begins at the front`(milliseconds: Int, jobs: Int) {
        var floor = ClaimFloor()
        floor.raise(.default, to: place)
        floor.note(wholeLook: .milliseconds(milliseconds), in: [.default], jobs: jobs, at: start)
        #expect(!floor.isRaised && floor.places(at: start).isEmpty && floor.pause(at: start) == nil)
    }

    @Test(arguments: [
        (11, 100, 110), (51, 500, 510), (100, 0, 1000), (199, 0, 1990), (200, 0, 2000), (201, 9, 2000), (60_000, 0, 2000),
    ])
    func `after a long look ten times its time passes, but no more than two seconds, until one begins at the front`(
        milliseconds: Int, jobs: Int, pause: Int
    ) {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(milliseconds), in: [.default], jobs: jobs, at: start)
        floor.raise(.default, to: place)
        #expect(floor.isRaised && floor.pause(at: start) == .milliseconds(pause))
        #expect(floor.places(at: start + .milliseconds(pause - 1)) == [.default: place])
        #expect(floor.places(at: start + .milliseconds(pause)).isEmpty)
        #expect(floor.pause(at: start + .seconds(9)) == .zero)
    }

    @Test func `a lane in which a long look found nothing keeps its place, and a quick look forgets all`() {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(80), in: [.default], jobs: 1, at: start)
        floor.raise(.default, to: place)
        floor.note(wholeLook: .milliseconds(90), in: [.default], jobs: 1, at: start + .seconds(1))
        #expect(floor.places(at: start + .seconds(1)) == [.default: place])
        floor.note(wholeLook: .milliseconds(2), in: [.default], jobs: 1, at: start + .seconds(2))
        floor.note(wholeLook: .milliseconds(80), in: [.default], jobs: 1, at: start + .seconds(3))
        #expect(floor.places(at: start + .seconds(3)).isEmpty)
    }

    @Test func `a look takes what lies behind its place in the order of claims, and one from the front the rest`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        // Number, priority, seconds that it could have run: the fourth is the last in the order of claims before the place.
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, priority, run_at)
            select 6, 'test.work', 3, '{}', 1, x.priority, timestamptz '2026-01-01 00:00:00+00' + x.seconds * interval '1 s'
            from (values (1, 10.5), (0, 20), (1, 10.4999995), (1, 10.4), (2, 0), (1, 10.5)) as x(priority, seconds)
            """)
        var floor = ClaimFloor()
        floor.note(wholeLook: .seconds(1), in: [.default], jobs: 1, at: .now)
        floor.raise(.default, to: .init(priority: 1, runAt: "2026-01-01 00:00:10.5+00", id: 1))
        let behind = try await look(database, worker, floor)
        #expect(behind.claimed.map(\.id.rawValue) == [1, 3, 5, 6])
        #expect(behind.floor.places(at: .now)[.default]?.id == 5)
        let rest = try await look(database, worker, ClaimFloor())
        #expect(rest.claimed.map(\.id.rawValue) == [2, 4])
        #expect(!rest.floor.isRaised)
    }

    @Test func `a place noted from what was taken is where the next look begins`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'test.work', 3, '{}', 1, clock_timestamp() - interval '1 hour' + n * interval '1.000001 s'
            from generate_series(1, 300) n
            """)
        var floor = ClaimFloor()
        floor.note(wholeLook: .seconds(1), in: [.default], jobs: 1, at: .now)
        floor.raise(.default, to: .init(priority: 0, runAt: "2020-01-01 00:00:00+00", id: 0))
        var taken: [Int64] = []
        while true {
            let findings = try await look(database, worker, floor, room: 70)
            guard !findings.claimed.isEmpty else { break }
            taken += findings.claimed.map(\.id.rawValue)
            floor = findings.floor
            #expect(floor.places(at: .now)[.default]?.id == taken.last)
        }
        #expect(taken == Array(1...300))
    }

    @Test func `a quick look for no ready jobs says nothing of those, a long one that looks take long`() {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(80), in: [.default], jobs: 1, at: start)
        floor.raise(.default, to: place)
        let end = start + .seconds(1)
        floor.note(wholeLook: .milliseconds(1), in: [], jobs: 0, at: end)
        #expect(floor.isRaised && !floor.isRaised(at: end) && floor.places(at: start) == [.default: place])
        floor.note(wholeLook: .milliseconds(80), in: [], jobs: 0, at: end)
        #expect(floor.isRaised(at: end))
    }

    @Test func `a full lane, of which a long look says nothing, is looked at from the front next`() {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(80), in: [.default, .list], jobs: 2, at: start)
        floor.raise(.default, to: place)
        floor.raise(.list, to: place)
        let end = start + .seconds(1)
        floor.note(wholeLook: .milliseconds(80), in: [.list], jobs: 1, at: end)
        #expect(floor.isRaised(at: end) && floor.places(at: end) == [.list: place])
        // That look counts as one from the front does, and only that one.
        floor.note(furtherLook: .milliseconds(30), in: [.list], jobs: 1, at: end)
        #expect(floor.pause(at: end) == .milliseconds(800))
        floor.note(furtherLook: .milliseconds(150), in: [.default, .list], jobs: 1, at: end)
        #expect(floor.pause(at: end) == .milliseconds(1500))
        floor.raise(.default, to: place)
        floor.note(furtherLook: .milliseconds(190), in: [.default, .list], jobs: 1, at: end)
        #expect(floor.pause(at: end) == .milliseconds(1500))
    }

    @Test func `what is yet to come is looked for from a moment on, and what is older by a look from the front`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let moment = try #require(try await database.texts("select (jobs.now() - interval '1 hour')::text as text").first)
        var floor = ClaimFloor()
        floor.note(wholeLook: .seconds(1), in: [.default], jobs: 1, at: .now)
        floor.raise(to: .init(runAt: moment, looseEnd: 2))
        func wait(_ hours: Int) async throws {
            try await database.script(
                """
                insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
                values (6, 'test.work', 3, '{}', 0, timestamptz '\(moment)' + \(hours) * interval '1 hour')
                """)
        }
        try await wait(-1)
        #expect(try await look(database, worker, floor).nextMoment == nil)
        try await wait(0)
        #expect(try #require(try await look(database, worker, floor).nextMoment) <= .seconds(-3600))
        try await wait(3)
        #expect(try await look(database, worker, floor, isPromotionDue: true).promoted == 1)
        #expect(try #require(try await look(database, worker, floor).nextMoment) > .seconds(7000))
        #expect(try #require(try await look(database, worker, ClaimFloor()).nextMoment) <= .seconds(-7200))
        #expect(try await look(database, worker, ClaimFloor(), isPromotionDue: true).promoted == 1)
        #expect(try await database.number("select count(*) from jobs.job where state = 0") == 1)
    }

    @Test func `ends of linked jobs are looked for from a number on, those before it by a look from the front`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        var floor = ClaimFloor()
        floor.note(wholeLook: .seconds(1), in: [.default], jobs: 1, at: .now)
        floor.raise(to: .init(runAt: "-infinity", looseEnd: 2))
        try await database.script("insert into jobs.loose_end (job_id, what) values (1, 1)")
        #expect(try await look(database, worker, floor).nextMoment == nil)
        #expect(try #require(try await look(database, worker, ClaimFloor()).nextMoment) < .zero)
        try await database.script("insert into jobs.loose_end (job_id, what) values (2, 1)")
        #expect(try #require(try await look(database, worker, floor).nextMoment) < .zero)
    }

    @Test func `a long look from the front says where the next ones begin: before all that it found`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        try await database.script(
            """
            insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
            select 6, 'test.work', 3, '{}', 0, jobs.now() + n * interval '1 minute' from generate_series(-5, 5) n
            """)
        let (began, brake) = (ContinuousClock.now, try await lock(database))
        async let looked = look(database, worker, ClaimFloor())
        try await unlock(brake, of: database)
        let floor = try await looked.floor
        let moment = try #require(floor.moment(at: began))
        // A second, however long the look took; else jobs that were due at its beginning would be below.
        let ahead = "select extract(epoch from min(run_at) - '\(moment.runAt)') * 1000 from jobs.job"
        let milliseconds = try await database.number(ahead)
        #expect((1000...2000).contains(milliseconds), "\(milliseconds)")
        #expect(floor.moment(at: began + .seconds(60)) == nil)
    }

    @Test func `a job that comes in below the moment is found by the look from the front that follows a long one`() async throws {
        let stage = try await RunnerStage()
        var handlers = JobHandlers()
        handlers.work(kind) { _ in .succeeded }
        let runner = stage.runner(handlers) { $0.deafCeiling = .seconds(3600) }
        try await stage.running(runner) {
            let isThere = try await stage.eventually { await runner.statistics.looks > 0 }
            #expect(isThere)
            let brake = try await lock(stage.database)
            try await stage.database.pool.use { hint(.ready, on: $0) }
            try await unlock(brake, of: stage.database, for: "-jobs")
            // No hint tells of it.
            try await stage.database.script(
                """
                insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)
                values (6, 'test.work', 3, '{}', 0, jobs.now() - interval '1 hour')
                """)
            let isDone = try await stage.eventually {
                try await stage.database.number("select count(*) from jobs.job_done") == 1
            }
            #expect(isDone)
        }
        #expect(await runner.statistics.pollsThatFoundWork == 0)
    }

    /// Holds up every look that comes now.
    private func lock(_ database: TestDatabase) async throws -> Connection {
        let brake = try await Connection.open(database.server.settings(database.name, as: "postgres"))
        try await brake.script("begin; lock table jobs.job in access exclusive mode")
        return brake
    }

    /// Lets looks go on a while after one came to the lock.
    ///
    /// - Parameter name: end of the name of the session that looks; upkeep, which comes to the lock as well, is none.
    private func unlock(_ brake: Connection, of database: TestDatabase, for name: String = "") async throws {
        let waits = """
            select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where not l.granted and a.application_name like '%\(name)'
            """
        while try await database.number(waits) == 0 {}
        try await brake.script("select pg_sleep(0.3); rollback")
        await brake.close()
    }

    private func look(
        _ database: TestDatabase, _ worker: WorkerID, _ floor: ClaimFloor, room: Int = 100, isPromotionDue: Bool = false
    ) async throws -> Pump.Findings {
        try await database.pool.use { [kind] connection in
            let lanes = LaneNumbers(try connection.rows(JobStatements.laneNumbers, [kind.lane.rawValue]))
            let pump = Pump(
                worker: worker, lanes: lanes, rooms: [(lane: kind.lane, room: room)], kinds: [kind.name], lease: .seconds(30),
                isPromotionDue: isPromotionDue, floor: floor)
            return try pump(Settlement(), on: connection)
        }
    }
}
