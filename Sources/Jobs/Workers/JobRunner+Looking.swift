// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Postgres

/// One attempt under way.
struct RunningJob {
    let job: ClaimedJob
    let task: Task<Void, Never>
    var isCancelRequested = false
}

/// What one look at the queue is to do, and finds.
private struct Look: Sendable {
    /// Most jobs taken at once.
    static let mostClaimed = 500
    /// Most jobs promoted at once, as the statement has it.
    static let mostPromoted = 1000

    let worker: WorkerID
    let settlement: Settlement
    let rooms: [(lane: Lane, room: Int)]
    let kinds: [String]
    /// Jobs that run here; nil when nothing has to be reconciled.
    let known: [Int64]?
    let isStopping: Bool
    let lease: Int64

    struct Findings: Sendable {
        var lost: [JobID] = []
        var claimed: [ClaimedJob] = []
        var released = 0
        var isMoreDue = false
        var nextMoment: Duration?
        var cancelRequests: [JobID] = []
    }

    /// Acknowledges, promotes and claims in one transaction: one commit for everything that ended and begins.
    func callAsFunction(on database: isolated Connection) throws -> Findings {
        var findings = Findings()
        findings.lost = try settlement.write(worker: worker, on: database)
        if let known {
            findings.released = try database.rows(JobStatements.release, worker.rawValue, known).count
        }
        if isStopping {
            try database.execute(JobStatements.workerStopping, worker.rawValue)
            return findings
        }
        findings.isMoreDue = try database.one(JobStatements.promote).count >= Self.mostPromoted
        if !rooms.isEmpty {
            let lanes = rooms.map(\.lane.rawValue)
            // Only lanes limited over all processes pay for a lock, and are counted in the next statement's snapshot.
            _ = try database.rows(JobStatements.limitedLanes, lanes)
            findings.claimed = try database.rows(
                JobStatements.claim, worker.rawValue, lanes, rooms.map(\.room), kinds, lease
            ).map { $0.held(by: worker) }
        }
        findings.nextMoment = try database.one(JobStatements.nextMoment).pause
        findings.cancelRequests = try database.rows(JobStatements.cancelRequests, worker.rawValue)
            .map { JobID(rawValue: $0.id) }
        return findings
    }
}

extension JobRunner {
    /// One look: writes what ended, takes what is ready, learns the next moment.
    func lookForWork(as worker: WorkerID) async {
        let settlement = unwritten
        unwritten = Settlement()
        let look = Look(
            worker: worker, settlement: settlement, rooms: machine.takesJobs ? rooms() : [],
            kinds: handlers.kinds.keys.sorted(),
            known: isReconciling ? running.values.map(\.job.id.rawValue) : nil, isStopping: !machine.takesJobs,
            lease: settings.lease.milliseconds)
        do {
            let findings = try await control.transaction { try look(on: $0) }
            faults = 0
            counts.looks += 1
            isReconciling = false
            take(findings, as: worker)
        } catch {
            guard machine.worker == worker else { return }
            unwritten.restore(settlement)
            // Of a claim whose COMMIT was not answered nobody knows which jobs are held: they are given back.
            isReconciling = true
            pauseAfterFault(error, "the queue cannot be read")
        }
    }

    /// Writes what ended, gives back what still runs and ends the worker's identity.
    func release() async {
        guard let worker = machine.worker else { return }
        let settlement = unwritten
        unwritten = Settlement()
        for run in running.values { run.task.cancel() }
        do {
            let released = try await control.transaction { database in
                _ = try settlement.write(worker: worker, on: database)
                let released = try database.rows(JobStatements.release, worker.rawValue, [Int64]()).count
                try database.execute(JobStatements.workerRemove, worker.rawValue)
                return released
            }
            logger.info("worker stopped", metadata: ["worker.id": "\(worker)", "jobs.released": "\(released)"])
        } catch {
            // The lease runs out and others rescue the jobs.
            logger.error(
                "worker could not give back its jobs",
                metadata: ["worker.id": "\(worker)", "error": "\(String(reflecting: error))"])
        }
    }

    /// Free slots of each lane.
    private func rooms() -> [(lane: Lane, room: Int)] {
        var taken: [Lane: Int] = [:]
        for run in running.values { taken[run.job.lane, default: 0] += 1 }
        return settings.slots.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { (lane: $0.key, room: min($0.value - taken[$0.key, default: 0], Look.mostClaimed)) }
            .filter { $0.room > 0 }
    }

    private func take(_ findings: Look.Findings, as worker: WorkerID) {
        for job in findings.lost {
            counts.leasesLost += 1
            logger.warning("result dropped, the lease was lost", metadata: ["job.id": "\(job)", "worker.id": "\(worker)"])
        }
        if findings.released > 0 {
            logger.warning("jobs of an unknown claim given back", metadata: ["jobs.released": "\(findings.released)"])
        }
        guard machine.worker == worker else {
            // The lease was lost meanwhile: whoever rescues the jobs runs them.
            return
        }
        guard machine.takesJobs || findings.claimed.isEmpty else {
            // The stop came while the claim was under way; the next look gives the jobs back.
            isReconciling = true
            look.wake()
            return
        }
        counts.claimed += findings.claimed.count
        for job in findings.claimed { begin(job) }
        for job in findings.cancelRequests { cancel(job) }
        if findings.isMoreDue { look.wake() }
        wait(findings.nextMoment, for: .look)
    }

    private func cancel(_ id: JobID) {
        for (number, run) in running where run.job.id == id && !run.isCancelRequested {
            running[number]?.isCancelRequested = true
            run.task.cancel()
        }
    }

    private func begin(_ job: ClaimedJob) {
        guard let handler = handlers.handler(of: job) else { return }
        let number = nextRun
        nextRun += 1
        let pool = handlerPool
        let task = Task {
            let ending = await attempt(job, handler, pool)
            self.end(number, ending)
        }
        running[number] = RunningJob(job: job, task: task)
    }

    private func end(_ number: Int, _ ending: AttemptEnding) {
        guard let run = running.removeValue(forKey: number) else { return }
        defer { look.wake() }
        let job = run.job
        // The end of a job held under an identity that is gone says nothing.
        guard job.worker == machine.worker else {
            counts.leasesLost += 1
            return
        }
        switch ending {
        case .returned(let outcome):
            counts.ended += 1
            unwritten.add(job, outcome)
        case .committed:
            counts.ended += 1
        case .leaseLost:
            counts.leasesLost += 1
            logger.warning("effect taken back, the lease was lost", metadata: ["job.id": "\(job.id)"])
        case .failed(let error):
            fail(run, error)
        }
    }

    private func fail(_ run: RunningJob, _ error: any Error) {
        let job = run.job
        if error.isCancellation {
            if run.isCancelRequested {
                unwritten.addCancelled(job)
                return
            }
            // Cancelled by the stop of the process: the release gives the job back and the attempt does not count.
            if !machine.takesJobs { return }
        }
        counts.failed += 1
        logger.warning(
            "job failed",
            metadata: [
                "job.id": "\(job.id)", "job.kind": "\(job.kind)", "job.attempt": "\(job.attempt)",
                "error": "\(String(reflecting: error))",
            ])
        let delay = handlers.kinds[job.kind]?.retryDelay ?? RetryDelay()
        unwritten.addFailure(job, error, delay: delay, chance: .random(in: 0...1))
    }
}
