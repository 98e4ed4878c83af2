// SPDX-License-Identifier: Apache-2.0

/// Holds the deadlines of a subject. `POST /v1/deadline-suspensions`
package struct SuspendDeadline: Codable, Sendable {
    /// `instrument` when absent; `standard`, `verifier_card`, `designation`, `sample`, `accreditation`, or `customer` for all of its
    /// instruments.
    package var subject: String?
    /// Code or number of the subject.
    package var code: String
    /// `verification`, `calibration` …; every deadline of the subject when absent.
    package var kind: String?
    /// First day, today when absent.
    package var from: String?
    /// Last day; open when absent.
    package var until: String?
    package var reason: String

    package init(
        subject: String? = nil, code: String, kind: String? = nil, from: String? = nil, until: String? = nil, reason: String
    ) {
        (self.subject, self.code, self.kind) = (subject, code, kind)
        (self.from, self.until, self.reason) = (from, until, reason)
    }
}

/// Ends every suspension of a subject's deadlines. `POST /v1/deadline-resumptions`
package struct ResumeDeadline: Codable, Sendable {
    /// As in ``SuspendDeadline``.
    package var subject: String?
    package var code: String
    package var kind: String?
    /// First day that counts again, today when absent.
    package var from: String?
    package var reason: String

    package init(subject: String? = nil, code: String, kind: String? = nil, from: String? = nil, reason: String) {
        (self.subject, self.code, self.kind, self.from, self.reason) = (subject, code, kind, from, reason)
    }
}

/// Sets a deadline by decision, or lifts such a decision. `POST /v1/deadline-overrides`
package struct OverrideDeadline: Codable, Sendable {
    /// As in ``SuspendDeadline``, without `customer`.
    package var subject: String?
    package var code: String
    /// `verification` for an instrument when absent; otherwise the kind that the subject has, where it has one.
    package var kind: String?
    /// The new date; absent lifts the decision in force. Never later than the law or the paper says.
    package var dueOn: String?
    /// From which day the decision counts, today when absent.
    package var from: String?
    package var reason: String

    package init(
        subject: String? = nil, code: String, kind: String? = nil, dueOn: String? = nil, from: String? = nil, reason: String
    ) {
        (self.subject, self.code, self.kind) = (subject, code, kind)
        (self.dueOn, self.from, self.reason) = (dueOn, from, reason)
    }
}

/// Records what was agreed about an interval. `POST /v1/interval-agreements`
package struct AgreeInterval: Codable, Sendable {
    /// `instrument` when absent, or `standard`.
    package var subject: String?
    package var code: String
    /// `calibration` when absent; for `verification` only a shorter interval than the law's has an effect.
    package var kind: String?
    /// Months between the work; absent with `basis` `as_advised` or `none`.
    package var months: Int?
    /// `agreed` with months; `as_advised`: the laboratory advises; `none`: no calibration is wanted any more.
    package var basis: String?
    /// `ANNIVERSARY` when absent, or `END_OF_MONTH`.
    package var policy: String?
    /// From which day it counts, today when absent.
    package var from: String?
    /// The contract or letter.
    package var reference: String

    package init(
        subject: String? = nil, code: String, kind: String? = nil, months: Int? = nil, basis: String? = nil,
        policy: String? = nil, from: String? = nil, reference: String
    ) {
        (self.subject, self.code, self.kind, self.months) = (subject, code, kind, months)
        (self.basis, self.policy, self.from, self.reference) = (basis, policy, from, reference)
    }
}

/// Proposes an interval between calibrations from the history of the instrument. `POST /v1/interval-proposals`
package struct ProposeInterval: Codable, Sendable {
    /// One calibration, for a history that the records do not hold.
    package struct Calibration: Codable, Sendable {
        package var on: String
        /// Errors as found and as left, and their standard uncertainty; decimals in one unit.
        package var asFound: String
        package var asLeft: String?
        package var standardUncertainty: String

        package init(on: String, asFound: String, asLeft: String? = nil, standardUncertainty: String) {
            (self.on, self.asFound, self.asLeft, self.standardUncertainty) = (on, asFound, asLeft, standardUncertainty)
        }
    }

    /// `instrument` when absent, or `standard`.
    package var subject: String?
    package var code: String
    /// Code of the result in the procedure and the point; the one nearest to its limit when absent.
    package var result: String?
    package var point: String?
    /// Largest permissible error in the unit of the result; the limit of the record when absent.
    package var limit: String?
    /// Oldest first; read from the records when absent.
    package var history: [Calibration]?
    /// Shortest and longest interval in days; 30 and 1,825 when absent.
    package var shortest: Int?
    package var longest: Int?

    package init(
        subject: String? = nil, code: String, result: String? = nil, point: String? = nil, limit: String? = nil,
        history: [Calibration]? = nil, shortest: Int? = nil, longest: Int? = nil
    ) {
        (self.subject, self.code, self.result, self.point) = (subject, code, result, point)
        (self.limit, self.history, self.shortest, self.longest) = (limit, history, shortest, longest)
    }
}

/// Signs or refuses a proposed interval. `POST /v1/interval-decisions`
package struct DecideInterval: Codable, Sendable {
    package var proposal: Int64
    /// `approved` or `refused`.
    package var decision: String
    /// From which day it counts, today when absent.
    package var from: String?
    /// Why, for a refusal.
    package var reason: String?
    package var pin: String

    package init(proposal: Int64, decision: String, from: String? = nil, reason: String? = nil, pin: String) {
        (self.proposal, self.decision, self.from, self.reason, self.pin) = (proposal, decision, from, reason, pin)
    }
}

/// Says how a customer wants to be reminded. `POST /v1/reminder-preferences`
package struct SetReminderPreference: Codable, Sendable {
    package var customer: String
    /// Code of a policy; the usual one when absent.
    package var policy: String?
    /// Mail addresses; none: nobody is told by mail.
    package var addresses: [String]
    /// `vi` when absent, or `en`.
    package var language: String?
    /// First day, today when absent.
    package var from: String?

    package init(customer: String, policy: String? = nil, addresses: [String], language: String? = nil, from: String? = nil) {
        (self.customer, self.policy, self.addresses) = (customer, policy, addresses)
        (self.language, self.from) = (language, from)
    }
}

/// Compares the stored next moments with what they should be. `POST /v1/deadline-reconciliations`
package struct ReconcileDeadlines: Codable, Sendable {
    /// Whether what differs is mended; `true` when absent.
    package var mend: Bool?

    package init(mend: Bool? = nil) { self.mend = mend }
}

/// Records an accreditation of the centre. `POST /v1/accreditations`
package struct AddAccreditation: Codable, Sendable {
    package var number: String
    /// The accreditation body.
    package var body: String
    package var scope: String?
    package var issuedOn: String
    package var expiresOn: String

    package init(number: String, body: String, scope: String? = nil, issuedOn: String, expiresOn: String) {
        (self.number, self.body, self.scope) = (number, body, scope)
        (self.issuedOn, self.expiresOn) = (issuedOn, expiresOn)
    }
}
