// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Jobs
package import LabStore
package import LaboratoryModel

extension Transaction {
    /// Notes who did what to the queue, and why, in the transaction that does it.
    ///
    /// - Returns: number of the note.
    @discardableResult
    func note(
        _ act: String, _ subject: String, detail: String? = nil, reason: String?, in setting: ActSetting
    ) throws -> Int64 {
        try only(Statements.jobInterventionAdd, act, subject, detail, reason, setting.caller.personID).id
    }

    /// Why something could not be done with a job: it is in a state that does not allow it, or there is none with this number.
    func refusal(of job: JobID) throws -> ActError {
        guard let report = try JobInspection.show(job, on: self) else { return .notFound(thing: .job, name: "\(job)") }
        return .refused([.jobState(job: job.rawValue, state: report.state)])
    }
}

extension InputCheck {
    /// A reason that may be left out.
    mutating func reason(_ value: String?) -> String? {
        guard let value, !value.trimmed.isEmpty else { return nil }
        return text("reason", value)
    }
}

/// Puts a job that waits for a person, or for its moment, back into its lane.
package enum JobRetry: Act {
    package static let name = "job.retry"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameJob, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        let job = JobID(rawValue: request.job)
        guard try JobInspection.retry(job, on: database) else {
            if let twin = try JobInspection.twin(of: job, on: database) {
                throw ActError.conflict(
                    BilingualSentence(
                        vi: "Việc \(job) chưa chạy lại được: việc \(twin) đang giữ khóa của nó và chưa xong",
                        en: "job \(job) cannot run again yet: job \(twin) has its key and is unfinished"))
            }
            throw try database.refusal(of: job)
        }
        try database.note(name, "\(job)", reason: reason, in: setting)
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
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        let job = JobID(rawValue: request.job)
        guard let outcome = try JobInspection.cancel(job, on: database) else {
            throw try database.refusal(of: job)
        }
        try database.note(name, "\(request.job)", detail: outcome.rawValue, reason: reason, in: setting)
        return Acknowledgement(id: request.job, code: outcome.rawValue)
    }
}

/// Puts a waiting or ready job off.
package enum JobSnooze: Act {
    package static let name = "job.snooze"
    package static let roles: Set<Role> = [.administrator]
    /// Longest pause, a year, in seconds.
    package static let longest = 31_622_400

    package static func perform(
        _ request: SnoozeJob, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        if !(1...longest).contains(request.seconds) {
            check.fault("seconds", vi: "từ 1 đến \(longest) giây", en: "between 1 and \(longest) seconds")
        }
        try check.finish()
        let pause = Duration.seconds(request.seconds)
        let job = JobID(rawValue: request.job)
        guard let until = try JobInspection.snooze(job, for: pause, on: database) else { throw try database.refusal(of: job) }
        try database.note(name, "\(request.job)", detail: until, reason: reason, in: setting)
        return Acknowledgement(id: request.job, code: until)
    }
}

/// Makes a waiting job due at once.
package enum JobStart: Act {
    package static let name = "job.run_now"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameJob, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        let job = JobID(rawValue: request.job)
        guard try JobInspection.runNow(job, on: database) else { throw try database.refusal(of: job) }
        try database.note(name, "\(request.job)", reason: reason, in: setting)
        return Acknowledgement(id: request.job)
    }
}

/// Runs dead jobs of a kind, or all of them, again: at most 1,000 at a time.
package enum JobRedrive: Act {
    package static let name = "job.redrive"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: RedriveJobs, in setting: ActSetting, on database: isolated Transaction
    ) throws -> RedrivenView {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        let jobs = try JobInspection.redrive(kind: request.kind, on: database)
        if jobs.isEmpty { try database.requireKnown([.kind: request.kind]) }
        try database.note(name, request.kind ?? "*", detail: String(jobs.count), reason: reason, in: setting)
        let left = try JobInspection.deadCount(kind: request.kind, on: database)
        return RedrivenView(jobs: jobs.map(\.rawValue), left: left)
    }
}
