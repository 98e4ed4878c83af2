// SPDX-License-Identifier: Apache-2.0

/// Why a job does not run, runs, or will not run.
package struct JobWhyView: Codable, Sendable {
    package var job: Int64
    package var kind: String
    package var lane: String
    /// `waiting`, `ready`, `running`, `dead`, `succeeded`, `cancelled` or `superseded`.
    package var state: String
    /// The nearest cause first; never empty.
    package var reasons: [JobReasonView]

    package init(job: Int64, kind: String, lane: String, state: String, reasons: [JobReasonView]) {
        (self.job, self.kind, self.lane, self.state, self.reasons) = (job, kind, lane, state, reasons)
    }
}

/// One thing that stands between a job and its run.
package struct JobReasonView: Codable, Sendable {
    /// The stable code, lower case with underscores.
    package var code: String
    package var vi: String
    package var en: String

    package init(code: String, vi: String, en: String) {
        (self.code, self.vi, self.en) = (code, vi, en)
    }
}

/// What became of jobs that were to run again together.
package struct RedrivenView: Codable, Sendable {
    /// Numbers of the jobs that run again.
    package var jobs: [Int64]
    /// Dead jobs of the kind that are left; their keys are taken, or there were more than one request takes.
    package var left: Int

    package init(jobs: [Int64], left: Int) {
        (self.jobs, self.left) = (jobs, left)
    }
}

/// What an operator did to the queue.
package struct JobInterventionView: Codable, Sendable {
    package var id: Int64
    /// The act, as `lane.pause`.
    package var act: String
    /// What it was done to: number of a job, name of a kind, a lane or a schedule.
    package var subject: String
    package var detail: String?
    package var reason: String?
    package var at: String
    /// User name; absent for the system itself.
    package var actor: String?
}

/// What the examination of the queue found.
package struct JobDoctorView: Codable, Sendable {
    /// Whether no check found a fault.
    package var healthy: Bool
    package var checkedAt: String
    package var checks: [JobCheckView]

    package init(healthy: Bool, checkedAt: String, checks: [JobCheckView]) {
        (self.healthy, self.checkedAt, self.checks) = (healthy, checkedAt, checks)
    }
}

/// What one check of the queue found.
package struct JobCheckView: Codable, Sendable {
    /// Name of the check.
    package var check: String
    /// `ok`, `warning` or `fault`.
    package var level: String
    /// The figure it was judged by, in the unit that the sentence names.
    package var figure: Int
    package var vi: String
    package var en: String
    /// What to do; absent when there is nothing to be done.
    package var remedyVi: String?
    package var remedyEn: String?

    package init(
        check: String, level: String, figure: Int, vi: String, en: String, remedyVi: String? = nil, remedyEn: String? = nil
    ) {
        (self.check, self.level, self.figure) = (check, level, figure)
        (self.vi, self.en, self.remedyVi, self.remedyEn) = (vi, en, remedyVi, remedyEn)
    }
}
