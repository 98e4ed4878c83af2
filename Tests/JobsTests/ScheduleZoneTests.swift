// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

/// Changes of clocks by the zone files of the database, over the years 2007 to 2037.
@Suite("Nights on which clocks are changed (F13)", .timeLimit(.minutes(5)))
struct ScheduleZoneTests {
    static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Ho_Chi_Minh",
        // An hour the other way round, two hours, half an hour for good, a day left out.
        "Europe/Dublin", "Antarctica/Troll", "America/Caracas", "Asia/Pyongyang", "Pacific/Apia", "Africa/Casablanca",
    ]
    /// 2007-01-01 and 2038-01-01.
    private static let years = 1_167_609_600..<2_145_916_800

    private static let database = Task { try await TestDatabase.make() }

    private static func rules(_ zone: String) async throws -> ZoneRules {
        try await database.value.pool.transaction { try ZoneRules.named(zone, for: "test", on: $0) }
    }

    private static func changes(_ rules: ZoneRules) -> [ZoneRules.Change] {
        rules.changes.filter { years.contains($0.at) }
    }

    @Test func `the zones have the changes that they are known for`() async throws {
        var counts: [String: Int] = [:]
        for zone in Self.zones { counts[zone] = Self.changes(try await Self.rules(zone)).count }
        #expect(counts["Europe/Berlin"] == 62 && counts["America/New_York"] == 62 && counts["Australia/Lord_Howe"] == 62)
        #expect(counts["Asia/Ho_Chi_Minh"] == 0 && counts["Pacific/Apia"] ?? 0 > 10 && counts["Antarctica/Troll"] ?? 0 > 40)
        let shifts = Set(Self.changes(try await Self.rules("Australia/Lord_Howe")).map { abs($0.after - $0.before) })
        #expect(shifts == [1800])
        #expect(Self.changes(try await Self.rules("Pacific/Apia")).contains { $0.after - $0.before == 86_400 })
    }

    @Test(arguments: zones)
    func `program and database agree on the instant of every minute near a change`(zone: String) async throws {
        let rules = try await Self.rules(zone)
        var slots: [CivilSlot] = []
        for change in Self.changes(rules) {
            let width = abs(change.after - change.before) / 60 + 180
            let middle = (change.at + min(change.before, change.after)) / 60
            slots += stride(from: middle - width, through: middle + width, by: 5).map { CivilSlot(minutes: $0) }
        }
        if slots.isEmpty { slots = (0..<1000).map { CivilSlot(minutes: 20_000_000 + $0 * 7919) } }
        let texts = slots.map(\.description)
        let told = try await Self.database.value.pool.transaction { connection in
            try connection.rows(
                Statement<Int>(
                    """
                    select extract(epoch from jobs.slot_instant(s.slot, $2::text))::bigint as value
                    from unnest($1::text[]) with ordinality as s(slot, place) order by s.place
                    """), texts, zone)
        }
        let differing = zip(slots, told).filter { rules.moment(of: $0).instant != $1 }
        #expect(told.count == slots.count && differing.isEmpty, "\(zone): \(differing.prefix(3))")
    }

    private static let patterns = [
        "every 15m", "every 60m", "daily 00:00", "daily 00:30", "daily 01:30", "daily 01:45", "daily 02:00", "daily 02:30",
        "daily 03:00",
        "daily 23:30,23:59", "weekly sun 02:15", "every 20m 01:00-04:00",
    ]

    @Test(arguments: zones, patterns)
    func `each civil slot is dealt with exactly once, never early, however often one looks`(zone: String, text: String)
        async throws
    {
        let rules = SlotRules(try #require(SchedulePattern(text)), zone: try await Self.rules(zone))
        var random = SeededRandom(seed: 4)
        for change in Self.changes(rules.zone) {
            let start = rules.zone.civil(at: change.at - 100_000)
            let end = change.at + 100_000
            var expected: [CivilSlot] = []
            var slot = rules.next(after: start)
            while rules.zone.moment(of: slot).instant <= end {
                expected.append(slot)
                slot = rules.next(after: slot)
            }
            for catchUp in [CatchUp.all, .latest] {
                var (last, now) = (start, change.at - 100_000)
                var run: [CivilSlot] = []
                var dealt: [CivilSlot] = []
                var due = rules.moment(of: rules.next(after: start))
                while now < end {
                    // Now and then after hours, else at the very moment that the schedule asks for.
                    now = min(end, Bool.random(using: &random) ? due : now + Int.random(in: 1...40_000, using: &random))
                    let plan = ScheduleSlots(rules, after: last, at: now, catchUp: CatchUpRule(catchUp, limit: 10_000))
                    dealt += plan.skipped.map(\.slot) + plan.run
                    run += plan.run
                    for slot in plan.run + plan.skipped.map(\.slot) where rules.moment(of: slot) > now {
                        Issue.record("\(zone) \(text): \(slot) too early")
                    }
                    (last, due) = (plan.last, plan.moment)
                    if due <= now {
                        Issue.record("\(zone) \(text): due again at once after \(last)")
                        due = now + 60
                    }
                }
                if dealt != expected {
                    Issue.record("\(zone) \(text) \(catchUp): \(dealt.count) of \(expected.count) at \(start)")
                }
                if catchUp == .all, run != expected { Issue.record("\(zone) \(text): not all run at \(start)") }
            }
        }
    }
}

/// Random numbers that come again with their seed.
/// - Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators (2014), SplitMix64.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
