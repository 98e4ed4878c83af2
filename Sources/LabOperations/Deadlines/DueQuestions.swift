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
    /// `instrument` (default), `standard`, `verifier_card`, `designation`, `accreditation`, `sample`; `all` for every one.
    package var subject: String?
    /// Only what is held by a suspension.
    package var held: Bool
    /// At most so many lines; nil for all.
    package var limit: Int?
    /// Where the page before ended.
    package var cursor: String?

    package init(
        asOf: String? = nil, within: Int = 30, onlyOverdue: Bool = false, type: String? = nil, district: String? = nil,
        customer: String? = nil, site: String? = nil, subject: String? = nil, held: Bool = false, limit: Int? = nil,
        cursor: String? = nil
    ) {
        (self.asOf, self.within, self.onlyOverdue, self.type) = (asOf, within, onlyOverdue, type)
        (self.district, self.customer, self.site, self.subject) = (district, customer, site, subject)
        (self.held, self.limit, self.cursor) = (held, limit, cursor)
    }

    /// By what it is narrowed.
    var filters: KeyValuePairs<ListFilter, String?> {
        [.type: type, .district: district, .customer: customer, .site: site]
    }

    static let subjects = ["instrument", "standard", "verifier_card", "designation", "accreditation", "sample"]

    /// The day and the subjects asked for.
    /// - Throws: ``ActError/invalid(_:)``.
    func checked(in setting: ActSetting) throws -> (day: CivilDate, subjects: [String]) {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", asOf, required: false, future: true)
        let subject = check.word("subject", subject ?? "instrument", of: Self.subjects + ["all"])
        if !(0...3660).contains(within) {
            check.fault("within", vi: "từ 0 đến 3660 ngày", en: "between 0 and 3660 days")
        }
        if cursor != nil, DueCursor(cursor) == nil {
            check.fault("cursor", vi: "con trỏ không hợp lệ", en: "the cursor is not one that a list gave")
        }
        try check.finish()
        return (day, subject == "all" ? Self.subjects : [subject])
    }
}

/// Where a page of the due list ended: rank, date, subject type, identity and kind.
struct DueCursor {
    let rank: Int
    let dueOn: String
    let subject: String
    let id: Int64
    let kind: String

    /// Reads a cursor that a list gave; nil for any other text.
    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let rank = Int(parts[0]), (0...1).contains(rank), let id = Int64(parts[3]),
            DueSelection.subjects.contains(parts[2])
        else { return nil }
        if parts[1] != "-infinity" {
            // Another text than a date is no cursor, and nothing else is to be said about it.
            guard (try? CivilDate(parsing: parts[1])) != nil else { return nil }
        }
        (self.rank, dueOn, subject, self.id, kind) = (rank, parts[1], parts[2], id, parts[4])
    }
}

/// What is due and overdue, as of any date.
package enum DueList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ selection: DueSelection, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DueLine> {
        let (day, subjects) = try selection.checked(in: setting)
        let rows = try database.dueRows(selection, on: day, subjects: subjects)
        if rows.isEmpty { try database.requireKnown(selection.filters) }
        let items = try rows.flatMap { try database.all(Statements.dueLines, $0.rows, "\(day)") }
        let isFull = selection.limit.map { items.count >= $0 } ?? false
        return List(items: items, next: isFull ? rows.last?.last : nil)
    }
}

/// The whole due list as text that is passed on piece by piece: found once, its lines made a thousand at a time, so that the memory it takes
/// does not grow with the register.
package struct DueListText: Sendable {
    private let laboratory: Laboratory
    private let caller: Caller
    private let found: DueRowsFound.Answer

    /// Finds the list.
    /// - Throws: ``ActError`` for a selection that cannot be read.
    package init(_ selection: DueSelection, in laboratory: Laboratory, by caller: Caller) async throws {
        (self.laboratory, self.caller) = (laboratory, caller)
        found = try await laboratory.ask(DueRowsFound.self, selection, by: caller)
    }

    /// How many pieces the answer has.
    package var pieces: Int { found.rows.count + 1 }

    /// A piece of the answer, which is one JSON document.
    package func piece(_ number: Int) async throws -> String {
        let opening = number == 0 ? #"{"items":["# : ""
        guard number < found.rows.count else { return opening + #"],"next":null}"# }
        let lines = try await laboratory.ask(DueLinesText.self, (rows: found.rows[number], day: found.day), by: caller)
        return opening + (number == 0 ? "" : ",") + lines
    }
}

private enum DueRowsFound: Question {
    struct Answer: Encodable, Sendable {
        let day: String
        let rows: [String]
    }
    static let roles: Set<Role> = []

    static func answer(_ selection: DueSelection, in setting: ActSetting, on database: isolated Transaction) throws -> Answer {
        let (day, subjects) = try selection.checked(in: setting)
        let rows = try database.dueRows(selection, on: day, subjects: subjects)
        if rows.isEmpty { try database.requireKnown(selection.filters) }
        return Answer(day: "\(day)", rows: rows.map(\.rows))
    }
}

private enum DueLinesText: Question {
    static let roles: Set<Role> = []

    static func answer(
        _ chunk: (rows: String, day: String), in setting: ActSetting, on database: isolated Transaction
    ) throws -> String {
        try database.only(Statements.dueLinesText, chunk.rows, chunk.day).text
    }
}

extension Transaction {
    /// Lines of the list in one piece.
    func dueLines(_ selection: DueSelection, on day: CivilDate, subjects: [String]) throws -> [DueLine] {
        try dueRows(selection, on: day, subjects: subjects).flatMap { try all(Statements.dueLines, $0.rows, "\(day)") }
    }

    /// The list a thousand rows at a time, each as the database reads it again.
    func dueRows(_ selection: DueSelection, on day: CivilDate, subjects: [String]) throws -> [DueRowsText] {
        _ = try only(Statements.dueSettings)
        let after = DueCursor(selection.cursor)
        return try all(
            Statements.dueRows, "\(day)", selection.within, selection.onlyOverdue, selection.type, selection.district,
            selection.customer, selection.site, subjects, selection.held, after?.rank, after?.dueOn, after?.subject, after?.id,
            after?.kind, selection.limit, 1000)
    }
}

/// Reminders recorded, newest first.
package enum ReminderList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReminderView> {
        let rows = try database.all(Statements.reminderList, page.after ?? Int64.max, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}
