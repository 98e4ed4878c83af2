// SPDX-License-Identifier: Apache-2.0
package import LabStore
internal import Jobs
internal import LaboratoryModel

/// The tick of the deadlines: records every reminder stage that has come, once each, and knows the next moment.
///
/// It is driven by what is due, not by what was missed: after any downtime one tick catches up, and passed stages are named in the row of
/// the newest.
package enum DeadlineTick {
    /// Reminders recorded in one transaction.
    package static let batch = 1000

    /// Records reminders as of today.
    /// - Returns: how many; call again until it is 0.
    package static func run(on database: isolated Transaction) throws -> Int {
        let setting = try Laboratory.begin(
            "deadline.tick", caller: .system, centre: Centre(), revision: nil, on: database)
        return try database.all(Statements.remindersRecord, "\(setting.today)", batch).count
    }

    /// Says that a deadline may have come nearer, in the transaction that moved it.
    static func hint(on database: isolated Transaction) throws {
        try hintMoment(on: database)
    }

    /// How long until the next stage of any subject comes; nil when none will.
    package static func untilNext(on database: isolated Transaction) throws -> Duration? {
        let clock = try database.only(Statements.dueNow)
        return try database.only(Statements.reminderNext, clock.today).milliseconds.map { .milliseconds(max(0, $0)) }
    }
}
