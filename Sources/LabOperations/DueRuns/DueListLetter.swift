// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LaboratoryModel

/// What one reader is told of a run: counts of all of it, and its lines while there are not too many.
struct DueShare {
    /// Lines that come with a mail at most; a longer list is read where it lies.
    static let attachedLines = 10_000

    /// All lines, by district and type.
    let counts = DueCounts()
    /// The lines; the first ones when there are too many.
    private(set) var lines: [DueLine] = []

    var total: Int { counts.overdue + counts.due }
    /// Whether every line is there.
    var isComplete: Bool { lines.count == total }

    /// Adds a line.
    mutating func add(_ line: DueLine) {
        counts.add(line)
        if lines.count < Self.attachedLines { lines.append(line) }
    }
}

/// The mail that tells a reader what is due.
struct DueListLetter {
    /// Who reads it.
    enum Reader: Equatable {
        /// A person of the centre who answers for the lines, by name: several may read one mailbox.
        case person(name: String)
        /// Somebody who sees to the whole.
        case manager
        /// Who takes what nobody answers for.
        case unassigned
        /// A customer, in a language.
        case customer(language: String)
    }

    /// A file that comes with it.
    struct File {
        let name: String
        /// Media type.
        let type: String
        let bytes: [UInt8]
    }

    /// Lines that stand in the mail itself; the others are in its files.
    static let listedLines = 40
    /// Groups that stand in the summary at most.
    static let listedGroups = 60

    let asOf: String
    let within: Int
    let reader: Reader

    private var languages: [String] {
        if case .customer(let language) = reader { [language] } else { ["vi", "en"] }
    }

    /// The letter without its files.
    func text(of share: DueShare) -> DueLetters.Text {
        let (overdue, due) = (share.counts.overdue, share.counts.due)
        let day = SentenceParts.vietnameseDay(asOf)
        var subjects: [String] = []
        var body: [String] = []
        for language in languages {
            if language == "vi" {
                subjects.append("Đến hạn tính đến \(day): \(overdue) quá hạn, \(due) đến hạn")
                body += ["Tính đến \(day): \(overdue) quá hạn, \(due) đến hạn trong \(within) ngày.", opening.vi]
            } else {
                subjects.append("Due as of \(asOf): \(overdue) overdue, \(due) due")
                body += ["As of \(asOf): \(overdue) overdue, \(due) due within \(within) days.", opening.en]
            }
        }
        body.append("")
        if reader == .manager {
            for group in share.counts.groups.prefix(Self.listedGroups) {
                body.append("\(group.district.isEmpty ? "–" : group.district) · \(group.type): \(group.overdue) / \(group.due)")
            }
            body.append("")
        }
        body += share.lines.prefix(Self.listedLines).map(line)
        let rest = share.total - min(share.total, Self.listedLines)
        for language in languages {
            if rest > 0 { body.append(language == "vi" ? "… và \(rest) dòng nữa." : "… and \(rest) more.") }
            if !share.isComplete {
                body.append(
                    language == "vi"
                        ? "Danh sách quá dài để gửi kèm; xem bằng `etalon due list`."
                        : "The list is too long to come with a mail; see `etalon due list`.")
            }
        }
        return DueLetters.Text(subject: subjects.joined(separator: " / "), body: body.joined(separator: "\n") + "\n")
    }

    /// The files of a share: csv and xlsx, as those of the run but with its lines only; none when it is too long.
    func files(of share: DueShare, author: String) throws -> [File] {
        guard share.isComplete else { return [] }
        var csv = DueLineBytes.csvHeading
        let counts = DueCounts()
        var book = try DueWorkbook(asOf: asOf, within: within, author: author, counts: counts)
        for line in share.lines {
            counts.add(line)
            DueLineBytes.appendCSV(line, to: &csv)
            try book.append(line)
        }
        var xlsx: [UInt8] = []
        _ = try book.finish { next in
            while let piece = try next(), !piece.isEmpty { xlsx += piece }
            return ""
        }
        return [
            File(name: "due-\(asOf).csv", type: "text/csv; charset=utf-8", bytes: csv),
            File(
                name: "due-\(asOf).xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes: xlsx),
        ]
    }

    private var opening: (vi: String, en: String) {
        switch reader {
        case .person(let name):
            ("Những phương tiện đo sau thuộc phần \(name) theo dõi.", "These instruments are assigned to \(name).")
        case .manager: ("Tổng hợp theo quận, huyện và loại (quá hạn / đến hạn):", "By district and type (overdue / due):")
        case .unassigned: ("Những phương tiện đo sau chưa giao cho ai.", "Nobody is assigned to these instruments.")
        case .customer:
            (
                "Những phương tiện đo sau của quý khách đến hạn kiểm định, hiệu chuẩn.",
                "These instruments of yours are due for verification or calibration."
            )
        }
    }

    private func line(_ line: DueLine) -> String {
        let isEnglish = languages == ["en"]
        let day = line.dueOn.isEmpty ? "–" : isEnglish ? line.dueOn : SentenceParts.vietnameseDay(line.dueOn)
        let reason = SentenceParts.word(line.reason)
        let places = [line.customer, line.site, line.district].filter { !$0.isEmpty }.joined(separator: ", ")
        return
            "\(day) (\(line.days)) · \(line.code) · \(line.type) · \(line.serial) · \(places) · \(isEnglish ? reason.en : reason.vi)"
    }
}
