// SPDX-License-Identifier: Apache-2.0
internal import Certificates
package import APIContract
package import LabStore
package import LaboratoryModel

/// Freezes the record (biên bản) of a verification, pass or fail.
package enum RecordPrint: Act {
    package static let name = "record.print"
    package static let roles: Set<Role> = [.technician, .signatory]

    package static func perform(
        _ request: PrintRecord, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DocumentView {
        let facts = try database.certificateFacts(request.measurement)
        if let record = facts.record { throw ActError.refused([.alreadyIssued(label: record)]) }
        guard facts.kind == "verification", facts.outcome != nil else {
            throw ActError.refused([.notConcludedPass(outcome: facts.outcome ?? facts.kind)])
        }
        let draft = DraftDocument(kind: .verificationRecord, series: "BBKD", measurement: facts.id)
        let content = try database.verificationContent(facts, draft, on: setting.today)
        return try database.freeze(draft, in: setting, content: content.record)
    }
}

/// Freezes the certificate of a verification that passed or of a calibration.
package enum CertificateIssue: Act {
    package static let name = "certificate.issue"
    package static let roles: Set<Role> = [.technician, .signatory]

    package static func perform(
        _ request: IssueCertificate, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DocumentView {
        let facts = try database.certificateFacts(request.measurement)
        let kind: DocumentKind = facts.kind == "calibration" ? .calibrationCertificate : .verificationCertificate
        var check = InputCheck(today: setting.today)
        let replaced = try database.amended(request.amends, reason: request.reason, kind: kind.rawValue, check: &check)
        let reasons = CertificateGate.reasons(for: facts, amending: replaced)
        guard reasons.isEmpty else { throw ActError.refused(reasons) }
        let draft = DraftDocument(
            kind: kind, series: kind == .calibrationCertificate ? "GCNHC" : "GCNKD", measurement: facts.id,
            replaces: replaced?.id, reason: request.reason, replacesLabel: replaced?.label)
        let content = try database.verificationContent(facts, draft, on: setting.today)
        return try database.freeze(
            draft, in: setting,
            content: kind == .calibrationCertificate ? content.calibrationCertificate : content.verificationCertificate)
    }
}

/// Why a certificate may not be frozen: every reason at once. What depends on the day of the work was judged when it was recorded, as of
/// that day; nothing of it can change since.
enum CertificateGate {
    static func reasons(for facts: CertificateFacts, amending: DocumentView?) -> [Reason] {
        var reasons: [Reason] = []
        switch facts.kind {
        case "calibration": if facts.outcome != "calibrated" { reasons.append(.notCalibrated) }
        default: if facts.outcome != "pass" { reasons.append(.notConcludedPass(outcome: facts.outcome ?? "–")) }
        }
        if let label = facts.certificate, amending == nil { reasons.append(.alreadyIssued(label: label)) }
        if let amending, amending.measurement != facts.id {
            reasons.append(.amendsAnotherMeasurement(document: amending.label, measurement: facts.id))
        }
        return reasons
    }
}

extension Transaction {
    /// What a document of a measurement is judged by; no other is frozen for it meanwhile.
    func certificateFacts(_ measurement: Int64) throws -> CertificateFacts {
        _ = try find(Statements.measurementLock, measurement)
        guard let facts = try find(Statements.certificateFacts, measurement) else {
            throw ActError.notFound(thing: .measurement, name: String(measurement))
        }
        return facts
    }

    func verificationContent(_ facts: CertificateFacts, _ draft: DraftDocument, on day: CivilDate) throws -> VerificationContent {
        let view = try only(Statements.measurementView, facts.id)
        let card = try facts.measuredBy.flatMap { try find(Statements.verifierCardOn, $0, facts.workedOn)?.code }
        return VerificationContent(
            facts: facts, lines: view.evaluation, frame: try documentFrame(draft, on: day), card: card)
    }
}

/// What the gate says about work that is planned or was done: every reason, or none.
package enum GateCheck: Question {
    package struct Parameters: Sendable {
        package var instrument: String
        package var kind: String
        package var mode: String?
        package var procedure: String
        package var workedOn: String?
        package var verifier: String?
        package var standards: [String]

        package init(
            instrument: String, kind: String, mode: String?, procedure: String, workedOn: String?, verifier: String?,
            standards: [String]
        ) {
            (self.instrument, self.kind, self.mode, self.procedure) = (instrument, kind, mode, procedure)
            (self.workedOn, self.verifier, self.standards) = (workedOn, verifier, standards)
        }
    }

    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: Parameters, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReasonView> {
        var check = InputCheck(today: setting.today)
        let day = check.date("worked_on", parameters.workedOn, required: false, future: true)
        try check.finish()
        let person = try parameters.verifier.map { try database.person($0).id } ?? setting.caller.personID
        let gate = try WorkGate(
            instrument: parameters.instrument, kind: parameters.kind, mode: parameters.mode, procedure: parameters.procedure,
            verifier: person, standards: parameters.standards, on: day, database: database)
        return List(items: gate.reasons.map(ReasonView.init))
    }
}

/// A measurement with everything observed and concluded.
package enum MeasurementShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ id: Int64, in setting: ActSetting, on database: isolated Transaction) throws -> MeasurementView {
        guard let view = try database.find(Statements.measurementView, id) else {
            throw ActError.notFound(thing: .measurement, name: String(id))
        }
        return view
    }
}

/// Measurements, newest first.
package enum MeasurementList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (instrument: String?, verifier: String?, page: Page), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<MeasurementSummary> {
        let rows = try database.all(
            Statements.measurementList, parameters.instrument, parameters.verifier, parameters.page.after ?? Int64.max,
            parameters.page.limit + 1)
        if rows.isEmpty {
            try database.requireKnown([.instrument: parameters.instrument, .verifier: parameters.verifier])
        }
        return parameters.page.list(rows, cursor: \.id)
    }
}
