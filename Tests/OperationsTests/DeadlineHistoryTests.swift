// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import Testing

@Suite("Deadlines over histories")
struct DeadlineHistoryTests {
    /// What happened to one instrument, by its day.
    private static let facts: [String] = [
        .verification(of: "COT-1", on: "2017-05-10", validUntil: "2018-05-31"),
        .verification(of: "COT-1", on: "2018-05-10", validUntil: "2019-05-31"),
        .verification(of: "COT-1", on: "2018-11-05", validUntil: nil, outcome: "fail"),
        .event("repaired", of: "COT-1", on: "2018-12-03"),
        .verification(of: "COT-1", on: "2018-12-10", validUntil: "2019-12-31"),
    ]
    /// Days and what is due then, whatever was recorded first.
    private static let expected = [
        "2017-12-31 2018-05-31 expired", "2018-10-31 2019-05-31 expired", "2018-11-30 2018-11-04 failed",
        "2018-12-05 2018-11-04 failed", "2019-03-31 2019-12-31 expired",
    ]

    @Test func `whatever is recorded first, each day says the same`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1")
        let traveller = try await DeadlineTraveller(bench, at: "2019-03-31 12:00+07")
        for order in Self.orders(of: Array(Self.facts.indices)) {
            try await traveller.script("begin")
            for fact in order { try await traveller.script(Self.facts[fact]) }
            let said = try await traveller.texts(
                """
                select day || ' ' || d.due_on || ' ' || d.reason
                from unnest(array['2017-12-31', '2018-10-31', '2018-11-30', '2018-12-05', '2019-03-31']::date[]) day
                cross join record.due(day) d join work.instrument i on i.id = d.subject_id and d.subject_type = 'instrument'
                where i.code = 'COT-1' and d.kind = 'verification' order by day
                """)
            #expect(said == Self.expected, "\(order)")
            #expect(try await traveller.differences() == [], "\(order)")
            try await traveller.script("rollback")
        }
    }

    /// Every order of some numbers.
    private static func orders(of numbers: [Int]) -> [[Int]] {
        numbers.isEmpty
            ? [[]]
            : numbers.flatMap { first in orders(of: numbers.filter { $0 != first }).map { [first] + $0 } }
    }

    @Test(arguments: [20_180_630, 20_190_131, 7])
    func `after any history of acts, days and ticks the rows are what due says`(seed: Int) async throws {
        let bench = try await Bench.open(on: "2018-01-01")
        for number in 1...4 { try await bench.addDispenser("COT-\(number)", at: number % 2 == 0 ? "TRAM-1" : "TRAM-3") }
        let traveller = try await DeadlineTraveller(bench, at: "2018-01-01 12:00+07")
        var state = UInt64(seed)
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let days = try await traveller.texts(
            "select d::date::text from generate_series('2018-01-01'::timestamp, '2019-12-31', interval '1 day') d")
        var today = 0
        for _ in 0..<60 {
            let code = "COT-\(1 + draw(4))"
            // Now and then recorded late, now and then for a day to come.
            let day = days[max(0, min(days.count - 1, today - draw(40) + (draw(8) == 0 ? 60 : 0)))]
            let until = days[min(days.count - 1, today + draw(200))]
            switch draw(9) {
            case 0, 1: try await traveller.script(.verification(of: code, on: day, validUntil: until))
            case 2: try await traveller.script(.verification(of: code, on: day, validUntil: nil, outcome: "fail"))
            case 3:
                try await traveller.script(
                    .event(["repaired", "seal_broken", "taken_out", "put_back"][draw(4)], of: code, on: day))
            case 4:
                try await traveller.script(
                    """
                    insert into record.deadline_suspension (subject_type, subject_id, starts_on, ends_on, reason)
                    select 'instrument', id, '\(day)', '\(day)'::date + \(draw(60)), 'x' from work.instrument
                    where code = '\(code)'
                    """)
            case 5:
                try await traveller.script(
                    """
                    insert into record.interval_agreement (subject_type, subject_id, kind, basis, months, starts_on, reference)
                    select 'instrument', id, 'verification', 'agreed', \(1 + draw(11)), '\(day)', 'x' from work.instrument
                    where code = '\(code)'
                    """)
            case 6:
                try await traveller.script(.move(of: code, on: days[max(0, today - draw(40))], to: "TRAM-\(1 + draw(3))"))
            case 7:
                try await traveller.script(
                    """
                    insert into record.deadline_suspension (subject_type, subject_id, starts_on, ends_on, reason)
                    select 'customer', id, '\(day)', '\(day)'::date + \(draw(60)), 'x' from work.customer
                    where code = '\(["XDHG", "XDTD"][draw(2)])'
                    """)
            default: break
            }
            today = min(days.count - 1, today + draw(20))
            try await traveller.travel(to: "\(days[today]) 12:00+07")
            try await traveller.tick()
            #expect(try await traveller.differences() == [], "seed \(seed), \(days[today])")
        }
        let twice = try await traveller.texts(
            """
            select subject_id::text from record.reminder group by subject_type, subject_id, kind, anchor_id, due_on, stage
            having count(*) > 1
            """)
        #expect(twice == [])
    }

    // MARK: Owners and places

    @Test func `what was sold is in its old owner's list for the days before`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1")
        try await move(bench, "COT-1", on: "2018-06-01", to: "TRAM-3")
        #expect(try await list(bench, on: "2018-05-31", customer: "XDHG") == ["COT-1 TRAM-1"])
        #expect(try await list(bench, on: "2018-05-31", customer: "XDTD") == [])
        #expect(try await list(bench, on: "2018-06-01", customer: "XDHG") == [])
        #expect(try await list(bench, on: "2018-06-01", customer: "XDTD") == ["COT-1 TRAM-3"])
        #expect(try await list(bench, on: "2016-02-01", customer: nil) == ["COT-1 TRAM-1"])
    }

    @Test func `a pause of the old owner holds until the sale, and one of the new owner from then on`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1")
        for (customer, from, until) in [("XDHG", "2018-01-01", "2018-12-31"), ("XDTD", "2018-09-01", "2018-10-31")] {
            try await bench.act(
                DeadlineSuspend.self,
                SuspendDeadline(subject: "customer", code: customer, from: from, until: until, reason: "ngừng kinh doanh"),
                by: bench.people.manager)
        }
        try await move(bench, "COT-1", on: "2018-06-01", to: "TRAM-3")
        var held: [String] = []
        for day in ["2017-12-31", "2018-05-31", "2018-06-01", "2018-09-15", "2018-11-01"] {
            let list = try await bench.ask(DueList.self, DueSelection(asOf: day, held: true))
            if list.items.map(\.code) == ["COT-1"] { held.append(day) }
        }
        #expect(held == ["2018-05-31", "2018-09-15"])
    }

    @Test func `a move recorded late leaves the instrument where a later one took it`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1")
        try await move(bench, "COT-1", on: "2018-06-01", to: "TRAM-3")
        try await move(bench, "COT-1", on: "2018-03-01", to: "TRAM-2")
        var sites: [String] = []
        for day in ["2018-02-28", "2018-03-01", "2018-05-31", "2018-06-01", "2019-03-31"] {
            sites += try await list(bench, on: day, customer: nil)
        }
        #expect(sites == ["COT-1 TRAM-1", "COT-1 TRAM-2", "COT-1 TRAM-2", "COT-1 TRAM-3", "COT-1 TRAM-3"])
        let told = try await bench.ask(InstrumentHistory.self, "COT-1")
        #expect(told.items.compactMap(\.note) == ["TRAM-1 → TRAM-2", "TRAM-1 → TRAM-3"])
    }

    @Test func `work is the holder's of its day, though a sale since then was recorded first`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1", at: "TRAM-2")
        try await move(bench, "COT-1", on: "2018-06-01", to: "TRAM-3")
        try await bench.measure(.dispenser("COT-1", on: "2018-06-02", evidence: .stamped("00001", seal: "001")))
        try await bench.measure(.dispenser("COT-1", on: "2018-05-20", evidence: .stamped("00002", seal: "002")))
        let said = try await bench.database.texts(
            """
            select m.worked_on || ' ' || c.code || ' ' || s.code || ' ' || m.place_code from record.measurement m
            join work.customer c on c.id = m.holder_id join work.site s on s.id = m.site_id order by m.worked_on
            """)
        #expect(said == ["2018-05-20 XDHG TRAM-2 918", "2018-06-02 XDTD TRAM-3 916"])
    }

    @Test func `the forecast of a day counts what was sold in the district of its old owner`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1", at: "TRAM-2")
        try await move(bench, "COT-1", on: "2018-06-01", to: "TRAM-3")
        var districts: [String] = []
        for day in ["2018-05-31", "2018-06-01"] {
            districts += try await bench.ask(DueForecast.self, ("district", 1, false, nil, nil, day)).items.map(\.key)
        }
        #expect(districts == ["918", "916"])
    }

    @Test func `a move recorded without places stays the newest one, whatever is recorded late`() async throws {
        let bench = try await Bench.open(on: "2019-03-31")
        try await bench.addDispenser("COT-1", at: "TRAM-3")
        try await bench.report("seal_broken", of: "COT-1", on: "2018-05-01")
        // As it was recorded then: the event without places, the instrument at its new site.
        try await bench.database.script(
            """
            insert into record.instrument_event (instrument_id, kind, happened_on)
            select id, 'owner_changed', '2018-06-01' from work.instrument
            """)
        try await move(bench, "COT-1", on: "2018-03-01", to: "TRAM-2")
        #expect(try await bench.ask(InstrumentShow.self, "COT-1").site == "TRAM-3")
        #expect(try await list(bench, on: "2018-05-31", customer: nil) == ["COT-1 TRAM-2"])
        #expect(try await list(bench, on: "2018-06-01", customer: nil) == ["COT-1 TRAM-3"])
        try await move(bench, "COT-1", on: "2018-09-01", to: "TRAM-1")
        #expect(try await bench.ask(InstrumentShow.self, "COT-1").site == "TRAM-1")
        #expect(try await list(bench, on: "2018-06-01", customer: nil) == ["COT-1 TRAM-3"])
    }

    private func move(_ bench: Bench, _ code: String, on day: String, to site: String) async throws {
        try await bench.act(
            InstrumentEventRecord.self,
            RecordInstrumentEvent(instrument: code, kind: "owner_changed", happenedOn: day, site: site),
            by: bench.people.reception)
    }

    private func list(_ bench: Bench, on day: String, customer: String?) async throws -> [String] {
        try await bench.ask(DueList.self, DueSelection(asOf: day, customer: customer)).items
            .map { "\($0.code) \($0.site.suffix(6))" }
    }
}
