// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Glibc
internal import LabStore
internal import LaboratoryModel
internal import Spreadsheets

/// A due list as a workbook: a sheet of what is overdue, one of what is due, one of counts.
struct DueWorkbook: ~Copyable {
    /// What made the file, as its row says.
    static let engine = "libxlsxwriter"

    private let folder: WorkbookFolder
    private var book: Spreadsheet
    private let counts: DueCounts
    private var sheets: [String: (sheet: Int, rows: Int, number: Int)]

    /// Begins the workbook of a list in a temporary folder of its own.
    /// - Parameter counts: what the last sheet shows: counted while the lines come, read at the end.
    init(asOf: String, within: Int, author: String, counts: DueCounts) throws {
        let folder = try WorkbookFolder()
        var book = try Spreadsheet(
            path: folder.file, temporary: folder.path,
            title: "Danh sách đến hạn tính đến \(SentenceParts.vietnameseDay(asOf)), \(within) ngày tới", author: author,
            created: try Self.seconds(of: asOf))
        let overdue = try Self.addSheet("overdue", number: 1, to: &book)
        let due = try Self.addSheet("due", number: 1, to: &book)
        self.folder = folder
        self.book = book
        self.counts = counts
        sheets = ["overdue": (overdue, 0, 1), "due": (due, 0, 1)]
    }

    /// Adds a line to the sheet of its class; a sheet that is full is continued on the next.
    mutating func append(_ line: DueLine) throws {
        let key = line.class == "overdue" ? "overdue" : "due"
        if let full = sheets[key], full.rows >= Spreadsheet.rowLimit {
            sheets[key] = (try Self.addSheet(key, number: full.number + 1, to: &book), 0, full.number + 1)
        }
        guard let sheet = sheets[key] else { return }
        let reason = SentenceParts.word(line.reason).vi
        let kind = SentenceParts.word(line.kind).vi
        try book.append(
            [
                SpreadsheetCell(day: line.dueOn), SpreadsheetCell(day: line.planBy ?? ""),
                line.dueOn.isEmpty ? .empty : .number(line.days), .text(line.code),
                .text(line.type), .text(line.serial), .text(line.customer), .text(line.site), .text(line.district),
                .text(kind), .text(reason), SpreadsheetCell(day: line.lastDoneOn ?? ""), .text(line.lastCertificate ?? ""),
                .text(line.rule), .text(line.why),
            ], to: sheet.sheet)
        sheets[key]?.rows += 1
    }

    /// Completes the workbook and hands over its bytes.
    consuming func finish(_ take: (_ next: () throws -> [UInt8]?) throws -> String) throws -> String {
        try addSummary()
        let folder = folder
        try book.close()
        let descriptor = open(folder.file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SpreadsheetError(description: "the workbook is gone: errno \(errno)") }
        defer { Glibc.close(descriptor) }
        return try take {
            try [UInt8](unsafeUninitializedCapacity: 256 * 1024) { buffer, count in
                let got = read(descriptor, buffer.baseAddress, buffer.count)
                guard got >= 0 else { throw SpreadsheetError(description: "the workbook cannot be read: errno \(errno)") }
                count = got
            }
        }
    }

    private static func addSheet(_ key: String, number: Int, to book: inout Spreadsheet) throws -> Int {
        let name = key == "overdue" ? "Quá hạn · Overdue" : "Đến hạn · Due"
        return try book.addSheet(
            number == 1 ? name : "\(name) \(number)",
            [
                SpreadsheetColumn("Hạn / Due on", width: 12), SpreadsheetColumn("Làm trước / Plan by", width: 12),
                SpreadsheetColumn("Ngày / Days", width: 8),
                SpreadsheetColumn("Mã / Code", width: 14), SpreadsheetColumn("Loại / Type", width: 8),
                SpreadsheetColumn("Số / Serial No.", width: 16), SpreadsheetColumn("Khách hàng / Customer", width: 34),
                SpreadsheetColumn("Cơ sở / Site", width: 30), SpreadsheetColumn("Quận, huyện / District", width: 20),
                SpreadsheetColumn("Việc / Kind", width: 14), SpreadsheetColumn("Lý do / Reason", width: 22),
                SpreadsheetColumn("Lần trước / Last done", width: 12),
                SpreadsheetColumn("Giấy trước / Last certificate", width: 18),
                SpreadsheetColumn("Quy tắc / Rule", width: 18), SpreadsheetColumn("Vì sao / Why", width: 40),
            ])
    }

    private mutating func addSummary() throws {
        let sheet = try book.addSheet(
            "Tổng hợp · Summary",
            [
                SpreadsheetColumn("Quận, huyện / District", width: 24), SpreadsheetColumn("Loại / Type", width: 10),
                SpreadsheetColumn("Quá hạn / Overdue", width: 12), SpreadsheetColumn("Đến hạn / Due", width: 12),
                SpreadsheetColumn("Cộng / Total", width: 12),
            ])
        for group in counts.groups {
            try book.append(
                [
                    .text(group.district), .text(group.type), .number(group.overdue), .number(group.due),
                    .number(group.overdue + group.due),
                ], to: sheet)
        }
        try book.append(
            [.text("Tất cả / All"), .empty, .number(counts.overdue), .number(counts.due), .number(counts.overdue + counts.due)],
            to: sheet)
    }

    /// Midnight UTC of a day, in seconds since 1970.
    private static func seconds(of day: String) throws -> Int {
        try CivilDate(parsing: day).daysSinceEpoch * 86_400
    }
}

/// A temporary folder for one workbook; it goes with the last who holds it.
private final class WorkbookFolder {
    let path: String
    var file: String { "\(path)/due.xlsx" }

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/etalon-due-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SpreadsheetError(description: "no temporary folder: errno \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        unlink(file)
        rmdir(path)
    }
}

/// Lines of a list by district and type.
final class DueCounts {
    /// One district and one type.
    struct Group {
        let district: String
        let type: String
        var overdue = 0
        var due = 0
    }

    private struct Key: Hashable {
        let district: String
        let type: String
    }

    private var byKey: [Key: Group] = [:]
    /// Lines that are overdue.
    private(set) var overdue = 0
    /// Lines that are due, and not overdue.
    private(set) var due = 0

    /// Groups in the order of districts, then types.
    var groups: [Group] { byKey.values.sorted { ($0.district, $0.type) < ($1.district, $1.type) } }

    /// Counts a line.
    func add(_ line: DueLine) {
        let isOverdue = line.class == "overdue"
        if isOverdue { overdue += 1 } else { due += 1 }
        let key = Key(district: line.district, type: line.type)
        byKey[key, default: Group(district: line.district, type: line.type)].count(isOverdue)
    }
}

extension DueCounts.Group {
    fileprivate mutating func count(_ isOverdue: Bool) {
        if isOverdue { overdue += 1 } else { due += 1 }
    }
}
