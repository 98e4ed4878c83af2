// SPDX-License-Identifier: Apache-2.0
package import Jobs

extension JobHandlers {
    /// Adds what sends mails.
    package mutating func add(_ desk: MailDesk) {
        effect(Outgoing.mailKind) { job in try await desk.send(try job.payload(as: Outgoing.MailPayload.self)) }
    }

    /// Adds what delivers events to webhooks.
    package mutating func add(_ desk: WebhookDesk) {
        effect(Outgoing.webhookKind) { job in try await desk.deliver(try job.payload(as: Outgoing.WebhookPayload.self)) }
    }
}
