// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs
import Postgres

extension FaultyJobs.Kind: ExpressibleByArgument {}

/// `etalon-bench jobs plant KIND --n N`
struct PlantJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plant", abstract: "Enqueues jobs that are meant to fail, all in one transaction; prints how many.")

    @Argument(help: "Their kind, or unknown: one that no worker here has a handler for.")
    var kind: String

    @Option(name: .customLong("n"), help: "How many, from 1.")
    var count = 1

    @Option(help: "Number of the first; a key is KIND-NUMBER.")
    var first = 0

    @Option(help: "How long each takes.")
    var milliseconds = 0

    @Option(help: "Seconds until they may run.")
    var later = 0

    @Flag(help: "Take everything back at the end of the transaction.")
    var rollback = false

    func validate() throws {
        guard kind == "unknown" || FaultyJobs.Kind(rawValue: kind) != nil else {
            throw ValidationError("KIND is unknown or one of \(FaultyJobs.Kind.allCases.map(\.rawValue))")
        }
        guard count > 0 else { throw ValidationError("--n begins at 1") }
    }

    private struct TakenBack: Error {}

    func run() async throws {
        let pool = JobBench.pool("bench-plant")
        let job = FaultyJobs.Kind(rawValue: kind)?.job ?? JobKind("fault.unknown")
        do {
            let made = try await pool.transaction { database in
                let made = try plant(job, on: database)
                if rollback { throw TakenBack() }
                return made
            }
            print(made)
        } catch is TakenBack {
            print(0)
        }
        await pool.shutdown()
    }

    private func plant(_ job: JobKind, on database: isolated Connection) throws -> Int {
        let payloads = (first..<first + count).map { FaultyJobs.Payload(key: "\(kind)-\($0)", milliseconds: milliseconds) }
        guard later == 0 else {
            for payload in payloads {
                _ = try enqueue(job, payload: payload, key: payload.key, at: .after(.seconds(later)), on: database)
            }
            return count
        }
        var made = 0
        for start in stride(from: 0, to: count, by: 1000) {
            let part = payloads[start..<min(start + 1000, count)].map { (payload: $0, key: String?.some($0.key)) }
            made += try enqueueMany(job, part, on: database).count
        }
        return made
    }
}

/// `etalon-bench jobs produce KIND --rate R --spool DIR --name NAME`
struct ProduceJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "produce", abstract: "Enqueues one job after the other until it is ended.",
        discussion: """
            The key of each job whose COMMIT was answered is a line of the file NAME.acknowledged in the spool folder; of each \
            whose COMMIT was not answered, NAME.doubted; of each that was refused, NAME.refused; of all, NAME.asked.
            """)

    @Argument(help: "Their kind.")
    var kind: FaultyJobs.Kind

    @Option(help: "Jobs a second.")
    var rate = 100.0

    @Option(help: "How long each takes.")
    var milliseconds = 0

    @Option(help: "Where the lists are kept.")
    var spool: String

    @Flag(help: "A pooler that lends the server by transaction stands between.")
    var pooled = false

    @Option(help: "Name of this producer; a key is KIND-NAME-NUMBER.")
    var name = "p"

    func run() async throws {
        let pool = JobBench.pool("bench-produce", isPooled: pooled)
        let spool = SpoolFolder(path: spool)
        let job = kind.job
        let clock = ContinuousClock()
        let start = clock.now
        for number in 0... {
            try await Task.sleep(until: start + .seconds(Double(number) / rate), clock: clock)
            let payload = FaultyJobs.Payload(key: "\(kind.rawValue)-\(name)-\(number)", milliseconds: milliseconds)
            try spool.append(payload.key, to: "\(name).asked")
            do {
                _ = try await pool.transaction { try enqueue(job, payload: payload, key: payload.key, on: $0) }
                try spool.append(payload.key, to: "\(name).acknowledged")
            } catch PostgresError.commitOutcomeUnknown {
                try spool.append(payload.key, to: "\(name).doubted")
            } catch let error as PostgresError {
                try spool.append("\(payload.key) \(error.debugDescription)", to: "\(name).refused")
                // No run at a server that is away.
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
