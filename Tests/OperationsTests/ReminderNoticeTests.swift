// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Postgres
import Testing

@Suite("Messages of reminders")
struct ReminderNoticeTests {
    /// Three dispensers of one customer and one of another, all valid through 2019-05-31.
    private func station() async throws -> (bench: Bench, traveller: DeadlineTraveller) {
        let bench = try await Bench.open(on: "2018-12-31")
        for (code, site) in [("COT-1", "TRAM-1"), ("COT-2", "TRAM-1"), ("COT-3", "TRAM-2"), ("COT-9", "TRAM-3")] {
            try await bench.addDispenser(code, at: site)
        }
        for (customer, language) in [("XDHG", "vi"), ("XDTD", "en")] {
            try await bench.act(
                ReminderPreferenceSet.self,
                SetReminderPreference(customer: customer, addresses: ["tram@\(customer.lowercased()).vn"], language: language),
                by: bench.people.reception)
        }
        let traveller = try await DeadlineTraveller(bench, at: "2019-03-31 12:00+07")
        for code in ["COT-1", "COT-2", "COT-3", "COT-9"] {
            try await traveller.script(.verification(of: code, on: "2018-05-10", validUntil: "2019-05-31"))
        }
        return (bench, traveller)
    }

    @Test func `a customer gets one mail for a stage, with every instrument, in its language`() async throws {
        let (bench, traveller) = try await station()
        try await traveller.travel(to: "2019-04-01 07:00+07")
        #expect(try await traveller.tick() == 4)
        let moments = try await traveller.texts(
            """
            select audience || ' ' || bool_and(notify_at between '2019-04-01 07:00+07' and '2019-04-01 08:00+07')
            from work.reminder_group group by audience order by 1
            """)
        #expect(moments == ["customer true", "staff true"])
        try await traveller.tell(at: "2019-04-01 08:00+07")
        let mails = try await traveller.texts(
            "select recipient || ' ' || language || ' ' || subject from record.mail order by recipient")
        #expect(
            mails == [
                "tram@xdhg.vn vi 3 phương tiện đo sẽ đến hạn trong 60 ngày tới",
                "tram@xdtd.vn en 1 measuring instrument due within 60 days",
            ])
        let notices = try await bench.ask(ReminderNoticeList.self, (nil, Page())).items
        #expect(
            notices.map { "\($0.audience) \($0.customer ?? "-") \($0.outcome) \($0.told)" }.sorted() == [
                "customer XDHG mailed 3", "customer XDTD mailed 1", "staff - no_address 4",
            ])
        // Told again, nothing is said twice.
        try await traveller.script("update work.reminder_group set taken_at = null")
        try await traveller.tell(at: "2019-04-01 09:00+07")
        #expect(try await traveller.texts("select count(*)::text from record.mail") == ["2"])
    }

    @Test func `the reminders come in pages, the newest first and each once`() async throws {
        let (bench, traveller) = try await station()
        try await traveller.travel(to: "2019-04-01 07:00+07")
        try await traveller.tick()
        let whole = try await bench.ask(ReminderList.self, Page(limit: 4))
        #expect(whole.items.count == 4 && whole.next == nil)
        var seen: [Int64] = []
        var cursor: Int64?
        repeat {
            let page = try await bench.ask(ReminderList.self, Page(after: cursor, limit: 1))
            #expect(page.items.count == 1)
            seen += page.items.map(\.id)
            cursor = page.next.flatMap { Int64($0) }
        } while cursor != nil && seen.count < 5
        #expect(seen == whole.items.map(\.id) && seen == seen.sorted(by: >))
    }

    @Test func `what was verified, held or sold before the mail was made is not told any more`() async throws {
        let (bench, traveller) = try await station()
        try await traveller.travel(to: "2019-04-01 07:00+07")
        try await traveller.tick()
        try await traveller.script(.verification(of: "COT-1", on: "2019-04-01", validUntil: "2020-04-30"))
        try await bench.act(
            DeadlineSuspend.self, SuspendDeadline(code: "COT-2", from: "2018-12-31", reason: "cất kho"), by: bench.people.manager)
        try await bench.act(
            InstrumentEventRecord.self,
            RecordInstrumentEvent(instrument: "COT-3", kind: "owner_changed", happenedOn: "2018-12-31", site: "TRAM-3"),
            by: bench.people.reception)
        try await traveller.tell(at: "2019-04-01 08:00+07")
        let notices = try await bench.ask(ReminderNoticeList.self, ("XDHG", Page())).items
        #expect(notices.map(\.outcome) == ["superseded"] && notices.map(\.superseded) == [3])
        #expect(try await traveller.texts("select recipient from record.mail") == ["tram@xdtd.vn"])
    }

    @Test func `after weeks of downtime each instrument is told once, spread over the day`() async throws {
        let (_, traveller) = try await station()
        try await traveller.travel(to: "2019-05-25 09:00+07")
        #expect(try await traveller.tick() == 4)
        #expect(try await traveller.reminders("COT-1") == ["7_days 2019-05-25 60_days,30_days"])
        let late = try await traveller.texts(
            "select (max(notify_at) <= '2019-05-25 17:00+07')::text from work.reminder_group where notify_at >= '2019-05-25 09:00+07'"
        )
        #expect(late == ["true"])
        try await traveller.tell(at: "2019-05-25 18:00+07")
        #expect(try await traveller.texts("select count(*)::text from record.mail") == ["2"])
    }

    @Test func `an escalation tells the manager and the head too`() async throws {
        let (bench, traveller) = try await station()
        try await bench.database.script(
            """
            update catalogue.reminder_audience set addresses = array['sep@trungtam.vn'] where code = 'head';
            update catalogue.reminder_audience set addresses = array['phuc@trungtam.vn'] where code = 'manager'
            """, as: "etalon_owner")
        try await traveller.travel(to: "2019-06-30 07:00+07")
        try await traveller.tick()
        try await traveller.tell(at: "2019-06-30 20:00+07")
        let mails = try await traveller.texts("select recipient || ' ' || subject from record.mail order by recipient")
        #expect(
            mails == [
                "phuc@trungtam.vn 4 phương tiện đo đã quá hạn 30 ngày", "sep@trungtam.vn 4 phương tiện đo đã quá hạn 30 ngày",
                "tram@xdhg.vn 3 phương tiện đo đã quá hạn 30 ngày",
                "tram@xdtd.vn 1 measuring instrument overdue for 30 days",
            ])
    }
}
