// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Foundation
import Spreadsheets
import Testing

/// Workbooks as another program reads them: openpyxl, in the tests' virtual environment.
@Suite("Spreadsheets")
struct SpreadsheetTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "spreadsheets-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func make(_ name: String, _ rows: [[SpreadsheetCell]]) throws -> String {
        let path = "\(folder)/\(name)"
        var book = try Spreadsheet(path: path, temporary: folder, title: "Đến hạn", author: "Etalon", created: 1_530_316_800)
        let first = try book.addSheet(
            "Quá hạn · Overdue", [SpreadsheetColumn("Mã / Code", width: 12), SpreadsheetColumn("Ngày / Day", width: 12)])
        _ = try book.addSheet("Trống", [SpreadsheetColumn("Mã", width: 12)])
        for row in rows { try book.append(row, to: first) }
        try book.close()
        return path
    }

    private func read(_ path: String, _ expression: String) throws -> String {
        try PythonJudge.run(
            "import sys, openpyxl\nb = openpyxl.load_workbook(sys.argv[1])\ns = b.worksheets[0]\nprint(\(expression))", [path])
    }

    @Test func `texts, numbers and dates are what they are, and no text becomes a formula`() throws {
        let path = try make(
            "a.xlsx",
            [
                [.text("=1+1"), .date(year: 2018, month: 6, day: 30)], [.text("+84"), .number(-30)], [.text("@sum"), .empty],
                [.text("-x"), .text("Nguyễn & <Lan>\u{1}")],
            ])
        #expect(try read(path, "[c.value for c in s['A']]") == "['Mã / Code', '=1+1', '+84', '@sum', '-x']")
        #expect(try read(path, "[c.data_type for c in s['A']]") == "['s', 's', 's', 's', 's']")
        #expect(
            try read(path, "s['B2'].value.isoformat(), s['B2'].is_date, s['B3'].value, s['B4'].value")
                == "2018-06-30T00:00:00 True -30 None")
        #expect(try read(path, "s['B5'].value").hasPrefix("Nguyễn & <Lan>"))
    }

    @Test func `the heading stays in view, and the list can be filtered`() throws {
        let path = try make("b.xlsx", [[.text("A"), .number(1)], [.text("B"), .number(2)]])
        #expect(
            try read(path, "b.sheetnames, s.freeze_panes, s.auto_filter.ref") == "['Quá hạn · Overdue', 'Trống'] A2 A1:B3"
        )
    }

    @Test func `equal rows give equal bytes`() throws {
        let rows: [[SpreadsheetCell]] = (0..<500).map { [.text("Mã \($0)"), .number($0)] }
        let (one, two) = (try make("c.xlsx", rows), try make("d.xlsx", rows))
        #expect(FileManager.default.contents(atPath: one) == FileManager.default.contents(atPath: two))
    }

    @Test func `a text that is too long is cut, and a name that no sheet may have is refused`() throws {
        let path = try make("e.xlsx", [[.text(String(repeating: "ấ", count: 40_000)), .empty]])
        #expect(try read(path, "len(s['A2'].value)") == "32767")
        var book = try Spreadsheet(path: "\(folder)/f.xlsx", temporary: folder, title: "", author: "", created: 1)
        #expect(throws: SpreadsheetError.self) { _ = try book.addSheet("a/b", []) }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/f.xlsx"))
    }

    @Test(arguments: [
        ("2018-06-30", SpreadsheetCell.date(year: 2018, month: 6, day: 30)), ("", .empty), ("30/06/2018", .text("30/06/2018")),
        ("2018-13-01", .text("2018-13-01")), ("không", .text("không")),
    ])
    func `a day is a date, and what is none stays a text`(text: String, cell: SpreadsheetCell) {
        #expect(SpreadsheetCell(day: text) == cell)
    }
}
