// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// What a due list is asked for.
package struct DueSelection: Sendable {
    package var asOf: String?
    /// Days ahead that count as due.
    package var within: Int
    package var onlyOverdue: Bool
    package var type: String?
    package var district: String?
    package var customer: String?
    package var site: String?
    /// `instrument` (default), `standard`, `verifier_card`, `designation`, `sample`; `all` for every one.
    package var subject: String?

    package init(
        asOf: String? = nil, within: Int = 30, onlyOverdue: Bool = false, type: String? = nil, district: String? = nil,
        customer: String? = nil, site: String? = nil, subject: String? = nil
    ) {
        (self.asOf, self.within, self.onlyOverdue, self.type) = (asOf, within, onlyOverdue, type)
        (self.district, self.customer, self.site, self.subject) = (district, customer, site, subject)
    }

    static let subjects = ["instrument", "standard", "verifier_card", "designation", "sample"]
}

/// What is due and overdue, as of any date.
package enum DueList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ selection: DueSelection, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DueLine> {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", selection.asOf, required: false, future: true)
        let subject = check.word("subject", selection.subject ?? "instrument", of: DueSelection.subjects + ["all"])
        if !(0...3660).contains(selection.within) {
            check.fault("within", vi: "từ 0 đến 3660 ngày", en: "between 0 and 3660 days")
        }
        try check.finish()
        return List(
            items: try database.dueLines(selection, on: day, subjects: subject == "all" ? DueSelection.subjects : [subject]))
    }
}

extension Transaction {
    func dueLines(_ selection: DueSelection, on day: CivilDate, subjects: [String]) throws -> [DueLine] {
        try all(
            Statements.dueList, "\(day)", selection.within, selection.onlyOverdue, selection.type, selection.district,
            selection.customer, selection.site, subjects, Int64?.none)
    }
}

/// Why an instrument is due when it is: the stored derivation, and what ended validity early.
package enum DueWhy: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (instrument: String, asOf: String?), in setting: ActSetting, on database: isolated Transaction
    ) throws -> DueExplanation {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", parameters.asOf, required: false, future: true)
        try check.finish()
        guard let row = try database.find(Statements.dueWhy, parameters.instrument, "\(day)") else {
            throw ActError.notFound(thing: .instrument, name: parameters.instrument)
        }
        return DueExplanation(
            instrument: row.code, serial: row.serial, kind: row.kind ?? "verification", asOf: "\(day)", dueOn: row.dueOn,
            class: row.class, reason: row.reason, steps: row.derivation + current(row))
    }

    /// What happened after the derivation was stored, as the due function has it.
    private static func current(_ row: DueWhyRow) -> [DueStep] {
        switch row.reason {
        case "ended-early":
            [
                DueStep(
                    step: "ended_early", rule: row.eventKind ?? "", ruleVersion: "23/2013", in: row.validUntil ?? "",
                    out: row.dueOn,
                    source:
                        "Circular 23/2013/TT-BKHCN Art. 20(7); event of \(row.eventOn ?? "")\(row.eventNote.map { ": \($0)" } ?? "")"
                )
            ]
        case "failed":
            [
                DueStep(
                    step: "failed", rule: "verification concluded fail", ruleVersion: "23/2013", in: row.workedOn, out: row.dueOn,
                    source: "Circular 23/2013/TT-BKHCN Art. 20(7)")
            ]
        case "never-verified", "never-calibrated":
            [
                DueStep(
                    step: "never_verified", rule: "in use without a verification", ruleVersion: "23/2013", in: row.putInUseOn,
                    out: row.dueOn, source: "Circular 23/2013/TT-BKHCN Art. 19(1)")
            ]
        default: []
        }
    }
}

/// Reminders recorded, newest first.
package enum ReminderList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        ReminderView
    > {
        List(items: try database.all(Statements.reminderList, page.after ?? Int64.max, page.limit))
    }
}
