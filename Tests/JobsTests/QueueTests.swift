// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The queue")
struct QueueTests {
    struct Letter: Codable, Equatable {
        let instrumentId: Int
        let note: String
    }

    private let kind = JobKind("test.work", maxAttempts: 3, retryDelay: RetryDelay(first: .seconds(10), spread: 0))

    private func settle(
        _ database: TestDatabase, as worker: WorkerID, _ fill: @Sendable (inout Settlement) -> Void
    ) async throws -> [JobID] {
        var settlement = Settlement()
        fill(&settlement)
        let batch = settlement
        return try await database.pool.transaction { try batch.write(worker: worker, on: $0) }
    }

    @Test func `a transaction rolled back leaves no job`() async throws {
        struct Regret: Error {}
        let database = try await TestDatabase.make()
        await #expect(throws: Regret.self) {
            try await database.pool.transaction { connection in
                try #require(try enqueue(kind, payload: NoPayload(), on: connection) != nil)
                throw Regret()
            }
        }
        #expect(try await database.number("select count(*) from jobs.job") == 0)
    }

    @Test func `a payload arrives as it was given`() async throws {
        let database = try await TestDatabase.make()
        let letter = Letter(instrumentId: 17, note: "Cân phân tích “Ấp Mỹ” \\ \n")
        try await database.pool.transaction { _ = try enqueue(kind, payload: letter, key: "a{\"b", on: $0) }
        let job = try #require(try await database.claim(database.ghost(), kind).first)
        #expect(try job.payload(as: Letter.self) == letter)
        #expect(job.payload.contains("instrument_id"))
        #expect(job.key == "a{\"b" && job.attempt == 1 && job.kind == kind.name && job.lane == .default)
        #expect(throws: PermanentFailure.self) { try job.payload(as: [Int].self) }
    }

    @Test func `several workers never take the same job`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let made = try await database.pool.transaction { connection in
            try enqueueMany(kind, (1...500).map { (payload: Letter(instrumentId: $0, note: ""), key: nil) }, on: connection)
        }
        #expect(made.count == 500)
        let taken = try await withThrowingTaskGroup(of: [JobID].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let worker = try await database.ghost()
                    var mine: [JobID] = []
                    while true {
                        let batch = try await database.claim(worker, kind, room: 7)
                        #expect(batch.count <= 7)
                        if batch.isEmpty { return mine }
                        mine += batch.map(\.id)
                    }
                }
            }
            return try await group.reduce(into: [JobID]()) { $0 += $1 }
        }
        // A worker may find nothing while others hold the last rows; what is left is ready, never lost.
        let left = try await database.claim(database.ghost(), kind, room: 500).map(\.id)
        #expect((taken + left).sorted() == made.sorted())
    }

    @Test func `a key names one unfinished job`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let made = try await database.pool.transaction { connection in
            [
                try enqueue(kind, payload: NoPayload(), key: "rv:1", on: connection),
                try enqueue(kind, payload: NoPayload(), key: "rv:1", on: connection),
            ]
        }
        #expect(made[0] != nil && made[1] == nil)
        let many = try await database.pool.transaction { connection in
            try enqueueMany(
                kind,
                [(payload: NoPayload(), key: "rv:1"), (payload: NoPayload(), key: "rv:2"), (payload: NoPayload(), key: nil)],
                on: connection)
        }
        #expect(many.count == 2)
        let worker = try await database.ghost()
        let jobs = try await database.claim(worker, kind)
        #expect(try await settle(database, as: worker) { for job in jobs { $0.add(job, .succeeded) } } == [])
        let again = try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), key: "rv:1", on: $0) }
        #expect(again != nil)
    }

    @Test func `a late word of a worker that lost the job changes nothing`() async throws {
        let database = try await TestDatabase.make()
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), on: $0) }
        let (first, second) = (try await database.ghost(), try await database.ghost())
        let lost = try #require(try await database.claim(first, kind).first)
        try await database.silence(first)
        let rescued = try await database.pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }
        #expect(rescued.map(\.id) == [lost.id.rawValue] && rescued.allSatisfy { !$0.isDead })
        let held = try #require(try await database.claim(second, kind).first)
        #expect(held.id == lost.id && held.attempt == 2)

        let delay = kind.retryDelay
        #expect(try await settle(database, as: first) { $0.add(lost, .succeeded) } == [lost.id])
        #expect(try await settle(database, as: first) { $0.add(lost, .snoozed(.zero)) } == [lost.id])
        #expect(
            try await settle(database, as: first) {
                $0.addFailure(lost, PermanentFailure("late"), delay: delay, chance: 0.5)
            } == [lost.id])
        #expect(
            try await settle(database, as: first) { $0.addFailure(lost, Unavailable(what: "it"), delay: delay, chance: 0.5) }
                == [lost.id])
        // The right worker with the number of another attempt is refused too.
        #expect(try await settle(database, as: second) { $0.add(lost, .succeeded) } == [lost.id])
        #expect(
            try await database.number(
                "select count(*) from jobs.job where state = 2 and worker = \(second) and attempt = 2") == 1)
        await #expect(throws: LeaseLost(job: lost.id)) {
            try await database.pool.transaction { connection in
                try connection.script("insert into jobs.test_effect values (\(lost.id), \(lost.attempt))")
                try finish(lost, on: connection)
            }
        }
        #expect(try await database.number("select count(*) from jobs.test_effect") == 0)

        #expect(try await settle(database, as: second) { $0.add(held, .succeeded) } == [])
        #expect(try await database.number("select count(*) from jobs.job_done where outcome = 1") == 1)
        #expect(try await database.number("select count(*) from jobs.job") == 0)
    }

    @Test func `a worker that beats is not robbed`() async throws {
        let database = try await TestDatabase.make()
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), on: $0) }
        let worker = try await database.ghost()
        _ = try await database.claim(worker, kind)
        // Years pass for the queue; the lease lives in real time.
        try await database.travel("3 years")
        #expect(try await database.pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }.isEmpty)
        let beat = try await database.pool.transaction { try $0.first(JobStatements.workerBeat, worker.rawValue, 30_000) }
        #expect(beat != nil)
        try await database.silence(worker)
        let late = try await database.pool.transaction { try $0.first(JobStatements.workerBeat, worker.rawValue, 30_000) }
        #expect(late == nil)
    }

    @Test func `a job that kills its fourth worker waits for a person`() async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), on: $0) })
        for round in 1...4 {
            let worker = try await database.ghost()
            #expect(try await database.claim(worker, kind).count == 1)
            try await database.script("delete from jobs.worker where id = \(worker)")
            let rows = try await database.pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }
            #expect(rows.map(\.isDead) == [round == 4])
        }
        let report = try #require(try await database.pool.transaction { try JobInspection.show(id, on: $0) })
        #expect(report.state == "dead" && report.reason == "kills its worker" && report.failures.count == 4)
    }

    @Test func `a worker that beat in what is now the future has one lease to beat again`() async throws {
        let database = try await TestDatabase.make()
        let (dead, living) = (try await database.ghost(), try await database.ghost())
        try await database.script("update jobs.worker set beat_at = pg_catalog.now() + interval '2 hours'")
        let beat = try await database.pool.transaction { try $0.first(JobStatements.workerBeat, living.rawValue, 30_000) }
        #expect(beat != nil)
        #expect(try await database.number("select count(*) from jobs.worker where beat_at > now()") == 0)
        #expect(try await database.number("select count(*) from jobs.worker where id = \(dead)") == 1)
    }

    @Test func `of jobs that have lost two workers together, a worker runs one at a time`() async throws {
        let database = try await TestDatabase.make()
        let payloads = (0..<5).map { _ in (payload: NoPayload(), key: String?.none) }
        let old = try await database.pool.transaction { try enqueueMany(kind, payloads, on: $0) }
        for _ in 1...2 {
            let worker = try await database.ghost()
            #expect(try await database.claim(worker, kind).count == 5)
            try await database.script("delete from jobs.worker where id = \(worker)")
            _ = try await database.pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }
        }
        let new = try await database.pool.transaction { try enqueueMany(kind, payloads, on: $0) }
        let victim = try await database.ghost()
        let taken = try await database.claim(victim, kind)
        #expect(Set(taken.map(\.id)).subtracting(new) == Set(old.prefix(1)) && taken.count == 6)
        #expect(try await database.claim(victim, kind).isEmpty)

        // The next death speaks against the one that ran alone, and the others are none the worse for it.
        try await database.script("delete from jobs.worker where id = \(victim)")
        _ = try await database.pool.transaction { try $0.rows(JobStatements.rescue, 30_000) }
        #expect(try await database.number("select count(*) from jobs.job where rescues = 2") == 4)
        #expect(try await database.number("select count(*) from jobs.job where rescues = 1") == 5)

        let (first, second) = (try await database.ghost(), try await database.ghost())
        let begun = try await database.claim(first, kind)
        #expect(begun.count == 6)
        #expect(try await database.claim(second, kind).map(\.id) == [old[1]])
        let alone = try #require(begun.first { $0.id == old[0] })
        #expect(try await settle(database, as: first) { $0.add(alone, .succeeded) } == [])
        #expect(try await database.claim(first, kind).map(\.id) == [old[2]])
    }

    @Test func `a failed job comes back after its pause, until its attempts are used up`() async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), on: $0) })
        let worker = try await database.ghost()
        let delay = kind.retryDelay
        for (attempt, pause) in [(1, 10), (2, 20), (3, nil)] as [(Int, Int?)] {
            let job = try #require(try await database.claim(worker, kind).first)
            #expect(job.attempt == attempt)
            #expect(
                try await settle(database, as: worker) {
                    $0.addFailure(job, PermanentOrNot.not(attempt), delay: delay, chance: 0.5)
                } == [])
            guard let pause else { break }
            try await database.travel("\(pause - 2) seconds")
            #expect(try await database.pool.transaction { try $0.one(JobStatements.promote, String?.none).count } == 0)
            let next = try #require(
                try await database.pool.transaction { try $0.one(JobStatements.nextMoment, String?.none).pause })
            #expect(next > .zero && next <= .seconds(2))
            try await database.travel("2 seconds")
            #expect(try await database.pool.transaction { try $0.one(JobStatements.promote, String?.none).count } == 1)
        }
        let report = try #require(try await database.pool.transaction { try JobInspection.show(id, on: $0) })
        #expect(report.state == "dead" && report.reason == "all 3 attempts failed")
        #expect(report.failures.map(\.error) == ["not(1)", "not(2)", "not(3)"])

        #expect(try await database.pool.transaction { try JobInspection.retry(id, on: $0) })
        let back = try #require(try await database.claim(worker, kind).first)
        #expect(back.id == id && back.attempt == 1)
    }

    private enum PermanentOrNot: Error { case not(Int) }

    @Test func `a job put off does not lose an attempt`() async throws {
        let database = try await TestDatabase.make()
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), on: $0) }
        let worker = try await database.ghost()
        let job = try #require(try await database.claim(worker, kind).first)
        #expect(try await settle(database, as: worker) { $0.add(job, .snoozed(.seconds(60))) } == [])
        try await database.travel("61 seconds")
        _ = try await database.pool.transaction { try $0.one(JobStatements.promote, String?.none) }
        #expect(try await database.claim(worker, kind).map(\.attempt) == [1])
    }

    @Test func `a job for a civil time waits for it`() async throws {
        let database = try await TestDatabase.make()
        try await database.travel(to: "2026-11-21 06:59:00")
        let seven = RunMoment.civil(try #require(CivilSlot("2026-11-21T07:00")), zone: "Asia/Ho_Chi_Minh")
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), at: seven, on: $0) }
        let pause = try #require(try await database.pool.transaction { try $0.one(JobStatements.nextMoment, String?.none).pause })
        #expect(pause > .seconds(30) && pause <= .seconds(60))
        #expect(try await database.claim(database.ghost(), kind).isEmpty)
    }

    @Test func `a lane limited over all processes keeps to its limit`() async throws {
        let database = try await TestDatabase.make()
        try await database.script("update jobs.lane set max_running = 3 where name = 'default'")
        let kind = kind
        _ = try await database.pool.transaction { connection in
            try enqueueMany(kind, (1...20).map { _ in (payload: NoPayload(), key: nil) }, on: connection)
        }
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await database.claim(database.ghost(), kind, room: 2).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 3)
    }

    @Test func `a paused lane gives nothing`() async throws {
        let database = try await TestDatabase.make()
        try await database.pool.transaction { _ = try enqueue(kind, payload: NoPayload(), on: $0) }
        try await database.script("update jobs.lane set paused_at = now() where name = 'default'")
        #expect(try await database.claim(database.ghost(), kind).isEmpty)
        let lanes = try await database.pool.transaction { try JobInspection.lanes(on: $0) }
        #expect(lanes.first { $0.lane == "default" }.map { $0.isPaused && $0.ready == 1 } == true)
    }

    @Test func `jobs of an unknown kind are left for a newer program`() async throws {
        let database = try await TestDatabase.make()
        try await database.pool.transaction { _ = try enqueue(JobKind("test.future"), payload: NoPayload(), on: $0) }
        #expect(try await database.claim(database.ghost(), kind).isEmpty)
    }

    @Test func `a person ends a job that has not begun`() async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), on: $0) })
        #expect(try await database.pool.transaction { try JobInspection.cancel(id, on: $0) } == .cancelled)
        #expect(try await database.pool.transaction { try JobInspection.cancel(id, on: $0) } == nil)
        let listed = try await database.pool.transaction { try JobInspection.list(state: "cancelled", on: $0) }
        #expect(listed.map(\.id) == [id.rawValue])
        #expect(try await database.pool.transaction { try JobInspection.list(on: $0) }.isEmpty)
    }
}
