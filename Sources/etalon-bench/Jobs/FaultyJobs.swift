// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Jobs
import Postgres

/// Jobs with real effects, and jobs that misbehave, for `scripts/fault-test-jobs`.
///
/// Each start of a handler is a line of the file `runs` in the spool folder, each letter that left a line of the file `letters`:
/// what is written there no transaction takes back.
struct FaultyJobs: Sendable {
    let pool: ConnectionPool
    let spool: SpoolFolder

    /// What every one of these jobs is given.
    struct Payload: Codable, Sendable {
        /// Name of the work.
        let key: String
        /// How long it takes.
        let milliseconds: Int
    }

    /// One of the kinds.
    enum Kind: String, CaseIterable {
        /// An effect in the handler's own transaction.
        case note
        /// Long work outside the database, then an effect that commits together with the end of the job.
        case slow
        /// A letter: stage, delivery, stage.
        case letter
        /// An effect under a key of its own, committed before the handler returns; acknowledged afterwards.
        case keyed
        /// Nothing but a line in the file of runs; acknowledged afterwards.
        case steady
        /// Kills its process.
        case poison
        /// Blocks its thread and does not look at its cancellation.
        case deaf
        /// Asks for a payload of another form than it is given.
        case garbled

        /// Kind as the queue knows it; attempts follow each other quickly.
        var job: JobKind {
            JobKind(
                "fault.\(rawValue)", maxAttempts: 50,
                retryDelay: RetryDelay(first: .milliseconds(100), longest: .seconds(2), spread: 0.2))
        }
    }

    /// The handlers of all kinds.
    func handlers() -> JobHandlers {
        var handlers = JobHandlers()
        handlers.transaction(Kind.note.job) { database, job in
            let payload = try begin(job)
            try addEffect(payload.key, job, on: database)
            return .succeeded
        }
        handlers.effect(Kind.slow.job) { try await slow($0) }
        handlers.effect(Kind.letter.job) { try await send($0) }
        handlers.effect(Kind.keyed.job) { job in
            let payload = try begin(job)
            _ = try await pool.transaction { database in
                try database.execute(
                    BenchStatements.addKeyedEffect, payload.key, job.id.rawValue, job.worker.rawValue, job.attempt)
            }
            return .succeeded
        }
        handlers.effect(Kind.steady.job) { job in
            let payload = try begin(job)
            try await Task.sleep(for: .milliseconds(payload.milliseconds))
            return .succeeded
        }
        handlers.effect(Kind.poison.job) { job in
            _ = try begin(job)
            kill(getpid(), SIGKILL)
            return .succeeded
        }
        handlers.effect(Kind.deaf.job) { job in
            let payload = try begin(job)
            block(for: .milliseconds(payload.milliseconds))
            return .succeeded
        }
        handlers.effect(Kind.garbled.job) { job in
            _ = try job.payload(as: Garbled.self)
            return .succeeded
        }
        return handlers
    }

    private struct Garbled: Decodable { let neverThere: [Int] }

    private func begin(_ job: JobContext) throws -> Payload {
        let payload = try job.payload(as: Payload.self)
        try spool.append("\(payload.key) \(job.id) \(job.attempt) \(job.worker) \(getpid())", to: "runs")
        return payload
    }

    private func slow(_ job: JobContext) async throws -> JobOutcome {
        let payload = try begin(job)
        try await Task.sleep(for: .milliseconds(payload.milliseconds))
        try await pool.transaction { database in
            try addEffect(payload.key, job, on: database)
            try finish(job, on: database)
        }
        return .settled
    }

    /// Sends a letter once: what may have left is not sent again but noted as unknown.
    private func send(_ job: JobContext) async throws -> JobOutcome {
        let payload = try begin(job)
        let letter = try await pool.transaction { database in
            let letter = try database.one(
                BenchStatements.beginLetter, payload.key, "<\(payload.key).\(job.id)@bench.invalid>")
            if letter.stage != "transmitting" { try finish(job, on: database) }
            return letter
        }
        guard letter.stage == "transmitting" else { return .settled }
        try await Task.sleep(for: .milliseconds(payload.milliseconds))
        try spool.append(letter.messageId, to: "letters")
        try await Task.sleep(for: .milliseconds(payload.milliseconds))
        try await pool.transaction { database in
            try database.execute(BenchStatements.acceptLetter, payload.key)
            try finish(job, on: database)
        }
        return .settled
    }

    /// Holds its thread, whoever wants it to end.
    private func block(for duration: Duration) {
        let end = DispatchSemaphore(value: 0)
        _ = end.wait(timeout: .now() + duration / .seconds(1))
    }

    private func addEffect(_ key: String, _ job: JobContext, on database: isolated Connection) throws {
        try database.execute(BenchStatements.addEffect, key, job.id.rawValue, job.worker.rawValue, job.attempt)
    }
}

/// A folder with files to which each line is added whole, whatever happens to the process.
struct SpoolFolder: Sendable {
    let path: String

    /// Adds a line, visible to everybody once this returns.
    ///
    /// - Throws: A sentence for the user where the file cannot be written.
    func append(_ line: String, to name: String) throws {
        let file = open("\(path)/\(name)", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Workload.refused(name, String(cString: strerror(errno))) }
        defer { close(file) }
        let bytes = Array("\(line)\n".utf8)
        guard write(file, bytes, bytes.count) == bytes.count else {
            throw Workload.refused(name, String(cString: strerror(errno)))
        }
    }
}
