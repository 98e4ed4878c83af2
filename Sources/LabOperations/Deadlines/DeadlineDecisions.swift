// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Holds the deadlines of a subject from a day on: it is in store, its owner pauses. What the law says about its use stays as it is.
package enum DeadlineSuspend: Act {
    package static let name = "deadline.suspend"
    package static let roles: Set<Role> = [.manager, .quality]

    package static func perform(
        _ request: SuspendDeadline, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let type = check.word("subject", request.subject ?? "instrument", of: DueSelection.subjects + ["customer"])
        let kind = check.deadlineKind(request.kind, of: type)
        let from = check.date("from", request.from, required: false, future: true)
        let until = check.dateIfAny("until", request.until)
        if let until, until < from { check.fault("until", vi: "trước ngày bắt đầu", en: "is before the first day") }
        let reason = check.text("reason", request.reason)
        try check.finish()
        let subject = try database.deadlineSubject(type, request.code)
        _ = try database.only(Statements.deadlineLock, type, subject.id)
        let open = try database.all(Statements.suspensionOpen, type, subject.id, kind, "\(from)")
        guard open.isEmpty else { throw ActError.refused([.alreadySuspended(subject: request.code)]) }
        let key = try database.only(
            Statements.suspensionAdd, type, subject.id, kind, "\(from)", until.map { "\($0)" }, Int64?.none, reason,
            setting.caller.personID)
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: key.id, code: subject.code)
    }
}

/// Ends the suspensions of a subject: from that day its deadlines count again, overdue at once where the date has passed.
package enum DeadlineResume: Act {
    package static let name = "deadline.resume"
    package static let roles: Set<Role> = [.manager, .quality]

    package static func perform(
        _ request: ResumeDeadline, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let type = check.word("subject", request.subject ?? "instrument", of: DueSelection.subjects + ["customer"])
        let kind = check.deadlineKind(request.kind, of: type)
        let from = check.date("from", request.from, required: false, future: true)
        let reason = check.text("reason", request.reason)
        try check.finish()
        let subject = try database.deadlineSubject(type, request.code)
        _ = try database.only(Statements.deadlineLock, type, subject.id)
        let open = try database.all(Statements.suspensionOpen, type, subject.id, kind, "\(from)")
        guard let first = open.first else { throw ActError.refused([.notSuspended(subject: request.code)]) }
        for suspension in open {
            _ = try database.only(
                Statements.suspensionAdd, type, subject.id, suspension.kind, "\(from)", String?.none, suspension.id, reason,
                setting.caller.personID)
            guard let kind, suspension.kind == nil else { continue }
            // It held the others as well, which nobody resumed.
            for other in InputCheck.deadlineKinds[type] ?? [] where other != kind {
                _ = try database.only(
                    Statements.suspensionAdd, type, subject.id, other, max(suspension.startsOn, "\(from)"), suspension.endsOn,
                    Int64?.none, suspension.reason, setting.caller.personID)
            }
        }
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: first.id, code: subject.code)
    }
}

/// Sets a deadline by decision: earlier than the rules have it, or later where neither law nor paper ends it.
package enum DeadlineOverride: Act {
    package static let name = "deadline.override"
    package static let roles: Set<Role> = [.manager, .quality]

    package static func perform(
        _ request: OverrideDeadline, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DeadlineDecision {
        var check = InputCheck(today: setting.today)
        let type = check.word("subject", request.subject ?? "instrument", of: DueSelection.subjects)
        let kind = check.deadlineKind(request.kind, of: type) ?? InputCheck.deadlineKinds[type]?.first ?? ""
        let from = check.date("from", request.from, required: false)
        let due = check.dateIfAny("due_on", request.dueOn)
        let reason = check.text("reason", request.reason)
        try check.finish()
        let subject = try database.deadlineSubject(type, request.code)
        _ = try database.only(Statements.deadlineLock, type, subject.id)
        guard let now = try database.find(Statements.dueOf, type, subject.id, kind, "\(setting.today)") else {
            throw ActError.notFound(thing: .deadline, name: "\(request.code) \(kind)")
        }
        if let due, now.bounded, let legal = now.legalOn, "\(due)" > legal || legal == "-infinity" {
            throw ActError.refused([.overrideBeyondLaw(subject: request.code, legal: legal, asked: "\(due)")])
        }
        let key = try database.only(
            Statements.overrideAdd, type, subject.id, kind, now.anchorId, now.dueOn, due.map { "\($0)" }, "\(from)", reason,
            setting.caller.personID)
        try DeadlineTick.hint(on: database)
        let after = try database.find(Statements.dueOf, type, subject.id, kind, "\(setting.today)")
        return DeadlineDecision(
            id: key.id, code: subject.code ?? request.code, kind: kind, dueOn: after?.dueOn, replaces: now.dueOn)
    }
}

/// Suspensions, newest first.
package enum SuspensionList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (subject: String?, code: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<SuspensionView> {
        var check = InputCheck(today: setting.today)
        let type = parameters.subject ?? (parameters.code == nil ? nil : "instrument")
        if let type { _ = check.word("subject", type, of: DueSelection.subjects + ["customer"]) }
        try check.finish()
        var subject: Int64?
        if let type, let code = parameters.code { subject = try database.deadlineSubject(type, code).id }
        let rows = try database.all(
            Statements.suspensionList, type, subject, parameters.page.after ?? Int64.max, parameters.page.limit + 1)
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// Records an accreditation of the centre and the day on which it ends.
package enum AccreditationAdd: Act {
    package static let name = "accreditation.add"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddAccreditation, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let number = check.text("number", request.number, longest: 100)
        let body = check.text("body", request.body, longest: 200)
        let issued = check.date("issued_on", request.issuedOn)
        let expires = check.date("expires_on", request.expiresOn, future: true)
        if expires <= issued { check.fault("expires_on", vi: "không sau ngày cấp", en: "is not after the day of issue") }
        try check.finish()
        let key = try database.only(
            Statements.accreditationAdd, number, body, request.scope, "\(issued)", "\(expires)", setting.caller.personID)
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

extension InputCheck {
    /// Kinds of deadlines that a subject may have, the usual one first.
    static let deadlineKinds = [
        "instrument": ["verification", "calibration"], "standard": ["calibration", "certification"],
        "verifier_card": ["card"], "designation": ["designation"], "accreditation": ["accreditation"], "sample": ["retention"],
        "customer": ["verification", "calibration"],
    ]

    /// A kind of deadline of a subject, where one is named; of an unknown subject no kind is judged.
    mutating func deadlineKind(_ value: String?, of type: String) -> String? {
        guard let value, let kinds = Self.deadlineKinds[type] else { return value }
        return word("kind", value, of: kinds)
    }
}
