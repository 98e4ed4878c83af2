// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

extension Bench {
    /// Receives one food sample and gives its number.
    func receive(
        _ indicators: [String] = ["FOOD-PB"], subcontracted: [String]? = nil, kind: String? = nil, purpose: String = "customer",
        site: String = "TRAM-1", stateDocument: String? = nil, ministry: String? = nil
    ) async throws -> String {
        let customer = site.hasPrefix("CHO") ? "BQL" : "XDHG"
        let order = try await act(
            OrderReceive.self,
            ReceiveOrder(
                customer: customer, site: site, purpose: purpose, stateDocument: stateDocument, ministry: ministry,
                samples: [
                    NewSample(
                        matrix: "food", description: "Chả lụa", kind: kind, indicators: indicators, subcontracted: subcontracted)
                ]), by: people.reception)
        return try #require(order.samples.first).number
    }

    @discardableResult
    func enter(
        _ value: String?, for indicator: String = "FOOD-PB", of sample: String, notMeasured: String? = nil, reason: String? = nil,
        by caller: Caller? = nil
    ) async throws -> EnteredResult {
        let entered = try await act(
            ResultEnter.self,
            EnterResults(results: [
                NewResult(sample: sample, indicator: indicator, value: value, notMeasured: notMeasured, reason: reason)
            ]), by: caller ?? people.technician)
        return try #require(entered.items.first)
    }

    @discardableResult
    func review(_ sample: String, _ decision: String = "approved", reason: String? = nil, by caller: Caller? = nil) async throws
        -> Acknowledgement
    {
        try await act(
            ResultReview.self, ReviewResults(sample: sample, decision: decision, reason: reason), by: caller ?? people.reviewer)
    }

    /// Freezes a report, prints it and has it signed by the head of the laboratory and the head.
    @discardableResult
    func issueReport(of sample: String, amends: String? = nil, reason: String? = nil) async throws -> DocumentView {
        let report = try await act(
            ReportIssue.self, IssueReport(sample: sample, amends: amends, reason: reason), by: people.reviewer)
        try await render(report.label)
        try await sign(report.label, by: people.laboratoryHead)
        try await sign(report.label, by: people.head)
        return try await ask(DocumentShow.self, report.label)
    }

    /// A sample from the counter to its issued report, every result of it 0.08.
    @discardableResult
    func reportedSample(
        _ indicators: [String] = ["FOOD-PB"], kind: String? = nil, purpose: String = "customer", site: String = "TRAM-1",
        stateDocument: String? = nil, ministry: String? = nil
    ) async throws -> DocumentView {
        let sample = try await receive(
            indicators, kind: kind, purpose: purpose, site: site, stateDocument: stateDocument, ministry: ministry)
        for indicator in indicators { try await enter("0.08", for: indicator, of: sample) }
        try await review(sample)
        return try await issueReport(of: sample)
    }

    /// What the renderer leaves behind; whoever may sign it has a PIN from then on.
    func render(_ label: String) async throws {
        let known = try await database.texts("select username from work.pin join work.person on id = person_id")
        for person in [people.technician, people.laboratoryHead, people.head] where !known.contains(person.username) {
            try await act(PINSet.self, SetPIN(pin: Self.pin), by: person)
        }
        try await database.script(
            """
            insert into record.rendering (document_id, pdf, sha256, engine)
            select id, '%PDF'::bytea, encode(sha256('%PDF'::bytea), 'hex'), 'test' from record.document where label = '\(label)'
            """, as: "etalon")
    }

    @discardableResult
    func sign(_ label: String, by caller: Caller, pin: String = pin) async throws -> SigningOutcome {
        let outcomes = try await act(DocumentSign.self, SignDocuments(documents: [label], pin: pin), by: caller)
        return try #require(outcomes.items.first)
    }

    @discardableResult
    func document(_ label: String, _ kind: String, reason: String? = nil) async throws -> DocumentView {
        try await act(
            DocumentEventRecord.self, RecordDocumentEvent(document: label, kind: kind, reason: reason), by: people.head)
    }

    /// The frozen text of a document.
    func content(of label: String) async throws -> String {
        try #require(try await database.texts("select content from record.document where label = '\(label)'").first)
    }
}
