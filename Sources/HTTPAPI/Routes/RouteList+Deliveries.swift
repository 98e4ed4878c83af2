// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    func addMails(to mails: RouteSection) {
        ask(
            MailList.self, mails, "/mails", "Lists mails by where they stand, the latest first.",
            query: [.text("stage"), .text("kind"), .text("search")] + .page
        ) { _, query in
            MailSelection(
                stage: query.text("stage"), kind: query.text("kind"), search: query.text("search"), page: try query.page)
        }
        ask(MailShow.self, mails, "/mails/{id}", "Shows a mail with everything that happened to it.", number: "id") { call, _ in
            try call.id()
        }
        let laboratory = laboratory
        let type = "message/rfc822"
        var message = Operation(
            file: type, Paths.v1 + "/mails/{id}/message", id: "mailMessage", tag: mails.tag,
            summary: "Gives a mail as it is sent.")
        message.access = .roles(MailContent.roles.sorted { $0.rawValue < $1.rawValue })
        message.pathSchemas = ["id": .positive]
        route(message, mails) { call, _ in
            let id = try call.id()
            let bytes = try await laboratory.ask(MailContent.self, id, by: try call.laboratoryCaller)
            return Reply.file(bytes, type: type, name: "mail-\(id).eml")
        }
        act(MailResend.self, mails, "/mail-releases", "Sends mails again that wait for a person.")
        act(MailSettle.self, mails, "/mail-settlements", "Ends a mail: it has arrived otherwise, or is not to be sent.")
        act(MailHolding.self, mails, "/mail-holds", "Holds a mail that has not gone yet.")
        act(MailTest.self, mails, "/mail-tests", "Sends a mail that shows that mails arrive.")
        act(MailBounceRecord.self, mails, "/mail-bounces", "Records a message about a failed delivery.")
        ask(QuarantineList.self, mails, "/mail-addresses", "Lists addresses in quarantine.", query: .page) { _, query in
            try query.page
        }
        act(AddressClear.self, mails, "/mail-address-clearances", "Takes an address out of quarantine.")
    }

    func addWebhooks(to webhooks: RouteSection) {
        act(WebhookAdd.self, webhooks, "/webhooks", "Adds a webhook; the answer shows its secret this once.")
        ask(WebhookList.self, webhooks, "/webhooks", "Lists webhooks.", query: .page) { _, query in try query.page }
        act(WebhookRemove.self, webhooks, "/webhook-removals", "Ends a webhook.")
        ask(
            WebhookDeliveries.self, webhooks, "/webhook-deliveries", "Lists deliveries to webhooks, the latest first.",
            query: [.text("webhook"), .text("stage")] + .page
        ) { _, query in
            (query.text("webhook"), query.text("stage"), try query.page)
        }
        act(WebhookRetry.self, webhooks, "/webhook-retries", "Delivers an event again that was given up.")
    }
}
