// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// Random graphs of jobs, random ends, held against the model after every step.
@Suite("Linked jobs against a model", .timeLimit(.minutes(3)))
struct FlowPropertyTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `nothing starts too early, nothing waits for ever, every follow-up is made once`(seed: UInt64) async throws {
        var walk = try await Walk(seed: seed)
        for step in 0..<250 {
            try await walk.step()
            try await walk.check("seed \(seed), step \(step)")
        }
        try await walk.finishEverything()
    }
}

/// One random walk.
private struct Walk {
    private static let kind = JobKind("walk.part", maxAttempts: 3)
    private static let then = JobKind("walk.after", lane: .list)

    private let database: TestDatabase
    private var chance: SeededGenerator
    private var model = FlowModel()
    private var running: [ClaimedJob] = []
    /// Jobs in line for their serial key at the latest check, by key.
    private var lines: [String: Set<JobID>] = [:]

    init(seed: UInt64) async throws {
        database = try await TestDatabase.make()
        chance = SeededGenerator(seed: seed)
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<20, using: &chance) {
        case 0..<6: try await enqueueSome()
        case 6..<12: try await claim()
        case 12..<17: try await endOne()
        case 17: try await cancelOne()
        case 18: try await redriveOne()
        default: try await killWorker()
        }
        try await database.tie()
        model.settle()
    }

    // MARK: Steps

    private mutating func enqueueSome() async throws {
        var batch: BatchID?
        if Bool.random(using: &chance) { batch = try await someBatch() }
        let known = model.jobs.keys.sorted().suffix(30)
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
            let after = (0..<Int.random(in: 0...2, using: &chance)).compactMap { _ in known.randomElement(using: &chance) }
            let rule = FailureRule.allCases.randomElement(using: &chance) ?? .wait
            let serial = ["a", "b", nil, nil].randomElement(using: &chance) ?? nil
            let limit = [KeyLimit("x", most: 1), KeyLimit("y", most: 2), nil, nil].randomElement(using: &chance) ?? nil
            let links = JobLinks(after: after, onFailure: rule, batch: batch)
            let priority = Int.random(in: 0...3, using: &chance)
            do {
                let id = try await database.put(Self.kind, priority: priority, serial: serial, limit: limit, links: links)
                model.add(
                    FlowModel.Job(id: id, rule: rule, serial: serial, limit: limit, batch: batch), after: after)
            } catch let closed as BatchClosed {
                #expect(model.batches[closed.batch]?.isClosed == true)
                batch = nil
            }
        }
    }

    private mutating func someBatch() async throws -> BatchID? {
        if Bool.random(using: &chance) { return model.batches.keys.sorted { $0.rawValue < $1.rawValue }.last }
        let rule = BatchRule.allCases.randomElement(using: &chance) ?? .always
        let batch = try await database.pool.transaction {
            try openBatch("walk", then: Self.then, payload: NoPayload(), rule: rule, on: $0)
        }
        model.open(batch, rule)
        return batch
    }

    private mutating func claim() async throws {
        let worker = try await database.ghost()
        let jobs = try await database.claim(worker, Self.kind, room: Int.random(in: 1...4, using: &chance))
        for job in jobs {
            let known = try #require(model.jobs[job.id])
            #expect(known.state == .unfinished && known.unmet.isEmpty, "job \(job.id) began too early")
        }
        running += jobs
    }

    private mutating func endOne() async throws {
        guard let index = running.indices.randomElement(using: &chance) else { return }
        let job = running.remove(at: index)
        switch Int.random(in: 0..<8, using: &chance) {
        case 0..<4:
            try await database.succeed(job)
            model.succeed(job.id)
        case 4, 5:
            try await database.fail(job)
            if job.isLastAttempt { model.die(job.id) }
        case 6:
            try await database.kill(job)
            model.die(job.id)
        default:
            try await database.pool.transaction { try finish(job, .snoozed(.zero), on: $0) }
        }
    }

    private mutating func cancelOne() async throws {
        let busy = Set(running.map(\.id))
        let open = model.jobs(.unfinished).subtracting(busy).union(model.jobs(.dead))
        guard let id = open.sorted().randomElement(using: &chance) else { return }
        try await database.cancel(id)
        model.cancel(id)
    }

    private mutating func redriveOne() async throws {
        guard let id = model.jobs(.dead).sorted().randomElement(using: &chance) else { return }
        try await database.redrive(id)
        model.redrive(id)
    }

    private mutating func killWorker() async throws {
        guard let worker = running.randomElement(using: &chance)?.worker else { return }
        try await database.rescue(worker)
        for job in running where job.worker == worker { model.rescue(job.id) }
        running.removeAll { $0.worker == worker }
    }

    // MARK: What must hold

    struct Standing: Decodable, Sendable {
        let id: Int64
        let state: Int
    }

    mutating func check(_ step: Comment) async throws {
        let standing = try await database.pool.transaction {
            try $0.rows(Statement<Standing>("select id, state from jobs.job where kind = 'walk.part'"))
        }
        let live = Dictionary(uniqueKeysWithValues: standing.map { (JobID(rawValue: $0.id), $0.state) })
        #expect(Set(live.keys) == model.jobs(.unfinished), step)
        try await checkEnds(step)
        let begun = Set(live.filter { $0.value > 0 }.keys)
        for id in begun { #expect(model.jobs[id]?.unmet.isEmpty == true, step) }
        for key in ["a", "b"] {
            let mine = model.jobs.values.filter { $0.serial == key && $0.state == .unfinished }
            #expect(mine.count { begun.contains($0.id) } <= 1, step)
        }
        for limit in [KeyLimit("x", most: 1), KeyLimit("y", most: 2)] {
            #expect(model.jobs.values.count { $0.limit == limit && begun.contains($0.id) } <= limit.most, step)
        }
        try await checkWaiting(live, begun, step)
    }

    private func checkEnds(_ step: Comment) async throws {
        func ids(_ sql: String) async throws -> Set<JobID> {
            Set(try await database.texts(sql).compactMap { Int64($0) }.map(JobID.init(rawValue:)))
        }
        let succeeded = try await ids("select id::text as id from jobs.job_done where outcome = 1")
        #expect(succeeded == model.jobs(.succeeded), step)
        let cancelled = try await ids("select id::text as id from jobs.job_done where outcome = 2")
        #expect(cancelled == model.jobs(.cancelled), step)
        let dead = try await ids("select id::text as id from jobs.job_dead")
        #expect(dead == model.jobs(.dead), step)
        let followUps = try await database.number("select count(*) from jobs.job where kind = 'walk.after'")
        #expect(followUps == model.followUps, step)
        let open = try await database.number("select count(*) from jobs.batch where closed_at is null")
        #expect(open == model.batches.values.count { !$0.isClosed }, step)
        #expect(try await database.number("select count(*) from jobs.loose_end") == 0, step)
    }

    /// Whatever waits has a reason: a job before it, or a key that others hold to the last place.
    private mutating func checkWaiting(_ live: [JobID: Int], _ begun: Set<JobID>, _ step: Comment) async throws {
        let holders = Set(
            try await database.texts("select job_id || ' ' || key as holder from jobs.turn where state = 2"))
        func held(_ key: String) -> Int { holders.count { $0.hasSuffix(" " + key) } }
        for (id, state) in live where state == 0 {
            let job = try #require(model.jobs[id])
            if !job.unmet.isEmpty { continue }
            let mayBegin =
                (job.serial.map { holders.contains("\(id) serial \($0)") || held("serial \($0)") == 0 } ?? true)
                && (job.limit.map { held("limit \($0.key)") < $0.most } ?? true)
            #expect(!mayBegin, "job \(id) waits for nothing, \(step.rawValue)")
        }
        // Whoever was in line before goes first: no younger one may have begun since the latest look.
        var now: [String: Set<JobID>] = [:]
        for line in try await database.texts("select job_id || ' ' || key as place from jobs.turn where state = 1 and is_serial")
        {
            let parts = line.split(separator: " ", maxSplits: 1)
            now[String(parts[1]), default: []].insert(JobID(rawValue: Int64(parts[0]) ?? 0))
        }
        for (key, before) in lines {
            let stayed = before.intersection(now[key] ?? [])
            for id in before where !stayed.contains(id) && begun.contains(id) {
                #expect(stayed.allSatisfy { $0 > id }, step)
            }
        }
        lines = now
    }

    /// Puts back what died and ends everything well: nothing may be left over.
    mutating func finishEverything() async throws {
        for job in running {
            try await database.succeed(job)
            model.succeed(job.id)
        }
        running = []
        let worker = try await database.ghost()
        for _ in 0..<2000 {
            for id in model.jobs(.dead).sorted() {
                try await database.redrive(id)
                model.redrive(id)
            }
            let jobs = try await database.take(worker, Self.kind)
            if jobs.isEmpty { break }
            for job in jobs {
                try await database.succeed(job)
                model.succeed(job.id)
            }
        }
        try await database.tie()
        model.settle()
        try await check("the end")
        #expect(model.jobs(.unfinished).isEmpty)
        #expect(model.batches.values.allSatisfy { $0.isClosed })
        #expect(try await database.number("select count(*) from jobs.turn") == 0)
        #expect(try await database.number("select count(*) from jobs.dependency") == 0)
        #expect(try await database.pool.transaction { try JobFlow.check(on: $0) } == 0)
    }
}
