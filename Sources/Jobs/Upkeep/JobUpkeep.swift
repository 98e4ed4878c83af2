// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
package import Logging
package import Postgres
internal import ServiceLifecycle

/// Keeps the tables of the queue in order, beside the queue: months ahead, old history, dead rows, and what an operator must be told.
///
/// Every process may run it; each task is done by one of them at a time, whichever comes first. A task that fails is tried again in
/// a minute and stops nothing else. The daemon's role owns no table: what needs the owner's rights are functions of the owner.
package actor JobUpkeep: Service {
    private let settings: UpkeepSettings
    private let pool: ConnectionPool
    private let maintenance: ConnectionSettings?
    private let clock: ClockGuard?
    private let logger: Logger

    /// Makes it; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - settings: how often, and what is worth an alarm.
    ///   - pool: lends connections for everything but vacuum.
    ///   - maintenance: how to connect for vacuum, as the owner of the tables; nil to leave it to the server's autovacuum.
    ///   - logger: told of alarms and failures.
    package init(
        settings: UpkeepSettings = UpkeepSettings(), pool: ConnectionPool, maintenance: ConnectionSettings? = nil, logger: Logger
    ) {
        self.settings = settings
        self.pool = pool
        self.maintenance = maintenance
        self.logger = logger
        clock = settings.clock.map { ClockGuard(limits: $0, logger: logger) }
    }

    /// Looks what is due until the process shuts down or the task is cancelled.
    package func run() async throws {
        let (looks, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "etalon.jobs.upkeep", qos: .utility))
        timer.setEventHandler { continuation.yield() }
        timer.schedule(deadline: .now(), repeating: settings.watch.dispatchInterval, leeway: .seconds(1))
        timer.activate()
        defer { timer.cancel() }
        await withTaskCancellationOrGracefulShutdownHandler {
            for await _ in looks { await round() }
        } onCancelOrGracefulShutdown: {
            continuation.finish()
        }
    }

    /// Does what is due.
    ///
    /// - Parameter isForced: whether to do everything now, whatever is due.
    @discardableResult
    package func round(isForced: Bool = false) async -> UpkeepRound {
        var round = UpkeepRound()
        let tasks: [UpkeepTask]
        do {
            tasks = try await take(isForced)
        } catch {
            if !error.isCancellation { round.failed.append("\(error)") }
            return round
        }
        for task in tasks {
            do {
                let outcome = try await perform(task, &round)
                round.done.append(task)
                try await note(task, outcome, hasFailed: false)
            } catch {
                if error.isCancellation { return round }
                round.failed.append("\(task.rawValue): \(error)")
                logger.warning(
                    "upkeep failed and is tried again",
                    metadata: ["upkeep.task": "\(task.rawValue)", "error": "\(String(reflecting: error))"])
                // The note is for a person who looks; the failure itself is in the log.
                try? await note(task, "failed: \(error)", hasFailed: true)
            }
        }
        return round
    }

    /// What an operator must be told, the oldest first.
    package static func alarms(on database: isolated Connection) throws(PostgresError) -> [AlarmReport] {
        try database.rows(JobStatements.alarmList)
    }

    /// How each task stands.
    package static func report(on database: isolated Connection) throws(PostgresError) -> [UpkeepReport] {
        try database.rows(JobStatements.upkeepList)
    }

    private func take(_ isForced: Bool) async throws -> [UpkeepTask] {
        // A little less than the pause, so that a look that comes early by a hair does not leave it to the next.
        let pauses = UpkeepTask.allCases.map { max(1, settings.pause(of: $0).components.seconds - 2) }
        let taken = try await pool.use { database in
            try database.rows(JobStatements.upkeepTake, UpkeepTask.allCases.map(\.rawValue), pauses, isForced).map(\.task)
        }
        return UpkeepTask.allCases.filter { taken.contains($0.rawValue) }
    }

    private func note(_ task: UpkeepTask, _ outcome: String, hasFailed: Bool) async throws {
        _ = try await pool.use { database in
            try database.execute(JobStatements.upkeepDone, task.rawValue, outcome, hasFailed)
        }
    }

    /// - Returns: how it went, in a few words.
    private func perform(_ task: UpkeepTask, _ round: inout UpkeepRound) async throws -> String {
        switch task {
        case .partitions:
            round.partitionsMade = try await pool.transaction { try $0.one(JobStatements.upkeepPartitions).count }
            return "\(round.partitionsMade) made"
        case .prune: return try await prune(&round)
        case .vacuum: return try await vacuum(&round)
        case .watch: return try await watch(&round)
        }
    }

    /// A wrong year would take all history for old: nothing is removed while the clock is not trusted.
    private func prune(_ round: inout UpkeepRound) async throws -> String {
        while round.dropped.count < 240 {
            let (isTrusted, name) = try await pruning { try $0.one(JobStatements.upkeepDrop).name }
            round.isHeldByClock = !isTrusted
            guard isTrusted else { return "held, the clock is not trusted" }
            guard let name = name ?? nil else { break }
            round.dropped.append(name)
            logger.info("history dropped, its time is over", metadata: ["upkeep.table": "\(name)"])
        }
        for _ in 0..<200 {
            let removed = try await pruning { try $0.one(JobStatements.upkeepExpire).count }.value ?? 0
            round.expired += removed
            if removed < 5000 { break }
        }
        round.workersForgotten = try await pruning { try $0.one(JobStatements.upkeepForget).count }.value ?? 0
        round.linksForgotten = try await pruning { try JobFlow.prune(on: $0) }.value ?? 0
        round.looseEnds = try await pool.transaction { database in
            let found = try JobFlow.check(on: database)
            if found > 0 { hint(.ready, on: database) }
            return found
        }
        if round.looseEnds > 0 {
            logger.error("ends of linked jobs had not been told", metadata: ["jobs.found": "\(round.looseEnds)"])
        }
        return "\(round.dropped.count) tables and \(round.expired) rows removed"
    }

    private func pruning<R: Sendable>(
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> (isTrusted: Bool, value: R?) {
        let clock = clock
        return try await pool.transaction { database in
            if let clock, try !clock.trustsClock(on: database) { return (false, nil) }
            return (true, try body(database))
        }
    }

    private func vacuum(_ round: inout UpkeepRound) async throws -> String {
        let limit = settings.deadRows
        let dead = try await pool.use { try $0.one(JobStatements.upkeepDeadRows).deadRows }
        guard dead > limit else { return "\(dead) dead rows" }
        guard var connection = maintenance else { return "\(dead) dead rows, left to autovacuum" }
        connection.applicationName += "-upkeep"
        let database = try await Connection.open(connection)
        do {
            round.isVacuumed = try await database.perform { database in
                guard try database.one(JobStatements.upkeepDeadRows).mayVacuum else { return false }
                try database.execute(JobStatements.upkeepVacuum)
                return true
            }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        return round.isVacuumed ? "\(dead) dead rows removed" : "\(dead) dead rows, and no right to vacuum"
    }

    private func watch(_ round: inout UpkeepRound) async throws -> String {
        let (age, part, dead) = (settings.snapshotAge.components.seconds, settings.notificationQueue, settings.alarmingDeadRows)
        let changes = try await pool.transaction { database in
            let found = try database.rows(JobStatements.upkeepWatch, age, String(part), dead)
            return try database.rows(
                JobStatements.alarmPut, found.map(\.name), found.map { String($0.figure) }, found.map(\.detail))
        }
        for change in changes {
            let metadata: Logger.Metadata = ["alarm.name": "\(change.name)", "alarm.detail": "\(change.detail)"]
            if change.isRaised {
                round.raised.append(change.name)
                logger.error("an operator should look at the database of the queue", metadata: metadata)
            } else {
                round.cleared.append(change.name)
                logger.notice("an alarm of the queue's database is over", metadata: metadata)
            }
        }
        return changes.isEmpty ? "nothing new" : "\(round.raised.count) raised, \(round.cleared.count) over"
    }
}
