// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Digests
package import LabStore
package import LaboratoryModel
internal import Metrology
internal import Procedures

/// Records what was agreed about the interval between calibrations, or about a verification earlier than the law asks for.
package enum IntervalAgree: Act {
    package static let name = "interval.agree"
    package static let roles: Set<Role> = [.reception, .manager, .quality]

    package static func perform(
        _ request: AgreeInterval, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let type = check.word("subject", request.subject ?? "instrument", of: ["instrument", "standard"])
        let kind = check.word(
            "kind", request.kind ?? "calibration", of: type == "instrument" ? ["verification", "calibration"] : ["calibration"])
        let bases = kind == "verification" ? ["agreed", "none"] : ["agreed", "as_advised", "none"]
        let basis = check.word("basis", request.basis ?? "agreed", of: bases)
        let policy = check.word("policy", request.policy ?? "ANNIVERSARY", of: ["ANNIVERSARY", "END_OF_MONTH"])
        if (basis == "agreed") != (request.months != nil) {
            check.fault(
                "months", vi: "chỉ và luôn có khi `basis` là `agreed`", en: "is given with `basis` `agreed`, and only then")
        }
        if let months = request.months, !(1...240).contains(months) {
            check.fault("months", vi: "từ 1 đến 240", en: "between 1 and 240")
        }
        let from = check.date("from", request.from, required: false, future: true)
        let reference = check.text("reference", request.reference)
        try check.finish()
        let subject = try database.deadlineSubject(type, request.code)
        _ = try database.only(Statements.deadlineLock, type, subject.id)
        let key = try database.only(
            Statements.intervalAgreementAdd, type, subject.id, kind, basis, request.months, policy, "\(from)", reference,
            setting.caller.personID)
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: key.id, code: subject.code)
    }
}

/// Proposes an interval from what the calibrations found (ILAC-G24 / OIML D 10); it counts only after the signature of another person.
package enum IntervalPropose: Act {
    package static let name = "interval.propose"
    package static let roles: Set<Role> = [.technician, .reviewer, .quality]

    package static func perform(
        _ request: ProposeInterval, in setting: ActSetting, on database: isolated Transaction
    ) throws -> IntervalProposalView {
        var check = InputCheck(today: setting.today)
        let type = check.word("subject", request.subject ?? "instrument", of: ["instrument", "standard"])
        let (shortest, longest) = (request.shortest ?? 30, request.longest ?? 1825)
        if !(1...36500).contains(shortest) || !(shortest...36500).contains(longest) {
            check.fault("shortest", vi: "từ 1 đến 36500 và không quá dài nhất", en: "between 1 and 36500, not above the longest")
        }
        let asked = IntervalHistory(request, check: &check)
        try check.finish()
        let subject = try database.deadlineSubject(type, request.code)
        let history = try asked.completed(for: type == "instrument" ? subject.id : nil, on: setting.today, database: database)
        let current = try currentDays(type, subject.id, in: setting, on: database)
        let advice = try advise(history, current: current, shortest: shortest, longest: longest)
        let reasons = advice.reasons.map { IntervalReasonView(vi: $0.vietnamese, en: $0.english) }
        let key = try database.only(
            Statements.intervalProposalAdd, type, subject.id, advice.advised, current, advice.method.rawValue,
            jsonText(reasons), history.inputs(shortest: shortest, longest: longest), MeasurementEvaluation.engineVersion,
            "\(setting.today)", setting.caller.personID)
        return IntervalProposalView(
            id: key.id, code: subject.code ?? request.code, days: advice.advised, currentDays: current,
            method: advice.method.rawValue, reasons: reasons)
    }

    private static func advise(
        _ history: IntervalHistory, current: Int, shortest: Int, longest: Int
    ) throws -> IntervalAdvice {
        do {
            let staircase = try ReactiveInterval.Staircase(
                innerFraction: DecimalNumber(parsing: "0.8"), factorUp: DecimalNumber(parsing: "1.25"),
                factorDown: DecimalNumber(parsing: "0.8"), minimum: DecimalNumber(shortest), maximum: DecimalNumber(longest))
            let policy = try IntervalAdvice.Policy(staircase: staircase, confidence: DecimalNumber(parsing: "0.95"))
            return try IntervalAdvice.advice(
                history: history.calibrations, limit: history.limit, current: current, policy: policy)
        } catch let error as IntervalError {
            throw ActError.invalid(
                "history", vi: "không tính được chu kỳ: “\(error)”", en: "no interval can be computed: \(error)")
        }
    }

    /// Days from the anchor to the date as it stands; a year where there is none.
    private static func currentDays(
        _ type: String, _ id: Int64, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Int {
        let row = try database.only(Statements.dueWhy, type, id, "calibration", "\(setting.today)")
        guard let done = row.lastDoneOn, let legal = row.legalOn else { return 365 }
        return max(1, try CivilDate(parsing: done).days(until: CivilDate(parsing: legal)))
    }
}

/// Signs a proposed interval, or refuses it: the authorised person, with the PIN, and not whoever proposed.
package enum IntervalDecide: Act {
    package static let name = "interval.sign"
    package static let roles: Set<Role> = [.signatory]

    package static func perform(
        _ request: DecideInterval, in setting: ActSetting, on database: isolated Transaction
    ) throws -> IntervalDecisionView {
        guard let person = setting.caller.personID else { throw ActError.notPermitted(needs: [.signatory]) }
        var check = InputCheck(today: setting.today)
        let decision = check.word("decision", request.decision, of: ["approved", "refused"])
        let from = check.date("from", request.from, required: false, future: true)
        if decision == "refused" { _ = check.text("reason", request.reason) }
        try check.finish()
        if let reason = try database.wrongPIN(request.pin, of: person) {
            return IntervalDecisionView(proposal: request.proposal, decision: nil, reasons: [ReasonView(reason)])
        }
        guard let proposal = try database.find(Statements.intervalProposalFind, request.proposal) else {
            throw ActError.notFound(thing: .intervalProposal, name: "\(request.proposal)")
        }
        _ = try database.only(Statements.deadlineLock, proposal.subjectType, proposal.subjectId)
        let authority = try database.find(Statements.intervalAuthority, person, "\(setting.today)")
        var reasons: [Reason] = []
        let again = try database.find(Statements.intervalProposalFind, request.proposal)?.decision
        if let again { reasons.append(.intervalDecided(proposal: request.proposal, decision: again)) }
        if proposal.recordedBy == person { reasons.append(.enteredAndSignedBySamePerson(document: "#\(request.proposal)")) }
        if authority == nil { reasons.append(.noSigningAuthority(level: "laboratory_head", on: "\(setting.today)")) }
        guard reasons.isEmpty else { throw ActError.refused(reasons) }
        _ = try database.only(
            Statements.intervalDecisionAdd, request.proposal, decision, "\(from)", request.reason, authority?.id, person)
        try DeadlineTick.hint(on: database)
        return IntervalDecisionView(proposal: request.proposal, decision: decision, reasons: [])
    }

    /// The request without the PIN, which could be guessed from any stored hash of the body.
    package static func recognition(of request: DecideInterval) -> [UInt8]? {
        Array("\(request.proposal)\n\(request.decision)\n\(request.from ?? "")\n\(request.reason ?? "")".utf8)
    }

    package static func refusal(in answer: IntervalDecisionView) -> ActError? {
        answer.decision == nil ? PersonalSecret.refusal(answer.reasons) : nil
    }
}

/// Agreements and proposals about intervals, newest first.
package enum IntervalList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (subject: String?, code: String?, waiting: Bool, limit: Int), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<IntervalView> {
        var check = InputCheck(today: setting.today)
        let type = parameters.subject ?? (parameters.code == nil ? nil : "instrument")
        if let type { _ = check.word("subject", type, of: ["instrument", "standard"]) }
        try check.finish()
        var subject: Int64?
        if let type, let code = parameters.code { subject = try database.deadlineSubject(type, code).id }
        return List(items: try database.all(Statements.intervalList, type, subject, parameters.waiting, parameters.limit))
    }
}
