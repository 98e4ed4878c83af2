// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc
import Testing
import Vocabulary

@testable import etalon

/// A folder of its own for one test.
private func withFolder(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/etalon-cli-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { letters in letters.baseAddress.flatMap { mkdtemp($0) } != nil }
    try #require(made)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
        for name in names(folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }
    try await body(folder)
}

private func names(_ folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
}

private func text(_ path: String) throws -> String { String(decoding: try WrittenFile.contents(path), as: UTF8.self) }

@Suite("Talking with the daemon")
struct ExchangeTests {
    private static let csv = "class,reason\r\n"
    private static let json = "{\"items\":[]}\n"

    /// A run with its two files, and its pdf where it is rendered.
    private static func run(_ day: String, printed: Bool = true) -> String {
        let pdf = #",{"name":"pdf","bytes":4,"sha256":"c"}"#
        return
            #"{"run_id":"r-\#(day)","as_of":"\#(day)","within_days":30,"emitted_at":"2018-06-30T02:00:00+07:00","origin":"nightly","#
            + #""overdue":3,"due":4,"manifest":"{\"run_id\":\"r-\#(day)\",\"as_of\":\"\#(day)\",\"counts\":{\"overdue\":3,\"due\":4}}\n","#
            + #""manifest_sha256":"d","previous":null,"files":[{"name":"csv","bytes":14,"sha256":"a"},{"name":"json","bytes":13,"sha256":"b"}"#
            + (printed ? pdf : "") + "]}"
    }

    /// A daemon that knows runs, whose pdf comes after a while.
    private static let runs: FakeDaemon.Answer = { request in
        let parts = request.target.split(separator: "/").map(String.init)
        switch parts.last {
        case "due-runs":
            let day = request.body.split(separator: #""on":""#).dropFirst().first.map { String($0.prefix(10)) } ?? "2018-06-30"
            return (201, Self.run(day, printed: false))
        case "csv": return (200, Self.csv)
        case "json": return (200, Self.json)
        case "pdf": return (200, "%PDF")
        case "due-nights":
            return (
                200,
                #"{"policy":"all","today":"2018-06-30","make":["2018-06-29","2018-06-30"],"#
                    + #""nights":[{"night":"2018-06-29","run_id":null},{"night":"2018-06-30","run_id":null}]}"#
            )
        default: return (200, Self.run(String((parts.last ?? "").dropFirst(2))))
        }
    }

    @Test func `emitting writes complete files, the manifest and then the pdf, and leaves nothing else`() async throws {
        try await withFolder { folder in
            try await FakeDaemon.running(Self.runs) { daemon, server in
                try WrittenFile.replace("\(folder)/due-2018-06-30.csv", with: Array("old".utf8))
                let written = Written()
                let verb = try DueEmit.parse(["--on", "2018-06-30", "--within", "30d", "--out", folder])
                try await verb.perform(written.session(server))
                #expect(names(folder) == ["csv", "json", "manifest.json", "pdf"].map { "due-2018-06-30.\($0)" })
                #expect(try text("\(folder)/due-2018-06-30.csv") == "class,reason\r\n")
                #expect(try text("\(folder)/due-2018-06-30.json") == "{\"items\":[]}\n")
                #expect(written.output.contains("r-2018-06-30") && written.output.contains("3"))
                let sent = try #require(daemon.requests.first)
                #expect(sent.method == "POST" && sent.target == "/v1/due-runs")
                #expect(sent.body == #"{"on":"2018-06-30","within":30}"#)
                #expect(sent.headers["idempotency-key"]?.utf8.count == 36)
            }
        }
    }

    @Test func `catching up makes every night that the daemon names, oldest first`() async throws {
        try await withFolder { folder in
            try await FakeDaemon.running(Self.runs) { daemon, server in
                try await DueEmit.parse(["--catch-up", "--out", folder]).perform(Written().session(server))
                #expect(
                    names(folder) == [
                        "due-2018-06-29.csv", "due-2018-06-29.json", "due-2018-06-29.manifest.json", "due-2018-06-30.csv",
                        "due-2018-06-30.json", "due-2018-06-30.manifest.json", "due-2018-06-30.pdf",
                    ])
                #expect(
                    daemon.requests.filter { $0.method == "POST" }.map(\.body) == [
                        #"{"on":"2018-06-29","night":true}"#, #"{"on":"2018-06-30","night":true}"#,
                    ])
            }
        }
    }

    @Test func `nothing is emitted when the folder cannot be written`() async throws {
        try await FakeDaemon.running(Self.runs) { daemon, server in
            let verb = try DueEmit.parse(["--out", "/nowhere/at/all"])
            await #expect(throws: Failure.self) { try await verb.perform(Written().session(server)) }
            #expect(daemon.requests.isEmpty)
        }
    }

    @Test func `a file that cannot be put in place leaves no trace`() async throws {
        try await withFolder { folder in
            #expect(throws: Failure.self) { try WrittenFile.replace("\(folder)/none/due.csv", with: [1]) }
            #expect(names(folder).isEmpty)
        }
    }

    @Test(arguments: [
        ["due", "why", ""], ["instrument", "show", ""], ["instrument", "history", ""], ["sample", "show", ""],
        ["sample", "label", ""], ["report", "show", ""], ["certificate", "show", ""], ["certificate", "verify", ""],
        ["due", "runs", "show", ""], ["order", "show", ""], ["procedure", "show", ""], ["job", "schedules", "runs", ""],
    ])
    func `an empty code is refused before anything is asked`(line: [String]) async throws {
        try await FakeDaemon.running({ _ in (200, "{}") }) { daemon, server in
            let verb = try #require(try Etalon.parseAsRoot(line) as? any Verb)
            let failure = await #expect(throws: Failure.self) { try await verb.perform(Written().session(server)) }
            #expect(failure?.exitCode == .usage && failure?.problem.detail?.hasPrefix("the code is missing") == true)
            #expect(daemon.requests.isEmpty)
        }
    }

    @Test(arguments: [(422, 1), (403, 77), (409, 75), (400, 65), (503, 69)] as [(Int, Int32)])
    func `what the daemon refuses becomes its exit code`(_ status: Int, _ code: Int32) async throws {
        try await FakeDaemon.running({ _ in (status, "{}") }) { _, server in
            let verb = try StaffGrant.parse(["hoa", "reviewer"])
            let failure = await #expect(throws: Failure.self) { try await verb.perform(Written().session(server)) }
            #expect(failure?.exitCode.rawValue == code)
        }
    }

    @Test func `a table speaks Vietnamese or English, json and csv keep the wire`() async throws {
        let answer = #"""
            {"items":[{"number":"M18-00012","description":"Xăng RON 95","customer_name":"Cty Xăng dầu","received_on":"2018-06-28","promised_on":null,"state":"to_review","requested":3,"entered":3,"approved":0,"report":null,"late":true}],"next":"12"}
            """#
        try await FakeDaemon.running({ _ in (200, answer) }) { daemon, server in
            func shown(_ format: OutputFormat, _ language: Language) async throws -> String {
                let written = Written()
                try await SampleList.parse(["--search", "xang dau", "--late"])
                    .perform(written.session(server, format, language))
                return written.output
            }
            let vietnamese = try await shown(.table, .vi)
            #expect(
                vietnamese == """
                    Số mẫu     Mô tả        Khách hàng    Ngày nhận   Hẹn trả  Trạng thái    Yêu cầu  Đã nhập  Đã duyệt  Báo cáo  Trễ
                    ─────────  ───────────  ────────────  ──────────  ───────  ────────────  ───────  ───────  ────────  ───────  ───
                    M18-00012  Xăng RON 95  Cty Xăng dầu  28/06/2018           chờ soát xét        3        3         0           có
                    Còn nữa; xem tiếp với --cursor 12

                    """)
            let english = try await shown(.table, .en)
            #expect(
                english == """
                    Sample     Description  Customer      Received    Promised  State      Requested  Entered  Approved  Report  Late
                    ─────────  ───────────  ────────────  ──────────  ────────  ─────────  ─────────  ───────  ────────  ──────  ────
                    M18-00012  Xăng RON 95  Cty Xăng dầu  2018-06-28            to review          3        3         0          yes
                    There is more; go on with --cursor 12

                    """)
            let document = try await shown(.json, .vi)
            #expect(document == answer + "\n")
            let sheet = try await shown(.csv, .vi)
            #expect(sheet.hasSuffix("\r\nM18-00012,Xăng RON 95,Cty Xăng dầu,2018-06-28,,to_review,3,3,0,,true\r\n"))
            #expect(daemon.requests.first?.target == "/v1/samples?search=xang%20dau&late=true")
        }
    }

    @Test func `each result is sent as it is typed, and a refused one is asked again`() async throws {
        let sample = #"""
            {"id":1,"number":"M18-00012","description":"Xăng","matrix":"gasoline","kind":"customer","order":"18-1","customer":"K","customer_name":"C","received_on":"2018-06-28","events":[],"documents":[],"lines":[
            {"indicator":"PET-RON","name_vi":"Trị số octan","name_en":"Octane number","method":"ASTM D 2699","unit":"","result_kind":"numeric","subcontracted":false,"state":"waiting"},
            {"indicator":"PET-X","name_vi":"X","name_en":"X","method":"m","unit":"","result_kind":"numeric","subcontracted":false,"state":"approved","version":1},
            {"indicator":"PET-S","name_vi":"Lưu huỳnh","name_en":"Sulfur","method":"ASTM D 5453","unit":"mg/kg","result_kind":"numeric","subcontracted":false,"state":"sent_back","version":1,"review_reason":"lặp lại"},
            {"indicator":"PET-PB","name_vi":"Chì","name_en":"Lead","method":"ASTM D 3237","unit":"g/L","result_kind":"numeric","subcontracted":false,"state":"waiting"}]}
            """#
        let entered =
            #"{"items":[{"sample":"M18-00012","indicator":"PET-RON","version":1,"text":"94.8","#
            + #""kind":"numeric","unit":"","flags":["below_limit"],"lower":"95","upper":null}],"next":null}"#
        let answer: FakeDaemon.Answer = { request in
            if request.method == "GET" { return (200, sample) }
            return request.body.contains("9o5") ? (400, "{}") : (201, entered)
        }
        try await FakeDaemon.running(answer) { daemon, server in
            let written = Written()
            let session = written.session(server, .table, .vi)
            let view = try session.read(SampleView.self, try await session.get("/samples/M18-00012"))
            let questions = view.lines.compactMap { ResultDialogue.Question($0, of: view.number, .vi) }
            #expect(questions.map(\.indicator) == ["PET-RON", "PET-S", "PET-PB"])
            var typed = ["9o5", " 94,8 ", "#hết mẫu", "đo lại"]
            try await ResultDialogue(session, testedOn: nil, nextLine: { typed.isEmpty ? nil : typed.removeFirst() })
                .run(questions)
            let sent = daemon.requests.filter { $0.method == "POST" }.map(\.body)
            #expect(sent.count == 3)
            #expect(sent.dropFirst().first == #"{"results":[{"sample":"M18-00012","indicator":"PET-RON","value":"94,8"}]}"#)
            #expect(sent.last?.contains(#""not_measured":"hết mẫu","reason":"đo lại""#) == true)
            #expect(written.notes.contains("94,8") && written.notes.contains("giới hạn ≥ 95 · dưới giới hạn"))
            #expect(written.notes.contains("bị trả lại: lặp lại"))
            #expect(written.notes.hasSuffix("Còn 1 chỉ tiêu; gọi lại lệnh này để nhập tiếp.\n"))
            let beforeValue = written.notes.prefix { $0 != "=" }
            #expect(!beforeValue.contains("giới hạn"))
        }
    }

    @Test func `a scale that is refused does not hold up the market`() async throws {
        let recorded = #"{"id":7,"instrument":"C-1","outcome":"pass","reasons":[],"valid_until":"2019-07-31","evaluation":[]}"#
        let refused = StrictJSONText.refusal
        let answer: FakeDaemon.Answer = { $0.body.contains("C-2") ? (422, refused) : (201, recorded) }
        try await FakeDaemon.running(answer) { daemon, server in
            let template = try WorkOptions.parse(["--procedure", "DLVN-30", "--worked-on", "2018-07-05"]).request([])
            let text = "instrument,up:max\nC-1,30@30\nC-2,31@30\nC-3,30@30\n"
            let sheet = try MarketSheet(CSVSheet(Array(text.utf8), file: "m.csv"), template: template)
            let written = Written()
            await #expect(throws: (any Error).self) {
                try await MarketRun(sheet: sheet, lines: [], dryRun: false).perform(written.session(server))
            }
            #expect(daemon.requests.count == 3)
            #expect(Set(daemon.requests.compactMap { $0.headers["idempotency-key"] }).count == 3)
            #expect(written.output.contains("stamp used") && written.notes.contains("2 rows are recorded, 1 are refused"))
        }
    }

    @Test func `an import shows the rows with faults and exits with 65`() async throws {
        let answer =
            #"{"rows":[{"line":2,"verdict":"ok","messages":[]},"#
            + #"{"line":3,"verdict":"error","messages":[{"vi":"thiếu tên","en":"no name","field":"name"}]}],"applied":false,"ok":1,"errors":1}"#
        try await withFolder { folder in
            try WrittenFile.replace("\(folder)/k.csv", with: Array("name\nA\n\n".utf8))
            try await FakeDaemon.running({ _ in (200, answer) }) { daemon, server in
                let written = Written()
                let verb = try Import.parse(["customers", "\(folder)/k.csv"])
                await #expect(throws: (any Error).self) { try await verb.perform(written.session(server)) }
                #expect(written.output.contains("name: no name") && !written.output.contains("ok"))
                #expect(written.notes.contains("Dry run: 1 rows are good, 1 have errors"))
                #expect(daemon.requests.first?.target == "/v1/imports/customers?apply=false")
                #expect(daemon.requests.first?.body == "name\nA\n\n")
            }
        }
    }
}

private enum StrictJSONText {
    static let refusal = ProblemPrinter(language: .en, style: .plain).json(
        Problem(.refused, reasons: [ReasonView(code: "stamp-used", vi: "tem đã dùng", en: "stamp used")]))
}
