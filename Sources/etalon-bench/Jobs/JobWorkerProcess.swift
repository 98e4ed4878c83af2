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
        handlers.effect(JobBench.kind) { job in
            let probe = JobBench.probe(in: job.payload)
            if probe >= 0 { board.stamp(.start, probe: probe) }
            board.count(worker: index)
            return .succeeded
        }
        let logger = JobBench.logger(.error)
        let pool = JobBench.pool("bench-worker")
        let runner = JobRunner(
            settings: RunnerSettings(slots: [.default: concurrency]), handlers: handlers,
            database: JobBench.settings("bench-worker"), pool: pool, logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [runner], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        await pool.shutdown()
    }
}
