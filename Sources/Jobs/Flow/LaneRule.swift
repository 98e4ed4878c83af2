// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Most starts in a span of time, in all processes together.
package struct StartRate: Sendable, Hashable {
    /// Most starts in any span of that length, from 1.
    package let count: Int
    /// The span.
    package let period: Duration

    /// Limits starts. A tenth of them may start at once, the rest evenly; so no span of that length, wherever it begins, holds
    /// more than the limit, and at least nine tenths of it are reached in the long run.
    package init(_ count: Int, per period: Duration) {
        self.count = max(1, count)
        self.period = max(.milliseconds(1), period)
    }
}

/// What holds for a lane in all processes together.
package struct LaneRule: Sendable, Hashable {
    /// Most jobs that run at a time; nil: only the slots of each process limit them.
    package var mostRunning: Int?
    /// Most starts in a span of time.
    package var rate: StartRate?
    /// Whether tenants take turns: a flood of one delays the next job of another by one round at most.
    package var isFair: Bool

    /// Puts a rule together; one without anything makes the lane plain, claimed without a lock.
    package init(mostRunning: Int? = nil, rate: StartRate? = nil, isFair: Bool = false) {
        self.mostRunning = mostRunning.map { max(1, $0) }
        self.rate = rate
        self.isFair = isFair
    }

    /// The rule of a lane, and the number of the lane; nobody else changes it until the end of the transaction.
    ///
    /// - Returns: nil when there is no such lane.
    package static func read(
        of lane: Lane, on database: isolated Connection
    ) throws(PostgresError) -> (lane: Int64, rule: LaneRule)? {
        guard let row = try database.first(JobStatements.laneRuleRead, lane.rawValue) else { return nil }
        var rule = LaneRule(mostRunning: row.maxRunning, isFair: row.isFair)
        if let count = row.rateCount, let span = row.rateMilliseconds { rule.rate = StartRate(count, per: .milliseconds(span)) }
        return (row.id, rule)
    }

    /// Gives a lane its rule; it holds from the next claim on. False when there is no such lane.
    @discardableResult
    package func apply(to lane: Lane, on database: isolated Connection) throws(PostgresError) -> Bool {
        let row = try database.first(
            JobStatements.laneRule, lane.rawValue, mostRunning, rate?.count, rate?.period.milliseconds, isFair)
        hint(.ready, on: database)
        return row != nil
    }
}
