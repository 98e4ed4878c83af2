// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import Testing

@testable import etalond

@Suite("Log lines on standard error")
struct StandardErrorLogTests {
    @Test func `in the journal a line begins with its priority and has no time of its own`() {
        let log = StandardErrorLog(label: "etalond", form: .journal)
        let line = log.line(level: .warning, message: "database is slow", fields: ["db.ms": "812"], at: .now)
        #expect(line == "<4>database is slow db.ms=812\n")
    }

    @Test func `elsewhere a line is logfmt with time and level, keys in order`() {
        let log = StandardErrorLog(label: "etalond", form: .logfmt)
        let line = log.line(
            level: .info,
            message: "served",
            fields: ["path": "/v1/samples", "request.id": "a b", "empty": ""],
            at: Date(timeIntervalSince1970: 0)
        )
        #expect(
            line == "time=1970-01-01T00:00:00.000Z level=info label=etalond msg=served"
                + " empty=\"\" path=/v1/samples request.id=\"a b\"\n"
        )
    }

    @Test(arguments: [StandardErrorLog.Form.journal, .logfmt])
    func `a line break in a value cannot forge a second event`(form: StandardErrorLog.Form) {
        let log = StandardErrorLog(label: "etalond", form: form)
        let forged = "x\n<0>forged \u{1B}[2J \u{2028}"
        let line = log.line(level: .error, message: forged, fields: ["name": "Cân \"\(forged)\""], at: .now)
        #expect(line.filter(\.isNewline).count == 1)
        #expect(!line.unicodeScalars.contains("\u{1B}"))
        #expect(line.contains("Cân"))
    }

    @Test func `the journal is only recognised by the stream that we really write to`() {
        #expect(StandardErrorLog.Form.detected(environment: ["JOURNAL_STREAM": "1:2"]) == .logfmt)
        #expect(StandardErrorLog.Form.detected(environment: [:]) == .logfmt)
    }
}
