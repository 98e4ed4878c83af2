// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel
internal import Procedures

/// Whether work on an instrument may count: asked before a visit and again when it is recorded. Everything is judged on the day of the
/// work, never today; every reason comes at once.
struct WorkGate {
    let instrument: GateInstrument
    let procedure: GateProcedure?
    let verifier: GateVerifier?
    let standards: [GateStandard]
    let plan: CompiledProcedure?
    private(set) var reasons: [Reason] = []

    init(
        instrument code: String, kind: String, mode: String?, procedure procedureCode: String, verifier person: Int64?,
        standards codes: [String], on day: CivilDate, database: isolated Transaction
    ) throws {
        guard let instrument = try database.find(Statements.gateInstrument, code, "\(day)") else {
            throw ActError.notFound(thing: .instrument, name: code)
        }
        guard try database.find(Statements.gateProcedureAny, procedureCode) != nil else {
            throw ActError.notFound(thing: .procedure, name: procedureCode)
        }
        self.instrument = instrument
        procedure = try database.find(Statements.gateProcedure, procedureCode, "\(day)")
        verifier = try person.flatMap { try database.find(Statements.gateVerifier, $0, "\(day)") }
        standards = try database.all(Statements.gateStandards, codes, "\(day)")
        if let unknown = standards.first(where: { $0.id == nil }) {
            throw ActError.notFound(thing: .standard, name: unknown.code)
        }
        plan = try procedure?.compiled()
        judge(kind: kind, mode: mode, procedureCode: procedureCode, day: "\(day)")
    }

    private mutating func judge(kind: String, mode: String?, procedureCode: String, day: String) {
        if let procedure {
            if procedure.kind != kind || !procedure.typeCodes.contains(instrument.type) {
                reasons.append(.procedureDoesNotCover(procedure: procedureCode, kind: kind, type: instrument.type))
            }
        } else {
            reasons.append(.procedureNotInForce(procedure: procedureCode, on: day))
        }
        for needed in plan?.procedure.standards ?? []
        where needed.required && !standards.contains(where: { $0.kind == needed.kind }) {
            reasons.append(.standardMissing(kind: needed.name))
        }
        for standard in standards {
            if !standard.calibrated {
                reasons.append(
                    .standardNotCalibrated(standard: standard.code, until: standard.calibratedUntil, workedOn: day))
            }
            if kind == "verification", !standard.certified {
                reasons.append(
                    .standardNotCertified(standard: standard.code, until: standard.certifiedUntil, workedOn: day))
            }
        }
        guard kind == "verification" else { return }
        if !instrument.designated { reasons.append(.notDesignated(type: instrument.type, on: day)) }
        judgeCard(day: day)
        if mode == "initial", instrument.typeApprovalRequired, (instrument.typeApproval ?? "").isEmpty {
            reasons.append(.typeApprovalMissing(type: instrument.type))
        }
    }

    private mutating func judgeCard(day: String) {
        guard let verifier, let card = verifier.card else {
            reasons.append(.noCard(verifier: verifier?.username ?? "?", on: day))
            return
        }
        if !verifier.cardValid {
            reasons.append(
                .cardExpired(
                    verifier: verifier.username, card: card, expired: verifier.expiresOn ?? "", workedOn: day))
        }
        if !verifier.families.contains(instrument.family) {
            reasons.append(.cardDoesNotCover(verifier: verifier.username, family: instrument.family))
        }
    }
}
