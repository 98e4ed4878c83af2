// SPDX-License-Identifier: Apache-2.0

/// A deadline that is to be levelled.
package struct PlanRow: Decodable, Sendable {
    package let subjectId: Int64
    package let kind: String
    package let anchorId: Int64
    package let dueOn: String
    /// The last working day on which the work is in time.
    package let was: String
    /// Number of the week of that day, 0 for the first and all before it.
    package let week: Int
    package let team: String
}

/// A week of a plan.
package struct PlanWeekRow: Decodable, Sendable {
    package let monday: String
    /// 0...5.
    package let workingDays: Int
}
