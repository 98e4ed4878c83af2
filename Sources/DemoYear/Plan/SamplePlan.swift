// SPDX-License-Identifier: Apache-2.0

/// What became of a sample's report.
enum ReportFate: Sendable {
    /// Issued and in force.
    case issued
    /// Replaced by a second report on the day given.
    case amended(Day)
    /// Withdrawn on the day given and not replaced.
    case withdrawn(Day)
    /// A first number was voided before it was issued.
    case voidedBefore
    /// No report.
    case none
}

/// One root sample before it has an id.
struct SamplePlan: Sendable {
    let field: TestingField
    let matrix: Matrix
    /// Lines counted as indicators of the sample, by position in the matrix.
    var lines: Int
    var issued: Day
    var fate = ReportFate.issued
    var kind = "customer"
    var isRejected = false
    var isRetested = false
    var hasSubcontracted = false
    var hasUnmeasured = false
    var isPartitioned = false
    var isRetained = false
}

/// An order with its samples.
struct OrderPlan: Sendable {
    let received: Day
    let customer: Int
    let place: String
    let isOutside: Bool
    let purpose: String
    let ministry: Ministry?
    var samples: [SamplePlan]
}

/// Where a sample stands in the plan of the year, before orders are made of it.
struct SampleSlot: Sendable {
    let field: TestingField
    let ministry: Ministry?
    var isOutside = false
    var month = 0
    var indicators = 0
    var matrix = 0

    /// Slots of one group go into the same orders.
    var group: Int {
        let ministryNumber = ministry.flatMap { Ministry.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let fieldNumber = TestingField.allCases.firstIndex(of: field) ?? 0
        return ((month * 2 + (isOutside ? 1 : 0)) * 8 + ministryNumber) * 8 + fieldNumber
    }
}
