// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Foundation
import LabStore
import LaboratoryModel
import Testing

@testable import LabOperations

@Suite("Calendars of due dates")
struct CalendarTests {
    private func read(_ bytes: [UInt8], _ expression: String) throws -> String {
        let path = NSTemporaryDirectory() + "\(UUID().uuidString).ics"
        defer { try? FileManager.default.removeItem(atPath: path) }  // a temporary file that stays harms nobody
        try Data(bytes).write(to: URL(filePath: path))
        return try PythonJudge.run(
            """
            import sys, icalendar
            c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
            e = c.walk('VEVENT')
            print(\(expression))
            """, [path])
    }

    private func make(_ bench: Bench, _ feed: AddCalendarFeed) async throws -> (id: Int64, secret: String) {
        let made = try await bench.act(CalendarFeedAdd.self, feed, by: bench.people.manager)
        let name = try #require(made.address.split(separator: "/").last)
        #expect(made.address.hasPrefix("https://etalon.example/calendars/") && name.hasSuffix(".ics"))
        return (made.id, String(name.dropLast(4)))
    }

    private func content(_ bench: Bench, _ secret: String) async throws -> CalendarFeedContent.Answer {
        try await bench.ask(CalendarFeedContent.self, secret)
    }

    @Test func `a customer's, a district's and a person's calendar hold their own dates, whole days and stable identities`()
        async throws
    {
        let bench = try await Bench.open(on: "2018-06-30")
        for (code, site, number) in [("COT-1", "TRAM-1", "1"), ("COT-2", "TRAM-2", "2"), ("COT-3", "TRAM-3", "3")] {
            try await bench.addDispenser(code, at: site)
            try await bench.measure(.dispenser(code, on: "2017-06-02", evidence: .stamped("0000\(number)", seal: "00\(number)")))
        }
        try await bench.act(
            DueAssignmentAdd.self, AddDueAssignment(person: bench.people.technician.username, customer: "XDTD"),
            by: bench.people.manager)
        let expected: [(AddCalendarFeed, String)] = [
            (AddCalendarFeed(label: "Xăng dầu Hậu Giang", customer: "XDHG", alarmDays: 14), "['COT-1', 'COT-2']"),
            (AddCalendarFeed(label: "916", district: "916"), "['COT-1', 'COT-3']"),
            (AddCalendarFeed(label: "KTV", person: bench.people.technician.username), "['COT-3']"),
        ]
        for (feed, codes) in expected {
            let bytes = try await content(bench, try await make(bench, feed).secret).bytes
            #expect(try read(bytes, "sorted(str(x['SUMMARY']).split(': ')[1].split(' ')[0] for x in e)") == codes)
            #expect(
                try read(bytes, "{(x.decoded('DTSTART').isoformat(), x.decoded('DTEND').isoformat()) for x in e}")
                    == "{('2018-06-30', '2018-07-01')}")
            #expect(
                try read(
                    bytes, "len({str(x['UID']) for x in e}) == len(e), str(e[0]['UID']).split('@')[1], c.errors, e[0].errors")
                    == "True etalon.example [] []")
        }
        let alarmed = try await content(bench, try await make(bench, expected[0].0).secret).bytes
        #expect(try read(alarmed, "[str(a['TRIGGER'].to_ical(), 'ascii') for a in c.walk('VALARM')]") == "['-P14D', '-P14D']")
        #expect(try read(alarmed, "str(c['X-WR-CALNAME'])") == "Xăng dầu Hậu Giang")
    }

    @Test func `unchanged data give equal bytes, and a verification moves the same event and counts it up`() async throws {
        let bench = try await Bench.open(on: "2018-06-30")
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2017-06-02", evidence: .stamped("00001", seal: "001")))
        let secret = try await make(bench, AddCalendarFeed(label: "Cty", customer: "XDHG", language: "en")).secret
        let first = try await content(bench, secret)
        let second = try await content(bench, secret.uppercased())
        #expect(second.bytes == first.bytes && second.mark == first.mark)
        try await bench.measure(.dispenser("COT-1", on: "2018-06-20", evidence: .stamped("00002", seal: "002")))
        let third = try await content(bench, secret)
        #expect(third.mark != first.mark)
        let said = "[(str(x['UID']), int(x['SEQUENCE']), x.decoded('DTSTART').isoformat()) for x in e]"
        let (before, after) = (try read(first.bytes, said), try read(third.bytes, said))
        #expect(before.hasSuffix("-verification@etalon.example', 1, '2018-06-30')]"))
        #expect(after.hasSuffix("-verification@etalon.example', 2, '2019-06-30')]"))
        #expect(before.prefix { $0 != "@" } == after.prefix { $0 != "@" })
        #expect(
            try read(third.bytes, "e[0].decoded('LAST-MODIFIED') >= e[0].decoded('DTSTAMP'), str(e[0]['SUMMARY']).split(':')[0]")
                == "True Verification due")
    }

    @Test func `a revoked calendar answers no more, and no list shows a secret`() async throws {
        let bench = try await Bench.open(on: "2018-06-30")
        let feed = try await make(bench, AddCalendarFeed(label: "Quận", district: "916"))
        _ = try await content(bench, feed.secret)
        try await bench.act(CalendarFeedRevoke.self, EndTelling(id: feed.id), by: bench.people.manager)
        await #expect(throws: ActError.self) { try await content(bench, feed.secret) }
        await #expect(throws: ActError.self) { try await content(bench, String(feed.secret.dropLast())) }
        let listed = try await bench.ask(CalendarFeedList.self, Page())
        #expect(listed.items.map { $0.revokedAt == nil } == [false])
        let said = String(decoding: try StrictJSON.encode(listed), as: UTF8.self)
        #expect(!said.contains(feed.secret))
        #expect(try await bench.database.texts("select secret_sha256 from work.calendar_feed").allSatisfy { $0 != feed.secret })
        await #expect(throws: ActError.self) {
            try await make(bench, AddCalendarFeed(label: "x", customer: "XDHG", district: "916"))
        }
    }

    @Test func `lines end after 75 octets, no letter is cut, and texts cannot break out of their property`() throws {
        var text = CalendarText(label: "Lịch; của \\ tôi, 1", language: "vi", alarmDays: nil, host: "a.example")
        let name = String(repeating: "Cột đo xăng dầu kiểm định ", count: 12)
        text.append(
            CalendarEntryRow(
                id: 1, code: "COT;1\r\nBEGIN:VEVENT", serial: "S,1", nameVi: name, nameEn: "", site: "Trạm 😀", address: nil,
                customer: "Cty \\ A", kind: "verification", dueOn: "2018-06-30", reason: "expired", dayAfter: "2018-07-01",
                sequence: 3, changed: "20180102T030405Z"))
        let bytes = text.finished()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: true)
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(!bytes.split(separator: 0x0A).contains { $0.last != 0x0D })
        #expect(try read(bytes, "len(e), str(c['NAME'])") == "1 Lịch; của \\ tôi, 1")
        #expect(
            try read(bytes, "str(e[0]['SUMMARY'])") == "Đến hạn kiểm định: COT;1\nBEGIN:VEVENT (\(name))")
        #expect(try read(bytes, "str(e[0]['LOCATION']), 'S,1' in str(e[0]['DESCRIPTION'])") == "Trạm 😀 True")
    }
}
