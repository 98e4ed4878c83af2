// SPDX-License-Identifier: Apache-2.0

/// Proposes to spread the work over the weeks: only earlier, within what a team can do in a week. `POST /v1/work-plans`
package struct ProposePlan: Codable, Sendable {
    /// What a team does in a week of five working days, 1...100,000.
    package var capacity: Int
    /// Weeks from the one of `as_of`, 26 when absent; 1...104.
    package var weeks: Int?
    /// What a team is: `all` (one team, when absent), `district` or `type`.
    package var team: String?
    /// Only this type.
    package var type: String?
    /// Only this district.
    package var district: String?
    /// First day, today when absent.
    package var asOf: String?

    package init(
        capacity: Int, weeks: Int? = nil, team: String? = nil, type: String? = nil, district: String? = nil, asOf: String? = nil
    ) {
        (self.capacity, self.weeks, self.team) = (capacity, weeks, team)
        (self.type, self.district, self.asOf) = (type, district, asOf)
    }
}

/// Accepts a proposed plan, or refuses it. `POST /v1/work-plan-decisions`
package struct DecidePlan: Codable, Sendable {
    package var plan: Int64
    /// `accepted` or `refused`.
    package var decision: String
    /// Why it is refused.
    package var reason: String?

    package init(plan: Int64, decision: String, reason: String? = nil) {
        (self.plan, self.decision, self.reason) = (plan, decision, reason)
    }
}
