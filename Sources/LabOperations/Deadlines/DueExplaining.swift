// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Why a subject is due when it is: every step from the anchor to the date, which rule went before which, and what people decided.
package enum DueWhy: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (code: String, asOf: String?, subject: String?, kind: String?), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> DueExplanation {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", parameters.asOf, required: false, future: true)
        let type = check.word("subject", parameters.subject ?? "instrument", of: DueSelection.subjects)
        let kind = check.deadlineKind(parameters.kind, of: type)
        try check.finish()
        let subject = try database.deadlineSubject(type, parameters.code)
        let row = try database.only(Statements.dueWhy, type, subject.id, kind, "\(day)")
        let serial = type == "instrument" ? try database.instrument(parameters.code).serial : ""
        return DueExplanation(
            instrument: subject.code ?? parameters.code, serial: serial,
            kind: row.kind ?? kind ?? InputCheck.deadlineKinds[type]?.first ?? "", asOf: "\(day)",
            dueOn: row.dueOn, class: row.class, reason: row.reason, steps: row.steps, subjectType: type, legalOn: row.legalOn,
            planBy: row.planBy, held: row.heldReason)
    }
}

extension Transaction {
    /// The subject of a deadline by its code or number.
    /// - Throws: ``ActError/notFound(thing:name:field:)``.
    func deadlineSubject(_ type: String, _ code: String) throws -> KeyRow {
        guard let subject = try find(Statements.dueSubject, type, code) else {
            throw ActError.notFound(thing: Thing(deadlineOf: type), name: code)
        }
        return subject
    }
}

extension Thing {
    /// What a subject type of deadlines is called.
    fileprivate init(deadlineOf type: String) {
        self =
            switch type {
            case "standard": .standard
            case "customer": .customer
            case "sample": .sample
            case "verifier_card": .verifierCard
            case "designation": .designation
            case "accreditation": .accreditation
            default: .instrument
            }
    }
}

extension DueWhyRow {
    /// Steps in the order in which they count.
    var steps: [DueStep] { derivation + anchored + intervals + ended + agreedEarlier + decided + planned + graced + suspended }

    /// The anchor of what has no stored derivation: the last calibration, the paper.
    private var anchored: [DueStep] {
        guard derivation.isEmpty, reason != "failed", let lastDoneOn else { return [] }
        if let paperNumber {
            return [
                DueStep(
                    step: "anchor", rule: "paper", ruleVersion: paperNumber, in: lastDoneOn, out: paperUntil,
                    source: paperOrganisation)
            ]
        }
        guard kind == "calibration" else {
            return [DueStep(step: "anchor", rule: "paper", ruleVersion: rule, in: lastDoneOn, out: legalOn)]
        }
        return [DueStep(step: "anchor", rule: "calibration concluded", in: lastDoneOn, out: lastDoneOn)]
    }

    /// Every interval that is known for a calibration, the one used first, and why the others do not count.
    private var intervals: [DueStep] {
        guard kind == "calibration", let lastDoneOn else { return [] }
        var known: [DueStep] = []
        if let agreedFrom, agreedBasis == "agreed" {
            known.append(
                DueStep(
                    step: nil, rule: "agreed interval", ruleVersion: agreedMonths.map { "\($0) months" }, in: lastDoneOn,
                    source: [agreedReference, "from \(agreedFrom)", agreedPolicy, agreedBy].compactMap(\.self).joined(
                        separator: "; ")))
        } else if let registeredMonths, agreedBasis == nil {
            known.append(
                DueStep(
                    step: nil, rule: "agreed interval", ruleVersion: "\(registeredMonths) months", in: lastDoneOn,
                    source: "agreed when the instrument was registered"))
        }
        if let advisedDays, let advisedFrom {
            known.append(
                DueStep(
                    step: nil, rule: "advised interval", ruleVersion: "\(advisedDays) days", in: lastDoneOn,
                    source: "from \(advisedFrom); proposed by \(advisedBy ?? "?"), signed by \(advisedSignedBy ?? "?")"))
        }
        if let procedureMonths, let procedure {
            known.append(
                DueStep(
                    step: nil, rule: "procedure interval", ruleVersion: "\(procedureMonths) months", in: lastDoneOn,
                    source: "\(procedure) \(procedureVersion ?? "")"))
        }
        return known.enumerated().map { position, step in
            var step = step
            // A paper that ends earlier counts, whatever was agreed about its interval.
            let counts = position == 0 && (paperUntil == nil || used != nil)
            step.step = counts ? "interval" : "not_used"
            step.out = counts ? (paperUntil == nil ? legalOn : dueOn) : nil
            return step
        }
    }

    /// What ended validity, or why there never was any.
    private var ended: [DueStep] {
        switch legalReason {
        case "ended-early":
            [
                DueStep(
                    step: "ended_early", rule: eventKind ?? "", ruleVersion: "23/2013", in: validUntil ?? "", out: legalOn,
                    source: "Circular 23/2013/TT-BKHCN Art. 20(7); event of \(eventOn ?? "")\(eventNote.map { ": \($0)" } ?? "")")
            ]
        case "failed":
            [
                DueStep(
                    step: "failed", rule: "verification concluded fail", ruleVersion: "23/2013", in: workedOn, out: legalOn,
                    source: "Circular 23/2013/TT-BKHCN Art. 20(7)")
            ]
        case "never-verified", "never-calibrated":
            [
                DueStep(
                    step: "never_verified", rule: "in use without a verification", ruleVersion: "23/2013", in: putInUseOn,
                    out: legalOn, source: "Circular 23/2013/TT-BKHCN Art. 19(1)")
            ]
        default: []
        }
    }

    /// The reason without what people agreed or decided.
    private var legalReason: String? {
        guard reason == "overridden" || reason == "agreed" else { return reason }
        return eventKind != nil ? "ended-early" : (lastDoneOn == nil ? "never-verified" : "expired")
    }

    /// A verification interval that the customer agreed to have shorter than the law's.
    private var agreedEarlier: [DueStep] {
        guard kind == "verification", let agreedMonths else { return [] }
        let counts = reason == "agreed"
        return [
            DueStep(
                step: counts ? "interval" : "not_used", rule: "agreed interval", ruleVersion: "\(agreedMonths) months",
                in: lastDoneOn, out: counts ? dueOn : nil,
                source: [agreedReference, agreedFrom.map { "from \($0)" }, agreedBy].compactMap(\.self).joined(separator: "; "))
        ]
    }

    private var decided: [DueStep] {
        guard let overrideFrom else { return [] }
        return [
            DueStep(
                step: "overridden", rule: "decision", ruleVersion: overrideFrom, in: overrideReplaces, out: overrideOn,
                source: [overrideBy, overrideReason].compactMap(\.self).joined(separator: ": "))
        ]
    }

    /// The shift to a working day, then to the week of an accepted plan: only earlier, and only what is planned; the due date never moves.
    private var planned: [DueStep] {
        var steps: [DueStep] = []
        if let workingDay, let dueOn, workingDay != dueOn {
            steps.append(
                DueStep(
                    step: "plan_by", rule: "working day before", in: dueOn, out: workingDay,
                    source: holiday ?? "Labour Code 45/2019/QH14 Art. 111, 112"))
        }
        if let plan, let planBy {
            steps.append(
                DueStep(
                    step: "plan_by", rule: "accepted plan", ruleVersion: "\(plan)", in: workingDay, out: planBy,
                    source: [planAcceptedBy, planFrom].compactMap(\.self).joined(separator: ", ")))
        }
        return steps
    }

    private var graced: [DueStep] {
        guard let graceDays, graceDays > 0 else { return [] }
        return [DueStep(step: "grace", rule: "\(graceDays) days", in: dueOn, out: dueOn, source: "config/reminders.yaml")]
    }

    private var suspended: [DueStep] {
        guard let heldFrom else { return [] }
        return [
            DueStep(
                step: "suspended", rule: "suspension", ruleVersion: nil, in: heldFrom, out: heldUntil ?? "open",
                source: [heldBy, heldReason].compactMap(\.self).joined(separator: ": "))
        ]
    }
}
