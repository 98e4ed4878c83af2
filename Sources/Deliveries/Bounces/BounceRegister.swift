// SPDX-License-Identifier: Apache-2.0
internal import Digests
package import LabStore

/// What a message about a failed delivery came to.
package struct RecordedBounce: Sendable, Equatable {
    /// The mail it is about; nil where none of ours is known by it.
    package let mail: Int64?
    /// What was done.
    package let outcome: Outcome
    /// Whether the address is in quarantine from now on.
    package let isQuarantined: Bool

    /// What was done with a message.
    package enum Outcome: String, Sendable {
        /// The mail is recorded as returned.
        case bounced
        /// It was, by the same message.
        case known
        /// It says nothing final, or is no report.
        case ignored
        /// It is about no mail of ours.
        case unmatched
    }
}

extension Outgoing {
    /// Records what a mail system says about a mail that it could not deliver; the same message counts once.
    ///
    /// Only who has seen the mail or its envelope knows the token or the Message-ID by which it is found.
    package static func recordBounce(
        _ message: [UInt8], envelope: String?, on database: isolated Transaction
    ) throws -> RecordedBounce {
        let report = DeliveryReport(message, envelope: envelope)
        let found = try database.find(Statements.mailByToken, report.tokens, report.messageID ?? "")
        guard let found else { return RecordedBounce(mail: nil, outcome: .unmatched, isQuarantined: false) }
        // One mail has one recipient; the report may name the address that ours was passed on to.
        let failed =
            report.recipients.first { $0.isFailed && $0.address == found.recipient.lowercased() }
            ?? report.recipients.first { $0.isFailed }
        guard let failed else { return RecordedBounce(mail: found.id, outcome: .ignored, isQuarantined: false) }
        _ = try database.only(Statements.mailLock, found.id)
        let standing = try database.only(Statements.mailStanding, found.id)
        let note = "\(failed.status) \(failed.diagnosis)"
        let isNew = try database.addMailStage(
            .bounced, of: found.id, attempt: standing.attempt, status: failed.status, note: note, evidence: SHA256.hex(message))
        guard isNew else { return RecordedBounce(mail: found.id, outcome: .known, isQuarantined: false) }
        let condemns = failed.condemnsAddress
        if condemns, !standing.isQuarantined {
            try database.run(
                Statements.mailAddressEventAdd, found.recipient.lowercased(), "quarantined", found.id, failed.status,
                note.replacing("\0", with: ""))
        }
        return RecordedBounce(mail: found.id, outcome: .bounced, isQuarantined: condemns)
    }
}
