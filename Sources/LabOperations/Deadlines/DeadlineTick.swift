// SPDX-License-Identifier: Apache-2.0
package import LabStore
package import APIContract
internal import Jobs
package import LaboratoryModel

/// The tick of the deadlines: records every reminder stage that has come, once each, and knows the next moment.
///
/// It is driven by what is due, not by what was missed: after any downtime the newest stage that has passed is recorded for each deadline,
/// and those passed over are named in it.
package enum DeadlineTick {
    /// Deadlines dealt with in one transaction.
    package static let batch = 1000

    /// Deals with a batch of what has come.
    /// - Returns: how many; call again until it is 0.
    package static func run(on database: isolated Transaction) throws -> Int {
        _ = try Laboratory.begin("deadline.tick", caller: .system, centre: Centre(), revision: nil, on: database)
        _ = try database.only(Statements.dueSettings)
        _ = try database.only(Statements.deadlineTurn)
        return try database.only(Statements.deadlineTick, batch).reached
    }

    /// Says that a deadline may have come nearer, in the transaction that moved it.
    static func hint(on database: isolated Transaction) throws {
        try hintMoment(on: database)
    }

    /// How long until the next stage of any deadline comes, or the day turns.
    package static func untilNext(on database: isolated Transaction) throws -> Duration? {
        try database.only(Statements.deadlineNext).milliseconds.map { .milliseconds(max(0, $0)) }
    }
}

/// Compares every stored next moment with what it should be, mends what differs and records what was found.
package enum DeadlineReconcile: Act {
    package static let name = "deadline.reconcile"
    package static let roles: Set<Role> = [.administrator]
    /// The nightly job.
    ///
    /// Two statements, each of which the server ends after a minute.
    static let kind = JobKind("deadline_reconcile", lane: .deadline, maxAttempts: 3, timeLimit: .seconds(300))

    package static func perform(
        _ request: ReconcileDeadlines, in setting: ActSetting, on database: isolated Transaction
    ) throws -> DeadlineReconciliation {
        let found = try database.only(Statements.deadlineReconcile, request.mend ?? true)
        try DeadlineTick.hint(on: database)
        return DeadlineReconciliation(deadlines: found.deadlines, differences: found.differences)
    }
}

/// Comparisons, newest first.
package enum ReconciliationList: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality]

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReconciliationView> {
        let rows = try database.all(Statements.reconciliationList, page.after ?? Int64.max, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}
