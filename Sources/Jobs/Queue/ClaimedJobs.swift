// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// Reads claimed jobs from the columns that every claiming statement has, by position: tens of thousands a second.
struct ClaimedJobs {
    let worker: WorkerID
    let lanes: LaneNumbers

    /// The jobs of a result, by number; rows without one are left out.
    func read(_ table: borrowing ResultTable) throws(PostgresError) -> [ClaimedJob] {
        let columns = try Columns(table)
        var jobs: [ClaimedJob] = []
        jobs.reserveCapacity(table.count)
        for row in 0..<table.count {
            if let job = try job(table, row, columns) { jobs.append(job) }
        }
        jobs.sort { $0.id < $1.id }
        return jobs
    }

    private func job(
        _ table: borrowing ResultTable, _ row: Int, _ columns: Columns
    ) throws(PostgresError) -> ClaimedJob? {
        guard let id: Int64 = try table.integer(row, columns.id) else { return nil }
        let limit: Int64? = try table.integer(row, columns.timeLimit)
        let waited: Int64 = try table.integer(row, columns.waited) ?? 0
        return ClaimedJob(
            id: JobID(rawValue: id), kind: table.text(row, columns.kind) ?? "",
            lane: lanes.lane(try table.integer(row, columns.lane) ?? 0), attempt: try table.integer(row, columns.attempt) ?? 0,
            maxAttempts: try table.integer(row, columns.maxAttempt) ?? 0, key: table.text(row, columns.key),
            payload: table.text(row, columns.payload) ?? "", waited: .milliseconds(waited),
            timeLimit: limit.map { .milliseconds($0) }, trace: table.text(row, columns.trace).flatMap(TraceContext.init),
            isCancelRequested: table.bool(row, columns.isCancelled) ?? false, worker: worker)
    }

    private struct Columns {
        let id, kind, lane, attempt, maxAttempt, key, payload, timeLimit, trace, isCancelled, waited: Int32

        init(_ table: borrowing ResultTable) throws(PostgresError) {
            id = try table.position("id")
            kind = try table.position("kind")
            lane = try table.position("lane")
            attempt = try table.position("attempt")
            maxAttempt = try table.position("max_attempt")
            key = try table.position("key")
            payload = try table.position("payload")
            timeLimit = try table.position("time_limit_ms")
            trace = try table.position("trace")
            isCancelled = try table.position("is_cancelled")
            waited = try table.position("waited_ms")
        }
    }
}

/// Numbers under which the database knows lanes.
struct LaneNumbers: Sendable {
    private var names: [Int: Lane] = [:]
    private var numbers: [Lane: Int] = [:]

    init(_ rows: [LaneNumberRow] = []) {
        for row in rows {
            let lane = Lane(rawValue: row.name)
            names[row.id] = lane
            numbers[lane] = row.id
        }
    }

    func lane(_ number: Int) -> Lane { names[number] ?? Lane(rawValue: String(number)) }

    /// Number of a lane; nil when the database does not know it.
    func number(_ lane: Lane) -> Int? { numbers[lane] }
}
