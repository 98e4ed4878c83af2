// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Entry at a terminal")
struct InteractiveEntryTests {
    @Test func `each indicator is asked for in turn, and one may leave and go on later`() async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: [
            "PET-PB", "PET-RON", "PET-S", "PET-T10", "PET-T50",
        ])
        let indicators = try await waiting(sample, laboratory)
        try #require(indicators == ["PET-PB", "PET-RON", "PET-S", "PET-T10", "PET-T50"])

        let terminal = try laboratory.terminal("result", "enter", sample, by: .technician, in: .vi)
        let question = try await terminal.shows("  > ")
        #expect(question.contains("\(sample)  PET-PB  Hàm lượng chì [g/L]  TCVN 7143"))
        #expect(!question.contains("0,005"), "the limit must not colour the value")
        terminal.types("0,05")
        let judged = try await terminal.shows("PET-RON")
        #expect(judged.contains("= 0,05 g/L · giới hạn ≤ 0,005"))
        try await terminal.shows("  > ")
        terminal.types("")
        try await terminal.shows("PET-S")
        try await terminal.shows("  > ")
        terminal.types("99999999")
        let impossible = try await terminal.shows("  > ")
        #expect(impossible.contains("không thể có về mặt vật lý"))
        terminal.types("#hỏng mẫu")
        let notMeasured = try await terminal.shows("PET-T10")
        #expect(notMeasured.contains("không thử"))
        try await terminal.shows("  > ")
        terminal.pressesControlD()
        let left = try await terminal.end()
        #expect(left.exitCode == 0)
        #expect(left.screen.contains("Còn 3 chỉ tiêu"))
        #expect(try await waiting(sample, laboratory) == ["PET-RON", "PET-T10", "PET-T50"])

        let later = try laboratory.terminal("result", "enter", sample, by: .technician, in: .en)
        try await later.shows("PET-RON")
        try await later.shows("  > ")
        later.types("95.2")
        try await later.shows("= 95.2 ")
        try await later.shows("PET-T10")
        try await later.shows("  > ")
        later.pressesControlD()
        #expect(try await later.end().exitCode == 0)
        #expect(try await waiting(sample, laboratory) == ["PET-T10", "PET-T50"])
    }

    @Test func `a value below the limit of quantification is typed as it is said`() async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-PB"])
        let terminal = try laboratory.terminal("result", "enter", sample, by: .technician, in: .vi)
        try await terminal.shows("  > ")
        terminal.types("<0,0025")
        let end = try await terminal.end()
        #expect(end.exitCode == 0)
        #expect(end.screen.contains("= <0,0025 g/L"))
        let shown = try await laboratory.document("sample", "show", sample, by: .technician)
        #expect(shown["lines"]?.list.first?["result"]?.text == "<0,0025")
    }

    @Test func `a result that was sent back is asked for with the reason why`() async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
        try await laboratory.done("result", "enter", sample, "PET-RON=95,2", by: .technician)
        try await laboratory.done(
            "result", "review", sample, "--send-back", "--indicator", "PET-RON", "--reason", "thiếu số đọc",
            by: .reviewer)
        let terminal = try laboratory.terminal("result", "enter", sample, by: .technician, in: .vi)
        let question = try await terminal.shows("  > ")
        #expect(question.contains("bị trả lại: thiếu số đọc"))
        terminal.types("95,3")
        try await terminal.shows("lý do sửa: ")
        terminal.types("đọc lại máy")
        let end = try await terminal.end()
        #expect(end.screen.contains("= 95,3"))
        let history = try await laboratory.document("result", "history", sample, by: .reviewer)
        #expect(history.items.contains { $0["reason"]?.text == "đọc lại máy" })
    }

    @Test func `a PIN is typed without being shown`() async throws {
        let laboratory = try await Laboratory.shared.value
        let terminal = try laboratory.terminal("pin", "set", by: .technician, in: .vi)
        for prompt in ["Mã PIN hiện tại (để trống nếu chưa có): ", "Mã PIN mới: ", "Nhập lại mã PIN mới: "] {
            try await terminal.shows(prompt)
            terminal.types(prompt.contains("hiện tại") ? "" : "314159")
        }
        #expect(try await terminal.end().exitCode == 0)
        #expect(!terminal.screen.contains("314159"))
    }

    @Test func `two new PINs that differ set nothing`() async throws {
        let laboratory = try await Laboratory.shared.value
        let terminal = try laboratory.terminal("pin", "set", by: .signatory, in: .en)
        for (prompt, typed) in [
            ("none yet): ", Laboratory.pin), ("New PIN: ", "314159"), ("New PIN again: ", "314158"),
        ] {
            try await terminal.shows(prompt)
            terminal.types(typed)
        }
        let end = try await terminal.end()
        #expect(end.exitCode == 65)
        #expect(end.screen.contains("the two new PINs differ"))
    }

    @Test func `without a terminal the PIN is not asked for`() async throws {
        let laboratory = try await Laboratory.shared.value
        let run = try await laboratory.etalon("pin", "set", by: .reception, in: .vi)
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("--pin-file"))
    }

    private func waiting(_ sample: String, _ laboratory: Laboratory) async throws -> [String] {
        let shown = try await laboratory.document("sample", "show", sample, by: .technician)
        return (shown["lines"]?.list ?? []).filter { $0["state"]?.text == "waiting" }.compactMap {
            $0["indicator"]?.text
        }
    }
}
