// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Background work of the daemon.
struct JobGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "job", "Việc chạy nền", "Background work",
        [
            JobList.self, JobShow.self, JobWhy.self, JobRetry.self, JobCancel.self, JobSnooze.self, JobRunNow.self,
            JobDeadGroup.self, JobStatistics.self, JobLanes.self, JobLaneRule.self, JobPause.self, JobResume.self,
            JobLimit.self, JobWorkers.self, JobSchedulesGroup.self, JobClockGroup.self, JobLog.self, JobDoctor.self,
            JobWatch.self,
        ])
}

/// Jobs that were given up.
struct JobDeadGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "dead", "Việc cần người xử lý", "Jobs that wait for a person", [JobDeadList.self, JobRedrive.self],
        usually: JobDeadList.self)
}

/// What runs by the clock on the wall.
struct JobSchedulesGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "schedules", "Lịch chạy", "Schedules",
        [
            JobScheduleList.self, JobScheduleRuns.self, JobScheduleNext.self, JobScheduleEnable.self, JobScheduleDisable.self,
            JobScheduleRun.self,
        ], usually: JobScheduleList.self, aliases: ["schedule"])
}

/// The guard of the clock.
struct JobClockGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "clock", "Chốt đồng hồ", "The guard of the clock", [JobClockShow.self, JobClockRelease.self], usually: JobClockShow.self)
}
