// SPDX-License-Identifier: Apache-2.0
internal import Certificates
package import APIContract
package import LabStore
package import LaboratoryModel

/// Freezes the test report of a sample.
package enum ReportIssue: Act {
    package static let name = "report.issue"
    package static let roles: Set<Role> = [.reviewer, .signatory]

    package static func perform(
        _ request: IssueReport, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DocumentView {
        var check = InputCheck(today: setting.today)
        let replaced = try database.amended(request.amends, reason: request.reason, kind: "test_report", check: &check)
        _ = try database.find(Statements.sampleLock, try database.sample(request.sample).id)
        guard let facts = try database.find(Statements.reportFacts, request.sample) else {
            throw ActError.notFound(thing: .sample, name: request.sample)
        }
        if let replaced, replaced.sample != request.sample {
            throw ActError.invalid(
                "amends", vi: "phiếu này thuộc mẫu khác", en: "that report belongs to another sample")
        }
        let reasons = ReportGate.reasons(for: facts, amending: replaced?.label)
        guard reasons.isEmpty else { throw ActError.refused(reasons) }
        let draft = DraftDocument(
            kind: .testReport, series: "KQTN", sample: facts.id, replaces: replaced?.id, reason: request.reason,
            replacesLabel: replaced?.label)
        let frame = try database.documentFrame(draft, on: setting.today)
        let document = try database.freeze(draft, in: setting) { TestReportContent.make(facts, frame, identity: $0) }
        try database.run(Statements.documentResultsAdd, document.id, facts.lines.compactMap(\.resultId))
        return document
    }
}

/// Why a test report may not be frozen: every reason at once.
enum ReportGate {
    static func reasons(for facts: ReportFacts, amending: String?) -> [Reason] {
        var reasons: [Reason] = []
        if facts.rejected { reasons.append(.sampleRejected(sample: facts.number)) }
        let own = facts.lines.filter { !$0.subcontracted }
        let missing = own.filter { $0.resultId == nil }.map(\.indicator)
        if !missing.isEmpty { reasons.append(.resultsMissing(sample: facts.number, indicators: missing)) }
        let unapproved = own.filter { $0.resultId != nil && $0.decision != "approved" }.map(\.indicator)
        if !unapproved.isEmpty { reasons.append(.resultsNotApproved(sample: facts.number, indicators: unapproved)) }
        if let report = facts.report, amending == nil { reasons.append(.reportExists(sample: facts.number, report: report)) }
        return reasons
    }
}

/// Signs a batch of documents with one PIN.
package enum DocumentSign: Act {
    package static let name = "document.sign"
    package static let roles: Set<Role> = [.signatory, .technician]

    package static func perform(
        _ request: SignDocuments, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<SigningOutcome> {
        guard let person = setting.caller.personID else { throw ActError.notPermitted(needs: [.signatory]) }
        guard !request.documents.isEmpty, request.documents.count <= 200 else {
            throw ActError.invalid("documents", vi: "từ 1 đến 200 văn bản", en: "between 1 and 200 documents")
        }
        if let reason = try database.wrongPIN(request.pin, of: person) {
            return List(
                items: request.documents.map {
                    SigningOutcome(document: $0, signed: false, issued: false, reasons: [ReasonView(reason)])
                })
        }
        return List(items: try request.documents.sorted().map { try sign($0, person: person, setting, on: database) })
    }

    /// The documents without the PIN, which could be guessed from any stored hash of the body.
    package static func recognition(of request: SignDocuments) -> [UInt8]? {
        Array(request.documents.sorted().joined(separator: "\n").utf8)
    }

    package static func refusal(in answer: List<SigningOutcome>) -> ActError? {
        guard !answer.items.contains(where: \.signed) else { return nil }
        return PersonalSecret.refusal(answer.items.flatMap(\.reasons))
    }

    private static func sign(
        _ label: String, person: Int64, _ setting: ActSetting, on database: isolated Transaction
    ) throws -> SigningOutcome {
        let document = try database.document(label)
        _ = try database.find(Statements.documentLock, document.id)
        guard let facts = try database.find(Statements.signingFacts, label, person, "\(setting.today)") else {
            throw ActError.notFound(thing: .document, name: label)
        }
        let plan = SigningPlan(facts, caller: setting.caller, on: setting.today)
        guard plan.reasons.isEmpty, let step = plan.step else {
            return SigningOutcome(document: label, signed: false, issued: false, reasons: plan.reasons.map(ReasonView.init))
        }
        try database.run(
            Statements.signatureAdd, facts.id, step.rawValue, person, plan.authority, "\(setting.today)", facts.contentSha256)
        if plan.isLast {
            _ = try database.only(
                Statements.documentEventAdd, facts.id, "issued", "\(setting.today)", String?.none, person)
            if let replaced = facts.replacesId {
                _ = try database.only(
                    Statements.documentEventAdd, replaced, "amended", "\(setting.today)", "\(label)", person)
            }
            try database.announceIssued(document, on: setting.today)
        }
        return SigningOutcome(document: label, signed: true, issued: plan.isLast, reasons: [])
    }
}

/// Withdraws, voids or hands over a document.
package enum DocumentEventRecord: Act {
    package static let name = "document.event"
    package static let roles: Set<Role> = [.signatory, .quality, .reception]

    package static func perform(
        _ request: RecordDocumentEvent, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DocumentView {
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: ["handed_over", "withdrawn", "voided"])
        if kind != "handed_over" { _ = check.text("reason", request.reason) }
        try check.finish()
        if kind != "handed_over", setting.caller.roles.isDisjoint(with: [.signatory, .quality]) {
            throw ActError.notPermitted(needs: [.signatory, .quality])
        }
        let document = try database.document(request.document)
        let needed = kind == "voided" ? ["numbered", "rendered"] : ["issued"]
        guard needed.contains(document.state) else {
            throw ActError.refused([
                .documentNotInState(document: document.label, state: document.state, needed: needed)
            ])
        }
        _ = try database.only(
            Statements.documentEventAdd, document.id, kind, "\(setting.today)", request.reason, setting.caller.personID)
        if kind == "withdrawn" { try database.announceWithdrawn(document, on: setting.today) }
        return try database.only(Statements.documentView, document.label)
    }
}

/// A document by its label.
package enum DocumentShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ label: String, in setting: ActSetting, on database: isolated Transaction) throws -> DocumentView
    {
        try database.document(label)
    }
}

/// Documents by state and kind, newest first.
package enum DocumentList: Question {
    package static let roles: Set<Role> = []
    /// What a document can be in, as `record.document_state` says.
    private static let states = ["numbered", "rendered", "issued", "amended", "withdrawn", "voided"]
    /// What gets a number.
    private static let kinds: [DocumentKind] = [
        .testReport, .verificationRecord, .verificationCertificate, .calibrationCertificate,
    ]

    package static func answer(
        _ parameters: (state: String?, kind: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DocumentView> {
        var check = InputCheck(today: setting.today)
        if let state = parameters.state { _ = check.word("state", state, of: states) }
        if let kind = parameters.kind { _ = check.word("kind", kind, of: kinds.map(\.rawValue)) }
        try check.finish()
        let rows = try database.all(
            Statements.documentList, parameters.state, parameters.kind, parameters.page.after ?? Int64.max,
            parameters.page.limit + 1)
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// The bytes of a rendered document.
package enum DocumentPDF: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ label: String, in setting: ActSetting, on database: isolated Transaction) throws -> [UInt8] {
        let document = try database.document(label)
        guard let rendered = try database.find(Statements.documentPdf, label) else {
            throw ActError.conflict(
                BilingualSentence(
                    vi: "\(document.label) chưa được in ra PDF; công việc đang chờ máy in văn bản",
                    en: "\(document.label) is not rendered yet; its job waits for the renderer"))
        }
        return rendered.pdf
    }
}

/// Whether a document is what it claims: asked by anyone who holds the code.
package enum PublicVerification: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ code: String, in setting: ActSetting, on database: isolated Transaction) throws -> PublicCheck {
        let cleaned = code.filter { $0.isLetter || $0.isNumber }
        guard let found = try database.find(Statements.publicCheck, cleaned) else {
            throw ActError.notFound(thing: .code, name: String(cleaned.prefix(40)))
        }
        return found
    }
}
