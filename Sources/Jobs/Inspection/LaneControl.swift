// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Lanes as an operator sets them.
package enum LaneControl {
    /// Every lane as it is set and what it holds, read from the partial indexes: cheap whatever waits for a later moment.
    package static func figures(on database: isolated Connection) throws(PostgresError) -> [LaneFigures] {
        try database.rows(JobStatements.laneFigures)
    }

    /// Takes no job of the lane until it is resumed; jobs that run go on.
    ///
    /// - Returns: number of the lane; nil when there is none of that name.
    package static func pause(_ lane: Lane, on database: isolated Connection) throws(PostgresError) -> Int64? {
        try database.first(JobStatements.lanePause, lane.rawValue)?.id
    }

    /// Takes jobs of the lane again.
    ///
    /// - Returns: number of the lane; nil when there is none of that name.
    package static func resume(_ lane: Lane, on database: isolated Connection) throws(PostgresError) -> Int64? {
        hint(.ready, on: database)
        return try database.first(JobStatements.laneResume, lane.rawValue)?.id
    }

    /// Sets the most running jobs of the lane in all processes together, from 1; nil takes the limit away.
    ///
    /// - Returns: number of the lane; nil when there is none of that name.
    package static func limit(
        _ lane: Lane, to most: Int?, on database: isolated Connection
    ) throws(PostgresError) -> Int64? {
        hint(.ready, on: database)
        return try database.first(JobStatements.laneLimit, lane.rawValue, most)?.id
    }
}
