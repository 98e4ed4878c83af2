// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Logging
import Synchronization

@testable import Postgres

/// A PostgreSQL cluster of the tests' own: Unix socket only, without fsync, gone with the test process.
final class TestCluster: Sendable {
    /// What the tests share; those that stop the server start one of their own.
    static let shared = Result { try TestCluster() }

    let directory: String
    /// Held while a program is started, so that a descriptor can be kept from it first.
    static let spawning = Mutex(())
    private static let live = Mutex<[String]>([])

    init() throws {
        guard let programs = Self.programs else { throw Unavailable(what: "PostgreSQL server programs") }
        var template = Array("/tmp/etalon-postgres-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unavailable(what: "a directory under /tmp") }
        directory = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        if geteuid() == 0, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        try Self.run([
            "\(programs)/initdb", "--pgdata=\(directory)/data", "--username=postgres", "--auth=trust",
            "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8",
        ])
        Self.live.withLock { directories in
            if directories.isEmpty { atexit { TestCluster.stopAll() } }
            directories.append(directory)
        }
        try start()
    }

    deinit {
        stop(mode: "immediate")
        Self.live.withLock { directories in directories.removeAll { $0 == directory } }
        Self.remove(directory)
    }

    /// Connection string of the superuser.
    var conninfo: String { "host=\(directory) user=postgres dbname=postgres" }

    func settings(statementTimeout: Duration = .seconds(60)) -> ConnectionSettings {
        ConnectionSettings(conninfo, applicationName: "tests", statementTimeout: statementTimeout)
    }

    func pool(size: Int = 4, waitLimit: Duration = .seconds(20)) -> ConnectionPool {
        ConnectionPool(settings: settings(), size: size, waitLimit: waitLimit, logger: .silent)
    }

    func start() throws {
        let options = "-k \(directory) -c listen_addresses= -c fsync=off -c max_connections=80 -c autovacuum=off"
        try Self.run([
            "\(Self.programs ?? "")/pg_ctl", "--pgdata=\(directory)/data", "--options=\(options)",
            "--log=\(directory)/log", "--wait", "start",
        ])
    }

    func stop(mode: String = "fast") {
        Self.stop(directory, mode: mode)
    }

    private static func stopAll() {
        for directory in live.withLock({ $0 }) {
            stop(directory, mode: "immediate")
            remove(directory)
        }
    }

    private static func stop(_ directory: String, mode: String) {
        // A server that is down already is what is wanted.
        try? run(["\(programs ?? "")/pg_ctl", "--pgdata=\(directory)/data", "--mode=\(mode)", "--wait", "stop"])
    }

    private static func remove(_ directory: String) {
        // What cannot be removed lies under /tmp and does no harm.
        try? run(["rm", "-rf", directory])
    }

    /// Folder of the server programs, the newest version installed.
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
        let result = spawning.withLock { _ in posix_spawnp(&pid, words[0], &actions, nil, &pointers, environ) }
        guard result == 0 else {
            throw Unavailable(what: words[0])
        }
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

/// A word passed between a synchronous body on a connection's queue and a test.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func give() { continuation.yield() }

    func wait() async {
        for await _ in stream { return }
    }
}

/// One row with one text.
struct TextRow: Decodable, Sendable, Equatable {
    let value: String
}

extension Statement {
    /// A statement named after its text.
    init(_ sql: String) {
        self.init(name: "s" + String(sql.hashValue, radix: 36), sql: sql)
    }
}

/// The PostgreSQL error a piece of work throws, or nil.
func postgresError(_ work: () async throws -> Void) async -> PostgresError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? PostgresError
    }
}
