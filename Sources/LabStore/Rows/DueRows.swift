// SPDX-License-Identifier: Apache-2.0
package import APIContract

/// A deadline with the derivation stored when it was verified, and what people agreed and decided about it.
package struct DueWhyRow: Decodable, Sendable {
    package let kind: String?
    package let dueOn: String?
    package let `class`: String
    package let reason: String?
    package let legalOn: String?
    package let planBy: String?
    /// The last working day up to the due date.
    package let workingDay: String?
    /// The accepted plan that moves the work to an earlier week.
    package let plan: Int64?
    package let planFrom: String?
    package let planAcceptedBy: String?
    package let derivation: [DueStep]
    package let validUntil: String?
    package let workedOn: String?
    package let lastDoneOn: String?
    package let rule: String?
    package let eventKind: String?
    package let eventOn: String?
    package let eventNote: String?
    package let putInUseOn: String?
    package let overrideOn: String?
    package let overrideReplaces: String?
    package let overrideReason: String?
    package let overrideBy: String?
    package let overrideFrom: String?
    package let heldReason: String?
    package let heldFrom: String?
    package let heldUntil: String?
    package let heldBy: String?
    package let agreedMonths: Int?
    package let agreedReference: String?
    package let agreedFrom: String?
    package let agreedPolicy: String?
    package let agreedBasis: String?
    package let agreedBy: String?
    package let registeredMonths: Int?
    package let advisedDays: Int?
    package let advisedFrom: String?
    package let advisedBy: String?
    package let advisedSignedBy: String?
    package let procedure: String?
    package let procedureVersion: String?
    package let procedureMonths: Int?
    /// `agreed` or `advised`, where that gave the date.
    package let used: String?
    package let paperOrganisation: String?
    package let paperNumber: String?
    package let paperUntil: String?
    package let graceDays: Int?
    package let holiday: String?
}

/// Rows of the due list, written as the database reads them again.
package struct DueRowsText: Decodable, Sendable {
    package let rows: String
    package let count: Int
    /// Where the next page begins.
    package let last: String
}

/// Lines ready to be sent.
package struct LinesText: Decodable, Sendable {
    package let text: String
}

/// One deadline as of a day.
package struct DeadlineRow: Decodable, Sendable {
    package let dueOn: String
    package let legalOn: String?
    package let anchorId: Int64
    package let reason: String
    package let bounded: Bool
    package let suspensionId: Int64?
}

/// A proposed interval and its decision.
package struct IntervalProposalRow: Decodable, Sendable {
    package let id: Int64
    package let subjectType: String
    package let subjectId: Int64
    package let days: Int
    package let recordedBy: Int64?
    package let decision: String?
}

/// A calibration with what was computed.
package struct IntervalHistoryRow: Decodable, Sendable {
    package let day: Int
    package let workedOn: String
    package let lines: [EvaluationLine]
}

/// What one round of the deadlines dealt with.
package struct TickRow: Decodable, Sendable {
    package let reached: Int
    /// Stages passed over.
    package let skipped: Int
}

/// What the comparison of the deadlines found.
package struct ReconciledRow: Decodable, Sendable {
    package let deadlines: Int
    package let differences: Int
}

/// What is told together, and to whom.
package struct ReminderGroupRow: Decodable, Sendable {
    package let id: Int64
    package let audience: String
    package let customerId: Int64
    package let customer: String?
    package let customerName: String?
    package let stage: String
    package let days: Int
    package let onDay: String
    package let addresses: [String]
    package let language: String
}

/// A reminder that is to be told.
package struct ReminderLineRow: Decodable, Sendable {
    package let id: Int64
    package let subjectType: String
    package let subjectId: Int64
    package let code: String
    package let nameVi: String
    package let nameEn: String
    package let serial: String
    package let site: String
    package let customer: String?
    package let customerName: String?
    package let phone: String?
    package let address: String?
    package let kind: String
    package let dueOn: String
    package let skipped: [String]
    package let planBy: String
    /// Days from the due date to today, negative before it.
    package let days: Int
    /// Whether it is overdue: not within a grace.
    package let overdue: Bool
    /// Why it is due; nil when there is no such deadline any more.
    package let reason: String?
    package let rule: String?
    package let lastDoneOn: String?
    package let usedFrom: String?
    /// What ended the validity early.
    package let eventKind: String?
    package let eventOn: String?
    /// Whether the deadline is still the one that was meant.
    package let current: Bool
}

/// A policy in force.
package struct ReminderPolicyRow: Decodable, Sendable {
    package let code: String
    package let nameVi: String
    package let nameEn: String
    package let subjectType: String?
    package let kind: String?
    package let type: String?
    package let byChoice: Bool
    package let at: String
    package let stageDays: [Int]
    package let stageTells: String
    package let validFrom: String
    package let source: String
}

/// Time until a moment, or nil when there is none.
package struct MomentRow: Decodable, Sendable {
    package let milliseconds: Int64?
}

/// Counts of the audit.
package struct AuditHeadRow: Codable, Sendable {
    package let entries: Int
    package let seals: Int
    package let unsealed: Int
    package let head: String?
}

/// An address at which a customer agreed to be told.
package struct SubscribedRow: Decodable, Sendable {
    package let email: String
    package let language: String
}

/// A suspension that nothing has ended.
package struct OpenSuspensionRow: Decodable, Sendable {
    package let id: Int64
    /// The deadline that it holds; nil for all of the subject.
    package let kind: String?
    package let startsOn: String
    package let endsOn: String?
    package let reason: String
}
