// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Runs of the due list, newest first, a page at a time.
package enum DueRunList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws -> List<DueRunView>
    {
        let rows = try database.all(Statements.dueRunList, page.after ?? Int64.max, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}

/// What a run of the due list said then, and which files it has. A run is named by its id or by the beginning of it, six letters at least.
package enum DueRunShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ run: String, in setting: ActSetting, on database: isolated Transaction) throws -> DueRunDetail {
        try database.dueRun(run)
    }
}

/// A part of a file of a run, numbered from 1; no bytes behind the last.
package enum DueRunPart: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ part: (run: String, file: String, number: Int), in setting: ActSetting, on database: isolated Transaction
    ) throws -> [UInt8] {
        try database.find(Statements.dueRunPart, part.run, part.file, part.number)?.body ?? []
    }
}

/// Compares every run of a page with what its manifest and the run before it say.
package enum DueRunVerify: Question {
    package static let roles: Set<Role> = []
    /// Runs of a page at most: their files are read as a whole.
    package static let longest = 50

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws
        -> DueRunVerification
    {
        let limit = min(page.limit, longest)
        let rows = try database.all(Statements.dueRunCheck, page.after ?? 0, limit)
        let faults = rows.filter { !$0.faults.isEmpty }.map { DueRunFault(runId: $0.runId, asOf: $0.asOf, faults: $0.faults) }
        return DueRunVerification(
            intact: faults.isEmpty, runs: rows.count, faults: faults,
            next: rows.count == limit ? rows.last.map { String($0.id) } : nil)
    }
}

/// What came, what went and what changed between two runs.
package enum DueRunCompare: Question {
    package static let roles: Set<Role> = []
    /// Changes listed at most; all of them are counted.
    package static let longest = 1000

    package static func answer(
        _ runs: (before: String, after: String), in setting: ActSetting, on database: isolated Transaction
    ) throws -> DueRunDifference {
        let before = try database.dueRun(runs.before)
        let after = try database.dueRun(runs.after)
        let rows = try database.all(Statements.dueRunDifference, before.runId, after.runId, longest)
        return DueRunDifference(before: before.runId, after: after.runId, total: rows.first?.total ?? 0, changes: rows)
    }
}

/// The nights up to today and the run of record of each, and which of them are to be made now by a policy.
package enum DueNightList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> DueNights {
        let nights = try database.all(Statements.dueNights, "\(setting.today)")
        let missing = nights.filter { $0.runId == nil }.map(\.night)
        let today = "\(setting.today)"
        let wanted: [String] =
            switch setting.centre.dueCatchUp {
            case .all: missing
            case .latest: Array(missing.suffix(1))
            case .none: missing.filter { $0 == today }
            }
        return DueNights(policy: setting.centre.dueCatchUp.rawValue, today: today, make: wanted, nights: nights)
    }
}

/// Alarms about nights, newest first.
package enum DueAlarmList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ selection: (isOpen: Bool, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DueAlarmView> {
        let page = selection.page
        let rows = try database.all(Statements.dueAlarmList, page.after ?? Int64.max, page.limit + 1, selection.isOpen)
        return page.list(rows, cursor: \.id)
    }
}

extension Transaction {
    /// A run with its files.
    func dueRun(_ run: String) throws -> DueRunDetail {
        guard let row = try find(Statements.dueRunById, run) else { throw ActError.notFound(thing: .dueRun, name: run) }
        return DueRunDetail(
            runId: row.runId, asOf: row.asOf, withinDays: row.withinDays, emittedAt: row.emittedAt, origin: row.origin,
            overdue: row.overdue, due: row.due, manifest: row.manifest, manifestSha256: row.manifestSha256,
            previous: row.previous, files: try all(Statements.dueRunFiles, row.runId))
    }
}
