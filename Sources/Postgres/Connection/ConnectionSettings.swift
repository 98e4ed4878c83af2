// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

/// Where the server is and how long each wait may last.
///
/// The connection string is libpq's: `host=… dbname=…` or a `postgresql://` URI, with several hosts and
/// TLS (`sslmode`, `sslrootcert`, …) as libpq knows them. What the string says itself is never overridden.
package struct ConnectionSettings: Sendable {
    /// Connection string as given; it may hold a password and is not printed.
    package let conninfo: String
    /// Name the server shows in `pg_stat_activity`.
    package var applicationName: String
    /// Longest run of one statement, and with a reserve of 5 s the longest wait for an answer; zero is unlimited.
    package var statementTimeout: Duration
    /// Longest wait for one lock; zero is unlimited.
    package var lockTimeout: Duration
    /// Longest wait for one host to accept the connection; libpq knows whole seconds, at least 2.
    package var connectTimeout: Duration
    /// Longest time a transaction may stand open without a statement; zero is unlimited.
    package var idleInTransactionTimeout: Duration
    /// Whether statements are prepared on the connection; false behind a pooler that lends the server by transaction.
    ///
    /// Then no setting is made for the session either, since the next transaction may run in another one: time limits
    /// and time zone are those of the role or the database.
    package var preparesStatements: Bool
    /// Further settings of the session by name, such as `plan_cache_mode`; names and values without blanks.
    package var sessionSettings: [String: String] = [:]

    /// Takes a connection string and the time limits.
    package init(
        _ conninfo: String,
        applicationName: String = "etalond",
        statementTimeout: Duration = .seconds(60),
        lockTimeout: Duration = .seconds(10),
        connectTimeout: Duration = .seconds(5),
        idleInTransactionTimeout: Duration = .seconds(60),
        preparesStatements: Bool = true
    ) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.connectTimeout = connectTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.preparesStatements = preparesStatements
    }

    /// Longest wait for a word of the server; nil is unlimited.
    ///
    /// The server ends a statement itself after ``statementTimeout``; the reserve lets its answer arrive, so
    /// that only a server that has fallen silent is given up.
    var patience: Duration? {
        statementTimeout > .zero ? statementTimeout + .seconds(5) : nil
    }

    /// Keywords and values for libpq: those of the connection string and, where it is silent, ours.
    func parameters() throws(PostgresError) -> [(keyword: String, value: String)] {
        var given = try Self.parse(conninfo)
        // Later settings of `options` win, so those of the connection string stand after ours.
        let options = serverOptions + (given["options"].map { " " + $0 } ?? "")
        let ours = [
            "application_name": applicationName,
            "connect_timeout": String(max(2, connectTimeout.wholeSeconds)),
            "keepalives": "1",
            "keepalives_idle": "10",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "tcp_user_timeout": "15000",
            "client_encoding": "UTF8",
        ]
        given.merge(ours) { given, _ in given }
        if preparesStatements { given["options"] = options }
        return given.sorted { $0.key < $1.key }.map { (keyword: $0.key, value: $0.value) }
    }

    private var serverOptions: String {
        var settings = [
            "statement_timeout=\(statementTimeout.wholeMilliseconds)",
            "lock_timeout=\(lockTimeout.wholeMilliseconds)",
            "idle_in_transaction_session_timeout=\(idleInTransactionTimeout.wholeMilliseconds)",
            "TimeZone=Asia/Ho_Chi_Minh",
            "DateStyle=ISO,YMD",
        ]
        settings += sessionSettings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return settings.map { "-c " + $0 }.joined(separator: " ")
    }

    /// Splits a connection string as libpq does; libpq's own complaint is not repeated, it may quote a password.
    private static func parse(_ conninfo: String) throws(PostgresError) -> [String: String] {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &complaint) else {
            PQfreemem(complaint)
            throw .misuse(.malformedConnectionString)
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return values
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the program only; the connection string may hold a password.
    package var description: String { "connection settings of \(applicationName)" }

    /// The same as ``description``, for the same reason.
    package var debugDescription: String { description }

    /// Shows no child, so that `dump` cannot print a password.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Duration {
    /// Whole seconds, rounded up.
    var wholeSeconds: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }

    /// Whole milliseconds, rounded up.
    var wholeMilliseconds: Int64 {
        let perMillisecond: Int64 = 1_000_000_000_000_000
        let (whole, rest) = components.attoseconds.quotientAndRemainder(dividingBy: perMillisecond)
        return components.seconds * 1000 + whole + (rest > 0 ? 1 : 0)
    }
}
