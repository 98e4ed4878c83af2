// SPDX-License-Identifier: Apache-2.0
package import Jobs
package import LabStore
package import Logging

/// Where a delivery to a webhook stands.
///
/// *recorded*, *deferred*, *resent*, *transmitting* → transmitting → accepted, deferred, dead, gone. The receiver knows repetitions by the
/// id of the event, so a try that broke off is simply made again. A person sends *dead* and *gone* again.
package enum WebhookStage: String, Sendable, CaseIterable {
    /// Decided and fixed.
    case recorded
    /// A try is under way, or was when the daemon died.
    case transmitting
    /// The receiver has it: a status of 200 to 299.
    case accepted
    /// To be tried again.
    case deferred
    /// Tried often enough; waits for a person.
    case dead
    /// The receiver wants no more events (410), or the webhook was removed.
    case gone
    /// A person sent it again.
    case resent
}

/// What an answer means.
enum WebhookVerdict: Equatable {
    case accepted
    /// Tried again, not before some seconds when the receiver asked for it.
    case again(after: Int64?)
    /// No more events are wanted.
    case gone

    /// Longest pause that a receiver may ask for, in seconds.
    static let longestPause: Int64 = 24 * 3600

    /// - Source: Standard Webhooks 1.0: 2xx is success, 410 ends the subscription, 429 and 503 slow down.
    init(_ answer: WebhookAnswer) {
        switch answer.status {
        case .some(200...299): self = .accepted
        case .some(410): self = .gone
        case .some(429), .some(503): self = .again(after: answer.retryAfter.map { min($0, Self.longestPause) })
        default: self = .again(after: nil)
        }
    }
}

/// Delivers events: the body of the job of a delivery.
package struct WebhookDesk: Sendable {
    private let store: LabStore
    private let transport: any WebhookTransport
    private let delay: RetryDelay
    private let logger: Logger

    /// Tries after which a person is asked: with the usual pauses a little more than three days.
    package static let mostTries = 16

    /// - Parameters:
    ///   - store: where events are recorded.
    ///   - transport: how they go.
    ///   - delay: pauses between tries.
    package init(
        store: LabStore, transport: any WebhookTransport,
        delay: RetryDelay = RetryDelay(first: .seconds(5), longest: .seconds(12 * 3600), spread: 0.2), logger: Logger
    ) {
        (self.store, self.transport, self.delay, self.logger) = (store, transport, delay, logger)
    }

    /// Delivers an event, unless the receiver has it or wants none.
    /// - Throws: ``PermanentFailure`` when it was tried often enough.
    package func deliver(_ payload: Outgoing.WebhookPayload) async throws -> JobOutcome {
        let begun = try await store.write { database in try Self.begin(payload.delivery, on: database) }
        guard let begun else { return .superseded }
        guard let secret = WebhookSecret(begun.secret) else {
            throw PermanentFailure("the secret of \(begun.webhook) cannot be read")
        }
        let headers = [
            "Content-Type: application/json", "User-Agent: etalon", "webhook-id: \(begun.eventId)",
            "webhook-timestamp: \(begun.timestamp)",
            "webhook-signature: \(secret.signature(id: begun.eventId, timestamp: begun.timestamp, body: begun.body))",
        ]
        let answer = await transport.post(begun.body, to: begun.url, headers: headers)
        let isLast = begun.tries + 1 >= Self.mostTries
        let verdict = WebhookVerdict(answer)
        try await store.write { database in try Self.end(begun, answer, verdict, isLast: isLast, on: database) }
        switch verdict {
        case .accepted: return .succeeded
        case .gone:
            logger.warning("Webhook wants no more events", metadata: ["webhook": "\(begun.webhook)"])
            return .succeeded
        case .again(let seconds):
            let said = "\(answer.status.map(String.init) ?? "no answer"): \(answer.note)"
            logger.warning(
                "Webhook did not take an event",
                metadata: [
                    "webhook": "\(begun.webhook)", "event": "\(begun.eventId)", "try": "\(begun.tries + 1)", "answer": "\(said)",
                ])
            if isLast { throw PermanentFailure("tried \(Self.mostTries) times, at last: \(said)") }
            let own = delay.pause(afterAttempt: begun.tries + 1, chance: .random(in: 0...1))
            return .snoozed(max(own, .seconds(seconds ?? 0)))
        }
    }

    private static func begin(_ delivery: Int64, on database: isolated Transaction) throws -> WebhookStandingRow? {
        _ = try database.only(Statements.sessionBegin, Int64?.none, "webhook.send")
        _ = try database.only(Statements.webhookLock, delivery)
        guard let standing = try database.find(Statements.webhookStanding, delivery),
            let stage = WebhookStage(rawValue: standing.stage)
        else { throw PermanentFailure("there is no delivery \(delivery)") }
        switch stage {
        case .accepted, .dead, .gone: return nil
        case .recorded, .deferred, .resent, .transmitting: break
        }
        if standing.isEnded {
            try database.addWebhookStage(.gone, of: delivery, attempt: standing.attempt, note: "the webhook has ended")
            return nil
        }
        try database.addWebhookStage(.transmitting, of: delivery, attempt: standing.attempt + 1)
        return standing
    }

    private static func end(
        _ begun: WebhookStandingRow, _ answer: WebhookAnswer, _ verdict: WebhookVerdict, isLast: Bool,
        on database: isolated Transaction
    ) throws {
        _ = try database.only(Statements.sessionBegin, Int64?.none, "webhook.send")
        _ = try database.only(Statements.webhookLock, begun.id)
        let standing = try database.only(Statements.webhookStanding, begun.id)
        // Another worker may have gone on after a lost lease; only what it does not know yet is news.
        guard standing.stage != WebhookStage.accepted.rawValue, verdict == .accepted || standing.attempt == begun.attempt + 1
        else {
            return
        }
        let stage: WebhookStage =
            switch verdict {
            case .accepted: .accepted
            case .gone: .gone
            case .again: isLast ? .dead : .deferred
            }
        try database.addWebhookStage(stage, of: begun.id, attempt: begun.attempt + 1, status: answer.status, note: answer.note)
        if verdict == .gone { _ = try database.find(Statements.webhookEnd, begun.webhookId, "gone") }
    }
}

extension Transaction {
    /// Adds a stage of a delivery to a webhook.
    func addWebhookStage(_ stage: WebhookStage, of delivery: Int64, attempt: Int, status: Int? = nil, note: String? = nil) throws
    {
        let text = note.flatMap { $0.isEmpty ? nil : $0.replacing("\0", with: "") }
        _ = try only(Statements.webhookAttemptAdd, delivery, stage.rawValue, attempt, status, text)
    }
}
