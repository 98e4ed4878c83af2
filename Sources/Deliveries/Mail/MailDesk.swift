// SPDX-License-Identifier: Apache-2.0
package import Jobs
package import LabStore
package import Logging
internal import Synchronization

/// Sends what was recorded: the body of the job of a mail.
///
/// That a sending begins is committed before the program is started, and its outcome afterwards. Between the two lies the only moment of
/// which nobody can know, after a crash, whether the mail went; the kind of the mail says what becomes of it then.
package final class MailDesk: Sendable {
    private let store: LabStore
    private let transport: any MailTransport
    private let delay: RetryDelay
    private let logger: Logger
    /// What this process knows of sendings and could not write down.
    private let unwritten = Mutex<[Int64: Unwritten]>([:])

    private struct Unwritten {
        let attempt: Int
        let outcome: MailOutcome
    }

    /// - Parameters:
    ///   - store: where mails are recorded.
    ///   - transport: how they go.
    ///   - delay: pauses between sendings that the mail system could not take.
    package init(
        store: LabStore, transport: any MailTransport,
        delay: RetryDelay = RetryDelay(first: .seconds(60), longest: .seconds(6 * 3600)), logger: Logger
    ) {
        (self.store, self.transport, self.delay, self.logger) = (store, transport, delay, logger)
    }

    /// What has to be sent, or how the job ends without.
    private enum Preparation: Sendable {
        case send(MailMessageRow, attempt: Int, sendings: Int, whenUnknown: MailKind.WhenUnknown)
        case end
    }

    /// Sends a mail, unless it went or may not go.
    package func send(_ payload: Outgoing.MailPayload) async throws -> JobOutcome {
        let mail = payload.mail
        if let known = unwritten.withLock({ $0[mail] }) { try await note(known.outcome, of: mail, attempt: known.attempt) }
        let begun = Mutex<Int?>(nil)
        let preparation: Preparation
        do {
            preparation = try await store.write { database in
                begun.withLock { $0 = nil }
                let preparation = try Self.prepare(mail, on: database)
                if case .send(_, let attempt, _, _) = preparation { begun.withLock { $0 = attempt } }
                return preparation
            }
        } catch {
            // Should the beginning stand in the records all the same, it is known here that nothing was sent.
            if let attempt = begun.withLock({ $0 }) {
                remember(MailOutcome(.deferred, note: "not started: the database did not answer"), of: mail, attempt: attempt)
            }
            throw error
        }
        guard case .send(let message, let attempt, let sendings, let policy) = preparation else { return .succeeded }
        let outcome = await transport.send(message.content, from: message.envelopeSender, to: message.recipient)
        remember(outcome, of: mail, attempt: attempt)
        try await note(outcome, of: mail, attempt: attempt)
        let isTriedAgain = outcome.verdict == .deferred || outcome.verdict == .unknown && policy == .resend
        guard isTriedAgain else { return .succeeded }
        return .snoozed(delay.pause(afterAttempt: sendings, chance: .random(in: 0...1)))
    }

    private func remember(_ outcome: MailOutcome, of mail: Int64, attempt: Int) {
        unwritten.withLock { $0[mail] = Unwritten(attempt: attempt, outcome: outcome) }
    }

    private static func prepare(_ mail: Int64, on database: isolated Transaction) throws -> Preparation {
        _ = try database.only(Statements.sessionBegin, Int64?.none, "mail.send")
        _ = try database.only(Statements.mailLock, mail)
        guard let standing = try database.find(Statements.mailStanding, mail), let stage = MailStage(rawValue: standing.stage),
            let policy = MailKind.WhenUnknown(rawValue: standing.whenUnknown)
        else { throw PermanentFailure("there is no mail \(mail)") }
        let step = MailStep(
            stage: stage, whenUnknown: policy, isComposed: standing.isComposed, isOn: standing.isOn,
            isQuarantined: standing.isQuarantined, sendings: standing.sendings)
        switch step {
        case .nothing: return .end
        case .hold(let reason):
            try database.addMailStage(.held, of: mail, attempt: standing.attempt, reason: reason)
            return .end
        case .leaveInDoubt:
            try database.addMailStage(.unknown, of: mail, attempt: standing.attempt, reason: .outcomeUnknown)
            return .end
        case .send(let afterDoubt):
            if afterDoubt { try database.addMailStage(.unknown, of: mail, attempt: standing.attempt) }
            let attempt = standing.attempt + 1
            try database.addMailStage(.transmitting, of: mail, attempt: attempt)
            let message = try database.only(Statements.mailMessage, mail)
            return .send(message, attempt: attempt, sendings: standing.sendings + 1, whenUnknown: policy)
        }
    }

    /// Writes down what became of a sending. An acceptance is true whatever was thought meanwhile; anything else only counts while nobody
    /// has gone on from it.
    private func note(_ outcome: MailOutcome, of mail: Int64, attempt: Int) async throws {
        let stage = try await store.write { database -> MailStage? in
            _ = try database.only(Statements.sessionBegin, Int64?.none, "mail.send")
            _ = try database.only(Statements.mailLock, mail)
            let standing = try database.only(Statements.mailStanding, mail)
            let isOpen =
                standing.attempt == attempt && [MailStage.transmitting, .unknown].contains(MailStage(rawValue: standing.stage))
            let isNews = outcome.verdict == .accepted ? standing.stage != MailStage.accepted.rawValue : isOpen
            guard isNews else { return nil }
            let isLeft = outcome.verdict == .unknown && standing.whenUnknown == MailKind.WhenUnknown.hold.rawValue
            try database.addMailStage(
                outcome.stage, of: mail, attempt: attempt, reason: isLeft ? .outcomeUnknown : nil, status: outcome.status,
                note: outcome.note)
            return outcome.stage
        }
        unwritten.withLock { if $0[mail]?.attempt == attempt { $0[mail] = nil } }
        guard let stage, stage != .accepted else { return }
        logger.warning(
            "Mail was not taken over",
            metadata: [
                "mail.id": "\(mail)", "mail.stage": "\(stage.rawValue)", "mail.attempt": "\(attempt)",
                "status": "\(outcome.status ?? "")", "note": "\(outcome.note)",
            ])
    }
}

extension Transaction {
    /// Adds a stage of a mail.
    /// - Returns: false when the evidence is known already.
    @discardableResult
    func addMailStage(
        _ stage: MailStage, of mail: Int64, attempt: Int, reason: MailHold? = nil, status: String? = nil, note: String? = nil,
        evidence: String? = nil
    ) throws -> Bool {
        let text = note.flatMap { $0.isEmpty ? nil : $0.replacing("\0", with: "") }
        return try find(Statements.mailEventAdd, mail, stage.rawValue, attempt, reason?.rawValue, status, text, evidence) != nil
    }
}
