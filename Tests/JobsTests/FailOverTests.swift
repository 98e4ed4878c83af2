// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@testable import Jobs
@testable import Postgres

/// What a worker meets on a server that lacks the last commits of the one before; the fail-over itself is F9b.
@Suite("A server without the last commits", .timeLimit(.minutes(1)))
struct FailOverTests {
    private let kind = JobKind("test.work", maxAttempts: 12)

    /// Ends the runner's session, as the death of the server does; the next one finds what the test has made of the tables.
    private func endSession(_ database: TestDatabase) async throws {
        try await database.script(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name like '%-jobs'
            """)
    }

    @Test func `a handler whose claim the server has forgotten writes for nobody, and its worker takes a new name`() async throws
    {
        let stage = try await RunnerStage()
        let (kind, database) = (kind, stage.database)
        let (told, ended) = (Told<ClaimedJob>(), Told<Bool>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.job)
            if job.job.attempt == 1, job.job.worker.rawValue < 1000 {
                do { try await Task.sleep(for: .seconds(600)) } catch {}
                // It does not heed its cancellation and tries to write, while the job runs again under the same attempt.
                let hasWritten = await Task {
                    do {
                        try await database.pool.transaction { try finish(job.job, on: $0) }
                        return true
                    } catch {
                        return !(error is LeaseLost)
                    }
                }.value
                ended.tell(hasWritten)
            }
            return .succeeded
        }
        let (first, second, hasWritten) = try await stage.running(stage.runner(handlers)) {
            let id = try await stage.enqueueOne(kind)
            let first = try await told.next()
            #expect(first.id == id)
            try await database.script(
                """
                update jobs.job set state = 1, worker = null, attempt = 0, started_at = null;
                update jobs.worker_history set timeline = 'another';
                """)
            try await endSession(database)
            let other = try await stage.enqueueOne(kind)
            let next = try await told.next(2)
            #expect(Set(next.map(\.id)) == [id, other])
            return (first, try #require(next.first { $0.id == id }), try await ended.next())
        }
        #expect(second.attempt == first.attempt && second.worker != first.worker)
        #expect(!hasWritten)
        #expect(try await database.number("select count(*) from jobs.job_done where worker = \(second.worker)") == 2)
    }

    @Test func `a job whose end the server has forgotten is run again at once by the worker that holds it`() async throws {
        let stage = try await RunnerStage()
        let (kind, database) = (kind, stage.database)
        let told = Told<ClaimedJob>()
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.job)
            return .succeeded
        }
        try await stage.running(stage.runner(handlers)) {
            let id = try await stage.enqueueOne(kind)
            let worker = try await told.next().worker
            #expect(try await stage.eventually { try await database.number("select count(*) from jobs.job_done") == 1 })
            try await database.script(
                """
                with done as (delete from jobs.job_done returning *)
                insert into jobs.job (id, lane, kind, priority, state, run_at, attempt, max_attempt, worker, started_at, payload)
                overriding system value
                select id, lane, kind, priority, 2, run_at, attempt, max_attempt, worker, started_at, payload from done
                """)
            try await endSession(database)
            let other = try await stage.enqueueOne(kind)
            let next = try await told.next(2)
            #expect(Set(next.map(\.id)) == [id, other])
            #expect(next.allSatisfy { $0.worker == worker })
        }
    }

    @Test func `after a change of the server's history no worker gets a number that may have been given`() async throws {
        let database = try await TestDatabase.make()
        let first = try await database.ghost().rawValue
        #expect(try await database.ghost().rawValue == first + 1)
        // What the promoted server knows of the sequence lies behind.
        try await database.script(
            """
            update jobs.worker_history set timeline = 'another';
            delete from jobs.worker;
            select setval('jobs.worker_id_seq', \(first), false)
            """)
        let next = try await database.ghost().rawValue
        #expect(next >= first + 1000)
        #expect(try await database.ghost().rawValue == next + 1)
    }
}
