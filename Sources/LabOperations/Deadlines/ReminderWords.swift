// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// The sentences of a reminder in one language.
struct ReminderWords {
    let isEnglish: Bool

    /// What of both languages is said.
    func chosen(_ vi: String, _ en: String) -> String { isEnglish ? en : vi }

    /// The word for a code of the records.
    func word(_ code: String) -> String {
        let word = SentenceParts.word(code)
        return chosen(word.vi, word.en)
    }

    /// `2 days`, `2 ngày`.
    func days(_ count: Int) -> String { chosen("\(count) ngày", count == 1 ? "1 day" : "\(count) days") }

    private func day(_ text: String) -> String { isEnglish ? text : SentenceParts.vietnameseDay(text) }

    /// What subjects of a type are called, so many of them; a type of nil: of several types.
    func noun(_ type: String?, _ count: Int) -> String {
        let (vi, one, many) =
            switch type {
            case "instrument": ("phương tiện đo", "measuring instrument", "measuring instruments")
            case "standard": ("chuẩn đo lường", "measurement standard", "measurement standards")
            case "verifier_card": ("thẻ kiểm định viên", "verifier card", "verifier cards")
            case "designation": ("quyết định chỉ định", "designation", "designations")
            case "accreditation": ("chứng chỉ công nhận", "accreditation", "accreditations")
            case "sample": ("mẫu lưu", "retained sample", "retained samples")
            default: ("kỳ hạn", "deadline", "deadlines")
            }
        return chosen(vi, count == 1 ? one : many)
    }

    // MARK: all lines

    /// How that is called which comes and goes by: work is due, a paper expires, the keeping of a sample ends.
    private enum Sort {
        case work, paper, retention

        init(_ types: Set<String>) {
            if types.isSubset(of: ["verifier_card", "designation", "accreditation"]) {
                self = .paper
            } else {
                self = types == ["sample"] ? .retention : .work
            }
        }
    }

    /// `3 measuring instruments overdue for 30 days`: the days are those that have really passed, whichever stage it is.
    func summary(_ lines: [ReminderLineRow]) -> String {
        let types = Set(lines.map(\.subjectType))
        let subjects = Set(lines.map { "\($0.subjectType) \($0.code)" }).count
        let count = types.count == 1 ? subjects : lines.count
        let sort = Sort(types)
        let when =
            if lines.allSatisfy({ $0.days <= 0 }) {
                coming(sort, within: -(lines.map(\.days).min() ?? 0))
            } else if lines.allSatisfy(\.overdue) {
                past(sort, lines.map(\.days).min() ?? 0, lines.map(\.days).max() ?? 0)
            } else {
                switch sort {
                case .work: chosen("đến hạn hoặc quá hạn", "due or overdue")
                case .paper: chosen("sắp hết hạn hoặc đã hết hạn", "expiring or expired")
                case .retention: chosen("hết hạn lưu", "at the end of retention or past it")
                }
            }
        return "\(count) \(noun(types.count == 1 ? types.first : nil, count)) \(when)"
    }

    private func coming(_ sort: Sort, within days: Int) -> String {
        let (vi, en) =
            switch sort {
            case .work: ("đến hạn", "due")
            case .paper: ("hết hạn", "expiring")
            case .retention: ("hết hạn lưu", "with retention ending")
            }
        return days == 0
            ? chosen("\(vi) hôm nay", "\(en) today")
            : chosen("sẽ \(vi) trong \(days) ngày tới", "\(en) within \(self.days(days))")
    }

    private func past(_ sort: Sort, _ fewest: Int, _ most: Int) -> String {
        let vi =
            switch sort {
            case .work: "đã quá hạn"
            case .paper: "đã hết hạn"
            case .retention: "đã quá hạn lưu"
            }
        // A paper was valid to the end of yesterday and expired with it; work and keeping are late from this morning on.
        let vietnameseFirst = sort == .paper ? "\(vi) hôm qua" : "\(vi) từ hôm nay"
        let vietnamese = most == 1 ? vietnameseFirst : fewest == most ? "\(vi) \(most) ngày" : "\(vi), lâu nhất \(most) ngày"
        let reach = fewest == most ? days(most) : "up to \(days(most))"
        let english =
            switch sort {
            case .work: most == 1 ? "overdue since today" : "overdue for \(reach)"
            case .paper: most == 1 ? "expired yesterday" : "expired \(reach) ago"
            case .retention: most == 1 ? "past retention since today" : "past retention for \(reach)"
            }
        return chosen(vietnamese, english)
    }

    /// What is asked of the reader; how long a validity lasts only where one is shown that still lasts.
    func closing(_ lines: [ReminderLineRow]) -> String {
        var closing: [String] = []
        if lines.contains(where: { $0.days <= 0 && Self.hasValidity($0) }) {
            closing.append(
                chosen("Hiệu lực nêu trên tính đến hết ngày ghi.", "A validity lasts through the whole of the day shown."))
        }
        closing.append(
            lines.contains(where: \.overdue)
                ? chosen("Đề nghị sắp xếp thực hiện ngay.", "Please see to this without delay.")
                : chosen("Đề nghị sắp xếp thực hiện đúng hạn.", "Please see to this in time."))
        return closing.joined(separator: " ")
    }

    /// Whether the due date is the last day of a validity: a calibration of a customer's instrument has none, nor has a sample.
    private static func hasValidity(_ line: ReminderLineRow) -> Bool {
        line.reason == "expired" && !(line.subjectType == "instrument" && line.kind == "calibration")
            && line.subjectType != "sample"
    }

    // MARK: one line

    /// `2019-05-31 (overdue for 30 days): measuring instrument COT-1, Fuel dispenser, serial TQ-1 – verification was valid through …`.
    ///
    /// - Parameter naming: whether the customer is named as well.
    func line(_ line: ReminderLineRow, naming: Bool) -> String {
        var text = "\(day(line.dueOn)) (\(standing(line))"
        if line.planBy != line.dueOn, line.days <= 0 {
            text += chosen("; làm trước \(day(line.planBy))", "; plan by \(line.planBy)")
        }
        let serial = line.serial.isEmpty ? "" : chosen("số \(line.serial)", "serial \(line.serial)")
        let what = [
            "\(noun(line.subjectType, 1)) \(line.code)", chosen(line.nameVi, line.nameEn), serial,
            naming ? line.customerName ?? "" : "", line.site,
        ]
        text += "): " + what.filter { !$0.isEmpty }.joined(separator: ", ")
        let why = why(line)
        return why.isEmpty ? text : "\(text) – \(why)"
    }

    /// `in 12 days`, `overdue for 300 days`.
    private func standing(_ line: ReminderLineRow) -> String {
        switch line.days {
        case ..<0: chosen("còn \(-line.days) ngày", "in \(days(-line.days))")
        case 0: chosen("hôm nay", "today")
        case _ where line.overdue: chosen("quá hạn \(line.days) ngày", "overdue for \(days(line.days))")
        default:
            chosen(
                "đến hạn \(line.days) ngày trước, còn trong thời gian gia hạn", "due \(days(line.days)) ago, within the grace")
        }
    }

    /// Why it is due: the reason that ``DueList`` gives, as a sentence with its day.
    func why(_ line: ReminderLineRow) -> String {
        let used = line.usedFrom.map(day)
        switch line.reason {
        case "never-verified", "never-calibrated":
            let never = word(line.reason ?? "")
            return used.map { chosen("\(never), sử dụng từ ngày \($0)", "\(never), in use since \($0)") } ?? never
        case "never-calibration", "never-certification": return word(line.reason ?? "")
        case "failed":
            let on = line.lastDoneOn.map(day) ?? ""
            return chosen("kiểm định ngày \(on) không đạt", "failed its verification on \(on)")
        case "ended-early":
            let (on, event) = (line.eventOn.map(day) ?? "", word(line.eventKind ?? "event"))
            return chosen("mất hiệu lực từ ngày \(on): \(event)", "validity ended on \(on): \(event)")
        case "overridden": return word("overridden")
        case "agreed": return interval(line)
        case "expired": return ending(line)
        default: return ""
        }
    }

    /// What ends on the due date by itself.
    private func ending(_ line: ReminderLineRow) -> String {
        let paper = line.rule.map { " \($0)" } ?? ""
        switch (line.subjectType, line.kind) {
        case ("instrument", "calibration"): return interval(line)
        case ("sample", _): return chosen("lưu đến hết ngày \(day(line.dueOn))", "to be kept through \(line.dueOn)")
        case ("standard", "calibration"):
            return validity(line, "giấy chứng nhận hiệu chuẩn\(paper)", "calibration certificate\(paper)")
        case ("standard", _): return validity(line, "giấy chứng nhận chuẩn\(paper)", "certificate\(paper)")
        case ("verifier_card", _): return validity(line, "thẻ", "card")
        case ("designation", _): return validity(line, "quyết định", "designation")
        case ("accreditation", _): return validity(line, "chứng chỉ", "accreditation")
        default: return validity(line, "kiểm định", "verification")
        }
    }

    private func validity(_ line: ReminderLineRow, _ vi: String, _ en: String) -> String {
        let on = day(line.dueOn)
        return line.days > 0
            ? chosen("\(vi) đã hết hiệu lực sau ngày \(on)", "\(en) was valid through \(on)")
            : chosen("\(vi) có hiệu lực đến hết ngày \(on)", "\(en) valid through \(on)")
    }

    /// An interval that ends on the due date: nothing loses validity by it.
    private func interval(_ line: ReminderLineRow) -> String {
        let on = day(line.dueOn)
        let last = line.kind == "calibration" ? line.lastDoneOn.map(day) : nil
        let before = last.map { chosen("hiệu chuẩn lần cuối ngày \($0), ", "last calibrated on \($0), ") } ?? ""
        let (vi, en) =
            switch line.rule {
            case "agreed interval": ("chu kỳ thỏa thuận", "the agreed interval")
            case "advised interval": ("chu kỳ đề xuất đã ký", "the advised interval")
            default: ("chu kỳ của quy trình", "the interval of the procedure")
            }
        return before
            + (line.days > 0
                ? chosen("\(vi) đã hết ngày \(on)", "\(en) ended on \(on)")
                : chosen("\(vi) đến ngày \(on)", "\(en) ends on \(on)"))
    }
}
