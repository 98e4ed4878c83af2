// SPDX-License-Identifier: Apache-2.0
internal import Jobs
internal import LabStore
internal import LaboratoryModel
internal import Logging

/// What the deadlines give the queue to run.
enum DeadlineJobs {
    /// What has to be looked at when its moment comes.
    static let moments = [
        MomentSource("deadlines", tick: DeadlineTick.run, untilNext: DeadlineTick.untilNext),
        MomentSource("reminder notices", tick: ReminderNotices.take, untilNext: ReminderNotices.untilNext),
    ]

    /// The nightly comparison, an hour before the due list.
    static func schedules(_ timeZone: String) -> [Schedule] {
        TimeOfDay(hour: 1, minute: 0).map {
            [Schedule("deadline-reconcile", .daily($0), runs: DeadlineReconcile.kind, timeZone: timeZone)]
        } ?? []
    }

    /// Adds the handlers; each commits its effect together with its acknowledgement.
    static func add(to handlers: inout JobHandlers, logger: Logger) {
        handlers.transaction(ReminderNotices.kind) { database, job in
            _ = try Laboratory.begin("reminder.tell", caller: .system, centre: Centre(), revision: nil, on: database)
            let group = try job.payload(as: ReminderNotices.Payload.self).group
            let unreached = try ReminderNotices.tell(group: group, on: database)
            if unreached > 0 {
                logger.warning(
                    "Reminders reached nobody: those concerned have no address, and nobody takes what is unassigned",
                    metadata: ["reminder.group": "\(group)", "reminder.deadlines": "\(unreached)"])
            }
            return .succeeded
        }
        handlers.transaction(DeadlineReconcile.kind) { database, _ in
            _ = try Laboratory.begin(DeadlineReconcile.name, caller: .system, centre: Centre(), revision: nil, on: database)
            let found = try database.only(Statements.deadlineReconcile, true)
            if found.differences > 0 {
                logger.error(
                    "Deadlines differed from their records and were mended",
                    metadata: ["deadline.differences": "\(found.differences)", "deadline.count": "\(found.deadlines)"])
            }
            return .succeeded
        }
    }
}
