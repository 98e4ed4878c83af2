// SPDX-License-Identifier: Apache-2.0

/// How much work comes, by what was asked for.
package struct ForecastLine: Codable, Sendable {
    /// Monday of the week; absent for what has passed, and where weeks were not asked for.
    package var week: String?
    /// Type, district or kind of standard; empty by week alone.
    package var key: String
    package var nameVi: String
    package var nameEn: String
    /// How many verifications and calibrations.
    package var count: Int
    /// Standards of the kind that are registered, by standard.
    package var standards: Int?
}

/// A day of the calendar.
package struct CalendarDay: Codable, Sendable {
    package var day: String
    /// 1 Monday … 7 Sunday.
    package var weekday: Int
    package var holidayVi: String?
    package var holidayEn: String?
    /// How many are due on that day.
    package var due: Int
    /// How many are planned by that day at the latest.
    package var planned: Int
}

/// A plan that spreads work over the weeks.
package struct PlanSummary: Codable, Sendable {
    package var id: Int64
    package var asOf: String
    package var weeks: Int
    package var capacity: Int
    /// `all`, `district` or `type`.
    package var team: String
    package var type: String?
    package var district: String?
    /// Deadlines looked at, those moved to an earlier week, and those above the capacity of their week.
    package var deadlines: Int
    package var moved: Int
    package var over: Int
    /// `proposed`, `accepted` or `refused`.
    package var state: String
    package var startsOn: String?
    package var reason: String?
    package var recordedBy: String?
    package var decidedBy: String?
    package var recordedAt: String
}

/// What a team has to do in a week.
package struct PlanLoad: Codable, Sendable {
    /// Code of the district or type; empty for one team.
    package var team: String
    /// Monday of the week.
    package var week: String
    /// What the team can do in the working days of the week.
    package var capacity: Int
    package var before: Int
    package var after: Int

    package init(team: String, week: String, capacity: Int, before: Int, after: Int) {
        (self.team, self.week, self.capacity, self.before, self.after) = (team, week, capacity, before, after)
    }
}

/// A plan with the loads of its weeks.
package struct PlanView: Codable, Sendable {
    package var plan: PlanSummary
    package var loads: [PlanLoad]

    package init(plan: PlanSummary, loads: [PlanLoad]) {
        (self.plan, self.loads) = (plan, loads)
    }
}

/// A deadline that a plan moves.
package struct PlanMove: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var kind: String
    package var site: String
    package var customer: String
    package var district: String
    package var dueOn: String
    /// The day by which it was planned before, and by the plan.
    package var was: String
    package var planBy: String
}
