// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Jobs
package import LabStore
package import LaboratoryModel

/// Jobs, the latest first; without a state the unfinished and the dead.
package enum JobList: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality]

    package static func answer(_ state: String?, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        JobSummary
    > {
        List(items: try JobInspection.list(state: state, on: database))
    }
}

/// What each lane holds.
package enum JobLanes: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality]

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        LaneReport
    > {
        List(items: try JobInspection.lanes(on: database))
    }
}

/// Puts a job that waits for a person back into its lane.
package enum JobRetry: Act {
    package static let name = "job.retry"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameJob, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard try JobInspection.retry(JobID(rawValue: request.job), on: database) else {
            throw ActError.notFound(thing: .deadJob, name: String(request.job))
        }
        return Acknowledgement(id: request.job)
    }
}

/// Ends a job that is not wanted any more.
package enum JobCancel: Act {
    package static let name = "job.cancel"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameJob, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard let outcome = try JobInspection.cancel(JobID(rawValue: request.job), on: database) else {
            throw ActError.notFound(thing: .job, name: String(request.job))
        }
        return Acknowledgement(id: request.job, code: outcome.rawValue)
    }
}
