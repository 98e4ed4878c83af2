// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// Random lives of a queue, step by step beside a model: no job is lost, none ends twice, attempts never go back.
@Suite("Interleavings", .timeLimit(.minutes(2)))
struct InterleavingTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `whatever comes between enqueueing and the end, each job ends once`(seed: UInt64) async throws {
        var life = try await QueueLife(seed: seed)
        for _ in 0..<200 { try await life.step() }
        try await life.finish()
        #expect(life.ended > 30 && life.stale > 0 && life.rescued > 0, "too little happened: \(life.ended) \(life.stale)")
    }
}

/// A queue and what it should look like.
private struct QueueLife {
    enum Place: Equatable {
        case ready
        /// Until the clock has been moved so often.
        case waiting(Int)
        case running(WorkerID, Int)
        case done
        case dead
    }

    private struct Seen: Decodable, Sendable {
        let id: Int64
        let place: String
    }

    private let database: TestDatabase
    private let kind = JobKind("test.life", maxAttempts: 4)
    private var random: SplitMix
    private var places: [JobID: Place] = [:]
    private var attempts: [JobID: Int] = [:]
    private var losses: [JobID: Int] = [:]
    /// Jobs that a person ended while they ran.
    private var asked: Set<JobID> = []
    private var workers: [WorkerID] = []
    private var held: [ClaimedJob] = []
    /// Claims whose worker has been taken for dead; its process may still write.
    private var orphans: [ClaimedJob] = []
    private var travels = 0
    private(set) var ended = 0
    private(set) var stale = 0
    private(set) var rescued = 0

    init(seed: UInt64) async throws {
        database = try await TestDatabase.make()
        random = SplitMix(state: seed)
        for _ in 0..<3 { workers.append(try await database.ghost()) }
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...2: try await enqueueSome()
        case 3...8: try await claim()
        case 9...13: held = try await endSome(of: held, mayBeStale: false)
        case 14: orphans = try await endSome(of: orphans, mayBeStale: true)
        case 15, 16: try await kill(Int.random(in: 0..<workers.count, using: &random))
        case 17: try await release()
        case 18: try await travel()
        default: try await cancel()
        }
        try await compare()
    }

    private mutating func enqueueSome() async throws {
        let (kind, count) = (kind, Int.random(in: 1...8, using: &random))
        let later = Bool.random(using: &random)
        let ids = try await database.pool.transaction { database in
            try (0..<count).compactMap { _ in
                try enqueue(kind, payload: NoPayload(), at: later ? .after(.seconds(3600)) : .now, on: database)
            }
        }
        #expect(ids.count == count)
        for id in ids { places[id] = later ? .waiting(travels) : .ready }
    }

    private mutating func claim() async throws {
        guard let worker = workers.randomElement(using: &random) else { return }
        let room = Int.random(in: 1...6, using: &random)
        let ready = places.filter { $0.value == .ready }.map(\.key)
        // Of the jobs that have lost two workers it takes one, and only while it runs none.
        let suspects = ready.count { isSuspect($0) }
        let mayTakeOne = suspects > 0 && !held.contains { $0.worker == worker && isSuspect($0.id) }
        let jobs = try await database.claim(worker, kind, room: room)
        #expect(jobs.count == min(room, ready.count - suspects + (mayTakeOne ? 1 : 0)))
        for job in jobs {
            #expect(places[job.id] == .ready)
            #expect(job.attempt >= attempts[job.id, default: 1], "attempts go back")
            attempts[job.id] = job.attempt
            places[job.id] = .running(worker, job.attempt)
        }
        held += jobs
    }

    private func isSuspect(_ id: JobID) -> Bool { losses[id, default: 0] >= 2 }

    /// Some of the jobs end, each in its own way; returns the others.
    private mutating func endSome(of jobs: [ClaimedJob], mayBeStale: Bool) async throws -> [ClaimedJob] {
        let jobs = jobs.shuffled(using: &random)
        let batch = jobs.prefix(Int.random(in: 0...5, using: &random))
        for (worker, jobs) in Dictionary(grouping: batch, by: \.worker) {
            var settlement = Settlement()
            var lost: [JobID] = []
            for job in jobs {
                var next = add(job, to: &settlement)
                // Whoever ended a running job is heard however the run ends.
                if asked.contains(job.id) { next = .done }
                if places[job.id] == .running(worker, job.attempt) {
                    places[job.id] = next
                    if next == .done || next == .dead { ended += 1 }
                } else {
                    #expect(mayBeStale)
                    lost.append(job.id)
                    stale += 1
                }
            }
            let written = settlement
            let refused = try await database.pool.transaction { try written.write(worker: worker, on: $0) }
            #expect(refused == lost.sorted())
        }
        return Array(jobs.dropFirst(batch.count))
    }

    private mutating func add(_ job: ClaimedJob, to settlement: inout Settlement) -> Place {
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            settlement.add(job, .snoozed(.seconds(3600)))
            return .waiting(travels)
        case 1:
            settlement.addFailure(job, RetryAfter(.seconds(3600), "broken"), delay: RetryDelay(), chance: 0)
            return job.isLastAttempt ? .dead : .waiting(travels)
        case 2:
            settlement.addFailure(job, PermanentFailure("hopeless"), delay: RetryDelay(), chance: 0)
            return .dead
        case 3:
            settlement.addCancelled(job)
            return .done
        default:
            settlement.add(job, .succeeded)
            return .done
        }
    }

    /// A worker dies, its jobs are rescued, and another starts.
    private mutating func kill(_ index: Int) async throws {
        let dead = workers.remove(at: index)
        try await database.silence(dead)
        #expect(try await database.claim(dead, kind).isEmpty, "a dead worker takes jobs")
        let rows = try await database.pool.transaction { try $0.rows(JobStatements.rescue, Duration.seconds(30).milliseconds) }
        for row in rows {
            let id = JobID(rawValue: row.id)
            guard case .running(dead, _)? = places[id] else {
                Issue.record("job \(id) was rescued from a living worker")
                continue
            }
            losses[id, default: 0] += 1
            rescued += 1
            #expect(row.isDead == (losses[id] == 4))
            places[id] = row.isDead ? .dead : .ready
            if row.isDead { ended += 1 }
        }
        #expect(!places.values.contains { if case .running(dead, _) = $0 { true } else { false } }, "an orphan was left")
        orphans += held.filter { $0.worker == dead }
        held.removeAll { $0.worker == dead }
        workers.append(try await database.ghost())
    }

    /// A worker gives back what it does not run, as after a statement without an answer.
    private mutating func release() async throws {
        guard let worker = workers.randomElement(using: &random) else { return }
        let kept = held.filter { $0.worker == worker && Bool.random(using: &random) }
        let rows = try await database.pool.transaction {
            try $0.rows(JobStatements.release, worker.rawValue, kept.map(\.id.rawValue))
        }
        let given = held.filter { job in job.worker == worker && !kept.contains { $0.id == job.id } }
        #expect(rows.map(\.id).sorted() == given.map(\.id.rawValue).sorted())
        for job in given { places[job.id] = .ready }
        held.removeAll { job in given.contains { $0.id == job.id } }
    }

    private mutating func travel() async throws {
        try await database.travel("2 hours")
        travels += 1
        let due = places.filter { if case .waiting = $0.value { true } else { false } }.map(\.key)
        let promoted = try await database.pool.transaction { try $0.one(JobStatements.promote, String?.none).count }
        #expect(promoted == due.count)
        for id in due { places[id] = .ready }
        // The aged go first; that changes the order and nothing else.
        _ = try await database.pool.transaction { try $0.one(JobStatements.age).count }
        try await renew()
    }

    private mutating func cancel() async throws {
        guard let id = places.keys.sorted().randomElement(using: &random), let place = places[id] else { return }
        let outcome = try await database.pool.transaction { try JobInspection.cancel(id, on: $0) }
        switch place {
        case .ready, .waiting:
            #expect(outcome == .cancelled)
            places[id] = .done
            ended += 1
        case .dead:
            #expect(outcome == .cancelled)
            places[id] = .done
        case .running:
            #expect(outcome == .running)
            asked.insert(id)
        case .done: #expect(outcome == nil)
        }
    }

    /// The living beat.
    private func renew() async throws {
        let living = workers.map { "\($0)" }.joined(separator: ",")
        try await database.script("update jobs.worker set beat_at = pg_catalog.now() where id in (\(living))")
    }

    private func compare() async throws {
        let seen = try await database.pool.transaction { database in
            try database.rows(
                Statement<Seen>(
                    """
                    select id, (array['waiting', 'ready', 'running ' || worker || ' ' || attempt])[state + 1] as place from jobs.job
                    union all select id, 'done' from jobs.job_done union all select id, 'dead' from jobs.job_dead
                    """))
        }
        #expect(seen.count == places.count, "a job is lost, or is in two places")
        for row in seen {
            let expected =
                switch places[JobID(rawValue: row.id)] {
                case .ready?: "ready"
                case .waiting?: "waiting"
                case .running(let worker, let attempt)?: "running \(worker) \(attempt)"
                case .done?: "done"
                case .dead?: "dead"
                case nil: "nowhere"
                }
            #expect(row.place == expected, "job \(row.id)")
        }
    }

    /// Everybody dies; one worker that lives does the rest.
    mutating func finish() async throws {
        for _ in 0..<3 { try await kill(0) }
        let worker = workers[0]
        for _ in 0..<200 where places.values.contains(where: { $0 != .done && $0 != .dead }) {
            try await travel()
            let jobs = try await database.claim(worker, kind, room: 500)
            for job in jobs { places[job.id] = .done }
            var settlement = Settlement()
            for job in jobs { settlement.add(job, .succeeded) }
            let written = settlement
            #expect(try await database.pool.transaction { try written.write(worker: worker, on: $0) }.isEmpty)
            held.removeAll { held in jobs.contains { $0.id == held.id } }
        }
        try await compare()
        #expect(places.values.allSatisfy { $0 == .done || $0 == .dead })
        #expect(try await database.number("select count(*) from jobs.job") == 0)
    }
}

/// Numbers that look random and are the same in each run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
