// SPDX-License-Identifier: Apache-2.0

import CEtalonSQL
import DemoYear
import Glibc
import Postgres
import Synchronization

/// A PostgreSQL cluster of these tests' own, on a Unix socket, gone with the test process.
final class DemoCluster: Sendable {
    private static let live = Mutex<[String]>([])
    let directory: String

    init() throws {
        guard let programs = Self.programs else { throw Unavailable(what: "PostgreSQL server programs") }
        var template = Array("/tmp/etalon-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unavailable(what: "a directory under /tmp") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if geteuid() == 0, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        try Self.run([
            "\(programs)/initdb", "--pgdata=\(directory)/data", "--username=postgres", "--auth=trust",
            "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        ])
        Self.live.withLock { directories in
            if directories.isEmpty { atexit { DemoCluster.stopAll() } }
            directories.append(directory)
        }
        let options =
            "-k \(directory) -c listen_addresses= -c fsync=off -c max_wal_size=4GB -c shared_buffers=256MB"
        try Self.run([
            "\(programs)/pg_ctl", "--pgdata=\(directory)/data", "--options=\(options)",
            "--log=\(directory)/log",
            "--wait", "start",
        ])
    }

    /// Settings for a database as one of its users.
    func settings(_ database: String, user: String) -> ConnectionSettings {
        ConnectionSettings(
            "host=\(directory) user=\(user) dbname=\(database)", applicationName: "tests",
            statementTimeout: .seconds(300))
    }

    private static func stopAll() {
        for directory in live.withLock({ $0 }) {
            // A server that is down already is what is wanted.
            try? run([
                "\(programs ?? "")/pg_ctl", "--pgdata=\(directory)/data", "--mode=immediate", "--wait",
                "stop",
            ])
            // What cannot be removed lies under /tmp and does no harm.
            try? run(["rm", "-rf", directory])
        }
    }

    private static let programs: String? = (15...19).reversed()
        .map { "/usr/lib/postgresql/\($0)/bin" }
        .first { access("\($0)/initdb", X_OK) == 0 }

    /// Runs a program to its end, as `postgres` when the tests run as root.
    private static func run(_ arguments: [String]) throws {
        let words =
            ["env", "--chdir=/tmp"] + (geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []) + arguments
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
        guard posix_spawnp(&pid, words[0], &actions, nil, &pointers, environ) == 0 else {
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

/// The filled database that the tests share, and the means to make others.
struct DemoDatabase: Sendable {
    /// Migrated, with the catalogue, filled with the year.
    static let filled = Task { () async throws -> DemoDatabase in
        let database = try await DemoDatabase(cluster: DemoCluster(), name: "year")
        try await database.fill()
        return database
    }

    let cluster: DemoCluster
    let name: String

    /// A new database with the project's schema and catalogue.
    init(cluster: DemoCluster, name: String) async throws {
        self.cluster = cluster
        self.name = name
        let superuser = try await Connection.open(cluster.settings("postgres", user: "postgres"))
        try await superuser.script(
            """
            do $$ begin
                if not exists (select from pg_roles where rolname = 'etalon') then
                    create role etalon_owner login; create role etalon login;
                end if;
            end $$
            """)
        try await superuser.script("create database \(name) owner etalon_owner")
        await superuser.close()
        let trusted = try await Connection.open(cluster.settings(name, user: "postgres"))
        try await trusted.script("create extension if not exists btree_gist")
        await trusted.close()
        let owner = try await open()
        try await Self.prepare(owner)
        await owner.close()
    }

    /// A connection as the owner.
    func open() async throws -> Connection {
        try await Connection.open(cluster.settings(name, user: "etalon_owner"))
    }

    /// Fills in the year.
    func fill() async throws {
        let owner = try await open()
        try await Self.fill(owner)
        await owner.close()
    }

    private static func prepare(_ database: isolated Connection) throws {
        _ = try Migrator(series: "laboratory", steps: EmbeddedFiles.migrations).apply(on: database)
        try CatalogueFixture.load(EmbeddedFiles.projectFolder + "/config", into: database)
    }

    private static func fill(_ database: isolated Connection) throws {
        try DemoYear().fill(database)
    }
}

/// The files of sql/ by path.
enum EmbeddedFiles {
    static let texts: [String: String] = {
        var found: [String: String] = [:]
        for index in 0..<Int(etalon_sql_file_count) {
            guard let file = etalon_sql_file_at(UInt(index))?.pointee else { continue }
            let bytes = UnsafeBufferPointer(start: file.bytes, count: Int(file.length))
            found[String(cString: file.path)] = String(decoding: bytes, as: UTF8.self)
        }
        return found
    }()

    /// Steps of the laboratory's schema.
    static let migrations: [Migration] = texts.compactMap { path, text in
        let folder = "sql/migrations/"
        guard path.hasPrefix(folder), let number = Int(path.dropFirst(folder.count).prefix(4)) else { return nil }
        return Migration(number: number, name: String(path.dropFirst(folder.count).dropLast(4)), sql: text)
    }

    /// The folder above Tests/.
    static let projectFolder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()
}
