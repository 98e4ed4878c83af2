// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("How answers look")
struct PresentationTests {
    @Test(arguments: ["95,20", "95.20"])
    func `a Vietnamese table has a decimal comma and keeps the digits, however they were typed`(
        typed: String
    ) async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
        try await laboratory.done("result", "enter", sample, "PET-RON=\(typed)", by: .technician)
        let vietnamese = try await laboratory.done("sample", "show", sample, by: .technician, in: .vi)
        #expect(vietnamese.output.contains(" 95,20 "))
        #expect(vietnamese.output.contains("Trị số octan nghiên cứu (RON)"))
        let byOption = try await laboratory.done("sample", "show", sample, "--lang", "vi", by: .technician)
        #expect(byOption.output == vietnamese.output)
        let line = try await laboratory.document("sample", "show", sample, by: .technician)["lines"]?.list
            .first
        #expect(line?["result"]?.text == typed)
    }

    @Test func `limits have a comma in Vietnamese, a point in English and in CSV`() async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-PB"])
        let words = ["sample", "show", sample]
        #expect(try await laboratory.done(words, by: .technician, in: .vi).output.contains(" 0,005 "))
        #expect(try await laboratory.done(words, by: .technician, in: .en).output.contains(" 0.005 "))
        let sheet = try await laboratory.done(["--format", "csv"] + words, by: .technician, in: .vi)
        #expect(sheet.output.contains(",0.005,"))
    }

    @Test func `a customer is found without accents`() async throws {
        let laboratory = try await Laboratory.shared.value
        let found = try await laboratory.document(
            "customer", "list", "--search", "xang dau hoa binh", by: .reception)
        #expect(found.items.map { $0["code"]?.text } == ["KH-1"])
    }

    /// Codes that no Vietnamese table may show.
    static let wordedCodes: Set<String> = [
        "verification", "calibration", "periodic", "initial", "after_repair", "as_found", "as_left", "pass", "fail", "to_review",
        "in_progress", "affixed",
        "assigned", "rendered", "numbered", "overdue", "expired", "never-verified", "more_digits_than_method", "30_days",
        "7_days", "60_days", "render_document", "laboratory_head", "state_body", "enterprise", "fuel_station",
    ]

    /// Commands that show something, each with who may ask.
    static let questions: [(words: [String], person: Laboratory.Person)] = [
        (["customer", "list"], .reception), (["site", "list"], .reception), (["place", "list"], .reception),
        (["sample", "list"], .reception), (["sample", "show", "SAMPLE"], .technician),
        (["result", "worklist"], .technician), (["result", "history", "SAMPLE"], .reviewer),
        (["result", "queue"], .reviewer), (["report", "list"], .reviewer),
        (["instrument", "list"], .reception),
        (["standard", "list"], .manager), (["seal", "list"], .manager), (["due", "list"], .manager),
        (["due", "runs"], .manager), (["due", "reminders"], .manager), (["audit", "log"], .quality),
        (["audit", "head"], .quality), (["audit", "verify"], .quality), (["staff", "list"], .manager),
        (["job", "list"], .manager), (["job", "stats"], .manager), (["job", "stats", "--by-kind"], .manager),
        (["job", "lanes"], .manager), (["job", "workers"], .manager), (["job", "schedules"], .manager),
        (["job", "schedules", "runs", "due-list-watch"], .manager), (["job", "dead"], .manager), (["job", "log"], .manager),
        (["job", "watch"], .manager), (["measurement", "list"], .technician),
        (["report", "annual", "--year", "2026"], .manager), (["whoami"], .technician),
    ]

    @Test(arguments: questions.indices)
    func `an answer is one JSON document, a table of even CSV rows, or a table with Vietnamese headings`(
        number: Int
    ) async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
        try await laboratory.done("result", "enter", sample, "PET-RON=95,2", by: .technician)
        let (asked, person) = Self.questions[number]
        let words = asked.map { $0 == "SAMPLE" ? sample : $0 }

        let document = try await laboratory.done(["--format", "json"] + words, by: person).document()
        #expect(document.keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } })
        if words.contains("list") {
            #expect(document.keys.contains("items") && document.keys.contains("next"))
        }

        let sheet = try await laboratory.done(["--format", "csv"] + words, by: person).output
        let rows = try #require(commaSeparated(sheet), "not RFC 4180: \(sheet)")
        #expect(rows.allSatisfy { $0.count == rows.first?.count })
        #expect(rows.first?.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 < 0x80 } } == true)

        let english = try await laboratory.done(words, by: person, in: .en).output
        let vietnamese = try await laboratory.done(words, by: person, in: .vi).output
        #expect(english.split(separator: "\n").first != vietnamese.split(separator: "\n").first)
        let codes = vietnamese.split { $0.isWhitespace || $0 == "," }.filter { Self.wordedCodes.contains(String($0)) }
        #expect(codes.isEmpty, "\(codes) in \(vietnamese)")
        if words == ["whoami"] { #expect(vietnamese.contains("kỹ thuật viên") && english.contains("technician")) }
    }

    /// The rows of an RFC 4180 text; `nil` when it is none.
    private func commaSeparated(_ text: String) -> [[String]]? {
        guard text.hasSuffix("\r\n") else { return nil }
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var rest = text[...]
        while let next = rest.popFirst() {
            switch next {
            case "\"":
                guard cell.isEmpty, let quoted = quotedCell(&rest) else { return nil }
                cell = quoted
            case ",":
                row.append(cell)
                cell = ""
            case "\r\n":
                rows.append(row + [cell])
                (row, cell) = ([], "")
            case "\n", "\r": return nil
            default: cell.append(next)
            }
        }
        return rows
    }

    /// The rest of a cell after its opening quotation mark, and the closing one taken off the text.
    private func quotedCell(_ rest: inout Substring) -> String? {
        var cell = ""
        while let next = rest.popFirst() {
            guard next == "\"" else {
                cell.append(next)
                continue
            }
            guard rest.first == "\"" else { return cell }
            cell.append("\"")
            rest.removeFirst()
        }
        return nil
    }
}
