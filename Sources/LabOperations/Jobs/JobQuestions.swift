// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Jobs
package import LabStore
package import LaboratoryModel

/// Who may look at the queue.
let jobReaders: Set<Role> = [.administrator, .manager, .quality]

/// Which jobs are listed.
package struct JobSelection: Sendable {
    package let state: String?
    package let lane: String?
    package let kind: String?
    /// How the name of the work begins.
    package let key: String?
    package let page: Page

    package init(state: String? = nil, lane: String? = nil, kind: String? = nil, key: String? = nil, page: Page = Page()) {
        (self.state, self.lane, self.kind, self.key, self.page) = (state, lane, kind, key, page)
    }
}

/// Jobs, the latest first; without a state the unfinished and the dead.
package enum JobList: Question {
    package static let roles = jobReaders
    /// States that a job can be in.
    package static let states = ["waiting", "ready", "running", "dead", "succeeded", "cancelled", "superseded"]

    package static func answer(
        _ selection: JobSelection, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<JobSummary> {
        var check = InputCheck(today: setting.today)
        if let state = selection.state { _ = check.word("state", state, of: states) }
        try check.finish()
        let jobs = try JobInspection.list(
            state: selection.state, lane: selection.lane, kind: selection.kind, key: selection.key,
            before: selection.page.after ?? .max, limit: selection.page.limit + 1, on: database)
        if jobs.isEmpty { try database.requireKnown([.lane: selection.lane, .kind: selection.kind]) }
        return selection.page.list(jobs, cursor: \.id)
    }
}

/// A job with everything that is known of it, what connects it with others, and what operators did to it.
package struct JobFile: Codable, Sendable {
    package let job: JobReport
    /// What connects it with others; absent when nothing does.
    package let flow: FlowReport?
    package let interventions: [JobInterventionView]

    private enum CodingKeys: String, CodingKey {
        case flow, interventions
    }

    init(job: JobReport, flow: FlowReport?, interventions: [JobInterventionView]) {
        (self.job, self.flow, self.interventions) = (job, flow, interventions)
    }

    /// Reads both from one object.
    package init(from decoder: any Decoder) throws {
        job = try JobReport(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        flow = try container.decodeIfPresent(FlowReport.self, forKey: .flow)
        interventions = try container.decode([JobInterventionView].self, forKey: .interventions)
    }

    /// Writes the members of the job, then the interventions.
    package func encode(to encoder: any Encoder) throws {
        try job.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(flow, forKey: .flow)
        try container.encode(interventions, forKey: .interventions)
    }
}

/// One job.
package enum JobShow: Question {
    package static let roles = jobReaders

    package static func answer(
        _ job: Int64, in setting: ActSetting, on database: isolated Transaction
    ) throws -> JobFile {
        guard let report = try JobInspection.show(JobID(rawValue: job), on: database) else {
            throw ActError.notFound(thing: .job, name: String(job))
        }
        let interventions = try database.all(Statements.jobInterventionList, String(job), Int64.max, 100)
        let flow = try JobFlow.show(JobID(rawValue: job), on: database)
        return JobFile(job: report, flow: flow, interventions: interventions)
    }
}

/// Why a job does not run, runs, or will not run.
package enum JobWhy: Question {
    package static let roles = jobReaders

    package static func answer(
        _ job: Int64, in setting: ActSetting, on database: isolated Transaction
    ) throws -> JobWhyView {
        guard let explanation = try JobInspection.why(JobID(rawValue: job), on: database) else {
            throw ActError.notFound(thing: .job, name: String(job))
        }
        let pause = try database.find(Statements.jobInterventionLast, LanePause.name, explanation.lane)
        return JobWhyView(
            job: explanation.job, kind: explanation.kind, lane: explanation.lane, state: explanation.state,
            reasons: explanation.obstacles.map { obstacle in
                let sentence = obstacle.sentence(of: explanation.kind, in: explanation.lane, pause: pause)
                return JobReasonView(code: obstacle.code, vi: sentence.vi, en: sentence.en)
            })
    }
}

/// What each lane holds, counted to the last job.
package enum JobStats: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        LaneReport
    > {
        List(items: try JobInspection.lanes(on: database))
    }
}

/// What ended of each kind within some hours.
package enum JobKinds: Question {
    package static let roles = jobReaders

    package static func answer(_ hours: Int, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        KindReport
    > {
        List(items: try JobInspection.kinds(hours: hours, on: database))
    }
}

/// How each lane is set.
package enum JobLanes: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        LaneFigures
    > {
        List(items: try LaneControl.figures(on: database))
    }
}

/// Processes that run jobs.
package enum JobWorkers: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        WorkerReport
    > {
        List(items: try JobInspection.workers(on: database))
    }
}

/// Schedules as they stand.
package enum JobSchedules: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        ScheduleReport
    > {
        List(items: try JobInspection.schedules(on: database))
    }
}

/// The latest slots of a schedule and what became of them.
package enum JobScheduleRuns: Question {
    package static let roles = jobReaders

    package static func answer(
        _ parameters: (schedule: String, limit: Int), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ScheduleRunReport> {
        guard try JobInspection.schedules(on: database).contains(where: { $0.key == parameters.schedule }) else {
            throw ActError.notFound(thing: .schedule, name: parameters.schedule)
        }
        return List(items: try JobInspection.scheduleRuns(parameters.schedule, limit: parameters.limit, on: database))
    }
}

/// What operators did to the queue, the latest first.
package enum JobInterventions: Question {
    package static let roles = jobReaders

    package static func answer(
        _ parameters: (subject: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<JobInterventionView> {
        let page = parameters.page
        let rows = try database.all(
            Statements.jobInterventionList, parameters.subject, page.after ?? Int64.max, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}
