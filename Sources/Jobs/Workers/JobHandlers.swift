// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What runs jobs of a kind.
package enum JobHandler: Sendable {
    /// Synchronous work with an effect outside the database, on a thread of its lane; the cheapest form.
    case work(@Sendable (JobContext) throws -> JobOutcome)
    /// Work with an effect outside the database that awaits; it is acknowledged afterwards and may run twice after a crash.
    case effect(@concurrent @Sendable (JobContext) async throws -> JobOutcome)
    /// Work whose only effect is in the database; effect and acknowledgement commit together, so it counts once.
    case transaction(@Sendable (isolated Connection, JobContext) throws -> JobOutcome)
}

/// The handlers of a process, by kind.
package struct JobHandlers: Sendable {
    private(set) var kinds: [String: JobKind] = [:]
    private var handlers: [String: JobHandler] = [:]

    /// No handlers yet.
    package init() {}

    /// Adds the handler of a kind; a second one takes the place of the first.
    package mutating func handle(_ kind: JobKind, with handler: JobHandler) {
        kinds[kind.name] = kind
        handlers[kind.name] = handler
    }

    /// Adds synchronous work with an effect outside the database; it may block and may run twice after a crash.
    package mutating func work(_ kind: JobKind, _ body: @escaping @Sendable (JobContext) throws -> JobOutcome) {
        handle(kind, with: .work(body))
    }

    /// Adds work with an effect outside the database.
    package mutating func effect(
        _ kind: JobKind, _ body: @escaping @concurrent @Sendable (JobContext) async throws -> JobOutcome
    ) {
        handle(kind, with: .effect(body))
    }

    /// Adds work whose only effect is in the database.
    package mutating func transaction(
        _ kind: JobKind, _ body: @escaping @Sendable (isolated Connection, JobContext) throws -> JobOutcome
    ) {
        handle(kind, with: .transaction(body))
    }

    /// The newest form of the payload that is read of each kind.
    func newestPayloads(of names: [String]) -> [Int] { names.map { kinds[$0]?.payloadVersion ?? 1 } }

    func handler(of job: ClaimedJob) -> JobHandler? { handlers[job.kind] }
}

/// Ends a job in the handler's own transaction, so that its effect counts once.
///
/// For work with a long part outside the database and a short part in it; the handler then returns
/// ``JobOutcome/settled``.
/// - Throws: ``LeaseLost`` when the worker no longer holds the job: the transaction must be given up.
package func finish(
    _ job: ClaimedJob, _ outcome: JobOutcome = .succeeded, on database: isolated Connection
) throws {
    var settlement = Settlement()
    settlement.add(job, outcome)
    guard try settlement.write(worker: job.worker, on: database).isEmpty else { throw LeaseLost(job: job.id) }
}

/// Ends the job of a context in the handler's own transaction; see ``finish(_:_:on:)``.
package func finish(
    _ context: JobContext, _ outcome: JobOutcome = .succeeded, on database: isolated Connection
) throws {
    try finish(context.job, outcome, on: database)
}
