// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("The queue as an operator sees it")
struct JobViewTests {
    @Test func `the live view draws the lanes, ends with q and leaves the terminal as it was`() async throws {
        let laboratory = try await Laboratory.shared.value
        let terminal = try laboratory.terminal("job", "watch", by: .manager, in: .vi)
        let opening = try await terminal.shows("render")
        #expect(opening.contains("\u{1B}[?1049h") && opening.contains("Sẵn sàng") && opening.contains("tiến trình"))
        // It is drawn again by itself, from the top left corner.
        try await terminal.shows("\u{1B}[H")
        terminal.types("q")
        let end = try await terminal.end()
        #expect(end.exitCode == 0)
        #expect(end.screen.hasSuffix("\u{1B}[?25h\u{1B}[?1049l") || end.screen.contains("\u{1B}[?1049l"))
    }

    @Test func `the live view ends with Ctrl-C as well`() async throws {
        let laboratory = try await Laboratory.shared.value
        let terminal = try laboratory.terminal("job", "watch", by: .manager, in: .en)
        try await terminal.shows("Ready")
        terminal.types("\u{3}")
        let end = try await terminal.end()
        #expect(end.exitCode == 0 && end.screen.contains("\u{1B}[?1049l"))
    }

    @Test func `the examination finds a running daemon in order, but for what an installation of a test lacks`() async throws {
        let laboratory = try await Laboratory.shared.value
        let examined = try await laboratory.document("job", "doctor", by: .manager)
        let checks = examined["checks"]?.list ?? []
        let faults = checks.filter { $0["level"]?.text == "fault" }.compactMap { $0["check"]?.text }
        #expect(faults.isEmpty, "\(faults)")
        #expect(checks.contains { $0["check"]?.text == "due_run" })
        let told = try await laboratory.done("job", "doctor", by: .manager, in: .vi).output
        #expect(told.contains("Từng mục") && told.contains("tiến trình đang nhận việc"))
    }
}
