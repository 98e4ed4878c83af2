// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Deliveries
internal import LabStore
internal import LaboratoryModel

/// What webhooks are told: which record, not what it says; who may read it asks for it.
extension Transaction {
    private struct ToldDocument: Encodable {
        let document: String
        let kind: String
        let on: String
    }

    /// Tells those who asked that a document got its last signature.
    func announceIssued(_ document: DocumentView, on day: CivilDate) throws {
        try Outgoing.event(
            .certificateIssued, ToldDocument(document: document.label, kind: document.kind, on: "\(day)"),
            key: "\(WebhookEvent.certificateIssued.rawValue):\(document.label)", on: self)
    }

    /// Tells those who asked that an issued document no longer holds.
    func announceWithdrawn(_ document: DocumentView, on day: CivilDate) throws {
        try Outgoing.event(
            .certificateWithdrawn, ToldDocument(document: document.label, kind: document.kind, on: "\(day)"),
            key: "\(WebhookEvent.certificateWithdrawn.rawValue):\(document.label)", on: self)
    }

    private struct ToldRun: Encodable {
        let runId: String
        let asOf: String
        let origin: DueRunOrigin
        let overdue: Int
        let due: Int
        let manifestSha256: String
    }

    /// Tells those who asked that a due list was emitted.
    func announceRun(_ run: String, asOf day: CivilDate, _ origin: DueRunOrigin, overdue: Int, due: Int, manifest: String) throws
    {
        try Outgoing.event(
            .dueRunEmitted,
            ToldRun(runId: run, asOf: "\(day)", origin: origin, overdue: overdue, due: due, manifestSha256: manifest),
            key: "\(WebhookEvent.dueRunEmitted.rawValue):\(run)", on: self)
    }

    private struct ToldReminder: Encodable {
        struct Deadline: Encodable {
            let subjectType: String
            let subject: String
            let kind: String
            let dueOn: String
        }

        let audience: String
        let customer: String?
        let stage: String
        let on: String
        let total: Int
        let deadlines: [Deadline]
    }

    /// Most deadlines in one event; whoever needs more asks for the list.
    private static var mostDeadlines: Int { 1000 }

    /// Tells those who asked that a stage of deadlines came.
    func announceDue(_ group: ReminderGroupRow, _ lines: [ReminderLineRow], key: String) throws {
        let deadlines = lines.prefix(Self.mostDeadlines).map {
            ToldReminder.Deadline(subjectType: $0.subjectType, subject: $0.code, kind: $0.kind, dueOn: $0.dueOn)
        }
        try Outgoing.event(
            .deadlineDue,
            ToldReminder(
                audience: group.audience, customer: group.customer, stage: group.stage, on: group.onDay, total: lines.count,
                deadlines: deadlines),
            key: "\(WebhookEvent.deadlineDue.rawValue):\(key)", on: self)
    }
}
