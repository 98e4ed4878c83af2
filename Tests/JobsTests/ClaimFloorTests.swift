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
        floor.note(wholeLook: .milliseconds(milliseconds), jobs: jobs, at: start)
        #expect(!floor.isRaised && floor.places(at: start).isEmpty && floor.pause(at: start) == nil)
    }

    @Test(arguments: [
        (11, 100, 110), (51, 500, 510), (100, 0, 1000), (199, 0, 1990), (200, 0, 2000), (201, 9, 2000), (60_000, 0, 2000),
    ])
    func `after a long look ten times its time passes, but no more than two seconds, until one begins at the front`(
        milliseconds: Int, jobs: Int, pause: Int
    ) {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(milliseconds), jobs: jobs, at: start)
        floor.raise(.default, to: place)
        #expect(floor.isRaised && floor.pause(at: start) == .milliseconds(pause))
        #expect(floor.places(at: start + .milliseconds(pause - 1)) == [.default: place])
        #expect(floor.places(at: start + .milliseconds(pause)).isEmpty)
        #expect(floor.pause(at: start + .seconds(9)) == .zero)
    }

    @Test func `a lane in which a long look found nothing keeps its place, and a quick look forgets all`() {
        var floor = ClaimFloor()
        floor.note(wholeLook: .milliseconds(80), jobs: 1, at: start)
        floor.raise(.default, to: place)
        floor.note(wholeLook: .milliseconds(90), jobs: 1, at: start + .seconds(1))
        #expect(floor.places(at: start + .seconds(1)) == [.default: place])
        floor.note(wholeLook: .milliseconds(2), jobs: 1, at: start + .seconds(2))
        floor.note(wholeLook: .milliseconds(80), jobs: 1, at: start + .seconds(3))
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
        floor.note(wholeLook: .seconds(1), jobs: 1, at: .now)
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
        floor.note(wholeLook: .seconds(1), jobs: 1, at: .now)
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

    private func look(
        _ database: TestDatabase, _ worker: WorkerID, _ floor: ClaimFloor, room: Int = 100
    ) async throws -> Pump.Findings {
        try await database.pool.use { [kind] connection in
            let lanes = LaneNumbers(try connection.rows(JobStatements.laneNumbers, [kind.lane.rawValue]))
            let pump = Pump(
                worker: worker, lanes: lanes, rooms: [(lane: kind.lane, room: room)], kinds: [kind.name], lease: .seconds(30),
                floor: floor)
            return try pump(Settlement(), on: connection)
        }
    }
}
