// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Jobs that come after others")
struct FlowDependencyTests {
    private let kind = JobKind("flow.step", maxAttempts: 1)

    @Test func `a diamond runs from its top over both sides to its foot`() async throws {
        let database = try await TestDatabase.make()
        let top = try await database.put(kind)
        let left = try await database.put(kind, links: JobLinks(after: [top]))
        let right = try await database.put(kind, links: JobLinks(after: [top]))
        let foot = try await database.put(kind, links: JobLinks(after: [left, right, left]))
        let worker = try await database.ghost()
        var order: [[JobID]] = []
        while true {
            let jobs = try await database.take(worker, kind)
            if jobs.isEmpty { break }
            order.append(jobs.map(\.id).sorted())
            for job in jobs { try await database.succeed(job) }
        }
        #expect(order == [[top], [left, right], [foot]])
    }

    @Test func `jobs that ended well before count at once`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        let second = try await database.put(kind, links: JobLinks(after: [first]))
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `a job that ends before the one after it is committed counts all the same`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let job = try #require(try await database.take(worker, kind).first)
        let producer = try await Connection.open(database.settings)
        try await producer.script("begin")
        let kind = kind
        let second = try await producer.perform {
            try enqueue(kind, JobRequest(NoPayload()), links: JobLinks(after: [first]), on: $0).madeJob
        }
        try await database.succeed(job)
        try await database.tie()
        try await producer.script("commit")
        await producer.close()
        #expect(try await database.take(worker, kind).map(\.id) == [try #require(second)])
    }

    @Test func `a job cannot come after one that does not exist yet`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let error = await #expect(throws: PostgresError.self) {
            try await database.pool.transaction {
                try enqueue(kind, JobRequest(NoPayload()), links: JobLinks(after: [JobID(rawValue: 4_000_000)]), on: $0)
            }
        }
        #expect(error?.constraint == "dependency_on_older_job")
    }

    @Test func `a job for later waits for its moment after the jobs before it`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, at: .after(.seconds(60)), links: JobLinks(after: [first]))
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        #expect(try await database.take(worker, kind).isEmpty)
        try await database.travel("61 seconds")
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `by the rule to wait, a job stays until the dead one was put back and ended well`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, links: JobLinks(after: [first], onFailure: .wait))
        try await database.kill(try #require(try await database.take(worker, kind).first))
        #expect(try await database.take(worker, kind).isEmpty)
        #expect(try await database.flow(second)?.waitsFor == [first.rawValue])
        #expect(try await database.flow(first)?.followers == [second.rawValue])
        try await database.redrive(first)
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `by the rule to wait, a job goes with the one that a person cancelled`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, links: JobLinks(after: [first], onFailure: .wait))
        try await database.kill(try #require(try await database.take(worker, kind).first))
        try await database.tie()
        try await database.cancel(first)
        try await database.tie()
        #expect(try await database.state(second) == "cancelled")
    }

    @Test func `by the rule to cancel, everything after a dead job is cancelled, with the reason`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, links: JobLinks(after: [first], onFailure: .cancel))
        let third = try await database.put(kind, links: JobLinks(after: [second], onFailure: .cancel))
        let other = try await database.put(kind, links: JobLinks(after: [third], onFailure: .run))
        try await database.kill(try #require(try await database.take(worker, kind).first))
        try await database.tie()
        #expect(try await database.state(second) == "cancelled")
        #expect(try await database.state(third) == "cancelled")
        #expect(try await database.take(worker, kind).map(\.id) == [other])
        let report = try #require(try await database.pool.transaction { try JobInspection.show(second, on: $0) })
        #expect(report.lastError?.contains("job \(first)") == true)
        #expect(try await database.flow(second)?.after == [first.rawValue])
    }

    @Test(arguments: [true, false])
    func `by the rule to run, a job begins although the one before it failed`(isDead: Bool) async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, links: JobLinks(after: [first], onFailure: .run))
        if isDead {
            try await database.kill(try #require(try await database.take(worker, kind).first))
        } else {
            try await database.cancel(first)
        }
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `what failed long before counts when a job is enqueued`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let dead = try await database.put(kind)
        try await database.kill(try #require(try await database.take(worker, kind).first))
        let dropped = try await database.put(kind)
        try await database.cancel(dropped)
        let waits = try await database.put(kind, links: JobLinks(after: [dead]))
        let goes = try await database.put(kind, links: JobLinks(after: [dead], onFailure: .cancel))
        let gone = try await database.put(kind, links: JobLinks(after: [dropped]))
        let runs = try await database.put(kind, links: JobLinks(after: [dead, dropped], onFailure: .run))
        #expect(try await database.take(worker, kind).map(\.id) == [runs])
        #expect(try await database.state(waits) == "waiting")
        #expect(try await database.state(goes) == "cancelled")
        #expect(try await database.state(gone) == "cancelled")
        try await database.redrive(dead)
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        #expect(try await database.take(worker, kind).map(\.id) == [waits])
    }

    @Test func `a job locked by another transaction is dealt with a little later`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, key: "k", links: JobLinks(after: [first]))
        let editor = try await Connection.open(database.settings)
        try await editor.script("begin; update jobs.job set priority = 3 where id = \(second)")
        try await database.succeed(try #require(try await database.take(worker, kind).first))
        let look = try await database.tie()
        #expect(look.madeReady == 0 && look.milliseconds != nil)
        try await editor.script("commit")
        await editor.close()
        try await database.script("update jobs.loose_end set not_before = 'epoch'")
        #expect(try await database.take(worker, kind).map(\.id) == [second])
    }

    @Test func `ends that were never told are found`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        let first = try await database.put(kind)
        let second = try await database.put(kind, serial: "s", links: JobLinks(after: [first]))
        let job = try #require(try await database.take(worker, kind).first)
        try await database.succeed(job)
        try await database.script("delete from jobs.loose_end")
        #expect(try await database.take(worker, kind).isEmpty)
        var settings = UpkeepSettings()
        settings.clock = nil
        let upkeep = JobUpkeep(settings: settings, pool: database.pool, logger: .silent)
        #expect(await upkeep.round(isForced: true).looseEnds == 1)
        #expect(try await database.take(worker, kind).map(\.id) == [second])
        #expect(await upkeep.round(isForced: true).looseEnds == 0)
    }
}
