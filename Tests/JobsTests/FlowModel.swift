// SPDX-License-Identifier: Apache-2.0
@testable import Jobs

/// What linked jobs have to do, without a database: the yardstick of the property test.
struct FlowModel {
    enum State: Hashable {
        case unfinished
        case succeeded
        case cancelled
        case dead
    }

    struct Job {
        let id: JobID
        let rule: FailureRule
        let serial: String?
        let limit: KeyLimit?
        let batch: BatchID?
        var state = State.unfinished
        /// Jobs it still waits for.
        var unmet: Set<JobID> = []
        var rescues = 0
    }

    struct Batch {
        let rule: BatchRule
        var isClosed = false
        var hasFollowUp = false
    }

    private(set) var jobs: [JobID: Job] = [:]
    private(set) var batches: [BatchID: Batch] = [:]

    var followUps: Int { batches.values.count { $0.hasFollowUp } }

    func jobs(_ state: State) -> Set<JobID> { Set(jobs.values.filter { $0.state == state }.map(\.id)) }

    mutating func open(_ batch: BatchID, _ rule: BatchRule) {
        batches[batch] = Batch(rule: rule)
    }

    mutating func add(_ job: Job, after: [JobID]) {
        var job = job
        var isWanted = true
        for earlier in after {
            switch (jobs[earlier]?.state, job.rule) {
            case (.unfinished, _), (.dead, .wait): job.unmet.insert(earlier)
            case (.succeeded, _), (_, .run), (nil, _): break
            case (.cancelled, _), (.dead, .cancel): isWanted = false
            }
        }
        jobs[job.id] = job
        if !isWanted { cancel(job.id) }
    }

    mutating func succeed(_ id: JobID) {
        jobs[id]?.state = .succeeded
        for follower in followers(of: id) { jobs[follower]?.unmet.remove(id) }
    }

    mutating func die(_ id: JobID) {
        jobs[id]?.state = .dead
        for follower in followers(of: id) {
            switch jobs[follower]?.rule {
            case .run: jobs[follower]?.unmet.remove(id)
            case .cancel: cancel(follower)
            case .wait, nil: break
            }
        }
    }

    mutating func cancel(_ id: JobID) {
        guard jobs[id]?.state == .unfinished || jobs[id]?.state == .dead else { return }
        jobs[id]?.state = .cancelled
        for follower in followers(of: id) {
            if jobs[follower]?.rule == .run { jobs[follower]?.unmet.remove(id) } else { cancel(follower) }
        }
    }

    mutating func redrive(_ id: JobID) {
        jobs[id]?.state = .unfinished
        jobs[id]?.rescues = 0
    }

    /// A worker that held the job died; true when that was once too often.
    mutating func rescue(_ id: JobID) {
        if jobs[id]?.rescues ?? 0 >= 3 { die(id) } else { jobs[id]?.rescues += 1 }
    }

    /// Closes batches whose last job has ended.
    mutating func settle() {
        for (id, batch) in batches where !batch.isClosed {
            let members = jobs.values.filter { $0.batch == id }.map(\.state)
            guard !members.contains(.unfinished), batch.rule == .always || !members.contains(.dead) else { continue }
            batches[id]?.isClosed = true
            batches[id]?.hasFollowUp = batch.rule == .always || !members.contains(.cancelled)
        }
    }

    private func followers(of id: JobID) -> [JobID] {
        jobs.values.filter { $0.state == .unfinished && $0.unmet.contains(id) }.map(\.id).sorted()
    }
}

/// Numbers by chance that can be had again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014 (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
