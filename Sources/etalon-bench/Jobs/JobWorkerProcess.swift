// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs
import Logging
import Postgres
import ServiceLifecycle
import UnixSignals

/// `etalon-bench jobs worker --index I --board FILE --concurrency C`
struct JobWorkerProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Runs jobs that do nothing until SIGTERM.")

    @Option(help: "Its word on the board, 0 to 63.")
    var index = 0

    @Option(help: "The board, a file.")
    var board: String

    @Option(help: "Jobs at a time.")
    var concurrency = 100

    func validate() throws {
        guard (0..<JobBoard.workers).contains(index) else { throw ValidationError("--index lies outside 0 to 63") }
        guard concurrency > 0 else { throw ValidationError("--concurrency begins at 1") }
    }

    func run() async throws {
        let board = try JobBoard(board)
        let index = index
        var handlers = JobHandlers()
        handlers.work(JobBench.kind) { job in
            let probe = JobBench.probe(in: job.payload)
            if probe >= 0 { board.stamp(.start, probe: probe) }
            board.count(worker: index)
            return .succeeded
        }
        try await JobBench.work(
            handlers, RunnerSettings(slots: [.default: concurrency]), pool: JobBench.pool("bench-worker"),
            logger: JobBench.logger(.error))
    }
}

/// `etalon-bench jobs misbehave --spool DIR`
struct FaultyWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "misbehave", abstract: "Runs jobs that are meant to fail, until SIGTERM; logs to standard error.")

    @Option(help: "Where what leaves the process is kept.")
    var spool: String

    @Option(help: "Jobs at a time.")
    var concurrency = 100

    @Option(help: "Connections of the handlers.")
    var connections = 4

    @Option(help: "Seconds after which a silent worker is dead.")
    var lease = 30.0

    @Option(help: "Seconds between two looks that nothing has caused.")
    var ceiling = 30.0

    @Option(help: "Seconds that running jobs have to end when the process stops.")
    var soft = 20.0

    @Option(help: "Seconds that they have after that to notice that they are cancelled.")
    var hard = 10.0

    @Flag(help: "A pooler that lends the server by transaction stands between.")
    var pooled = false

    @Option(help: "Seconds between two looks at what an operator must be told.")
    var watch = 45.0

    func run() async throws {
        let pool = JobBench.pool("bench-faulty", size: connections, isPooled: pooled)
        var settings = RunnerSettings(slots: [.default: concurrency])
        settings.lease = .seconds(lease)
        settings.beat = .seconds(lease / 3)
        settings.ceiling = .seconds(ceiling)
        settings.softStop = .seconds(soft)
        settings.hardStop = .seconds(hard)
        settings.listens = !pooled
        var upkeep = UpkeepSettings()
        upkeep.watch = .seconds(watch)
        let (jobs, logger) = (FaultyJobs(pool: pool, spool: SpoolFolder(path: spool)), JobBench.logger(.info))
        let keeper = JobUpkeep(
            settings: upkeep, pool: JobBench.pool("bench-upkeep", isPooled: pooled),
            maintenance: pooled ? nil : JobBench.settings("bench"), logger: logger)
        try await JobBench.work(
            jobs.handlers(), settings, pool: pool, database: JobBench.settings("bench-worker", isPooled: pooled), upkeep: keeper,
            logger: logger)
    }
}

extension JobBench {
    /// Runs jobs until the process is asked to stop.
    static func work(
        _ handlers: JobHandlers, _ settings: RunnerSettings, pool: ConnectionPool,
        database: ConnectionSettings = JobBench.settings("bench-worker"), upkeep: JobUpkeep? = nil, logger: Logger
    ) async throws {
        let runner = JobRunner(settings: settings, handlers: handlers, database: database, pool: pool, logger: logger)
        let services: [any Service] = [runner] + (upkeep.map { [$0] } ?? [])
        let group = ServiceGroup(
            configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        await pool.shutdown()
    }
}
