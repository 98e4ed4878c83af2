// SPDX-License-Identifier: Apache-2.0
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
            switch draw(7) {
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
}
