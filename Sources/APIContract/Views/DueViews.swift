// SPDX-License-Identifier: Apache-2.0

/// One line of the due list.
package struct DueLine: Codable, Sendable {
    /// `overdue`, `due`, or `on_hold` while it is suspended.
    package var `class`: String
    /// `expired`, `ended-early`, `failed`, `never-verified` …
    package var reason: String
    package var dueOn: String
    /// Days from the as-of date to the due date: negative when overdue.
    package var days: Int
    package var subjectType: String
    package var instrumentId: Int64
    package var code: String
    package var type: String
    package var serial: String
    package var customer: String
    package var site: String
    package var district: String
    package var kind: String
    package var lastDoneOn: String?
    package var lastCertificate: String?
    package var rule: String
    /// One sentence.
    package var why: String
    /// Why it is held, while it is.
    package var held: String?
    /// The last working day on which the work is in time.
    package var planBy: String?
}

/// Why a subject is due when it is.
package struct DueExplanation: Codable, Sendable {
    /// Code or number of the subject.
    package var instrument: String
    package var serial: String
    package var kind: String
    package var asOf: String
    package var dueOn: String?
    /// `overdue`, `due`, `on_hold` or `not_under_control`.
    package var `class`: String
    package var reason: String?
    package var steps: [DueStep]
    package var subjectType: String
    /// The date by law or on paper, before anything that people agreed or decided.
    package var legalOn: String?
    /// The last working day on which the work is in time.
    package var planBy: String?
    /// Why it is held, while it is.
    package var held: String?

    package init(
        instrument: String, serial: String, kind: String, asOf: String, dueOn: String?, class: String, reason: String?,
        steps: [DueStep], subjectType: String = "instrument", legalOn: String? = nil, planBy: String? = nil, held: String? = nil
    ) {
        (self.instrument, self.serial, self.kind, self.asOf) = (instrument, serial, kind, asOf)
        (self.dueOn, self.class, self.reason, self.steps) = (dueOn, `class`, reason, steps)
        (self.subjectType, self.legalOn, self.planBy, self.held) = (subjectType, legalOn, planBy, held)
    }
}

/// A step from the anchor event to the due date.
package struct DueStep: Codable, Sendable {
    package var step: String?
    package var rule: String
    package var ruleVersion: String?
    package var `in`: String?
    package var out: String?
    package var source: String?
    package var confidence: String?

    package init(
        step: String?, rule: String, ruleVersion: String? = nil, in: String? = nil, out: String? = nil, source: String? = nil,
        confidence: String? = nil
    ) {
        (self.step, self.rule, self.ruleVersion) = (step, rule, ruleVersion)
        (self.in, self.out, self.source, self.confidence) = (`in`, out, source, confidence)
    }
}

/// A recorded reminder.
package struct ReminderView: Codable, Sendable {
    package var id: Int64
    package var subjectType: String
    package var subject: String
    package var kind: String
    package var dueOn: String
    package var stage: String
    package var skipped: [String]
    package var remindedOn: String
}
