// SPDX-License-Identifier: Apache-2.0

/// Something that happened to a job or a worker, for metrics, logs and spans.
package enum JobObservation: Sendable {
    /// A job was taken; how long it had waited is in it.
    case claimed(ClaimedJob)
    /// An attempt ended without failure, after this time.
    case finished(ClaimedJob, JobOutcome, Duration)
    /// An attempt failed after this time; whether the job was given up for a person.
    case failed(ClaimedJob, error: String, Duration, isDead: Bool)
    /// A running job ended because a person wanted it to.
    case cancelled(ClaimedJob, Duration)
    /// A handler ignores that its time is up; its job was written off and its slot is held.
    case stuck(ClaimedJob, Duration)
    /// A job of a dead worker was made ready again, or given up.
    case rescued(JobID, from: WorkerID, isDead: Bool)
    /// The worker was declared dead and gave everything up.
    case leaseLost(WorkerID)
}

/// Is told what happens in a runner.
package protocol JobObserver: Sendable {
    /// Called on the runner's queue; must return at once.
    func observe(_ observation: JobObservation)
}
