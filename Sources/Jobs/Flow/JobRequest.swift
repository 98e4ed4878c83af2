// SPDX-License-Identifier: Apache-2.0

/// A job to be enqueued, with everything that can be said of one job alone.
package struct JobRequest<Payload: Encodable>: Sendable where Payload: Sendable {
    /// What the handler gets.
    package var payload: Payload
    /// Readable name of the work; while an unfinished job of the kind has it, no second one is made.
    package var key: String?
    /// When it becomes ready.
    package var moment: RunMoment
    /// Order within the lane, 0 first; nil for that of the kind.
    package var priority: Int?
    /// Whose job it is, in a lane that tenants share.
    package var tenant: String?
    /// Jobs with the same serial key run one at a time, in the order of enqueueing, whatever process runs them.
    package var serialKey: String?
    /// How many jobs with the same name may run at the same time, in all processes together.
    package var limit: KeyLimit?
    /// Longest run of one attempt, in place of that of the kind.
    package var timeLimit: Duration?

    /// Describes a job.
    package init(
        _ payload: Payload, key: String? = nil, at moment: RunMoment = .now, priority: Int? = nil, tenant: String? = nil,
        serialKey: String? = nil, limit: KeyLimit? = nil, timeLimit: Duration? = nil
    ) {
        self.payload = payload
        self.key = key
        self.moment = moment
        self.priority = priority
        self.tenant = tenant
        self.serialKey = serialKey
        self.limit = limit
        self.timeLimit = timeLimit
    }
}

/// A limit of jobs that run at the same time under one name, in all processes together.
package struct KeyLimit: Sendable, Hashable {
    /// Name of what is limited, for example `smtp.example.org`.
    package let key: String
    /// Most jobs at a time, from 1; of several words the one of the job first in line counts.
    package let most: Int

    /// Limits a name.
    package init(_ key: String, most: Int) {
        self.key = key
        self.most = max(1, most)
    }
}

/// What happens when an unfinished job of the kind has the key already.
package enum TwinRule: Sendable, Hashable {
    /// The new one is not made.
    case skip
    /// The one there gets the new payload, priority and moment, unless it runs.
    case replace
    /// The one there becomes ready at the earlier of both moments and keeps its payload, unless it runs.
    case bringForward
    /// The one there gets the new payload and, while it waits, the later of both moments; never later than so long after it
    /// was enqueued. Of many events in a row the last one counts, once.
    case debounce(limit: Duration)
}

/// What became of a job that was to be enqueued.
package enum Enqueued: Sendable, Hashable {
    /// It is a new job.
    case made(JobID)
    /// An unfinished job has its key and was changed as the rule says.
    case changed(JobID)
    /// An unfinished job has its key and was left as it is; nil when a transaction not yet seen has just made it.
    case skipped(JobID?)
    /// A job with its key runs and was left as it is.
    case running(JobID)

    /// The job that will do the work, as far as it is known.
    package var job: JobID? {
        switch self {
        case .made(let id), .changed(let id), .running(let id): id
        case .skipped(let id): id
        }
    }

    /// The new job, or nil when none was made.
    package var madeJob: JobID? {
        if case .made(let id) = self { id } else { nil }
    }
}

/// What new jobs are connected with.
package struct JobLinks: Sendable, Hashable {
    /// Jobs after which they run; those that ended well already count at once.
    package var after: [JobID]
    /// What becomes of them when such a job is given up or cancelled.
    package var onFailure: FailureRule
    /// The batch they belong to.
    package var batch: BatchID?

    /// Connects new jobs.
    package init(after: [JobID] = [], onFailure: FailureRule = .wait, batch: BatchID? = nil) {
        self.after = after
        self.onFailure = onFailure
        self.batch = batch
    }

    /// Nothing.
    package static let none = JobLinks()
}

/// What becomes of a job when one that it comes after fails.
package enum FailureRule: String, Sendable, Hashable, CaseIterable {
    /// It waits until a person has put back the one that was given up; when that is cancelled, it is cancelled too, since
    /// nothing would ever wake it.
    case wait
    /// It is cancelled.
    case cancel
    /// It runs all the same.
    case run
}
