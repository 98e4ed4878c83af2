// SPDX-License-Identifier: Apache-2.0

import APIContract
import Testing
import Vocabulary

@testable import etalon

private func items(_ text: String) throws -> [JSONValue] {
    try #require(try StrictJSON.parse(Array(text.utf8)).array)
}

@Suite("Sentences of the program")
struct MessageTests {
    @Test(arguments: Message.allCases)
    func `every message exists in both languages with the same placeholders`(_ message: Message) {
        let text = message.text
        #expect(!text.vi.isEmpty && !text.en.isEmpty)
        let names = { (text: String) in Set(text.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }) }
        #expect(names(text.vi) == names(text.en))
    }

    @Test func `a value with braces is not filled in again`() {
        let text = Bilingual(vi: "{a}{b}", en: "{a} and {b}").filled(["a": "{b}", "b": "1"])
        #expect(text.en == "{b} and 1")
    }
}

@Suite("Width on the terminal")
struct DisplayWidthTests {
    @Test(arguments: [
        ("Cần Thơ", 7), ("Ca\u{302}\u{300}n Tho\u{31B}", 7), ("", 0), ("ΔT = ±0,1 °C", 12), ("温度", 4), ("😀", 2),
        ("e\u{301}", 1), ("\u{200B}", 0), ("ＡＢ", 4), ("đồng hồ", 7), ("❤\u{FE0F}", 2), ("½", 1),
    ])
    func `a text takes the columns that people see`(_ text: String, _ columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test func `what a customer wrote cannot steer the terminal`() {
        #expect(Visible.line("a\u{1B}[31mb\r\nc\td\u{9B}") == "a\u{FFFD}[31mb c d\u{FFFD}")
        #expect(Visible.line("abc\u{202E}def") == "abc\u{FFFD}def")
    }
}

@Suite("Tables")
struct TableLayoutTests {
    private let columns = [
        Column("name", vi: "Tên", en: "Name"),
        Column("value", vi: "Kết quả", en: "Result", .decimal),
        Column("done_on", vi: "Ngày", en: "Done on", .date),
    ]
    private let rows = #"""
        [{"name":"Nước uống","value":"0.50","done_on":"2018-06-30"},{"name":"RON","value":"<0.05","done_on":null}]
        """#

    @Test func `a Vietnamese table has the decimal comma, the day first, and numbers at the right`() throws {
        let text = TableLayout(columns).render(try items(rows), language: .vi, style: .plain)
        #expect(
            text == """
                Tên        Kết quả  Ngày
                ─────────  ───────  ──────────
                Nước uống     0,50  30/06/2018
                RON          <0,05

                """
        )
    }

    @Test func `an English table keeps the point and the day as on the wire`() throws {
        let text = TableLayout(columns).render(try items(rows), language: .en, style: .plain)
        #expect(text.contains("Nước uống    0.50  2018-06-30\n"))
    }

    @Test func `a narrow terminal wraps between words and never inside one`() throws {
        let table = TableLayout([
            Column("id", vi: "Mã", en: "ID", .number), Column("name", vi: "Tên", en: "Name"),
        ])
        let wide = try items(#"[{"id":7,"name":"Trung tâm kỹ thuật tiêu chuẩn đo lường chất lượng"}]"#)
        let text = table.render(wide, language: .vi, style: TerminalStyle(columns: 24, colour: false))
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 24 })
        for word in ["Trung", "thuật", "chuẩn", "lượng"] { #expect(text.contains(word)) }
        let narrow = table.render(wide, language: .vi, style: TerminalStyle(columns: 3, colour: false))
        for word in ["Trung", "thuật", "chuẩn", "lượng"] { #expect(narrow.contains(word)) }
    }

    @Test func `colours are used only where they are allowed`() throws {
        let table = TableLayout([
            Column("class", vi: "Loại", en: "Class", emphasis: { $0 == "overdue" ? .bad : nil })
        ])
        let rows = try items(#"[{"class":"overdue"},{"class":"due"}]"#)
        #expect(!table.render(rows, language: .en, style: .plain).contains("\u{1B}"))
        let coloured = table.render(rows, language: .en, style: TerminalStyle(columns: 80, colour: true))
        #expect(coloured.contains("\u{1B}[31moverdue\u{1B}[0m"))
        #expect(!coloured.contains("\u{1B}[31mdue"))
    }

    @Test func `a single record is shown as headings and values`() throws {
        let item = try #require(try items(rows).first)
        #expect(
            TableLayout(columns).renderRecord(item, language: .vi, style: .plain)
                == "Tên      Nước uống\nKết quả  0,50\nNgày     30/06/2018\n"
        )
    }

    @Test func `days and moments within a sentence are shown day first, as the clock of the place showed them`() {
        #expect(
            Column.withDaysFirst("tạm dừng từ 2026-11-22T09:26:01+07:00. Từ 2026-11-23, lúc 2026-11-24T01:00:00Z: 2026-1")
                == "tạm dừng từ 22/11/2026 09:26:01. Từ 23/11/2026, lúc 24/11/2026 01:00:00: 2026-1")
    }

    @Test func `a dotted key reaches into an object`() throws {
        let item = try #require(try items(#"[{"customer":{"name":"Cty A"},"ok":true,"tags":["a","b"]}]"#).first)
        #expect(Column("customer.name", vi: "", en: "").shownText(in: item, .vi) == "Cty A")
        #expect(Column("ok", vi: "", en: "").shownText(in: item, .vi) == "có")
        #expect(Column("tags", vi: "", en: "").shownText(in: item, .en) == "a, b")
        #expect(Column("nothing.here", vi: "", en: "").shownText(in: item, .en).isEmpty)
    }
}

@Suite("Comma-separated values (RFC 4180)")
struct CommaSeparatedTests {
    @Test func `quotes, commas and line breaks are quoted, points and days kept`() throws {
        let columns = ["a", "b", "c", "d"].map { Column($0, vi: $0, en: $0, .decimal) }
        let text = CommaSeparated(columns).render(
            try items(#"[{"a":"x,y","b":"0.50","c":"say \"hi\"\r\nbye","d":true},{"a":null,"b":-3,"d":[1]}]"#)
        )
        #expect(text == "a,b,c,d\r\n\"x,y\",0.50,\"say \"\"hi\"\"\r\nbye\",true\r\n,-3,,[1]\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+84 292", "'+84 292"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"),
        ("-0.50", "-0.50"), ("+5", "+5"), ("-", "'-"), ("a=b", "a=b"), ("", ""), ("-1e5", "'-1e5"), ("＝1", "'＝1"),
    ])
    func `what a spreadsheet would run is defused and numbers are not touched`(_ text: String, _ safe: String) {
        #expect(CommaSeparated.defused(text) == safe)
    }
}

@Suite("Exit codes")
struct ExitCodeTests {
    @Test(
        arguments: [
            (200, 0), (201, 0), (204, 0), (304, 0), (400, 65), (401, 77), (403, 77), (404, 65), (405, 65), (409, 75),
            (412, 75), (413, 65), (415, 65), (422, 1), (428, 65), (429, 75), (500, 69), (503, 69), (100, 69),
        ] as [(Int, Int32)])
    func `an HTTP status becomes the code of sysexits`(_ status: Int, _ code: Int32) {
        #expect(ExitCode(status: status).rawValue == code)
    }
}

@Suite("Problems, as people read them")
struct ProblemPrinterTests {
    private let refusal = Problem(
        .refused,
        vi: "Không thể duyệt kết quả", en: "The result cannot be approved",
        remedyVi: "nhờ người khác duyệt", remedy: "have somebody else approve it",
        reasons: [
            ReasonView(
                code: "same-person", clause: "ISO/IEC 17025:2017, 7.7.1", vi: "người duyệt là người nhập",
                en: "the approver entered it"
            ),
            ReasonView(code: "no-card", vi: "thẻ hết hạn", en: "the card has expired", field: "/card"),
        ]
    )

    @Test func `every reason has its own line, in the language asked for`() {
        #expect(
            ProblemPrinter(language: .vi, style: .plain).text(refusal) == """
                Từ chối: Không thể duyệt kết quả
                  - người duyệt là người nhập — ISO/IEC 17025:2017, 7.7.1 [same-person]
                  - thẻ hết hạn (trường /card) [no-card]
                  cách xử lý: nhờ người khác duyệt

                """
        )
        let english = ProblemPrinter(language: .en, style: .plain).text(refusal)
        #expect(english.hasPrefix("Refused: The result cannot be approved\n  - the approver entered it"))
    }

    @Test func `several faults of a file are counted, and each is said once, behind its place`() {
        let problem = Problem(
            .invalidField, vi: "f:1: a; f:2: b", en: "f:1: a; f:2: b", field: "f:1",
            reasons: [
                ReasonView(code: "invalid", vi: "sai a", en: "a", field: "f:1"),
                ReasonView(code: "invalid", vi: "sai b", en: "b", field: "f:2"),
            ])
        #expect(
            ProblemPrinter(language: .en, style: .plain).text(problem)
                == "Error: there are 2 places to correct\n  - f:1: a\n  - f:2: b\n")
        #expect(
            ProblemPrinter(language: .vi, style: .plain).text(problem)
                == "Lỗi: có 2 chỗ phải sửa\n  - f:1: sai a\n  - f:2: sai b\n")
    }

    @Test func `an only reason that is the detail is said once, with its clause`() {
        let reason = ReasonView(code: "no-card", clause: "Art. 43(4)", vi: "an không có thẻ", en: "an holds no card")
        let problem = Problem(.refused, vi: reason.vi, en: reason.en, reasons: [reason])
        #expect(
            ProblemPrinter(language: .vi, style: .plain).text(problem)
                == "Từ chối: an không có thẻ — Điều 43(4) [no-card]\n")
        #expect(
            ProblemPrinter(language: .en, style: .plain).text(problem)
                == "Refused: an holds no card — Art. 43(4) [no-card]\n")
    }

    @Test func `the field of what was not found is for programs`() {
        let problem = Problem(.notFound, vi: "không có mẫu “M1”", en: "there is no sample “M1”", field: "sample")
        #expect(ProblemPrinter(language: .vi, style: .plain).text(problem) == "Lỗi: không có mẫu “M1”\n")
        let matrix = Problem(.notFound, vi: "không có nền mẫu “x”", en: "there is no matrix “x”", field: "samples[1].matrix")
        #expect(ProblemPrinter(language: .vi, style: .plain).text(matrix).hasSuffix("\n  trường: samples[1].matrix\n"))
    }

    @Test func `with json it is one problem document`() throws {
        let text = ProblemPrinter(language: .vi, style: .plain).json(refusal)
        #expect(try StrictJSON.decode(Problem.self, from: Array(text.utf8)) == refusal)
        #expect(text.hasSuffix("}\n") && text.dropLast().allSatisfy { $0 != "\n" })
    }

    @Test func `a list without rows says so and a page that is not the last names the cursor`() throws {
        let columns = [Column("id", vi: "Mã", en: "ID", .number)]
        let table = Presentation(format: .table, language: .vi, style: .plain, errorStyle: .plain)
        #expect(try table.list(Array(#"{"items":[],"next":null}"#.utf8), columns: columns) == "Không có dòng nào.\n")
        let page = try table.list(Array(#"{"items":[{"id":1}],"next":"abc"}"#.utf8), columns: columns)
        #expect(page.hasSuffix("Còn nữa; xem tiếp với --cursor abc\n"))
        let spaced = try table.list(Array(#"{"items":[{"id":1}],"next":"0 2016-07-31 a'b"}"#.utf8), columns: columns)
        #expect(spaced.hasSuffix("xem tiếp với --cursor '0 2016-07-31 a'\\''b'\n"), "\(spaced)")
        let minus = try table.list(Array(#"{"items":[{"id":1}],"next":"-1"}"#.utf8), columns: columns)
        #expect(minus.hasSuffix("xem tiếp với --cursor=-1\n"))
        let json = Presentation(format: .json, language: .vi, style: .plain, errorStyle: .plain)
        #expect(try json.list(Array(#"{"items":[],"next":null}"#.utf8), columns: columns) == "{\"items\":[],\"next\":null}\n")
    }
}
