// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

/// What one worker leaves is known in time to whoever can do it, although no look by the clock comes for an hour.
@Suite("Who is told of what another leaves", .timeLimit(.minutes(1)))
struct TellingTests {
    private let one = JobKind("test.one", lane: .list)
    private let two = JobKind("test.two", lane: .list)

    /// Adds a job that this worker cannot take, and waits until it has looked.
    private func enqueueInVain(_ stage: RunnerStage, _ kind: JobKind, for runner: JobRunner) async throws -> JobID {
        let looks = await runner.statistics.looks
        let id = try await stage.enqueueOne(kind)
        let hasLooked = try await stage.eventually { await runner.statistics.looks > looks }
        #expect(hasLooked)
        #expect(try await stage.report(id).state == "ready")
        return id
    }

    @Test func `a follower with a moment of its own starts at that moment`() async throws {
        let stage = try await RunnerStage()
        let (database, one, two) = (stage.database, one, two)
        let told = Told<JobID>()
        let door = Door()
        var handlers = JobHandlers(of: two)
        handlers.work(one) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        try await stage.running(stage.unhurried(handlers)) {
            let first = try await database.put(one)
            _ = try await told.next()
            let follower = try await database.put(two, at: .after(.seconds(1)), links: JobLinks(after: [first]))
            door.open()
            #expect(try await stage.isDone(follower))
        }
    }

    @Test func `a retry whose moment comes while its worker has no slot left is done by another`() async throws {
        let stage = try await RunnerStage()
        let failing = JobKind("test.failing", lane: .list, retryDelay: RetryDelay(first: .seconds(1), spread: 0))
        let (told, first, second) = (Told<JobID>(), Door(), Door())
        var busy = JobHandlers()
        busy.work(failing) { job in
            told.tell(job.id)
            first.pass()
            throw Mishap()
        }
        busy.work(one) { _ in
            second.pass()
            return .succeeded
        }
        let other = stage.unhurried(JobHandlers(of: failing))
        let full = stage.unhurried(busy) { $0.slots = [.list: 1] }
        try await stage.running(full) {
            let retried = try await stage.enqueueOne(failing)
            _ = try await told.next()
            try await stage.running(other) {
                // Takes the slot as soon as the attempt has failed.
                let isThere = try await stage.eventually { await other.statistics.isListening }
                #expect(isThere)
                let blocking = try await enqueueInVain(stage, one, for: other)
                first.open()
                #expect(try await stage.isDone(retried))
                second.open()
                #expect(try await stage.isDone(blocking))
            }
        }
    }

    @Test func `a place in a lane with a limit is told although another lane waits for its rate`() async throws {
        let stage = try await RunnerStage()
        let rated = JobKind("test.rated", lane: .deadline)
        let (told, door) = (Told<JobID>(), Door())
        var handlers = JobHandlers(of: rated)
        handlers.work(one) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        try await stage.database.pool.transaction {
            try LaneRule(mostRunning: 1).apply(to: .list, on: $0)
            try LaneRule(rate: StartRate(1, per: .seconds(3600))).apply(to: .deadline, on: $0)
        }
        let other = stage.unhurried(JobHandlers(of: two))
        let limited = stage.unhurried(handlers) { $0.slots = [.list: 2, .deadline: 2] }
        try await stage.running(limited) {
            let started = try await stage.enqueueOne(rated)
            #expect(try await stage.isDone(started))
            _ = try await stage.enqueueOne(rated)
            let holding = try await stage.enqueueOne(one)
            _ = try await told.next()
            try await stage.running(other) {
                let isThere = try await stage.eventually { await other.statistics.isListening }
                #expect(isThere)
                let waiting = try await enqueueInVain(stage, two, for: other)
                door.open()
                #expect(try await stage.isDone(waiting))
                #expect(try await stage.isDone(holding))
            }
        }
    }

    @Test func `the place in a lane with a limit of a job that was written off is told, though its slot is held`() async throws {
        let stage = try await RunnerStage()
        let deaf = JobKind("test.deaf", lane: .list, maxAttempts: 1, timeLimit: .milliseconds(700))
        let (told, door) = (Told<JobID>(), Door())
        var handlers = JobHandlers()
        handlers.work(deaf) { job in
            told.tell(job.id)
            door.pass()
            return .succeeded
        }
        _ = try await stage.database.pool.transaction { try LaneRule(mostRunning: 1).apply(to: .list, on: $0) }
        let other = stage.unhurried(JobHandlers(of: two))
        let limited = stage.unhurried(handlers) { ($0.slots, $0.grace) = ([.list: 1], .milliseconds(20)) }
        try await stage.running(other) {
            try await stage.running(limited) {
                _ = try await stage.enqueueOne(deaf)
                _ = try await told.next()
                let waiting = try await enqueueInVain(stage, two, for: other)
                #expect(try await stage.isDone(waiting))
                door.open()
            }
        }
    }
}
