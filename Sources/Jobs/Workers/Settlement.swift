// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// Ends of jobs that are yet to be written: one batch, one commit.
struct Settlement: Sendable {
    private enum Outcome {
        static let succeeded = 1
        static let cancelled = 2
        static let superseded = 4
    }

    private(set) var finishedIDs: [Int64] = []
    private(set) var finishedAttempts: [Int] = []
    private(set) var finishedOutcomes: [Int] = []
    /// Slots that became free by these ends and by those that handlers wrote themselves.
    private(set) var freed: [Lane: Int] = [:]
    private var snoozed: [(job: ClaimedJob, pause: Duration)] = []
    private var retried: [(job: ClaimedJob, pause: Duration, error: String)] = []
    private var buried: [(job: ClaimedJob, error: String, reason: String)] = []

    /// Jobs in the batch.
    var count: Int { finishedIDs.count + snoozed.count + retried.count + buried.count }

    /// Whether there is nothing to write.
    var isEmpty: Bool { count == 0 }

    /// Whether all that is to be written are jobs that ended for good.
    var isPlain: Bool { snoozed.isEmpty && retried.isEmpty && buried.isEmpty }

    /// The attempt ended as its handler says.
    mutating func add(_ job: ClaimedJob, _ outcome: JobOutcome) {
        switch outcome {
        case .succeeded: addFinished(job, Outcome.succeeded)
        case .superseded: addFinished(job, Outcome.superseded)
        case .snoozed(let pause):
            freed[job.lane, default: 0] += 1
            snoozed.append((job, pause))
        case .settled: freed[job.lane, default: 0] += 1
        }
    }

    /// The job ended because a person wanted it to.
    mutating func addCancelled(_ job: ClaimedJob) {
        addFinished(job, Outcome.cancelled)
    }

    private mutating func addFinished(_ job: ClaimedJob, _ outcome: Int) {
        freed[job.lane, default: 0] += 1
        finishedIDs.append(job.id.rawValue)
        finishedAttempts.append(job.attempt)
        finishedOutcomes.append(outcome)
    }

    /// The attempt failed.
    ///
    /// - Parameter chance: a number from 0 to 1 that spreads the pause.
    mutating func addFailure(_ job: ClaimedJob, _ error: any Error, delay: RetryDelay, chance: Double) {
        freed[job.lane, default: 0] += 1
        let text = String(String(describing: error).prefix(2000)).replacing("\0", with: "")
        if error is PermanentFailure {
            buried.append((job, text, "no attempt can mend this failure"))
        } else if job.isLastAttempt {
            buried.append((job, text, "all \(job.maxAttempts) attempts failed"))
        } else {
            let pause = (error as? RetryAfter)?.pause ?? delay.pause(afterAttempt: job.attempt, chance: chance)
            retried.append((job, max(.zero, pause), text))
        }
    }

    /// Puts a batch that could not be written before this one.
    mutating func restore(_ earlier: Settlement) {
        finishedIDs = earlier.finishedIDs + finishedIDs
        finishedAttempts = earlier.finishedAttempts + finishedAttempts
        finishedOutcomes = earlier.finishedOutcomes + finishedOutcomes
        freed.merge(earlier.freed) { $0 + $1 }
        snoozed = earlier.snoozed + snoozed
        retried = earlier.retried + retried
        buried = earlier.buried + buried
    }

    /// Writes the whole batch, fenced by worker and attempt.
    ///
    /// - Returns: jobs the worker no longer held; nothing was changed for them.
    func write(worker: WorkerID, on database: isolated Connection) throws(PostgresError) -> [JobID] {
        var lost = try writeUnusual(worker: worker, on: database)
        if !finishedIDs.isEmpty {
            let rows = try database.rows(
                JobStatements.finish, worker.rawValue, finishedIDs, finishedAttempts, finishedOutcomes)
            lost += try unwritten(finishedIDs, finishedAttempts, rows, worker: worker, on: database)
        }
        return lost.sorted()
    }

    /// Writes what is not a good end, fenced by worker and attempt.
    ///
    /// - Returns: jobs the worker no longer held; nothing was changed for them.
    func writeUnusual(worker: WorkerID, on database: isolated Connection) throws(PostgresError) -> [JobID] {
        var lost: [JobID] = []
        let me = worker.rawValue
        if !snoozed.isEmpty {
            let jobs = snoozed.map(\.job)
            let rows = try database.rows(
                JobStatements.snooze, me, jobs.ids, jobs.attempts, snoozed.map(\.pause.milliseconds))
            lost += try unwritten(jobs.ids, jobs.attempts, rows, worker: worker, on: database)
        }
        if !retried.isEmpty {
            let jobs = retried.map(\.job)
            let rows = try database.rows(
                JobStatements.retry, me, jobs.ids, jobs.attempts, retried.map(\.pause.milliseconds), retried.map(\.error))
            lost += try unwritten(jobs.ids, jobs.attempts, rows, worker: worker, on: database)
        }
        if !buried.isEmpty {
            let jobs = buried.map(\.job)
            let rows = try database.rows(
                JobStatements.bury, me, jobs.ids, jobs.attempts, buried.map(\.error), buried.map(\.reason))
            lost += try unwritten(jobs.ids, jobs.attempts, rows, worker: worker, on: database)
        }
        return lost
    }

    /// Of the attempts sent, those that were written neither now nor by an earlier statement whose answer was lost.
    private func unwritten(
        _ ids: [Int64], _ attempts: [Int], _ rows: [NumberRow], worker: WorkerID, on database: isolated Connection
    ) throws(PostgresError) -> [JobID] {
        guard rows.count < ids.count else { return [] }
        let written = Set(rows.map(\.id))
        let rest = zip(ids, attempts).filter { !written.contains($0.0) }
        return try database.rows(JobStatements.unacknowledged, worker.rawValue, rest.map(\.0), rest.map(\.1))
            .map { JobID(rawValue: $0.id) }
    }
}

extension [ClaimedJob] {
    fileprivate var ids: [Int64] { map(\.id.rawValue) }
    fileprivate var attempts: [Int] { map(\.attempt) }
}
