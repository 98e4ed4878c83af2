// SPDX-License-Identifier: Apache-2.0
import Deliveries
import HTTPAPI
import Jobs
import LabOperations
import LabStore
import Logging

extension OutgoingConfiguration {
    /// Tells the database who sends, and adds the jobs that send.
    func add(to handlers: inout JobHandlers, of laboratory: Laboratory, store: LabStore, logger: Logger) async throws {
        let (sender, unassigned, isOn) = (sender, unassigned, isOn)
        try await laboratory.work("mail.configure") { database, _ in
            try Outgoing.tell(sender, unassigned: unassigned, isOn: isOn, on: database)
        }
        if sender == nil || !isOn {
            logger.notice("Mails are recorded and held: mail.sender is not set, or mail is switched off")
        }
        handlers.add(MailDesk(store: store, transport: Sendmail(path: sendmail), logger: logger))
        handlers.add(
            WebhookDesk(store: store, transport: CurlTransport(rule: ConnectionRule(allowed: allowed)), logger: logger))
    }
}

extension MetricsRegistry {
    /// Adds what an operator watches of what leaves the house, and of renderings.
    func addDeliveries(of laboratory: Laboratory, contradictions: AlarmCount) {
        gauge("etalon_mails", help: "Mails of the last thirty days by where they stand.") {
            try await laboratory.ask(DeliveryCounts.self, (), by: .system).mails.map {
                Reading(Double($0.count), labels: [("stage", $0.name)])
            }
        }
        gauge("etalon_mail_waiting_seconds", help: "Time for which the oldest mail that goes on by itself has waited.") {
            [Reading(Double(try await laboratory.ask(DeliveryCounts.self, (), by: .system).waitingSeconds))]
        }
        gauge("etalon_webhook_deliveries", help: "Deliveries to webhooks of the last thirty days by where they stand.") {
            try await laboratory.ask(DeliveryCounts.self, (), by: .system).webhooks.map {
                Reading(Double($0.count), labels: [("stage", $0.name)])
            }
        }
        gauge("etalon_renderings_contradictory_total", help: "Renderings that differ from the one kept of the same content.") {
            [Reading(Double(contradictions.value))]
        }
    }
}
