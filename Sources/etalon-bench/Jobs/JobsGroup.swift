// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs
import Logging
import Postgres

/// The job queue, driven by programs that measure several queues side by side: all speak the same five commands.
struct JobsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "The job queue, for programs that measure it.",
        discussion: "The database is that of PGHOST, PGPORT, PGUSER and PGDATABASE; its owner runs the queue.",
        subcommands: [
            RemainingJobs.self, QueueSetup.self, EnqueueFigure.self, JobWorkerProcess.self, WakeProbe.self, FaultyWorker.self,
            PlantJobs.self, ProduceJobs.self,
        ])
}

/// What the commands of the queue share.
enum JobBench {
    /// A job that does nothing but count itself.
    static let kind = JobKind("bench.nothing")

    /// Its payload; from 0 the number of a probe.
    struct Probe: Codable, Sendable {
        var i = -1
    }

    /// How the database is reached: as the environment says.
    ///
    /// - Parameter isPooled: whether a pooler that lends the server by transaction stands between.
    static func settings(_ name: String, isPooled: Bool = false) -> ConnectionSettings {
        ConnectionSettings("", applicationName: name, preparesStatements: !isPooled)
    }

    /// A pool of one connection.
    static func pool(_ name: String, size: Int = 1, isPooled: Bool = false) -> ConnectionPool {
        ConnectionPool(settings: settings(name, isPooled: isPooled), size: size, logger: logger(.warning))
    }

    /// Writes to standard error.
    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "etalon-bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    /// The number in a payload of ``Probe``, read without a decoder: nothing but the queue is to be measured.
    static func probe(in payload: String) -> Int {
        let digits = payload.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst().drop { $0 == UInt8(ascii: " ") }
            .prefix { $0 != UInt8(ascii: "}") }
        return Int(Substring(digits)) ?? -1
    }
}

/// `etalon-bench jobs remaining`
struct RemainingJobs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remaining", abstract: "Prints the statement whose value is the number of unfinished jobs.")

    func run() { print(BenchStatements.remaining.sql) }
}

/// `etalon-bench jobs setup`
struct QueueSetup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Makes the queue's schema in an empty database.")

    @Flag(help: "Also the tables of the jobs that are meant to fail.")
    var effects = false

    func run() async throws {
        let database = try await Connection.open(JobBench.settings("bench-setup"))
        try await database.setUp(effects: effects)
        await database.close()
    }
}

extension Connection {
    fileprivate func setUp(effects: Bool) throws {
        _ = try EmbeddedJobSQL.migrator().apply(on: self)
        if effects { try script(BenchStatements.effects) }
    }
}

/// `etalon-bench jobs enqueue --n N --batch B`
struct EnqueueFigure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enqueue", abstract: "Enqueues jobs that do nothing and prints the seconds it took.")

    @Option(name: .customLong("n"), help: "How many, from 1.")
    var count: Int

    @Option(help: "Jobs a transaction; 1 is one by one.")
    var batch = 1

    @Flag(help: "Borrow the connection from the pool for each transaction, as an act of the daemon does.")
    var borrow = false

    func validate() throws {
        guard count > 0, batch > 0 else { throw ValidationError("--n and --batch begin at 1") }
    }

    func run() async throws {
        let pool = JobBench.pool("bench-enqueue")
        let (kind, size) = (JobBench.kind, batch)
        // The connection is made before the clock runs.
        try await pool.use { _ in }
        let clock = ContinuousClock()
        let start = clock.now
        if size == 1, borrow {
            for _ in 0..<count {
                _ = try await pool.use { try enqueue(kind, payload: JobBench.Probe(), on: $0) }
            }
        } else if size == 1 {
            // As the other queues and pgbench do it: one connection, a commit for each job.
            try await pool.use { database in
                for _ in 0..<count { try enqueue(kind, payload: JobBench.Probe(), on: database) }
            }
        } else {
            var left = count
            while left > 0 {
                let part = min(left, size)
                _ = try await pool.use { database in
                    try enqueueMany(
                        kind, Array(repeating: (payload: JobBench.Probe(), key: nil), count: part), on: database
                    ).count
                }
                left -= part
            }
        }
        let took = clock.now - start
        await pool.shutdown()
        print(took / .seconds(1))
    }
}

/// `etalon-bench jobs probe --n N --board FILE --gap S`
struct WakeProbe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Enqueues single jobs with pauses between them and notes when.")

    @Option(name: .customLong("n"), help: "How many, 1 to 4096.")
    var count: Int

    @Option(help: "The board, a file.")
    var board: String

    @Option(help: "Mean pause in seconds; each is half of it to one and a half times it.")
    var gap = 0.1

    func validate() throws {
        guard (1...JobBoard.probes).contains(count), gap >= 0 else { throw ValidationError("--n lies outside 1 to 4096") }
    }

    func run() async throws {
        let board = try JobBoard(board)
        let pool = JobBench.pool("bench-probe")
        try await pool.use { _ in }
        for number in 0..<count {
            try await Task.sleep(for: .seconds(gap * .random(in: 0.5...1.5)))
            try await pool.use { database in
                board.stamp(.before, probe: number)
                _ = try enqueue(JobBench.kind, payload: JobBench.Probe(i: number), on: database)
                board.stamp(.after, probe: number)
            }
        }
        await pool.shutdown()
    }
}
