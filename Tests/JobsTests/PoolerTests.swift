// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Glibc
import Logging
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Behind a pooler that lends the server by transaction", .timeLimit(.minutes(1)))
struct PoolerTests {
    private let kind = JobKind("test.work", maxAttempts: 3, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))

    /// A stage whose connections go through a pooler with three server connections.
    private func stage() async throws -> (stage: RunnerStage, pooler: Pooler, settings: ConnectionSettings) {
        let stage = try await RunnerStage()
        let pooler = try Pooler(before: stage.database.settings)
        var settings = pooler.settings(of: stage.database.settings, database: stage.database.name)
        settings.preparesStatements = false
        try await pooler.wait(settings)
        return (stage, pooler, settings)
    }

    @Test func `jobs are found by looking, and each takes effect once`() async throws {
        let (stage, pooler, settings) = try await stage()
        let (kind, told) = (kind, Told<Void>())
        let failing = JobKind("test.failing", maxAttempts: 2, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))
        var handlers = JobHandlers()
        handlers.transaction(kind) { connection, job in
            try connection.execute(
                Command("insert into jobs.test_effect values ($1::bigint, $2::int)"), job.id.rawValue, job.attempt)
            told.tell(())
            return .succeeded
        }
        handlers.work(failing) { _ in
            told.tell(())
            throw Unavailable(what: "everything")
        }
        let pools = (0..<2).map { _ in ConnectionPool(settings: settings, size: 4, waitLimit: .seconds(20), logger: .silent) }
        let change: @Sendable (inout RunnerSettings) -> Void = { ($0.listens, $0.ceiling) = (false, .milliseconds(50)) }
        let runners = pools.map { stage.runner(handlers, at: settings, pool: $0, change) }
        let (one, two) = (runners[0], runners[1])
        let later = Atomic(0)
        try await stage.running(one) {
            try await stage.running(two) {
                _ = try await stage.database.pool.transaction { connection in
                    try enqueueMany(kind, (1...300).map { _ in (payload: NoPayload(), key: nil) }, on: connection)
                }
                try await stage.enqueueOne(failing)
                _ = try await told.next(302)
                // The first look of a runner may have found all of these; the ones from now on wait for a later one.
                for _ in 0..<20 where await one.statistics.pollsThatFoundWork + two.statistics.pollsThatFoundWork == 0 {
                    try await stage.enqueueOne(kind)
                    _ = try await told.next(1)
                    later.add(1, ordering: .relaxed)
                }
            }
        }
        for pool in pools { await pool.shutdown() }
        let wanted = 300 + later.load(ordering: .relaxed)
        #expect(try await stage.database.number("select count(distinct job_id) from jobs.test_effect") == wanted)
        #expect(try await stage.database.number("select count(*) from jobs.test_effect") == wanted)
        #expect(try await stage.database.number("select count(*) from jobs.job_done where outcome = 1") == wanted)
        #expect(try await stage.database.number("select count(*) from jobs.job_dead") == 1)
        #expect(await !one.statistics.isListening)
        let found = await one.statistics.pollsThatFoundWork + two.statistics.pollsThatFoundWork
        #expect(found > 0)
        pooler.stop()
    }

    @Test func `a runner that listens in vain says so and looks more often`() async throws {
        let (stage, pooler, settings) = try await stage()
        let (kind, told) = (kind, Told<JobID>())
        var handlers = JobHandlers()
        handlers.work(kind) { job in
            told.tell(job.id)
            return .succeeded
        }
        let pool = ConnectionPool(settings: settings, size: 2, waitLimit: .seconds(20), logger: .silent)
        let runner = stage.runner(handlers, at: settings, pool: pool) { $0.deafCeiling = .milliseconds(100) }
        try await stage.running(runner) {
            for _ in 0..<3 {
                let id = try await stage.enqueueOne(kind)
                #expect(try await told.next() == id)
            }
            #expect(await !runner.statistics.isListening)
        }
        await pool.shutdown()
        pooler.stop()
    }

    @Test func `a runner that hears itself says so`() async throws {
        let stage = try await RunnerStage()
        let runner = stage.runner(JobHandlers())
        try await stage.running(runner) {
            let isHeard = try await stage.eventually { await runner.statistics.isListening }
            #expect(isHeard)
        }
    }
}

/// A pgbouncer of one test, on a Unix socket, in transaction mode.
private final class Pooler: Sendable {
    private let directory: String
    private let pid: pid_t

    /// Starts before the server that the settings name.
    init(before server: ConnectionSettings) throws {
        let programs = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"] as [String]
        guard let program = programs.first(where: { (path: String) in access(path, X_OK) == 0 }) else {
            throw Unavailable(what: "pgbouncer (apt: pgbouncer)")
        }
        let host = server.conninfo.split(separator: " ").first { $0.hasPrefix("host=") }.map { $0.dropFirst(5) } ?? "/tmp"
        var template = Array("/tmp/etalon-pooler-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unavailable(what: "a directory under /tmp") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(directory, 0o777)
        try Self.write("\"etalon\" \"\"\n", to: "\(directory)/users")
        try Self.write(
            """
            [databases]
            * = host=\(host)
            [pgbouncer]
            listen_port = 6543
            unix_socket_dir = \(directory)
            auth_type = trust
            auth_file = \(directory)/users
            pool_mode = transaction
            default_pool_size = 3
            max_client_conn = 50

            """, to: "\(directory)/ini")
        let user = geteuid() == 0 ? ["-u", "postgres"] : []
        pid = try Self.spawn([program, "-q"] + user + ["\(directory)/ini"])
    }

    func settings(of server: ConnectionSettings, database: String) -> ConnectionSettings {
        ConnectionSettings("host=\(directory) port=6543 user=etalon dbname=\(database)", applicationName: "tests-pooled")
    }

    /// Waits until it lets somebody through.
    func wait(_ settings: ConnectionSettings) async throws {
        for attempt in 1... {
            do {
                let connection = try await Connection.open(settings)
                try await connection.script("select 1")
                return await connection.close()
            } catch {
                guard attempt < 500 else { throw error }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    func stop() {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        for name in ["ini", "users", ".s.PGSQL.6543"] { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Unavailable(what: path) }
        defer { fclose(file) }
        fputs(text, file)
        chmod(path, 0o644)
    }

    private static func spawn(_ words: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [0, 1, 2] as [Int32] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        for descriptor in 3..<256 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, words[0], &actions, nil, &pointers, environ) == 0 else { throw Unavailable(what: words[0]) }
        return pid
    }
}
