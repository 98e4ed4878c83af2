// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import JobsTesting
import Logging
import ServiceLifecycle
import Synchronization

@testable import Jobs
@testable import Postgres

/// Something the tests need is missing.
struct Unavailable: Error {
    let what: String
}

/// A database of one test: the queue's schema as migrated by the owner, and a clock that can be moved.
struct TestDatabase: Sendable {
    /// The one connection that copies the template, one copy after the other.
    private static let maker = Mutex<Task<Connection, any Error>?>(nil)

    let name: String
    let server: TestCluster
    let pool: ConnectionPool

    /// What the daemon connects as.
    var settings: ConnectionSettings { server.settings(name, as: "etalon") }

    static func make() async throws -> TestDatabase {
        let server = try TestCluster.shared.get()
        let making = maker.withLock { maker in
            if let maker { return maker }
            let task = Task { try await makeTemplate(server) }
            maker = task
            return task
        }
        let name = server.newName("jobs")
        try await making.value.createDatabase(name, from: "jobs_template")
        return TestDatabase(name: name, server: server)
    }

    private init(name: String, server: TestCluster) {
        self.name = name
        self.server = server
        pool = ConnectionPool(
            settings: server.settings(name, as: "etalon"), size: 8, waitLimit: .seconds(20), logger: .silent)
    }

    private static func makeTemplate(_ server: TestCluster) async throws -> Connection {
        let superuser = try await Connection.open(server.settings("postgres", as: "postgres"))
        try await superuser.createDatabase("jobs_template")
        let owner = try await Connection.open(server.settings("jobs_template", as: "etalon_owner"))
        _ = try await owner.migrateJobs()
        try await owner.script(
            """
            create table jobs.test_effect (job_id bigint not null, attempt int not null);
            """)
        try await owner.installVirtualClock()
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
        try await script("update jobs.virtual_clock set ahead = ahead + interval '\(interval)'")
    }

    /// Sets the queue's clock to a civil time in Can Tho.
    func travel(to civil: String) async throws {
        try await script(
            "update jobs.virtual_clock set ahead = (timestamp '\(civil)' at time zone 'Asia/Ho_Chi_Minh') - pg_catalog.now()")
    }

    /// The queue's clock, as the owner moves it.
    var clock: VirtualClock { VirtualClock(as: server.settings(name, as: "etalon_owner")) }

    /// A worker's row without a process behind it.
    ///
    /// - Parameter kinds: what it tells that it takes; nil for a program that does not tell.
    func ghost(kinds: [String]? = nil, payloads: Int = 1, lanes: [String] = ["default"]) async throws -> WorkerID {
        try await pool.transaction { database in
            let newest = kinds.map { $0.map { _ in payloads } }
            let row = try database.one(JobStatements.workerRegister, "ghost", 1, "test", kinds, newest, kinds.map { _ in lanes })
            return WorkerID(rawValue: Int(row.id))
        }
    }

    /// Makes a worker look as if it had been silent for a minute.
    func silence(_ worker: WorkerID) async throws {
        try await script("update jobs.worker set beat_at = pg_catalog.now() - interval '1 minute' where id = \(worker)")
    }

    /// Takes ready jobs as a worker.
    func claim(_ worker: WorkerID, _ kind: JobKind, room: Int = 100) async throws -> [ClaimedJob] {
        try await pool.use { database in
            let lanes = LaneNumbers(try database.rows(JobStatements.laneNumbers, [kind.lane.rawValue]))
            let pump = Pump(
                worker: worker, lanes: lanes, rooms: [(lane: kind.lane, room: room)], kinds: [kind.name], lease: .seconds(30))
            return try pump(Settlement(), on: database).claimed
        }
    }
}

extension Connection {
    func installVirtualClock() throws(PostgresError) {
        try VirtualClock.install(on: self)
    }

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

/// Runs the runner beside the body and stops it in good order.
func running<R: Sendable>(_ runner: JobRunner, _ body: @Sendable () async throws -> R) async throws -> R {
    let services = ServiceGroup(services: [runner], logger: .silent)
    async let ended: Void = services.run()
    let result: Result<R, any Error>
    do {
        result = .success(try await body())
    } catch {
        result = .failure(error)
    }
    await services.triggerGracefulShutdown()
    try await ended
    return try result.get()
}
