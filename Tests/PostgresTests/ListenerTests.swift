// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Postgres

@Suite("Listening")
struct ListenerTests {
    let cluster: TestCluster

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    private func listening(
        _ settings: ConnectionSettings, _ channels: [String],
        pingInterval: Duration = .seconds(30), pingLimit: Duration = .seconds(30),
        _ body: (inout AsyncStream<PostgresNotification>.AsyncIterator) async throws -> Void
    ) async throws {
        let listener = NotificationListener(
            settings: settings, channels: channels, logger: .silent,
            pingInterval: pingInterval, pingLimit: pingLimit)
        let running = Task { try await listener.run() }
        var heard = listener.notifications.makeAsyncIterator()
        await expect(.reconnected, from: &heard)
        try await body(&heard)
        running.cancel()
        try await running.value
        while await heard.next(isolation: #isolation) != nil {}
    }

    private func expect(
        _ expected: PostgresNotification, from heard: inout AsyncStream<PostgresNotification>.AsyncIterator
    ) async {
        let next = await heard.next(isolation: #isolation)
        #expect(next == expected)
    }

    private func notify(_ pool: ConnectionPool, _ channel: String, _ payload: String) async throws {
        _ = try await pool.use {
            try $0.one(Statement<String>("select pg_notify($1::text, $2::text)::text"), channel, payload)
        }
    }

    @Test func `notifications arrive in order with their payload`() async throws {
        let pool = cluster.pool(size: 1)
        try await listening(cluster.settings(), ["jobs", #"odd "Name""#]) { heard in
            try await notify(pool, "jobs", "lane 1")
            try await notify(pool, #"odd "Name""#, "Cần Thơ")
            try await notify(pool, "elsewhere", "unheard")
            try await notify(pool, "jobs", "")
            await expect(.message(channel: "jobs", payload: "lane 1"), from: &heard)
            await expect(.message(channel: #"odd "Name""#, payload: "Cần Thơ"), from: &heard)
            await expect(.message(channel: "jobs", payload: ""), from: &heard)
        }
        await pool.shutdown()
    }

    @Test func `after its backend was killed the listener comes back and says so`() async throws {
        let pool = cluster.pool(size: 1)
        var settings = cluster.settings()
        settings.applicationName = "killed"
        try await listening(settings, ["killed"]) { heard in
            let killed = try await pool.use {
                try $0.rows(
                    Statement<Bool>(
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1::text"),
                    "killed-listen")
            }
            #expect(killed == [true])
            await expect(.lost, from: &heard)
            await expect(.reconnected, from: &heard)
            try await notify(pool, "killed", "back again")
            await expect(.message(channel: "killed", payload: "back again"), from: &heard)
        }
        await pool.shutdown()
    }

    @Test func `a server that restarts is found again`() async throws {
        let own = try TestCluster()
        let pool = own.pool(size: 1)
        try await listening(own.settings(), ["restarted"]) { heard in
            own.stop()
            await expect(.lost, from: &heard)
            try own.start()
            await expect(.reconnected, from: &heard)
            try await notify(pool, "restarted", "1")
            await expect(.message(channel: "restarted", payload: "1"), from: &heard)
        }
        await pool.shutdown()
    }

    /// A ping: the simple query with an empty text.
    private let ping = "Q\u{0}\u{0}\u{0}\u{5}\u{0}"

    @Test func `pings are answered and notifications still arrive`() async throws {
        let proxy = try SocketProxy(serverDirectory: cluster.directory, fault: .none)
        defer { proxy.stop() }
        let settings = ConnectionSettings("host=\(proxy.directory) user=postgres dbname=postgres")
        let pool = cluster.pool(size: 1)
        try await listening(settings, ["pinged"], pingInterval: .milliseconds(20)) { heard in
            await proxy.waitForMessages(3, with: ping)
            try await notify(pool, "pinged", "still here")
            await expect(.message(channel: "pinged", payload: "still here"), from: &heard)
        }
        await pool.shutdown()
    }

    @Test func `a server that does not answer a ping is left`() async throws {
        let proxy = try SocketProxy(serverDirectory: cluster.directory, fault: .fallSilentAfter(ping))
        defer { proxy.stop() }
        let settings = ConnectionSettings("host=\(proxy.directory) user=postgres dbname=postgres")
        try await listening(
            settings, ["pinged"], pingInterval: .milliseconds(20), pingLimit: .milliseconds(50)
        ) { heard in
            await expect(.lost, from: &heard)
            await expect(.reconnected, from: &heard)
        }
    }

    @Test func `a wrong connection string ends the listener`() async {
        let listener = NotificationListener(settings: ConnectionSettings("host"), channels: ["x"], logger: .silent)
        let error = await postgresError { try await listener.run() }
        #expect(error == .misuse(.malformedConnectionString))
    }
}
