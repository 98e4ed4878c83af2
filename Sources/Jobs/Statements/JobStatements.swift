// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// The named statements of `sql/jobs/queries` with the types of their rows.
package enum JobStatements {
    // sql/jobs/queries/job.sql
    static let enqueue = Statement<NumberRow>.named("job_enqueue")
    static let enqueueMany = Statement<NumberRow>.named("job_enqueue_many")
    static let promote = Statement<CountRow>.named("job_promote")
    static let age = Statement<CountRow>.named("job_age")
    static let laneNumbers = Statement<LaneNumberRow>.named("lane_numbers")
    static let pump = Statement<PumpRow>.named("job_pump")
    static let places = Statement<PlaceRow>.named("job_places")
    static let floor = Statement<FloorRow>.named("job_floor")
    static let unacknowledged = Statement<NumberRow>.named("job_unacknowledged")
    static let unheard = Statement<NumberRow>.named("job_unheard")
    static let finish = Statement<NumberRow>.named("job_finish")
    static let retry = Statement<NumberRow>.named("job_retry")
    static let bury = Statement<NumberRow>.named("job_bury")
    static let snooze = Statement<NumberRow>.named("job_snooze")
    static let release = Statement<NumberRow>.named("job_release")
    static let rescue = Statement<RescuedRow>.named("job_rescue")
    static let nextMoment = Statement<MomentRow>.named("job_next_moment")

    // sql/jobs/queries/worker.sql
    static let workerRegister = Statement<NumberRow>.named("worker_register")
    static let workerBeat = Statement<BeatRow>.named("worker_beat")
    static let workerStopping = Command.named("worker_stopping")
    static let workerRemove = Command.named("worker_remove")

    // sql/jobs/queries/inspection.sql
    static let list = Statement<JobSummary>.named("job_list")
    static let show = Statement<JobReport>.named("job_show")
    static let cancel = Statement<StateRow>.named("job_cancel")
    static let redrive = Statement<NumberRow>.named("job_redrive")
    static let runNow = Statement<NumberRow>.named("job_run_now")
    static let snoozeUntil = Statement<RunAtRow>.named("job_snooze_until")
    static let redriveMany = Statement<NumberRow>.named("job_redrive_many")
    static let deadCount = Statement<CountRow>.named("job_dead_count")
    static let twin = Statement<NumberRow>.named("job_twin")
    static let why = Statement<WhyRow>.named("job_why")
    static let lanes = Statement<LaneReport>.named("lane_report")
    static let laneFigures = Statement<LaneFigures>.named("lane_figures")
    static let lanePause = Statement<NumberRow>.named("lane_pause")
    static let laneResume = Statement<NumberRow>.named("lane_resume")
    static let laneLimit = Statement<NumberRow>.named("lane_limit")
    static let kinds = Statement<KindReport>.named("kind_report")
    static let kindKnown = Statement<CountRow>.named("kind_known")
    static let workers = Statement<WorkerReport>.named("worker_list")
    static let running = Statement<RunningReport>.named("running_list")
    static let failures = Statement<FailureReport>.named("failure_list")
    static let schedules = Statement<ScheduleReport>.named("schedule_list")
    static let laneRates = Statement<LaneRate>.named("lane_rates")
    static let queueFigures = Statement<QueueFigures>.named("queue_figures")
    static let queueUntaken = Statement<UntakenRow>.named("queue_untaken")
    static let queueCare = Statement<CareRow>.named("queue_care")
    static let invalidIndexes = Statement<NameRow>.named("queue_invalid_indexes")
    static let planBegin = Statement<String>.named("queue_plan_begin")
    static let planReady = Statement<String>.named("queue_plan_ready")
    static let planWaiting = Statement<String>.named("queue_plan_waiting")
    static let planRunning = Statement<String>.named("queue_plan_running")
    static let scheduleRuns = Statement<ScheduleRunReport>.named("schedule_runs")
}

/// A statement with the columns that its row type asks for, for the test that prepares every one.
package struct CheckedJobStatement: Sendable {
    /// Name of the block.
    package let name: String
    /// Its text.
    package let sql: String
    /// Columns that the row type reads; empty for a command.
    package let columns: [RequestedColumn]

    init<Row: Decodable & Sendable>(_ statement: Statement<Row>) {
        (name, sql, columns) = (statement.name, statement.sql, requestedColumns(of: Row.self))
    }

    init(command: Command) {
        (name, sql, columns) = (command.name, command.sql, [])
    }

    /// Every statement of this module.
    package static let all: [CheckedJobStatement] =
        [
            Self(JobStatements.enqueue), Self(JobStatements.enqueueMany), Self(JobStatements.promote), Self(JobStatements.age),
            Self(JobStatements.laneNumbers), Self(JobStatements.pump), Self(JobStatements.unacknowledged),
            Self(JobStatements.unheard), Self(JobStatements.places), Self(JobStatements.floor),
            Self(JobStatements.finish), Self(JobStatements.retry), Self(JobStatements.bury), Self(JobStatements.snooze),
            Self(JobStatements.release), Self(JobStatements.rescue),
            Self(JobStatements.nextMoment), Self(JobStatements.workerRegister), Self(JobStatements.workerBeat),
            Self(command: JobStatements.workerStopping), Self(command: JobStatements.workerRemove),
            Self(JobStatements.scheduleRuns),
        ] + inspection + scheduleStatements + clockStatements + upkeepStatements + flow

    private static let inspection: [CheckedJobStatement] = [
        Self(JobStatements.list), Self(JobStatements.show), Self(JobStatements.cancel), Self(JobStatements.redrive),
        Self(JobStatements.runNow), Self(JobStatements.snoozeUntil), Self(JobStatements.redriveMany),
        Self(JobStatements.deadCount), Self(JobStatements.twin), Self(JobStatements.why), Self(JobStatements.lanes),
        Self(JobStatements.laneFigures),
        Self(JobStatements.lanePause), Self(JobStatements.laneResume), Self(JobStatements.laneLimit),
        Self(JobStatements.kinds), Self(JobStatements.workers), Self(JobStatements.running), Self(JobStatements.failures),
        Self(JobStatements.schedules), Self(JobStatements.laneRates), Self(JobStatements.queueFigures),
        Self(JobStatements.invalidIndexes), Self(JobStatements.planBegin), Self(JobStatements.planReady),
        Self(JobStatements.planWaiting), Self(JobStatements.planRunning), Self(JobStatements.queueCare),
        Self(JobStatements.queueUntaken), Self(JobStatements.kindKnown),
    ]
}
