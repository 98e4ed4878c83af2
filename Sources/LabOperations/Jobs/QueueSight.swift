// SPDX-License-Identifier: Apache-2.0
package import Jobs
package import LabStore
package import LaboratoryModel

/// What the metrics of the queue are made of; read by the daemon itself.
package struct QueueSight: Codable, Sendable {
    /// Figures of the queue and of the server.
    package let figures: QueueFigures
    /// Every lane.
    package let lanes: [LaneFigures]
    /// Every schedule.
    package let schedules: [ScheduleReport]
    /// What upkeep has found.
    package let alarms: [AlarmReport]
    /// The guard of the clock.
    package let clock: ClockReport
    /// The newest due list.
    package let dueRun: DueRunSightRow
}

/// One look at everything that is measured in the database.
package enum QueueSighting: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> QueueSight {
        QueueSight(
            figures: try QueueFigures.read(on: database), lanes: try LaneControl.figures(on: database),
            schedules: try JobInspection.schedules(on: database), alarms: try JobUpkeep.alarms(on: database),
            clock: try ClockGuard.report(on: database), dueRun: try database.only(Statements.dueRunSight))
    }
}
