// SPDX-License-Identifier: Apache-2.0

/// A suspension of deadlines and how it ended.
package struct SuspensionView: Codable, Sendable {
    package var id: Int64
    package var subjectType: String
    package var subject: String
    /// Absent: every deadline of the subject.
    package var kind: String?
    package var startsOn: String
    package var endsOn: String?
    package var resumedOn: String?
    package var reason: String
    package var resumedReason: String?
    package var recordedBy: String?
    package var recordedAt: String
}

/// When reminders go out and who is told.
package struct ReminderPolicyView: Codable, Sendable {
    /// One stage.
    package struct Stage: Codable, Sendable {
        /// Days after the due date, negative before it.
        package var days: Int
        /// `customer`, `staff`, `manager`, `head`.
        package var tells: [String]

        package init(days: Int, tells: [String]) {
            (self.days, self.tells) = (days, tells)
        }
    }

    package var code: String
    package var nameVi: String
    package var nameEn: String
    package var subjectType: String?
    package var kind: String?
    package var type: String?
    /// Whether only customers have it that chose it.
    package var byChoice: Bool
    /// Civil time of the day, `07:00`.
    package var at: String
    package var stages: [Stage]
    package var validFrom: String
    package var source: String

    package init(
        code: String, nameVi: String, nameEn: String, subjectType: String?, kind: String?, type: String?, byChoice: Bool,
        at: String, stages: [Stage], validFrom: String, source: String
    ) {
        (self.code, self.nameVi, self.nameEn) = (code, nameVi, nameEn)
        (self.subjectType, self.kind, self.type) = (subjectType, kind, type)
        (self.byChoice, self.at, self.stages, self.validFrom, self.source) = (byChoice, at, stages, validFrom, source)
    }
}

/// A message about reminders and what stood in it.
package struct ReminderNoticeView: Codable, Sendable {
    package var id: Int64
    /// `customer`, `staff`, `manager` or `head`; `unaddressed`: in place of customers without an address.
    package var audience: String
    package var customer: String?
    package var stage: String
    package var onDay: String
    /// `mailed`; `named_default`: to the person for what is unassigned; `handed_over`: to the same, with the other customers without an
    /// address; `superseded`; `no_address`: to nobody.
    package var outcome: String
    /// How many deadlines it told, and how many were not told any more.
    package var told: Int
    package var superseded: Int
    /// Numbers of the mails.
    package var mails: [Int64]
    package var recordedAt: String
}

/// A comparison of the stored next moments with what they should be.
package struct ReconciliationView: Codable, Sendable {
    package var id: Int64
    package var comparedOn: String
    package var deadlines: Int
    package var differences: Int
    package var milliseconds: Int
    package var recordedAt: String
}

/// What a comparison found, and mended.
package struct DeadlineReconciliation: Codable, Sendable {
    package var deadlines: Int
    package var differences: Int

    package init(deadlines: Int, differences: Int) {
        (self.deadlines, self.differences) = (deadlines, differences)
    }
}

/// A decision about a deadline, as it stands afterwards.
package struct DeadlineDecision: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var kind: String
    /// The date now, and the one before the decision.
    package var dueOn: String?
    package var replaces: String

    package init(id: Int64, code: String, kind: String, dueOn: String?, replaces: String) {
        (self.id, self.code, self.kind, self.dueOn, self.replaces) = (id, code, kind, dueOn, replaces)
    }
}

/// A proposed interval with its reasons.
package struct IntervalProposalView: Codable, Sendable {
    package var id: Int64
    package var code: String
    /// Days advised and days now.
    package var days: Int
    package var currentDays: Int
    /// `staircase`, `control_chart` or `in_use_time`.
    package var method: String
    package var reasons: [IntervalReasonView]

    package init(id: Int64, code: String, days: Int, currentDays: Int, method: String, reasons: [IntervalReasonView]) {
        (self.id, self.code, self.days, self.currentDays, self.method) = (id, code, days, currentDays, method)
        self.reasons = reasons
    }
}

/// One sentence of an advice, in both languages.
package struct IntervalReasonView: Codable, Sendable {
    package var vi: String
    package var en: String

    package init(vi: String, en: String) {
        (self.vi, self.en) = (vi, en)
    }
}

/// What became of a signature under a proposed interval.
package struct IntervalDecisionView: Codable, Sendable {
    package var proposal: Int64
    /// `approved` or `refused`; absent when the signature was not taken.
    package var decision: String?
    package var reasons: [ReasonView]

    package init(proposal: Int64, decision: String?, reasons: [ReasonView]) {
        (self.proposal, self.decision, self.reasons) = (proposal, decision, reasons)
    }
}

/// An agreement or a proposal about an interval.
package struct IntervalView: Codable, Sendable {
    /// `agreement` or `proposal`.
    package var source: String
    package var id: Int64
    package var subjectType: String
    package var subject: String?
    package var kind: String
    /// `agreed`, `as_advised`, `none`; `waiting`, `approved`, `refused`.
    package var state: String
    package var months: Int?
    package var days: Int?
    package var startsOn: String?
    package var reason: String?
    package var recordedBy: String?
    package var decidedBy: String?
}
