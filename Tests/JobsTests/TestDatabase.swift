// SPDX-License-Identifier: Apache-2.0
import Glibc
import Logging
import Synchronization

@testable import Jobs
@testable import Postgres

/// A PostgreSQL cluster of the tests' own: Unix socket only, without fsync, gone with the test process.
final class TestServer: Sendable {
    static let shared = Result { try TestServer() }

    let directory: String
    private static let live = Mutex<String?>(nil)

    private init() throws {
        guard let programs = Self.programs else { throw Unavailable(what: "PostgreSQL server programs") }
        var template = Array("/tmp/etalon-jobs-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unavailable(what: "a directory under /tmp") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if geteuid() == 0, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        try Self.run([
            "\(programs)/initdb", "--pgdata=\(directory)/data", "--username=postgres", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        ])
        let directory = directory
        Self.live.withLock { $0 = directory }
        atexit { TestServer.stop() }
        let options = "-k \(directory) -c listen_addresses= -c fsync=off -c max_connections=200"
        try Self.run([
            "\(programs)/pg_ctl", "--pgdata=\(directory)/data", "--options=\(options)", "--log=\(directory)/log", "--wait",
            "start",
        ])
    }

    func settings(_ database: String, as role: String) -> ConnectionSettings {
        ConnectionSettings("host=\(directory) user=\(role) dbname=\(database)", applicationName: "tests")
    }

    private static func stop() {
        guard let directory = live.withLock({ $0 }), let programs else { return }
        // A server that is down already is what is wanted, and what stays behind lies under /tmp.
        try? run(["\(programs)/pg_ctl", "--pgdata=\(directory)/data", "--mode=immediate", "--wait", "stop"])
        try? run(["rm", "-rf", directory])
    }

    private static let programs: String? = (15...19).reversed()
        .map { "/usr/lib/postgresql/\($0)/bin" }
        .first { access("\($0)/initdb", X_OK) == 0 }

    /// Runs a program to its end, as `postgres` when the tests run as root.
    private static func run(_ arguments: [String]) throws {
        let words = ["env", "--chdir=/tmp"] + (geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []) + arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [0, 1, 2] as [Int32] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, words[0], &actions, nil, &pointers, environ) == 0 else { throw Unavailable(what: words[0]) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw Unavailable(what: "\(arguments) ended with status \(status)") }
    }
}

/// Something the tests need is missing.
struct Unavailable: Error {
    let what: String
}

extension Logger {
    static var silent: Logger { Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() } }
}

/// A database of one test: the queue's schema as migrated by the owner, and a clock that can be moved.
struct TestDatabase: Sendable {
    /// The one connection that copies the template, one copy after the other.
    private static let maker = Mutex<Task<Connection, any Error>?>(nil)
    private static let numbers = Atomic(0)

    let name: String
    let server: TestServer
    let pool: ConnectionPool

    /// What the daemon connects as.
    var settings: ConnectionSettings { server.settings(name, as: "etalon") }

    static func make() async throws -> TestDatabase {
        let server = try TestServer.shared.get()
        let making = maker.withLock { maker in
            if let maker { return maker }
            let task = Task { try await makeTemplate(server) }
            maker = task
            return task
        }
        let name = "jobs_\(numbers.add(1, ordering: .relaxed).newValue)"
        try await making.value.script("create database \(name) owner etalon_owner template jobs_template")
        return TestDatabase(name: name, server: server)
    }

    private init(name: String, server: TestServer) {
        self.name = name
        self.server = server
        pool = ConnectionPool(
            settings: server.settings(name, as: "etalon"), size: 8, waitLimit: .seconds(20), logger: .silent)
    }

    private static func makeTemplate(_ server: TestServer) async throws -> Connection {
        let superuser = try await Connection.open(server.settings("postgres", as: "postgres"))
        try await superuser.script("create role etalon_owner login; create role etalon login")
        try await superuser.script("create database jobs_template owner etalon_owner")
        let owner = try await Connection.open(server.settings("jobs_template", as: "etalon_owner"))
        _ = try await owner.migrateJobs()
        try await owner.script(
            """
            create table jobs.test_clock (ahead interval not null);
            insert into jobs.test_clock values ('0');
            create or replace function jobs.now() returns timestamptz language sql stable
                return pg_catalog.now() + (select ahead from jobs.test_clock);
            create table jobs.test_effect (job_id bigint not null, attempt int not null);
            """)
        await owner.close()
        return superuser
    }

    /// Runs a text as the superuser.
    func script(_ sql: String) async throws {
        let superuser = try await Connection.open(server.settings(name, as: "postgres"))
        try await superuser.script(sql)
        await superuser.close()
    }

    /// The single number a query gives.
    func number(_ sql: String) async throws -> Int {
        try await pool.transaction { try $0.one(Statement<Int>("select (\(sql))::bigint as value")) }
    }

    /// The texts a query gives.
    func texts(_ sql: String) async throws -> [String] {
        try await pool.transaction { try $0.rows(Statement<String>(sql)) }
    }

    /// Moves the queue's clock; leases live in real time.
    func travel(_ interval: String) async throws {
        try await script("update jobs.test_clock set ahead = ahead + interval '\(interval)'")
    }

    /// Sets the queue's clock to a civil time in Can Tho.
    func travel(to civil: String) async throws {
        try await script(
            "update jobs.test_clock set ahead = (timestamp '\(civil)' at time zone 'Asia/Ho_Chi_Minh') - pg_catalog.now()")
    }

    /// A worker's row without a process behind it.
    func ghost() async throws -> WorkerID {
        try await pool.transaction { WorkerID(rawValue: Int(try $0.one(JobStatements.workerRegister, "ghost", 1, "test").id)) }
    }

    /// Makes a worker look as if it had been silent for a minute.
    func silence(_ worker: WorkerID) async throws {
        try await script("update jobs.worker set beat_at = pg_catalog.now() - interval '1 minute' where id = \(worker)")
    }

    /// Takes ready jobs as a worker.
    func claim(_ worker: WorkerID, _ kind: JobKind, room: Int = 100) async throws -> [ClaimedJob] {
        try await pool.transaction { database in
            _ = try database.rows(JobStatements.limitedLanes, [kind.lane.rawValue])
            return try database.rows(JobStatements.claim, worker.rawValue, [kind.lane.rawValue], [room], [kind.name], 30_000)
                .map { $0.held(by: worker) }
        }
    }
}

extension Connection {
    func migrateJobs() throws -> [Migration] {
        try EmbeddedJobSQL.migrator().apply(on: self)
    }
}

extension Statement {
    /// A statement named after its text.
    init(_ sql: String) {
        self.init(name: "s" + String(UInt(bitPattern: sql.hashValue), radix: 36), sql: sql)
    }
}

/// What handlers tell a test, in order.
struct Told<Word: Sendable>: Sendable {
    private let words: AsyncStream<Word>
    private let continuation: AsyncStream<Word>.Continuation

    init() {
        (words, continuation) = AsyncStream.makeStream()
    }

    func tell(_ word: Word) { continuation.yield(word) }

    /// The next word.
    func next() async throws -> Word {
        for await word in words { return word }
        throw CancellationError()
    }

    func next(_ count: Int) async throws -> [Word] {
        var found: [Word] = []
        while found.count < count { found.append(try await next()) }
        return found
    }
}
