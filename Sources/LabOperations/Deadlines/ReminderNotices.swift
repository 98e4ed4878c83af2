// SPDX-License-Identifier: Apache-2.0
internal import Deliveries
internal import Jobs
package import LabStore
internal import LaboratoryModel

/// Tells what was reminded of: one message for each customer or audience and stage, spread over the morning.
package enum ReminderNotices {
    /// What the job of a group carries.
    struct Payload: Codable, Sendable {
        let group: Int64
    }

    /// The job that tells a group.
    ///
    /// A group is one letter with a table, some seconds even for a hundred thousand lines.
    static let kind = JobKind("reminder", lane: .list, maxAttempts: 12, timeLimit: .seconds(600))

    /// Groups handed to the queue in one transaction.
    package static let batch = 200

    /// Hands the groups whose moment has come to the queue.
    /// - Returns: how many; call again until it is 0.
    package static func take(on database: isolated Transaction) throws -> Int {
        let groups = try database.all(Statements.reminderGroupsTake, batch)
        guard !groups.isEmpty else { return 0 }
        try enqueueMany(kind, groups.map { (payload: Payload(group: $0.id), key: "reminder:\($0.id)") }, on: database)
        return groups.count
    }

    /// How long until something is to be told; nil when nothing waits.
    package static func untilNext(on database: isolated Transaction) throws -> Duration? {
        try database.only(Statements.reminderGroupNext).milliseconds.map { .milliseconds(max(0, $0)) }
    }

    /// Tells a group: what is still so as it was when it was reminded of, and nothing that was told before.
    /// - Returns: how many deadlines nobody was told of, because nobody has an address.
    @discardableResult
    package static func tell(group: Int64, on database: isolated Transaction) throws -> Int {
        guard let group = try database.find(Statements.reminderGroupFind, group) else { return 0 }
        _ = try database.only(Statements.dueSettings)
        let lines = try database.all(Statements.reminderGroupLines, group.id)
        guard let last = lines.map(\.id).max() else { return 0 }
        let current = lines.filter(\.current)
        var superseded = lines.filter { !$0.current }.map(\.id)
        guard !current.isEmpty else {
            _ = try database.only(
                Statements.reminderNoticeAdd, group.id, ReminderOutcome.superseded.rawValue, [Int64](), superseded, [Int64]())
            return 0
        }
        let key = "reminder:\(group.audience):\(group.customer ?? "-"):\(group.onDay):\(group.stage):\(last)"
        // What customers without an address miss was announced with their own groups.
        if group.audience != ReminderShares.inPlaceOfCustomers { try database.announceDue(group, current, key: key) }
        var unreached = 0
        for share in try ReminderShares.of(current, in: group, on: database) {
            var mails: [Int64] = []
            for (part, letter) in share.letters { mails += try Outgoing.record(letter, key: key + part, on: database) }
            _ = try database.only(
                Statements.reminderNoticeAdd, group.id, share.outcome.rawValue, share.lines.map(\.id), superseded, mails)
            superseded = []
            if share.outcome == .noAddress { unreached += share.lines.count }
        }
        return unreached
    }
}

/// What became of the telling of deadlines.
enum ReminderOutcome: String {
    /// Those concerned got a mail.
    case mailed
    /// Nobody concerned has an address, and the person for what is unassigned got it.
    case namedDefault = "named_default"
    /// The customer has no address: the person for what is unassigned gets it, together with that of the other such customers.
    case handedOver = "handed_over"
    /// It was no longer so.
    case superseded
    /// Nobody was told.
    case noAddress = "no_address"
}

/// Deadlines of a group that are told alike, with the mails that tell them.
struct ReminderShare {
    let outcome: ReminderOutcome
    let lines: [ReminderLineRow]
    /// The part of the mail's key that tells several mails of a group apart, and the mail.
    var letters: [(part: String, letter: Letter)] = []
}
