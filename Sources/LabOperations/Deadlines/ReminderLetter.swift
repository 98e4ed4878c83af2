// SPDX-License-Identifier: Apache-2.0
internal import Deliveries
internal import LabStore
internal import LaboratoryModel

/// What a reminder says, in the language of those who read it: of each line what it is, since when or until when, and why.
struct ReminderLetter {
    /// To whom it goes.
    enum Reader: Equatable {
        /// The customer whose instruments they are.
        case customer(name: String)
        /// A person of the centre, who answers for the lines.
        case person(name: String)
        /// An audience of the centre.
        case audience
        /// Who takes what nobody concerned has an address for.
        case unassigned
        /// The same, for customers whom nothing can be mailed to: a person phones or posts a letter.
        case inPlaceOfCustomers
    }

    let group: ReminderGroupRow
    let lines: [ReminderLineRow]
    let reader: Reader
    /// `vi` or `en`.
    let language: String
    /// Lines in the text; the attached table has all.
    static let shown = 100

    private var words: ReminderWords { ReminderWords(isEnglish: language == "en") }

    /// The letter to some addresses.
    func letter(to addresses: [String]) -> Letter {
        let name = words.chosen("den-han", "due")
        return Letter(
            .reminder, to: addresses, language: language, subject: subject, text: text,
            attachments: [
                MailAttachment(name: "\(name)-\(group.onDay).csv", type: "text/csv; charset=utf-8", bytes: Array(table.utf8))
            ],
            about: group.customer.map { "customer:\($0)" } ?? "audience:\(group.audience)")
    }

    /// `12 measuring instruments due within 30 days`.
    var subject: String {
        let what = words.summary(lines)
        guard reader == .inPlaceOfCustomers else { return what }
        let customers = Set(lines.compactMap(\.customer)).count
        return words.chosen(
            "\(customers) khách hàng chưa có địa chỉ thư: \(what)",
            "\(customers) \(customers == 1 ? "customer" : "customers") without a mail address: \(what)")
    }

    /// The text: who is addressed, a line for each deadline, where there are more of them, and what is asked.
    var text: String {
        var paragraphs = [opening, subject + ":"]
        var listed = ""
        var holder: String?
        for line in lines.prefix(Self.shown) {
            if reader == .inPlaceOfCustomers, line.customer != holder {
                listed += (holder == nil ? "" : "\n") + contact(line) + "\n"
                holder = line.customer
            }
            listed += "- " + words.line(line, naming: reader != .inPlaceOfCustomers && !isToCustomer) + "\n"
        }
        if lines.count > Self.shown {
            let rest = lines.count - Self.shown
            listed += words.chosen("… và \(rest) dòng nữa trong bảng đính kèm", "… and \(rest) more in the attached table") + "\n"
        }
        paragraphs.append(listed)
        return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n" + words.closing(lines) + "\n"
    }

    private var isToCustomer: Bool { if case .customer = reader { true } else { false } }

    private var opening: String {
        switch reader {
        case .customer(let name), .person(let name): words.chosen("Kính gửi: \(name)", "To: \(name)")
        case .audience: ""
        case .unassigned:
            words.chosen(
                "Những người liên quan chưa có địa chỉ thư, nên thư này gửi đến địa chỉ nhận phần chưa giao.",
                "Nobody concerned has a mail address, so this goes to the address for what is unassigned.")
        case .inPlaceOfCustomers:
            words.chosen(
                """
                Những khách hàng sau chưa có địa chỉ thư: đề nghị gọi điện hoặc gửi công văn. Khi có địa chỉ, ghi lại bằng \
                `etalon tell subscribe` hoặc `etalon deadline prefer`, lần sau thư đi thẳng.
                """,
                """
                These customers have no mail address: please phone or post a letter. With an address, recorded by \
                `etalon tell subscribe` or `etalon deadline prefer`, the next mail goes to them.
                """)
        }
    }

    /// `Công ty A (KH-1), 0292 3 830 000, 12 Nguyễn Trãi`.
    private func contact(_ line: ReminderLineRow) -> String {
        let name = "\(line.customerName ?? "") (\(line.customer ?? ""))"
        return [name, line.phone ?? "", line.address ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var table: String {
        let heading = words.chosen(
            "den_han,lam_truoc,so_ngay_qua_han,doi_tuong,ma,ten,so_hieu,khach_hang,dia_diem,viec,ly_do",
            "due_on,plan_by,days_overdue,subject,code,name,serial,customer,site,kind,reason")
        return lines.reduce(into: heading + "\r\n") { text, line in
            let cells = [
                line.dueOn, line.planBy, line.overdue ? String(line.days) : "0", words.noun(line.subjectType, 1), line.code,
                words.chosen(line.nameVi, line.nameEn), line.serial, line.customerName ?? "", line.site, words.word(line.kind),
                words.why(line),
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
}
