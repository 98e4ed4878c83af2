// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Testing

@testable import Postgres

@Suite("Transactions")
struct TransactionTests {
    let cluster: TestCluster

    /// The message COMMIT, not the COMMITTED of BEGIN.
    private let commit = "COMMIT\u{0}"

    struct Refused: Error, Equatable {}

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    private func connection(table: String) async throws -> Connection {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script(
            "create temporary table \(table) (x int check (x < 100), unique (x) deferrable initially deferred)")
        return connection
    }

    @Test func `what a body wrote is there after it returns`() async throws {
        let connection = try await connection(table: "t")
        let count = try await connection.transaction { database in
            try database.execute(Command("insert into t values (1), (2)"))
        }
        #expect(count == 2)
        #expect(try await connection.one(Statement<Int64>("select count(*) from t")) == 2)
    }

    @Test func `an error of the body takes its writes back and comes out unchanged`() async throws {
        let connection = try await connection(table: "t")
        await #expect(throws: Refused()) {
            try await connection.transaction { database in
                try database.execute(Command("insert into t values (1)"))
                throw Refused()
            }
        }
        #expect(try await connection.one(Statement<Int64>("select count(*) from t")) == 0)
    }

    @Test func `a swallowed server error does not pass for a commit`() async throws {
        let connection = try await connection(table: "t")
        let error = await postgresError {
            try await connection.transaction { database in
                _ = try? database.execute(Command("insert into t values (100)"))
            }
        }
        #expect(error?.sqlState == .checkViolation)
        #expect(try await connection.one(Statement<Int64>("select count(*) from t")) == 0)
    }

    @Test func `a constraint checked at COMMIT refuses the transaction`() async throws {
        let connection = try await connection(table: "t")
        let error = await postgresError {
            try await connection.transaction { database in
                _ = try database.execute(Command("insert into t values (1), (1)"))
            }
        }
        #expect(error?.sqlState == .uniqueViolation)
        #expect(try await connection.transaction { try $0.one(Statement<Int64>("select count(*) from t")) } == 0)
    }

    @Test func `a savepoint takes back only its own work`() async throws {
        let connection = try await connection(table: "t")
        try await connection.transaction { database in
            try database.execute(Command("insert into t values (1)"))
            do {
                try database.savepoint { _ = try $0.execute(Command("insert into t values (100)")) }
            } catch let error as PostgresError {
                #expect(error.sqlState == .checkViolation)
            }
            try database.savepoint { _ = try $0.execute(Command("insert into t values (2)")) }
        }
        #expect(try await connection.rows(Statement<Int64>("select x from t order by x")) == [1, 2])
    }

    @Test func `isolation and read-only are what was asked for`() async throws {
        let connection = try await connection(table: "t")
        for isolation in Isolation.allCases {
            let level = try await connection.transaction(isolation: isolation) {
                try $0.one(Statement<String>("select upper(current_setting('transaction_isolation'))"))
            }
            #expect(level == isolation.rawValue)
        }
        try await connection.script("create table if not exists read_only_probe (x int)")
        let error = await postgresError {
            try await connection.transaction(readOnly: true) {
                _ = try $0.execute(Command("insert into read_only_probe values (1)"))
            }
        }
        #expect(error?.sqlState == .readOnlySQLTransaction)
    }

    @Test func `a transaction inside another is refused`() async throws {
        let connection = try await connection(table: "t")
        let error = await postgresError {
            try await connection.transaction { database in try database.transaction { _ in } }
        }
        #expect(error == .misuse(.nestedTransaction))
        let ended = await postgresError { try await connection.transaction { try $0.script("commit") } }
        #expect(ended == .misuse(.transactionEndedInside))
        #expect(try await connection.one(Statement<Int64>("select 1::bigint")) == 1)
    }

    @Test func `no other task gets a statement in between`() async throws {
        let connection = try await connection(table: "t")
        let inside = DispatchSemaphore(value: 0)
        async let rolledBack = postgresError {
            try await connection.transaction { database in
                try database.execute(Command("insert into t values (1)"))
                inside.signal()
                _ = try database.one(Statement<String>("select pg_sleep(0.1)::text"))
                throw PostgresError.cancelled
            }
        }
        async let other = connection.execute(Command("insert into t values (2)"))
        _ = await rolledBack
        #expect(try await other == 1)
        #expect(try await connection.rows(Statement<Int64>("select x from t")) == [2])
    }

    @Test func `a lost COMMIT answer is its own error and never tried again`() async throws {
        let pool = cluster.pool()
        try await pool.use { try $0.script("create table commit_lost (x int)") }
        for (fault, outcome) in [(SocketProxy.Fault.cutAfter(commit), Int64(1)), (.cutBefore(commit), 0)] {
            let proxy = try SocketProxy(serverDirectory: cluster.directory, fault: fault)
            defer { proxy.stop() }
            let cut = ConnectionPool(
                settings: ConnectionSettings("host=\(proxy.directory) user=postgres dbname=postgres"),
                size: 1, waitLimit: .seconds(5), logger: .silent)
            let runs = Mutex(0)
            let error = await postgresError {
                try await cut.transaction { database in
                    runs.withLock { $0 += 1 }
                    _ = try database.execute(Command("insert into commit_lost values (1)"))
                }
            }
            guard case .commitOutcomeUnknown = error else {
                Issue.record("\(String(reflecting: error))")
                continue
            }
            #expect(runs.withLock { $0 } == 1)
            let rows = try await pool.transaction { try $0.one(Statement<Int64>("select count(*) from commit_lost")) }
            #expect(rows == outcome)
            try await pool.use { try $0.script("truncate commit_lost") }
            let again = try await cut.transaction { try $0.one(Statement<Int64>("select 1::bigint")) }
            #expect(again == 1)
            await cut.shutdown()
        }
        await pool.shutdown()
    }

    @Test func `the lost COMMIT of a read-only transaction is only a lost connection`() async throws {
        let proxy = try SocketProxy(serverDirectory: cluster.directory, fault: .cutAfter(commit))
        defer { proxy.stop() }
        let connection = try await Connection.open(
            ConnectionSettings("host=\(proxy.directory) user=postgres dbname=postgres"))
        let error = await postgresError {
            _ = try await connection.transaction(readOnly: true) { try $0.one(Statement<Int64>("select 1::bigint")) }
        }
        guard case .connectionLost = error else {
            Issue.record("\(String(reflecting: error))")
            return
        }
    }

    @Test func `a backend killed before COMMIT is a lost connection, not an unknown outcome`() async throws {
        let victim = try await Connection.open(cluster.settings())
        let killer = cluster.pool()
        let (inside, killed) = (Signal(), DispatchSemaphore(value: 0))
        let pid = await victim.backendPID
        async let error = postgresError {
            try await victim.transaction { database in
                try database.script("create table killed_before_commit (x int)")
                inside.give()
                killed.wait()
            }
        }
        await inside.wait()
        try await killer.use { database in
            _ = try database.one(Statement<Bool>("select pg_terminate_backend($1::int, 5000)"), pid)
        }
        killed.signal()
        await killer.shutdown()
        guard case .connectionLost = await error else {
            Issue.record("\(String(reflecting: await error))")
            return
        }
    }
}
