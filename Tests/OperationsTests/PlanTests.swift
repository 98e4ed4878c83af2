// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Forecast, calendar and plans")
struct PlanTests {
    /// Twelve dispensers valid through Wednesday 2019-07-31, two through Sunday 2019-06-30, one overdue since 2018-12-31.
    private func stations() async throws -> Bench {
        let bench = try await Bench.open(on: "2019-06-03")
        let traveller = try await DeadlineTraveller(bench, at: "2019-06-03 08:00+07")
        for number in 1...15 {
            let code = "COT-\(number)"
            try await bench.addDispenser(code, at: number % 2 == 0 ? "TRAM-1" : "TRAM-3")
            let until = number <= 12 ? "2019-07-31" : (number <= 14 ? "2019-06-30" : "2018-12-31")
            try await traveller.script(.verification(of: code, on: "2018-05-10", validUntil: until))
        }
        return bench
    }

    @Test(arguments: [
        ([0, 0, 1, 3, 3, 3, 3], [2, 2, 2, 2], [0, 0, 1, 2, 2, 3, 3]),  // the nearest earlier week with room
        ([2, 2, 2], [1, 0, 1], [0, 0, 2]),  // a week without working days takes nothing, the first what is left over
        ([1, 1], [5, 5], [1, 1]), ([], [1], []), ([0, 0, 0], [1], [0, 0, 0]),
    ])
    func `work goes to the nearest earlier week with room`(latest: [Int], capacities: [Int], expected: [Int]) {
        #expect(WeekLevelling.weeks(latest: latest, capacities: capacities).sorted() == expected.sorted())
    }

    @Test(arguments: 1...200)
    func `nothing moves later, and only the first week is above its capacity`(seed: Int) {
        var state = UInt64(seed)
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let weeks = 1 + draw(12)
        let capacities = (0..<weeks).map { _ in draw(6) }
        let latest = (0..<draw(60)).map { _ in draw(weeks) }.sorted()
        let chosen = WeekLevelling.weeks(latest: latest, capacities: capacities)
        #expect(zip(chosen, latest).allSatisfy { $0 <= $1 && $0 >= 0 })
        for week in 1..<max(1, weeks) where week < weeks {
            #expect(chosen.count(where: { $0 == week }) <= capacities[week])
        }
        // Whatever moved, moved because its weeks were full.
        for (new, old) in zip(chosen, latest) where new < old {
            for week in max(1, new + 1)..<max(1, new + 1, old + 1) {
                #expect(chosen.count(where: { $0 == week }) == capacities[week])
            }
        }
    }

    @Test func `the forecast counts by week, type, district and the standards that the work needs`() async throws {
        let bench = try await stations()
        func forecast(_ by: String, weeks: Int = 12, weekly: Bool = false) async throws -> [String] {
            try await bench.ask(DueForecast.self, (by, weeks, weekly, nil, nil, nil)).items
                .map { "\($0.week ?? "-") \($0.key) \($0.count)" }
        }
        #expect(try await forecast("week") == ["-  1", "2019-06-24  2", "2019-07-29  12"])
        #expect(try await forecast("week", weeks: 4) == ["-  1", "2019-06-24  2"])
        #expect(try await forecast("type") == ["- 19 15"])
        #expect(try await forecast("district", weekly: true).count >= 3)
        let standards = try await bench.ask(DueForecast.self, ("standard", 12, false, nil, nil, nil)).items
        #expect(standards.contains { $0.key == "volume_measure" && $0.count == 15 && ($0.standards ?? 0) > 0 })
    }

    @Test func `a plan moves work to earlier weeks once it is accepted, and no due date`() async throws {
        let bench = try await stations()
        let plan = try await bench.act(PlanPropose.self, ProposePlan(capacity: 4, weeks: 10), by: bench.people.manager)
        // Four stay in the week of 29 July, eight go to the two weeks before it.
        #expect(plan.plan.deadlines == 15 && plan.plan.moved == 8 && plan.plan.over == 0 && plan.plan.state == "proposed")
        #expect(
            plan.loads.filter { $0.before + $0.after > 0 }.map { "\($0.week) \($0.before) \($0.after)" } == [
                "2019-06-03 1 1", "2019-06-24 2 2", "2019-07-15 0 4", "2019-07-22 0 4", "2019-07-29 12 4",
            ])
        let moves = try await bench.ask(PlanMoveList.self, (plan.plan.id, Page())).items
        #expect(moves.count == 8 && Set(moves.map(\.planBy)) == ["2019-07-19", "2019-07-26"])
        let code = try #require(moves.first?.code)
        #expect(try await bench.ask(DueWhy.self, (code, nil, nil, nil)).planBy == "2019-07-31")
        try await bench.act(PlanDecide.self, DecidePlan(plan: plan.plan.id, decision: "accepted"), by: bench.people.manager)
        let why = try await bench.ask(DueWhy.self, (code, nil, nil, nil))
        #expect(why.dueOn == "2019-07-31" && why.planBy == moves.first?.planBy)
        #expect(why.steps.last?.rule == "accepted plan")
        let line = try await bench.ask(DueList.self, DueSelection(within: 90)).items.first { $0.code == code }
        #expect(line?.dueOn == "2019-07-31" && line?.planBy == moves.first?.planBy)
        // Before its acceptance it counts for nobody, and new work makes it void.
        #expect(try await bench.ask(DueWhy.self, (code, "2019-06-02", nil, nil)).planBy == "2019-07-31")
        // Another try cannot help, so it is told as a rule that refuses, not as something to try again.
        for decision in ["accepted", "refused"] {
            let refused = try await refusal {
                try await bench.act(
                    PlanDecide.self, DecidePlan(plan: plan.plan.id, decision: decision, reason: "x"), by: bench.people.manager)
            }
            #expect(refused.codes == ["plan-decided"])
        }
    }

    @Test func `the calendar shows a month with holidays, what is due and what is planned`() async throws {
        let bench = try await stations()
        let july = try await bench.ask(DueCalendar.self, ("2019-07", nil, nil, nil)).items
        #expect(july.count == 31 && july.map(\.due).reduce(0, +) == 12)
        #expect(july.last.map { "\($0.day) \($0.weekday) \($0.due) \($0.planned)" } == "2019-07-31 3 12 12")
        let june = try await bench.ask(DueCalendar.self, ("2019-06-15", nil, nil, nil)).items
        // The 30th is a Sunday: planned by the Friday before.
        #expect(
            june.filter { $0.due + $0.planned > 0 }.map { "\($0.day) \($0.due) \($0.planned)" } == [
                "2019-06-28 0 2", "2019-06-30 2 0",
            ])
        let plan = try await bench.act(PlanPropose.self, ProposePlan(capacity: 4, weeks: 10), by: bench.people.manager)
        try await bench.act(PlanDecide.self, DecidePlan(plan: plan.plan.id, decision: "accepted"), by: bench.people.manager)
        let planned = try await bench.ask(DueCalendar.self, ("2019-07", nil, nil, nil)).items
        #expect(
            planned.filter { $0.planned > 0 }.map { "\($0.day) \($0.planned)" } == [
                "2019-07-19 4", "2019-07-26 4", "2019-07-31 4",
            ])
    }
}
