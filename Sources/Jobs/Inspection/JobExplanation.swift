// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What stands between a job and its run, or what became of it.
package enum JobObstacle: Sendable, Hashable {
    /// Its moment has not come.
    case moment(at: String, seconds: Int)
    /// Its latest attempt failed, and it waits for the next one.
    case failedAttempt(Int, of: Int, error: String)
    /// Jobs that it comes after have not ended well.
    case dependencies([Int64])
    /// It stands in the line of a key, which these jobs hold.
    case inLine(key: String, heldBy: [Int64])
    /// Its lane starts only so many jobs in a time of so many seconds, in all processes together.
    case rate(Int, seconds: Int)
    /// Its lane is paused.
    case lanePaused(since: String)
    /// As many jobs of its lane run as may, in all processes together.
    case laneFull(running: Int, most: Int)
    /// So many ready jobs of its lane come first; counted up to 10,000.
    case ahead(Int)
    /// No worker gives signs of life.
    case noWorker
    /// So many workers live, and none has a handler for its kind.
    case unknownKind(workers: Int)
    /// Workers know its kind, and none of them reads this newer form of its payload.
    case newerPayload(version: Int)
    /// Workers know its kind, and none of them has slots for its lane.
    case laneUnserved
    /// Nothing stands in the way: the next look takes it.
    case nothing
    /// It runs.
    case runs(worker: Int, seconds: Int)
    /// Its worker has been silent; it is rescued when the lease has run out.
    case workerSilent(worker: Int, seconds: Int?)
    /// It runs and has been asked to end.
    case cancelRequested
    /// It was given up and waits for a person.
    case dead(reason: String, error: String?)
    /// It cannot be tried again while another job has its key.
    case keyTaken(by: Int64)
    /// It has ended.
    case ended(state: String, at: String)
}

/// Why a job does not run, runs, or will not run.
package struct JobExplanation: Sendable, Hashable {
    /// Number of the job.
    package let job: Int64
    /// Name of its kind.
    package let kind: String
    /// Name of the lane.
    package let lane: String
    /// As in ``JobSummary/state``.
    package let state: String
    /// Everything that stands in the way, the nearest cause first; never empty.
    package let obstacles: [JobObstacle]
}

struct WhyRow: Decodable, Sendable {
    let id: Int64
    let kind: String
    let lane: String
    let state: String
    let attempt: Int
    let maxAttempt: Int
    let runAt: String
    let secondsToGo: Int
    let openDeps: Int
    let pausedAt: String?
    let maxRunning: Int?
    let rateCount: Int?
    let rateSeconds: Int?
    let running: Int
    let ahead: Int?
    let liveWorkers: Int
    let knowingWorkers: Int
    let readingWorkers: Int
    let takingWorkers: Int
    let payloadVersion: Int
    let worker: Int?
    let runningSeconds: Int?
    let silentSeconds: Int?
    let isCancelRequested: Bool
    let lastError: String?
}

extension JobInspection {
    /// Why a job does not run, or nil when there is no such job.
    package static func why(
        _ id: JobID, lease: Duration = usualLease, on database: isolated Connection
    ) throws(PostgresError) -> JobExplanation? {
        if let row = try database.first(JobStatements.why, id.rawValue, lease.milliseconds) {
            let flow = row.openDeps > 0 ? try JobFlow.show(id, on: database) : nil
            let obstacles = row.state == "running" ? row.whileRunning(lease: lease) : row.beforeRun(flow)
            return JobExplanation(job: row.id, kind: row.kind, lane: row.lane, state: row.state, obstacles: obstacles)
        }
        guard let report = try show(id, on: database) else { return nil }
        var obstacles: [JobObstacle] = []
        if report.state == "dead" {
            obstacles.append(.dead(reason: report.reason ?? "", error: report.lastError))
            if let twin = try twin(of: id, on: database) { obstacles.append(.keyTaken(by: twin.rawValue)) }
        } else {
            obstacles.append(.ended(state: report.state, at: report.finishedAt ?? ""))
        }
        return JobExplanation(
            job: report.id, kind: report.kind, lane: report.lane, state: report.state, obstacles: obstacles)
    }
}

extension WhyRow {
    fileprivate func beforeRun(_ flow: FlowReport?) -> [JobObstacle] {
        var found: [JobObstacle] = []
        if let key = flow?.inLineFor { found.append(.inLine(key: key, heldBy: flow?.heldBy ?? [])) }
        if openDeps > 0, found.isEmpty || flow?.waitsFor.isEmpty == false { found.append(.dependencies(flow?.waitsFor ?? [])) }
        if openDeps == 0, secondsToGo > 0 { found.append(.moment(at: runAt, seconds: secondsToGo)) }
        if attempt > 0, let lastError { found.append(.failedAttempt(attempt, of: maxAttempt, error: lastError)) }
        if let pausedAt { found.append(.lanePaused(since: pausedAt)) }
        if let maxRunning, running >= maxRunning { found.append(.laneFull(running: running, most: maxRunning)) }
        if let nobody { found.append(nobody) }
        if let ahead, ahead > 0 { found.append(.ahead(ahead)) }
        if let rateCount, let rateSeconds { found.append(.rate(rateCount, seconds: rateSeconds)) }
        return found.isEmpty ? [.nothing] : found
    }

    /// What the living workers lack; nil when one of them takes the job.
    private var nobody: JobObstacle? {
        if liveWorkers == 0 { return .noWorker }
        if knowingWorkers == 0 { return .unknownKind(workers: liveWorkers) }
        if readingWorkers == 0 { return .newerPayload(version: payloadVersion) }
        return takingWorkers == 0 ? .laneUnserved : nil
    }

    fileprivate func whileRunning(lease: Duration) -> [JobObstacle] {
        let worker = worker ?? 0
        var found: [JobObstacle] = [.runs(worker: worker, seconds: runningSeconds ?? 0)]
        if isCancelRequested { found.append(.cancelRequested) }
        if silentSeconds.map({ .seconds($0) > lease }) ?? true {
            found.append(.workerSilent(worker: worker, seconds: silentSeconds))
        }
        return found
    }
}
