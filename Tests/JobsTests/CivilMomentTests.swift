// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Civil times of two zones")
struct CivilMomentTests {
    private static let (berlin, canTho) = ("Europe/Berlin", "Asia/Ho_Chi_Minh")
    private let kind = JobKind("test.civil")

    private func at(_ text: String, _ zone: String) throws -> RunMoment { .civil(try #require(CivilSlot(text)), zone: zone) }

    /// When each job becomes ready, as UTC, in the order in which they were made.
    private func moments(_ database: TestDatabase) async throws -> [String] {
        try await database.texts(
            "select to_char(run_at at time zone 'UTC', 'MM-DD HH24:MI') as t from jobs.job order by id limit 10")
    }

    @Test func `a civil time is one of the zone that is named with it, in whatever way the job is enqueued`() async throws {
        let database = try await TestDatabase.make()
        let (kind, canTho) = (kind, try at("2027-07-01T07:00", Self.canTho))
        let (summer, winter) = (try at("2027-07-01T07:00", Self.berlin), try at("2027-12-01T07:00", Self.berlin))
        try await database.pool.transaction { connection in
            for moment in [canTho, summer, winter] { try enqueue(kind, payload: NoPayload(), at: moment, on: connection) }
            // Several zones in one statement.
            try enqueueAll(kind, [summer, canTho].map { JobRequest(NoPayload(), at: $0) }, on: connection)
            // An unstarted job moved to another zone's time.
            for moment in [winter, summer] {
                try enqueue(kind, JobRequest(NoPayload(), key: "moved", at: moment), ifKeyTaken: .replace, on: connection)
            }
        }
        let expected = ["07-01 00:00", "07-01 05:00", "12-01 06:00", "07-01 05:00", "07-01 00:00", "07-01 05:00"]
        #expect(try await moments(database) == expected)
    }

    @Test func `jobs that go in by COPY have the civil times of their zones`() async throws {
        let database = try await TestDatabase.make()
        let (kind, both) = (kind, [try at("2027-07-01T07:00", Self.canTho), try at("2027-07-01T07:00", Self.berlin)])
        try await database.pool.transaction { connection in
            _ = try enqueueAll(kind, (0..<10_002).map { JobRequest(NoPayload(), at: both[$0 % 2]) }, on: connection)
        }
        #expect(try await moments(database).prefix(3) == ["07-01 00:00", "07-01 05:00", "07-01 00:00"])
    }

    @Test func `a time that the clocks skip comes behind the gap, and of one shown twice the later counts`() async throws {
        let database = try await TestDatabase.make()
        let (kind, both) = (kind, [try at("2027-03-28T02:30", Self.berlin), try at("2027-10-31T02:30", Self.berlin)])
        try await database.pool.transaction { connection in
            for moment in both { try enqueue(kind, payload: NoPayload(), at: moment, on: connection) }
        }
        #expect(try await moments(database) == ["03-28 01:30", "10-31 01:30"])
    }

    @Test(arguments: ["Europe/Cantho", ""]) func `a zone that the database does not know is an error`(zone: String) async throws {
        let database = try await TestDatabase.make()
        let (kind, moment) = (kind, try at("2027-07-01T07:00", zone))
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), at: moment, on: $0) }
        }
        #expect(try await moments(database).isEmpty)
    }

    @Test(arguments: ["infinity", "-infinity"])
    func `a job that waits for no moment on the calendar is not made`(text: String) async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        await #expect(throws: PostgresError.self) {
            try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), at: .instant(text), on: $0) }
        }
        #expect(try await moments(database).isEmpty)
    }
}
