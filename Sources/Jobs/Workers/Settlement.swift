// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// Ends of jobs that are yet to be written: one batch, one commit.
struct Settlement: Sendable {
    private enum Outcome {
        static let succeeded = 1
        static let cancelled = 2
        static let superseded = 4
    }

    private var finished: [(job: ClaimedJob, outcome: Int)] = []
    private var snoozed: [(job: ClaimedJob, pause: Duration)] = []
    private var retried: [(job: ClaimedJob, pause: Duration, error: String)] = []
    private var buried: [(job: ClaimedJob, error: String, reason: String)] = []

    /// Jobs in the batch.
    var count: Int { finished.count + snoozed.count + retried.count + buried.count }

    /// Whether there is nothing to write.
    var isEmpty: Bool { count == 0 }

    /// The attempt ended as its handler says.
    mutating func add(_ job: ClaimedJob, _ outcome: JobOutcome) {
        switch outcome {
        case .succeeded: finished.append((job, Outcome.succeeded))
        case .superseded: finished.append((job, Outcome.superseded))
        case .snoozed(let pause): snoozed.append((job, pause))
        case .settled: break
        }
    }

    /// The job ended because a person wanted it to.
    mutating func addCancelled(_ job: ClaimedJob) {
        finished.append((job, Outcome.cancelled))
    }

    /// The attempt failed.
    ///
    /// - Parameter chance: a number from 0 to 1 that spreads the pause.
    mutating func addFailure(_ job: ClaimedJob, _ error: any Error, delay: RetryDelay, chance: Double) {
        let text = String(String(describing: error).prefix(2000)).replacing("\0", with: "")
        if error is PermanentFailure {
            buried.append((job, text, "no attempt can mend this failure"))
        } else if job.isLastAttempt {
            buried.append((job, text, "all \(job.maxAttempts) attempts failed"))
        } else {
            retried.append((job, delay.pause(afterAttempt: job.attempt, chance: chance), text))
        }
    }

    /// Puts a batch that could not be written before this one.
    mutating func restore(_ earlier: Settlement) {
        finished = earlier.finished + finished
        snoozed = earlier.snoozed + snoozed
        retried = earlier.retried + retried
        buried = earlier.buried + buried
    }

    /// Writes the batch, fenced by worker and attempt.
    ///
    /// - Returns: jobs the worker no longer held; nothing was changed for them.
    func write(worker: WorkerID, on database: isolated Connection) throws(PostgresError) -> [JobID] {
        var unmatched: Set<Int64> = []
        func note(_ sent: [ClaimedJob], _ rows: [NumberRow]) {
            unmatched.formUnion(sent.map(\.id.rawValue))
            unmatched.subtract(rows.map(\.id))
        }
        let me = worker.rawValue
        if !finished.isEmpty {
            let jobs = finished.map(\.job)
            note(
                jobs,
                try database.rows(
                    JobStatements.finish, me, jobs.ids, jobs.attempts, finished.map(\.outcome)))
        }
        if !snoozed.isEmpty {
            let jobs = snoozed.map(\.job)
            note(
                jobs,
                try database.rows(
                    JobStatements.snooze, me, jobs.ids, jobs.attempts, snoozed.map(\.pause.milliseconds)))
        }
        if !retried.isEmpty {
            let jobs = retried.map(\.job)
            note(
                jobs,
                try database.rows(
                    JobStatements.retry, me, jobs.ids, jobs.attempts, retried.map(\.pause.milliseconds),
                    retried.map(\.error)))
        }
        if !buried.isEmpty {
            let jobs = buried.map(\.job)
            note(
                jobs,
                try database.rows(
                    JobStatements.bury, me, jobs.ids, jobs.attempts, buried.map(\.error), buried.map(\.reason)))
        }
        return unmatched.sorted().map(JobID.init(rawValue:))
    }
}

extension [ClaimedJob] {
    fileprivate var ids: [Int64] { map(\.id.rawValue) }
    fileprivate var attempts: [Int] { map(\.attempt) }
}
