// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// The statements of `sql/jobs/queries/schedule.sql`.
extension JobStatements {
    static let scheduleLock = Statement<ScheduleRow>.named("schedule_lock")
    static let scheduleRead = Statement<ScheduleRow>.named("schedule_read")
    static let scheduleNow = Statement<InstantRow>.named("schedule_now")
    static let schedulePut = Command.named("schedule_put")
    static let scheduleRenew = Command.named("schedule_renew")
    static let scheduleWithdraw = Statement<KeyRow>.named("schedule_withdraw")
    static let scheduleDue = Statement<ScheduleRow>.named("schedule_due")
    static let scheduleFire = Statement<FiredRow>.named("schedule_fire")
    static let scheduleSkip = Command.named("schedule_skip")
    static let scheduleAdvance = Command.named("schedule_advance")
    static let scheduleRan = Command.named("schedule_ran")
    static let schedulePostpone = Command.named("schedule_postpone")
    static let scheduleNextMoment = Statement<MomentRow>.named("schedule_next_moment")
    static let scheduleEnable = Command.named("schedule_enable")
    static let scheduleDisable = Statement<NumberRow>.named("schedule_disable")
    static let zoneChanges = Statement<ZoneChangeRow>.named("zone_changes")
    static let calendarDays = Statement<CalendarDayRow>.named("calendar_days")
    static let calendarPut = Command.named("calendar_put")
    static let calendarAdd = Command.named("calendar_add")
    static let calendarFill = Command.named("calendar_fill")
    static let calendarSchedules = Statement<ScheduleRow>.named("calendar_schedules")
}

extension CheckedJobStatement {
    static let scheduleStatements: [CheckedJobStatement] = [
        Self(JobStatements.scheduleLock), Self(JobStatements.scheduleRead), Self(JobStatements.scheduleNow),
        Self(command: JobStatements.schedulePut),
        Self(command: JobStatements.scheduleRenew), Self(JobStatements.scheduleWithdraw), Self(JobStatements.scheduleDue),
        Self(JobStatements.scheduleFire), Self(command: JobStatements.scheduleSkip), Self(command: JobStatements.scheduleAdvance),
        Self(command: JobStatements.scheduleRan),
        Self(command: JobStatements.schedulePostpone), Self(JobStatements.scheduleNextMoment),
        Self(command: JobStatements.scheduleEnable), Self(JobStatements.scheduleDisable),
        Self(JobStatements.zoneChanges), Self(JobStatements.calendarDays), Self(command: JobStatements.calendarPut),
        Self(command: JobStatements.calendarAdd), Self(command: JobStatements.calendarFill),
        Self(JobStatements.calendarSchedules),
    ]
}
