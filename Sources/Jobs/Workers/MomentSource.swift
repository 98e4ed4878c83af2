// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Something else that has to be looked at when its moment comes, such as the deadlines of the instruments.
package struct MomentSource: Sendable {
    /// Name for the log.
    package let name: String
    /// Whether the date decides what is due, so that it is held while the database's clock is not trusted.
    let isBoundToDate: Bool
    let tick: @Sendable (isolated Connection) throws -> Int
    let untilNext: @Sendable (isolated Connection) throws -> Duration?

    /// Describes a source.
    ///
    /// - Parameters:
    ///   - name: for the log.
    ///   - isBoundToDate: whether to hold it while the database's clock is not trusted.
    ///   - tick: deals with a batch of what is due and returns how many it dealt with; it is called again, each time in a
    ///     transaction of its own, until it returns 0.
    ///   - untilNext: time until the next moment by the database's clock; nil when there is none.
    package init(
        _ name: String, isBoundToDate: Bool = true, tick: @escaping @Sendable (isolated Connection) throws -> Int,
        untilNext: @escaping @Sendable (isolated Connection) throws -> Duration?
    ) {
        self.name = name
        self.isBoundToDate = isBoundToDate
        self.tick = tick
        self.untilNext = untilNext
    }
}
