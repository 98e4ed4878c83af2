// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Postgres

@Suite("A connection to the server")
struct ConnectionTests {
    let cluster: TestCluster

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    @Test func `a row comes back with its values`() async throws {
        struct Reading: Decodable, Sendable, Equatable {
            let reading: String
            let instrumentId: Int64
            let isWithinLimits: Bool
            let remark: String?
        }
        let connection = try await Connection.open(cluster.settings())
        let reading = try await connection.first(
            Statement<Reading>(
                "select $1::numeric as reading, $2::bigint as instrument_id, true as is_within_limits, $3::text as remark"),
            "0.50", Int64(7), String?.none)
        #expect(reading == Reading(reading: "0.50", instrumentId: 7, isWithinLimits: true, remark: nil))
        await connection.close()
    }

    @Test func `the session speaks UTF-8, Vietnamese time and ISO dates`() async throws {
        struct Session: Decodable, Sendable, Equatable {
            let encoding, zone, style, name, statement, lock, idle: String
        }
        let connection = try await Connection.open(cluster.settings())
        let session = try await connection.one(
            Statement<Session>(
                """
                select current_setting('client_encoding') as encoding, current_setting('TimeZone') as zone,
                       current_setting('DateStyle') as style, current_setting('application_name') as name,
                       current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
                       current_setting('idle_in_transaction_session_timeout') as idle
                """))
        #expect(
            session
                == Session(
                    encoding: "UTF8", zone: "Asia/Ho_Chi_Minh", style: "ISO, YMD", name: "tests",
                    statement: "1min", lock: "10s", idle: "1min"))
        #expect(try await connection.one(Statement<String>("select 'Cần Thơ'::text")) == "Cần Thơ")
    }

    @Test func `options of the connection string win`() async throws {
        let settings = ConnectionSettings(
            cluster.conninfo + " options='-c statement_timeout=1234' application_name=bench connect_timeout=9")
        let connection = try await Connection.open(settings)
        #expect(try await connection.one(Statement<String>("select current_setting('statement_timeout')")) == "1234ms")
        #expect(try await connection.one(Statement<String>("select current_setting('application_name')")) == "bench")
        let given = try settings.parameters().first { $0.keyword == "connect_timeout" }
        #expect(given?.value == "9")
    }

    @Test func `every wait has a limit and several hosts are allowed`() throws {
        let settings = ConnectionSettings("postgresql://u:geheim@a,b:5433/db?sslmode=verify-full")
        let parameters = Dictionary(
            try settings.parameters().map { ($0.keyword, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(parameters["host"] == "a,b")
        #expect(parameters["sslmode"] == "verify-full")
        #expect(parameters["connect_timeout"] == "5")
        #expect(parameters["tcp_user_timeout"] == "15000")
        #expect(parameters["keepalives_idle"] == "10")
    }

    @Test func `settings never print a password`() {
        let settings = ConnectionSettings("postgresql://u:geheim@a/db")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings)\(String(reflecting: settings))\(dumped)".contains("geheim"))
    }

    @Test func `an unreachable server is told apart from a wrong connection string`() async {
        let unreachable = await postgresError {
            _ = try await Connection.open(ConnectionSettings("host=/nonexistent dbname=x"))
        }
        guard case .unreachable(let reason) = unreachable else {
            Issue.record("\(String(describing: unreachable))")
            return
        }
        #expect(reason.contains("/nonexistent"))
        let malformed = await postgresError { _ = try await Connection.open(ConnectionSettings("host")) }
        #expect(malformed == .misuse(.malformedConnectionString))
    }

    @Test func `a refusal carries code, constraint and table, and its description hides the values`() async throws {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script("create temporary table pin (serial text constraint pin_serial_once unique)")
        let insert = Command(name: "pin_insert", sql: "insert into pin values ($1)")
        try await connection.execute(insert, "geheim-7")
        let error = await postgresError { try await connection.execute(insert, "geheim-7") }
        guard case .server(let refusal) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refusal.sqlState == .uniqueViolation)
        #expect(refusal.constraint == "pin_serial_once")
        #expect(refusal.table == "pin")
        #expect(refusal.statement == "pin_insert")
        #expect(!"\(PostgresError.server(refusal)) \(refusal)".contains("geheim-7"))
        #expect(refusal.debugDescription.contains("geheim-7"))
    }

    @Test func `a command returns how many rows it touched`() async throws {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script("create temporary table mass (g integer); insert into mass select generate_series(1, 5)")
        #expect(try await connection.execute(Command("update mass set g = g + 1 where g > $1::int"), 2) == 3)
        #expect(try await connection.execute(Command("delete from mass where g > 100")) == 0)
    }

    @Test func `a statement is prepared once and one name has one text`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let statement = Statement<Int64>(name: "twice", sql: "select 2 * $1::bigint")
        #expect(try await connection.one(statement, 4) == 8)
        #expect(try await connection.one(statement, 5) == 10)
        let prepared = try await connection.one(
            Statement<Int64>("select count(*) from pg_prepared_statements where name = 'twice'"))
        #expect(prepared == 1)
        let error = await postgresError {
            _ = try await connection.one(Statement<Int64>(name: "twice", sql: "select $1::bigint"), 4)
        }
        #expect(error == .misuse(.statementTextChanged(name: "twice")))
    }

    @Test func `a row that must be there is asked for`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let none = Statement<Int64>(name: "none", sql: "select 1::bigint where false")
        #expect(try await connection.first(none) == nil)
        #expect(await postgresError { _ = try await connection.one(none) } == .noRow(statement: "none"))
    }

    @Test func `the server describes parameters and columns`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let description = try await connection.describe(
            name: "point_by_load", sql: "select $1::numeric as load, $2::bigint as id, now() as measured_at")
        #expect(description.parameters == [.numeric, .int8])
        #expect(
            description.columns == [
                .init(name: "load", type: .numeric), .init(name: "id", type: .int8),
                .init(name: "measured_at", type: .timestamptz),
            ])
        let wrong = await postgresError { _ = try await connection.describe(name: "wrong", sql: "select nothing_such") }
        #expect(wrong?.sqlState == .undefinedColumn)
    }

    @Test func `a script runs all its statements and stops at the first error`() async throws {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script("create temporary table a (x int); insert into a values (1); select * from a")
        let error = await postgresError {
            try await connection.script("insert into a values (2); insert into a values ('x'); insert into a values (3)")
        }
        #expect(error?.sqlState == .invalidTextRepresentation)
        #expect(try await connection.one(Statement<Int64>("select count(*) from a")) == 1)
    }

    @Test func `a COPY in a script is refused and the connection stays usable`() async throws {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script("create temporary table a (x int)")
        for sql in ["copy a from stdin; select 1", "copy a to stdout; copy a from stdin", "copy (select 1) to stdout"] {
            #expect(await postgresError { try await connection.script(sql) } == .misuse(.unexpectedCopy))
            #expect(try await connection.one(Statement<Int64>("select 1::bigint")) == 1)
        }
    }

    @Test func `a text with a zero byte is refused, not cut off`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let error = await postgresError {
            _ = try await connection.one(Statement<String>(name: "echo", sql: "select $1::text"), "a\u{0}b")
        }
        #expect(error == .misuse(.zeroByteInParameter(statement: "echo", number: 1)))
    }

    @Test func `a closed connection says so`() async throws {
        let connection = try await Connection.open(cluster.settings())
        await connection.close()
        let error = await postgresError { try await connection.script("select 1") }
        #expect(error == .connectionLost("the connection is closed"))
    }

    @Test func `a server that falls silent is given up after the limit`() async throws {
        let proxy = try SocketProxy(serverDirectory: cluster.directory, fault: .fallSilentAfter("silent_now"))
        defer { proxy.stop() }
        let connection = try await Connection.open(
            ConnectionSettings("host=\(proxy.directory) user=postgres dbname=postgres"))
        let error = await postgresError { try await connection.impatiently { try $0.script("select 1 as silent_now") } }
        guard case .connectionLost(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("silent"))
        #expect(await !connection.isOpen)
    }

    @Test func `a statement that runs too long is ended by the server`() async throws {
        let connection = try await Connection.open(cluster.settings(statementTimeout: .milliseconds(100)))
        let error = await postgresError { try await connection.script("select pg_sleep(30)") }
        #expect(error?.sqlState == .queryCanceled)
        #expect(try await connection.one(Statement<Int64>("select 1::bigint")) == 1)
    }

    @Test(arguments: [
        (SQLState.integrityConstraintViolation, SQLState.uniqueViolation, true),
        (.integrityConstraintViolation, .dataException, false),
        (.uniqueViolation, .integrityConstraintViolation, false),
        (.deadlockDetected, .deadlockDetected, true),
    ])
    func `a class code matches the codes of its class`(pattern: SQLState, code: SQLState, matches: Bool) {
        #expect((pattern ~= code) == matches)
    }
}

extension Connection {
    /// Runs the body with a patience of 0.2 s.
    func impatiently(_ body: @Sendable (isolated Connection) throws -> Void) throws {
        try currentLink().patience = .milliseconds(200)
        try body(self)
    }
}
