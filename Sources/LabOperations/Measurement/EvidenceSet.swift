// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel
internal import Procedures

/// Stamps, seals and marks of a verification: only on a pass, only from the verifier's own stock, each number once
/// (Circular 24/2013/TT-BKHCN, Art. 38).
struct EvidenceSet {
    /// Marks are struck with a tool and have no stock.
    let marks: [NewEvidence]
    private let numbered: [NewEvidence]
    private let stamps: [Int64]
    private let verifier: Int64?

    init(
        _ evidence: [NewEvidence], verifier: GateVerifier?, outcome: String, plan: CompiledProcedure,
        on database: isolated Transaction
    ) throws {
        var check = InputCheck(today: .epoch)
        for (index, item) in evidence.enumerated() {
            _ = check.word("evidence[\(index)].kind", item.kind, of: ["stamp", "seal", "mark", "totaliser_seal"])
        }
        try check.finish()
        marks = evidence.filter { $0.kind == "mark" }
        numbered = evidence.filter { $0.kind != "mark" }
        self.verifier = verifier?.id
        var reasons: [Reason] = []
        if outcome == "pass" {
            for kind in plan.procedure.evidence?.onPass ?? [] where !evidence.contains(where: { $0.kind == kind }) {
                reasons.append(.evidenceMissing(kind: kind))
            }
        } else if evidence.contains(where: { $0.kind == "stamp" || $0.kind == "mark" }) {
            reasons.append(.evidenceOnFailure)
        }
        var found: [Int64] = []
        if !numbered.isEmpty {
            _ = try database.find(Statements.stampLock)
            let facts = try database.all(
                Statements.stampFacts, numbered.map(\.kind), numbered.map(\.series), numbered.map(\.number))
            for (item, known) in zip(numbered, facts) {
                let name = "\(item.series) \(item.number)"
                guard let id = known.id else {
                    reasons.append(.stampUnknown(stamp: name))
                    continue
                }
                if known.state != "assigned" {
                    reasons.append(.stampUsed(stamp: name, state: known.state ?? ""))
                } else if known.personId != verifier?.id {
                    reasons.append(.stampNotInStock(stamp: name, holder: known.holder ?? ""))
                }
                if found.contains(id) { reasons.append(.stampUsed(stamp: name, state: "twice")) }
                found.append(id)
            }
        }
        guard reasons.isEmpty else { throw ActError.refused(reasons) }
        stamps = found
    }

    func affix(
        measurement: Int64, instrument: Int64, on day: CivilDate, by caller: Caller, database: isolated Transaction
    ) throws {
        guard !stamps.isEmpty else { return }
        try database.run(
            Statements.stampsAffix, stamps, numbered.map(\.place), "\(day)", verifier, measurement, instrument, caller.personID)
    }
}
