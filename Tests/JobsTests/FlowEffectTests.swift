// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Steps and effects that happen once")
struct FlowEffectTests {
    private let kind = JobKind("flow.effect", maxAttempts: 5)

    private func claimed(_ database: TestDatabase, _ worker: WorkerID) async throws -> ClaimedJob {
        try #require(try await database.take(worker, kind).first)
    }

    @Test func `another attempt goes on after the last step that was done`() async throws {
        let database = try await TestDatabase.make()
        let id = try await database.put(kind)
        let worker = try await database.ghost()
        let calls = Mutex<[String]>([])
        let first = try await claimed(database, worker)
        let steps = JobSteps(of: first, on: database.pool)
        let number = try await steps.run("read") {
            calls.withLock { $0.append("read") }
            return 42
        }
        await #expect(throws: Mishap.self) {
            try await steps.run("send") { () async throws -> Int in
                calls.withLock { $0.append("send fails") }
                throw Mishap()
            }
        }
        try await database.fail(first)
        let second = try await claimed(database, worker)
        let again = JobSteps(of: second, on: database.pool)
        #expect(
            try await again.run("read") {
                calls.withLock { $0.append("read again") }
                return 0
            } == number)
        _ = try await again.run("send") { () async throws -> String? in
            calls.withLock { $0.append("send") }
            return nil
        }
        #expect(calls.withLock { $0 } == ["read", "send fails", "send"])
        #expect(try await database.flow(id)?.steps.map(\.attempt) == [1, 2])
        try await database.succeed(second)
        try await database.tie()
        // History keeps the steps; the table of the unfinished does not.
        #expect(try await database.flow(id)?.steps.map(\.name) == ["read", "send"])
        #expect(try await database.number("select count(*) from jobs.job_step") == 0)
    }

    @Test func `a worker that lost the job keeps no step`() async throws {
        let database = try await TestDatabase.make()
        try await database.put(kind)
        let lost = try await database.ghost()
        let job = try await claimed(database, lost)
        try await database.rescue(lost)
        await #expect(throws: LeaseLost(job: job.id)) {
            try await JobSteps(of: job, on: database.pool).run("late") { 1 }
        }
        await #expect(throws: LeaseLost(job: job.id)) {
            try await JobSteps(of: job, on: database.pool).transaction("late too") { connection in
                try connection.script("insert into jobs.test_effect values (\(job.id), 1)")
                return 1
            }
        }
        #expect(try await database.number("select count(*) from jobs.job_step") == 0)
        #expect(try await database.number("select count(*) from jobs.test_effect") == 0)
    }

    @Test func `a step in the database commits with its result`() async throws {
        let database = try await TestDatabase.make()
        try await database.put(kind)
        let worker = try await database.ghost()
        let job = try await claimed(database, worker)
        for _ in 0..<2 {
            let result = try await JobSteps(of: job, on: database.pool).transaction("book") { connection in
                try connection.script("insert into jobs.test_effect values (\(job.id), 1)")
                return "booked"
            }
            #expect(result == "booked")
        }
        #expect(try await database.number("select count(*) from jobs.test_effect") == 1)
    }

    @Test func `what is stored as another type waits for a person`() async throws {
        let database = try await TestDatabase.make()
        try await database.put(kind)
        let job = try await claimed(database, try await database.ghost())
        let steps = JobSteps(of: job, on: database.pool)
        _ = try await steps.run("s") { "text" }
        await #expect(throws: PermanentFailure.self) { try await steps.run("s") { 1 } }
    }

    @Test func `a job that is redriven goes on after its last step`() async throws {
        let database = try await TestDatabase.make()
        let id = try await database.put(kind)
        let worker = try await database.ghost()
        let job = try await claimed(database, worker)
        _ = try await JobSteps(of: job, on: database.pool).run("s") { 7 }
        try await database.kill(job)
        try await database.tie()
        try await database.redrive(id)
        let back = try await claimed(database, worker)
        #expect(try await JobSteps(of: back, on: database.pool).run("s") { 8 } == 7)
    }

    @Test func `an effect in the database happens once for its key, however often the job runs`() async throws {
        let database = try await TestDatabase.make()
        let id = try await database.put(kind)
        let effects = try await withThrowingTaskGroup(of: Effect<String>.self) { group in
            for attempt in 0..<5 {
                group.addTask {
                    try await database.pool.transaction { connection in
                        try effectOnce("rv:123:3:2", of: id, on: connection) { connection in
                            try connection.script("insert into jobs.test_effect values (\(id), \(attempt))")
                            return "sent"
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(effects.filter { $0 == .done("sent") }.count == 1)
        #expect(effects.filter { $0 == .doneBefore("sent") }.count == 4)
        #expect(try await database.number("select count(*) from jobs.test_effect") == 1)
        #expect(try await database.pool.transaction { try recordedEffect("rv:123:3:2", as: String.self, on: $0) } == "sent")
    }

    @Test func `an effect rolled back has not happened`() async throws {
        let database = try await TestDatabase.make()
        let id = try await database.put(kind)
        await #expect(throws: Mishap.self) {
            try await database.pool.transaction { connection in
                try effectOnce("k", of: id, on: connection) { _ -> Int in throw Mishap() }
            }
        }
        #expect(try await database.pool.transaction { try recordedEffect("k", as: Int.self, on: $0) } == nil)
    }

    @Test func `an effect outside is not repeated once it is noted, and the other side gets the key`() async throws {
        let database = try await TestDatabase.make()
        try await database.put(kind)
        let worker = try await database.ghost()
        let asked = Mutex<[String]>([])
        let first = try await claimed(database, worker)
        let done = try await JobSteps(of: first, on: database.pool).effect("rv:9:1:1") { key in
            asked.withLock { $0.append(key) }
            return 250
        }
        #expect(done == .done(250))
        try await database.fail(first)
        let second = try await claimed(database, worker)
        let before = try await JobSteps(of: second, on: database.pool).effect("rv:9:1:1") { key in
            asked.withLock { $0.append(key) }
            return 999
        }
        #expect(before == .doneBefore(250))
        #expect(asked.withLock { $0 } == ["rv:9:1:1"])
    }

    @Test func `what connected old jobs is forgotten, their effects are kept`() async throws {
        let database = try await TestDatabase.make()
        let id = try await database.put(kind, serial: "s")
        let job = try await claimed(database, try await database.ghost())
        _ = try await JobSteps(of: job, on: database.pool).effect("k") { _ in 1 }
        try await database.succeed(job)
        try await database.tie()
        #expect(try await database.pool.transaction { try JobFlow.prune(on: $0) } == 0)
        try await database.travel("91 days")
        #expect(try await database.pool.transaction { try JobFlow.prune(on: $0) } == 1)
        #expect(try await database.flow(id) == nil)
        #expect(try await database.number("select count(*) from jobs.effect") == 1)
    }
}
