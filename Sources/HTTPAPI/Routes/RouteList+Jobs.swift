// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    private static let hours: ClosedRange<Int64> = 1...8784

    func addJobs(to jobs: RouteSection) {
        ask(
            JobList.self, jobs, "/jobs", "Lists background jobs, the latest first.",
            query: [.text("state"), .text("lane"), .text("kind"), .text("key")] + .page
        ) { _, query in
            JobSelection(
                state: query.text("state"), lane: query.text("lane"), kind: query.text("kind"), key: query.text("key"),
                page: try query.page)
        }
        ask(JobShow.self, jobs, "/jobs/{id}", "Shows a job with its attempts.", number: "id") { call, _ in try call.id() }
        ask(JobWhy.self, jobs, "/jobs/{id}/why", "Explains why a job does not run, or what became of it.", number: "id") {
            call, _ in try call.id()
        }
        ask(JobStats.self, jobs, "/job-stats", "Counts background jobs by lane.") { _, _ in }
        ask(
            JobKinds.self, jobs, "/job-kinds", "Counts what ended of each kind within some hours.",
            query: [.integer("hours", in: Self.hours)]
        ) { _, query in Int(try query.integer("hours", in: Self.hours) ?? 24) }
        ask(JobLanes.self, jobs, "/job-lanes", "Shows how each lane is set and what it holds.") { _, _ in }
        ask(JobWorkers.self, jobs, "/job-workers", "Lists the processes that run jobs.") { _, _ in }
        ask(
            JobInterventions.self, jobs, "/job-interventions", "Lists what operators did to the queue, the latest first.",
            query: [.text("subject")] + .page
        ) { _, query in (query.text("subject"), try query.page) }
        ask(JobSchedules.self, jobs, "/job-schedules", "Lists the schedules as they stand.") { _, _ in }
        ask(
            JobScheduleRuns.self, jobs, "/job-schedules/{key}/runs",
            "Lists the latest slots of a schedule and what became of them.",
            query: [.limit]
        ) { call, query in (try call.pathText("key"), try query.limit) }
        ask(
            ScheduleForecast.self, jobs, "/job-forecast", "Lists the slots that come next, of one schedule or of all.",
            query: [.text("schedule"), .text("from"), .integer("count", in: 1...1000)]
        ) { _, query in
            ForecastSelection(
                schedule: query.text("schedule"), from: query.text("from"),
                count: Int(try query.integer("count", in: 1...1000) ?? 20))
        }
        ask(ClockShow.self, jobs, "/job-clock", "Shows how the guard of the clock stands.") { _, _ in }
        ask(JobOverview.self, jobs, "/job-overview", "Shows the whole queue at a glance, for a live view.") { _, _ in }
        addDoctor(to: jobs)
        act(JobRetry.self, jobs, "/job-retries", "Runs a dead or waiting job again.")
        act(JobCancel.self, jobs, "/job-cancellations", "Cancels a job.")
        act(JobSnooze.self, jobs, "/job-snoozes", "Puts a waiting or ready job off.")
        act(JobStart.self, jobs, "/job-starts", "Makes a waiting job due at once.")
        act(JobRedrive.self, jobs, "/job-redrives", "Runs dead jobs of a kind, or all, again.")
        act(LanePause.self, jobs, "/lane-pauses", "Takes no job of a lane until it is resumed.")
        act(LaneResume.self, jobs, "/lane-resumptions", "Takes jobs of a lane again.")
        act(LaneLimit.self, jobs, "/lane-limits", "Limits the running jobs of a lane in all processes together.")
        act(LaneRuleSet.self, jobs, "/lane-rules", "Changes a lane's limit, rate and fairness over all processes together.")
        act(ScheduleDisable.self, jobs, "/schedule-stops", "Stops a schedule until a person starts it again.")
        act(ScheduleEnable.self, jobs, "/schedule-starts", "Starts a schedule that was stopped.")
        act(ScheduleRunNow.self, jobs, "/schedule-runs", "Runs the job of a schedule at once, out of turn.")
        act(ClockRelease.self, jobs, "/clock-releases", "Lets schedules and deadlines go on by the clock as it is.")
    }

    /// The examination asks the runner of this process before it asks the database.
    private func addDoctor(to jobs: RouteSection) {
        let (laboratory, desk) = (laboratory, self.jobs)
        let operation = Operation(
            question: JobDoctor.self, Paths.v1 + "/job-doctor", tag: jobs.tag,
            summary: "Examines the queue and the server around it.")
        route(operation, jobs) { call, _ in
            let caller = try call.laboratoryCaller
            // Whoever may not ask is told so before anything is sent.
            guard !JobDoctor.roles.isDisjoint(with: caller.roles) else {
                throw ActError.notPermitted(needs: JobDoctor.roles.sorted { $0.rawValue < $1.rawValue })
            }
            return try Reply.json(try await laboratory.ask(JobDoctor.self, await desk.evidence(), by: caller))
        }
    }
}
