// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Proposes to spread the work over the weeks. Nothing moves before somebody accepts it.
package enum PlanPropose: Act {
    package static let name = "plan.propose"
    package static let roles: Set<Role> = [.manager, .technician]
    /// Deadlines that one plan may hold.
    package static let largest = 100_000

    package static func perform(
        _ request: ProposePlan, in setting: ActSetting, on database: isolated Transaction
    ) throws -> PlanView {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", request.asOf, required: false, future: true)
        let team = check.word("team", request.team ?? "all", of: ["all", "district", "type"])
        let weeks = request.weeks ?? 26
        if !(1...104).contains(weeks) { check.fault("weeks", vi: "từ 1 đến 104", en: "between 1 and 104") }
        if !(1...100_000).contains(request.capacity) {
            check.fault("capacity", vi: "từ 1 đến 100000", en: "between 1 and 100000")
        }
        try check.finish()
        try database.requireKnown([.type: request.type, .district: request.district])
        _ = try database.only(Statements.dueSettings)
        let rows = try database.all(
            Statements.planRows, "\(day)", weeks, request.type, request.district, team, largest + 1)
        if rows.count > largest {
            check.fault(
                "weeks", vi: "quá \(largest) hạn; thu hẹp phạm vi", en: "more than \(largest) deadlines; ask for less")
        }
        try check.finish()
        let plan = Levelled(
            rows: rows, weeks: try database.all(Statements.planWeeks, "\(day)", weeks), capacity: request.capacity)
        let key = try database.only(
            Statements.planAdd, "\(day)", weeks, request.capacity, team, request.type, request.district, rows.count,
            plan.moves.count, plan.over, jsonText(plan.loads), setting.caller.personID)
        let moved = plan.moves.map { rows[$0.row] }
        _ = try database.only(
            Statements.planMovesAdd, key.id, moved.map(\.subjectId), moved.map(\.kind), moved.map(\.anchorId),
            moved.map(\.dueOn), moved.map(\.was), plan.moves.map(\.monday))
        return PlanView(plan: try database.plan(key.id), loads: plan.loads)
    }

    /// The work of every team, spread.
    private struct Levelled {
        var loads: [PlanLoad] = []
        var moves: [(row: Int, monday: String)] = []
        var over = 0

        /// Spreads rows that come by team, then by week.
        init(rows: [PlanRow], weeks: [PlanWeekRow], capacity: Int) {
            let capacities = weeks.map { capacity * $0.workingDays / 5 }
            var begin = 0
            while begin < rows.count {
                let end = rows[begin...].firstIndex { $0.team != rows[begin].team } ?? rows.count
                let latest = rows[begin..<end].map(\.week)
                let chosen = WeekLevelling.weeks(latest: latest, capacities: capacities)
                for (offset, week) in chosen.enumerated() where week < latest[offset] {
                    moves.append((begin + offset, weeks[week].monday))
                }
                for (number, week) in weeks.enumerated() {
                    let after = chosen.count { $0 == number }
                    over += max(0, after - capacities[number])
                    loads.append(
                        PlanLoad(
                            team: rows[begin].team, week: week.monday, capacity: capacities[number],
                            before: latest.count { $0 == number }, after: after))
                }
                begin = end
            }
        }
    }
}

/// Accepts a proposed plan or refuses it; accepted, it moves the days by which work is planned, and no due date.
package enum PlanDecide: Act {
    package static let name = "plan.decide"
    package static let roles: Set<Role> = [.manager]

    package static func perform(
        _ request: DecidePlan, in setting: ActSetting, on database: isolated Transaction
    ) throws -> PlanView {
        guard let person = setting.caller.personID else { throw ActError.notPermitted(needs: [.manager]) }
        var check = InputCheck(today: setting.today)
        let decision = check.word("decision", request.decision, of: ["accepted", "refused"])
        let reason = decision == "refused" ? check.text("reason", request.reason) : request.reason
        try check.finish()
        _ = try database.only(Statements.deadlineLock, "plan", request.plan)
        let plan = try database.plan(request.plan)
        guard plan.state == "proposed" else {
            throw ActError.refused([.planDecided(plan: plan.id, decision: plan.state)])
        }
        _ = try database.only(
            Statements.planDecisionAdd, request.plan, decision, "\(setting.today)", reason, person)
        return try database.planView(request.plan)
    }
}

/// Plans, newest first.
package enum PlanList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<PlanSummary> {
        let rows = try database.all(Statements.planList, Int64?.none, page.after ?? Int64.max, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}

/// One plan with the loads of its weeks.
package enum PlanShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ plan: Int64, in setting: ActSetting, on database: isolated Transaction) throws -> PlanView {
        try database.planView(plan)
    }
}

/// What a plan moves.
package enum PlanMoveList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (plan: Int64, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<PlanMove> {
        let plan = try database.plan(parameters.plan)
        let rows = try database.all(
            Statements.planMoveList, plan.id, parameters.page.after ?? 0, parameters.page.limit + 1)
        return parameters.page.list(rows, cursor: \.id)
    }
}

extension Transaction {
    /// - Throws: ``ActError/notFound(thing:name:field:)``.
    fileprivate func plan(_ id: Int64) throws -> PlanSummary {
        guard let plan = try find(Statements.planList, id, Int64.max, 1) else {
            throw ActError.notFound(thing: .plan, name: "\(id)")
        }
        return plan
    }

    fileprivate func planView(_ id: Int64) throws -> PlanView {
        PlanView(plan: try plan(id), loads: try all(Statements.planLoads, id))
    }
}
