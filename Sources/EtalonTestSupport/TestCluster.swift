// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Logging
package import Postgres
internal import Synchronization

/// A PostgreSQL cluster of the tests' own: Unix socket only, without fsync, gone with the test process.
package final class TestCluster: Sendable {
    /// The one cluster of a test run.
    package static let shared = Result { try TestCluster() }

    private let directory: String
    private let made = Atomic(0)
    private static let live = Mutex<String?>(nil)

    /// Something that the tests need is missing.
    package struct Missing: Error {
        package let what: String
    }

    private init() throws {
        guard let programs = Self.programs else { throw Missing(what: "PostgreSQL server programs (apt: postgresql-15)") }
        var template = Array("/tmp/etalon-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Missing(what: "a directory under /tmp") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if geteuid() == 0, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        try Self.run([
            "\(programs)/initdb", "--pgdata=\(directory)/data", "--username=postgres", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        ])
        let path = directory
        Self.live.withLock { $0 = path }
        atexit { TestCluster.stop() }
        let options = "-k \(path) -c listen_addresses= -c fsync=off -c max_connections=300 -c max_wal_size=4GB"
        try Self.run([
            "\(programs)/pg_ctl", "--pgdata=\(path)/data", "--options=\(options)", "--log=\(path)/log", "--wait", "start",
        ])
        try Self.run([
            "\(programs)/psql", "--host=\(path)", "--username=postgres", "--no-psqlrc", "--quiet",
            "--command=create role etalon_owner login createdb", "--command=create role etalon login",
        ])
    }

    /// How a role reaches a database of the cluster.
    package func settings(_ database: String, as role: String) -> ConnectionSettings {
        ConnectionSettings(
            "host=\(directory) user=\(role) dbname=\(database)", applicationName: "tests", statementTimeout: .seconds(300))
    }

    /// A name that no other database of the cluster has.
    package func newName(_ prefix: String) -> String {
        "\(prefix)_\(made.add(1, ordering: .relaxed).newValue)"
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
        // The server outlives this call: nothing that the tests were given may stay open in it.
        for descriptor in 3..<256 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, words[0], &actions, nil, &pointers, environ) == 0 else { throw Missing(what: words[0]) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw Missing(what: "\(arguments) ended with status \(status)") }
    }
}

extension Connection {
    /// Makes a database of the owner's, in which the daemon may connect and nothing else, as in use: not even a temporary table.
    ///
    /// - Parameter template: the database that it is a copy of; nil for an empty one.
    package func createDatabase(_ name: String, from template: String? = nil) throws(PostgresError) {
        try script("create database \(name) owner etalon_owner template \(template ?? "template1")")
        try script("revoke all on database \(name) from public; grant connect on database \(name) to etalon")
    }
}
