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
    static let kind = JobKind("reminder", lane: .list, maxAttempts: 12)

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
    package static func tell(group: Int64, on database: isolated Transaction) throws {
        guard let group = try database.find(Statements.reminderGroupFind, group) else { return }
        let lines = try database.all(Statements.reminderGroupLines, group.id)
        guard let last = lines.map(\.id).max() else { return }
        let current = lines.filter(\.current)
        let superseded = lines.filter { !$0.current }.map(\.id)
        var addresses = group.addresses
        if addresses.isEmpty, group.audience != "customer" {
            addresses = [try Outgoing.unassigned(on: database)].compactMap(\.self)
        }
        var mails: [Int64] = []
        let key = "reminder:\(group.audience):\(group.customer ?? "-"):\(group.onDay):\(group.stage):\(last)"
        if !current.isEmpty {
            try database.announceDue(group, current, key: key)
            if !addresses.isEmpty {
                let letter = ReminderLetter(group: group, lines: current).letter(to: addresses)
                mails = try Outgoing.record(letter, key: key, on: database)
            }
        }
        let outcome = current.isEmpty ? "superseded" : (addresses.isEmpty ? "no_address" : "mailed")
        _ = try database.only(
            Statements.reminderNoticeAdd, group.id, outcome, current.map(\.id), superseded, mails)
    }
}

/// What a reminder says, in the language of those who read it.
struct ReminderLetter {
    let group: ReminderGroupRow
    let lines: [ReminderLineRow]
    /// Lines in the text; the attached table has all.
    static let shown = 100

    private var isEnglish: Bool { group.language == "en" }

    /// The letter to some addresses.
    func letter(to addresses: [String]) -> Letter {
        Letter(
            .reminder, to: addresses, language: group.language, subject: subject, text: text,
            attachments: [
                MailAttachment(
                    name: isEnglish ? "due-\(group.onDay).csv" : "den-han-\(group.onDay).csv",
                    type: "text/csv; charset=utf-8", bytes: Array(table.utf8))
            ],
            about: group.customer.map { "customer:\($0)" } ?? "audience:\(group.audience)")
    }

    /// `12 deadlines within 30 days`.
    var subject: String {
        let count = lines.count
        switch (isEnglish, group.days) {
        case (true, ...0): return "\(count) measuring instruments due within \(-group.days) days"
        case (true, 1): return "\(count) measuring instruments are overdue since yesterday"
        case (true, _): return "\(count) measuring instruments are overdue for \(group.days) days"
        case (false, ...0): return "\(count) phương tiện đo sẽ đến hạn trong \(-group.days) ngày tới"
        case (false, 1): return "\(count) phương tiện đo đã quá hạn từ hôm qua"
        case (false, _): return "\(count) phương tiện đo đã quá hạn \(group.days) ngày"
        }
    }

    /// The text: who is addressed, a line for each deadline, and where there are more of them.
    var text: String {
        var text = ""
        if let name = group.customerName { text += (isEnglish ? "To: " : "Kính gửi: ") + name + "\n\n" }
        text += subject + ":\n\n"
        for line in lines.prefix(Self.shown) {
            let name = isEnglish ? line.nameEn : line.nameVi
            let what = [line.code, name, line.serial, line.site].filter { !$0.isEmpty }.joined(separator: ", ")
            let plan =
                line.planBy == line.dueOn
                ? "" : (isEnglish ? " (plan by \(line.planBy))" : " (làm trước \(printed(line.planBy)))")
            text += "- \(isEnglish ? line.dueOn : printed(line.dueOn))\(plan): \(what)\n"
        }
        if lines.count > Self.shown {
            let rest = lines.count - Self.shown
            text += isEnglish ? "… and \(rest) more in the attached table\n" : "… và \(rest) dòng nữa trong bảng đính kèm\n"
        }
        text +=
            isEnglish
            ? "\nThe certificate is valid through the whole day shown. Please arrange the work in time.\n"
            : "\nGiấy chứng nhận còn hiệu lực đến hết ngày nêu trên. Đề nghị sắp xếp thực hiện đúng hạn.\n"
        return text
    }

    private var table: String {
        let heading = isEnglish ? "due_on,plan_by,code,name,serial,site,kind" : "den_han,lam_truoc,ma,ten,so_hieu,dia_diem,viec"
        return lines.reduce(into: heading + "\r\n") { text, line in
            let cells = [
                line.dueOn, line.planBy, line.code, isEnglish ? line.nameEn : line.nameVi, line.serial, line.site, line.kind,
            ]
            text += cells.map(Self.quoted).joined(separator: ",") + "\r\n"
        }
    }

    /// RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe.
    private static func quoted(_ cell: String) -> String {
        let safe = cell.first.map { "=+-@\t\r".contains($0) } == true ? "'" + cell : cell
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private func printed(_ date: String) -> String {
        // A date of the database is a date.
        (try? CivilDate(parsing: date))?.dayMonthYear ?? date
    }
}
