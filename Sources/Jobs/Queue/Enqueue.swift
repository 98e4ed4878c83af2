// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// When a job becomes ready. The database's clock decides.
package enum RunMoment: Sendable, Hashable {
    /// At once.
    case now
    /// After a time, counted from the beginning of the transaction.
    case after(Duration)
    /// At an instant, as RFC 3339 with an offset.
    case instant(String)
    /// At a civil time in a zone by its IANA name; of a time that the clocks skip the moment as far behind the gap, of one they
    /// show twice the later. A zone that the database does not know is a ``PostgresError``.
    case civil(CivilSlot, zone: String)
}

/// Enqueues a job in the caller's transaction: it exists when and only when the transaction commits.
///
/// - Parameters:
///   - kind: what sort of job.
///   - payload: what the handler gets, stored as JSON with snake_case keys.
///   - key: readable name of the work; while an unfinished job of the kind has it, no second one is made.
///   - moment: when it becomes ready.
///   - timeLimit: longest run of one attempt, in place of that of the kind.
///   - trace: what the job belongs to; without it, the trace of the running task.
/// - Returns: number of the job, or nil when its key is taken.
/// - Throws: `EncodingError` for a payload that JSON cannot hold; ``PostgresError``.
@discardableResult
package func enqueue(
    _ kind: JobKind, payload: some Encodable, key: String? = nil, at moment: RunMoment = .now, timeLimit: Duration? = nil,
    trace: TraceContext? = TraceContext.current, on database: isolated Connection
) throws -> JobID? {
    let moment = MomentParts(moment)
    let row = try database.first(
        JobStatements.enqueue, kind.lane.rawValue, kind.name, kind.priority, kind.maxAttempts, key,
        try PayloadWriter(kind).text(payload), moment.instant, moment.civil, moment.zone, moment.milliseconds,
        timeLimit?.milliseconds, trace?.rawValue)
    guard let row else { return nil }
    hint(.ready, on: database)
    return JobID(rawValue: row.id)
}

/// Enqueues many jobs of one kind, ready at once, in the caller's transaction.
///
/// - Parameters:
///   - kind: what sort of jobs.
///   - items: payload and key of each.
/// - Returns: numbers of the jobs made; those whose key is taken are left out.
@discardableResult
package func enqueueMany(
    _ kind: JobKind, _ items: [(payload: some Encodable, key: String?)], on database: isolated Connection
) throws -> [JobID] {
    var payloads: [String] = []
    payloads.reserveCapacity(items.count)
    let writer = PayloadWriter(kind)
    for item in items { payloads.append(try writer.text(item.payload)) }
    let rows = try database.rows(
        JobStatements.enqueueMany, kind.lane.rawValue, kind.name, kind.priority, kind.maxAttempts,
        payloads, items.map(\.key), TraceContext.current?.rawValue)
    if !rows.isEmpty { hint(.ready, on: database) }
    return rows.map { JobID(rawValue: $0.id) }
}

/// A payload without anything in it.
package struct NoPayload: Codable, Sendable, Hashable {
    /// Nothing.
    package init() {}
}

extension Duration {
    /// Whole milliseconds, rounded up, so that nothing happens too early.
    var milliseconds: Int64 {
        let (whole, rest) = components.attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        return components.seconds * 1000 + whole + (rest > 0 ? 1 : 0)
    }
}
