// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// Which signature a person may give on a document, or every reason why none.
///
/// Records: the verifier who measured. Certificates of verification: that verifier, then the head or a delegate (Circular 24/2013
/// Art. 41(11)). Calibration certificates and test reports: the laboratory head, then the head. Whoever entered gives no further
/// signature; being the first signatory as the verifier who measured is right.
struct SigningPlan {
    enum Step: String {
        case verifier
        case laboratoryHead = "laboratory_head"
        case head
    }

    private(set) var step: Step?
    private(set) var authority: Int64?
    private(set) var isLast = false
    private(set) var reasons: [Reason] = []

    init(_ facts: SigningFacts, caller: Caller, on day: CivilDate) {
        guard facts.state == "rendered" || facts.state == "numbered" else {
            reasons = [.documentNotInState(document: facts.label, state: facts.state, needed: ["rendered"])]
            return
        }
        guard facts.rendered else {
            reasons = [.documentNotInState(document: facts.label, state: facts.state, needed: ["rendered"])]
            return
        }
        let steps = Self.steps(of: facts.kind)
        guard let next = steps.first(where: { !facts.steps.contains($0.rawValue) }) else {
            reasons = [.alreadySigned(document: facts.label, step: steps.last?.rawValue ?? "")]
            return
        }
        if facts.signedByCaller { reasons.append(.alreadySigned(document: facts.label, step: next.rawValue)) }
        switch next {
        case .verifier:
            if facts.measuredBy != caller.personID {
                reasons.append(
                    caller.roles.contains(.signatory) && facts.steps.isEmpty
                        ? .verifierSignatureMissing(document: facts.label)
                        : .measuredByAnother(document: facts.label, verifier: facts.verifierName ?? ""))
            }
        case .laboratoryHead:
            authority = facts.laboratoryHeadAuthority
        case .head:
            authority = facts.headAuthority
        }
        if next != .verifier {
            if authority == nil { reasons.append(.noSigningAuthority(level: next.rawValue, on: "\(day)")) }
            if facts.enteredByCaller { reasons.append(.enteredAndSignedBySamePerson(document: facts.label)) }
        }
        if reasons.isEmpty { (step, isLast) = (next, next == steps.last) }
    }

    private static func steps(of kind: String) -> [Step] {
        switch kind {
        case "verification_record": [.verifier]
        case "verification_certificate": [.verifier, .head]
        default: [.laboratoryHead, .head]
        }
    }
}
