// SPDX-License-Identifier: Apache-2.0

/// Names a job. `POST /v1/job-retries`, `POST /v1/job-cancellations`, `POST /v1/job-starts`
package struct NameJob: Codable, Sendable {
    package var job: Int64
    /// Why, for whoever asks later.
    package var reason: String?

    package init(job: Int64, reason: String? = nil) {
        (self.job, self.reason) = (job, reason)
    }
}

/// Puts a job off. `POST /v1/job-snoozes`
package struct SnoozeJob: Codable, Sendable {
    package var job: Int64
    /// How long from now, 1 to 31,622,400 seconds (a year).
    package var seconds: Int
    /// Why, for whoever asks later.
    package var reason: String?

    package init(job: Int64, seconds: Int, reason: String? = nil) {
        (self.job, self.seconds, self.reason) = (job, seconds, reason)
    }
}

/// Runs dead jobs again. `POST /v1/job-redrives`
package struct RedriveJobs: Codable, Sendable {
    /// Kind of the jobs; all dead jobs when absent.
    package var kind: String?
    package var reason: String

    package init(kind: String? = nil, reason: String) {
        (self.kind, self.reason) = (kind, reason)
    }
}

/// Names a lane. `POST /v1/lane-pauses`, `POST /v1/lane-resumptions`
package struct NameLane: Codable, Sendable {
    package var lane: String
    /// Why; a pause without a reason is refused.
    package var reason: String?

    package init(lane: String, reason: String? = nil) {
        (self.lane, self.reason) = (lane, reason)
    }
}

/// Limits a lane. `POST /v1/lane-limits`
package struct LimitLane: Codable, Sendable {
    package var lane: String
    /// Most running jobs in all processes together, from 1; no limit when absent.
    package var maxRunning: Int?
    package var reason: String?

    package init(lane: String, maxRunning: Int?, reason: String? = nil) {
        (self.lane, self.maxRunning, self.reason) = (lane, maxRunning, reason)
    }
}

/// Changes the rules of a lane over all processes together; what is absent stays as it is. `POST /v1/lane-rules`
package struct RuleLane: Codable, Sendable {
    package var lane: String
    /// Most running jobs, 1 to 100,000.
    package var maxRunning: Int?
    /// Most starts within ``rateSeconds``, 1 to 1,000,000; both or neither.
    package var rateCount: Int?
    /// The span of the rate, 1 to 86,400 seconds (a day).
    package var rateSeconds: Int?
    /// Whether tenants take turns.
    package var isFair: Bool?
    /// What is taken away: `limit`, `rate`.
    package var without: [String]?
    package var reason: String?

    package init(
        lane: String, maxRunning: Int? = nil, rateCount: Int? = nil, rateSeconds: Int? = nil, isFair: Bool? = nil,
        without: [String]? = nil, reason: String? = nil
    ) {
        (self.lane, self.maxRunning, self.rateCount, self.rateSeconds) = (lane, maxRunning, rateCount, rateSeconds)
        (self.isFair, self.without, self.reason) = (isFair, without, reason)
    }
}

/// Names a schedule. `POST /v1/schedule-stops`, `POST /v1/schedule-starts`, `POST /v1/schedule-runs`
package struct NameSchedule: Codable, Sendable {
    package var schedule: String
    /// Why; a schedule is not stopped without a reason.
    package var reason: String?

    package init(schedule: String, reason: String? = nil) {
        (self.schedule, self.reason) = (schedule, reason)
    }
}

/// Trusts the clock of the database again. `POST /v1/clock-releases`
package struct ReleaseClock: Codable, Sendable {
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
