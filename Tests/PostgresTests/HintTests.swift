// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Postgres

@Suite("Hints", .timeLimit(.minutes(1)))
struct HintTests {
    private let cluster: TestCluster

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    /// What a listener hears until the word that ends the test, in order.
    private func heard(on channel: String, _ body: @Sendable (ConnectionPool) async throws -> Void) async throws -> [String] {
        let listener = NotificationListener(settings: cluster.settings(), channels: [channel], logger: .silent)
        let running = Task { try await listener.run() }
        var notifications = listener.notifications.makeAsyncIterator()
        _ = await notifications.next(isolation: #isolation)
        let pool = cluster.pool(size: 2)
        try await body(pool)
        // Sends what waits, before the word that ends the test.
        let origin = " " + pool.hints.origin
        await pool.shutdown()
        let last = cluster.pool(size: 1)
        try await last.use { $0.hint(channel, "end") }
        var words: [String] = []
        while case .message(_, let payload)? = await notifications.next(isolation: #isolation) {
            if payload.hasPrefix("end") { break }
            words.append(payload.hasSuffix(origin) ? String(payload.dropLast(origin.count)) : payload)
        }
        running.cancel()
        try await running.value
        await last.shutdown()
        return words
    }

    @Test func `a hint leaves after the commit, and none after a rollback`() async throws {
        struct Regret: Error {}
        let words = try await heard(on: "hint_commit") { pool in
            await #expect(throws: Regret.self) {
                try await pool.transaction { database in
                    database.hint("hint_commit", "taken back")
                    throw Regret()
                }
            }
            try await pool.transaction { $0.hint("hint_commit", "committed") }
        }
        #expect(words == ["committed"])
    }

    @Test func `a hint of work taken back to a savepoint is not sent`() async throws {
        struct Regret: Error {}
        let words = try await heard(on: "hint_savepoint") { pool in
            try await pool.transaction { database in
                database.hint("hint_savepoint", "kept")
                do {
                    try database.savepoint { database in
                        database.hint("hint_savepoint", "taken back")
                        throw Regret()
                    }
                } catch is Regret {}
            }
        }
        #expect(words == ["kept"])
    }

    @Test func `a transaction that the server refuses at its COMMIT gives no hint`() async throws {
        let setting = cluster.pool(size: 1)
        try await setting.use {
            try $0.script(
                "create table hint_once (n int, constraint hint_once_n unique (n) deferrable initially deferred)")
        }
        let words = try await heard(on: "hint_refused") { pool in
            await #expect(throws: PostgresError.self) {
                try await pool.transaction { database in
                    database.hint("hint_refused", "never")
                    try database.script("insert into hint_once values (1), (1)")
                }
            }
        }
        #expect(words.isEmpty)
        await setting.shutdown()
    }

    @Test func `a burst of hints is a few statements, and the last of it is heard`() async throws {
        let words = try await heard(on: "hint_burst") { pool in
            for number in 0..<200 {
                try await pool.use { $0.hint("hint_burst", number == 199 ? "last" : "more") }
            }
        }
        #expect(words.first == "more" && words.last == "last")
        #expect(words.count < 150, "\(words.count) notifications for 200 hints")
    }

    @Test func `outside a unit a hint leaves at once`() async throws {
        let settings = cluster.settings()
        let words = try await heard(on: "hint_alone") { _ in
            let connection = try await Connection.open(settings)
            await connection.hint("hint_alone", "alone")
            try await connection.transaction { $0.hint("hint_alone", "committed") }
            await connection.close()
        }
        #expect(words == ["alone", "committed"])
    }

    @Test func `an observer in the process hears every hint that was committed`() async throws {
        struct Regret: Error {}
        let pool = cluster.pool(size: 1)
        let heard = Told()
        pool.hints.observe { heard.add($0.payload) }
        for number in 0..<5 {
            do {
                try await pool.transaction { database in
                    database.hint("hint_observed", "\(number)")
                    if number == 3 { throw Regret() }
                }
            } catch is Regret {}
        }
        #expect(heard.all == ["0", "1", "2", "4"])
        await pool.shutdown()
    }

    @Test func `while hints are on their way no more senders are called, and those that waited meanwhile leave afterwards`() {
        let valve = HintValve()
        let calls = Atomic(0)
        valve.onDue { _ in calls.add(1, ordering: .relaxed) }
        func offer(_ payload: String) -> [Hint] { valve.offer([Hint(channel: "hint_valve", payload: payload)]) }
        var sent = 0
        // Until one comes so soon after another that it has to wait.
        while !offer("waits").isEmpty { sent += 1 }
        #expect(sent > 0 && calls.load(ordering: .relaxed) == 1)
        #expect(valve.takeWaiting().map(\.payload) == ["waits"])
        for number in 0..<100 { #expect(offer("\(number % 3)").isEmpty) }
        #expect(calls.load(ordering: .relaxed) == 1)
        valve.sent()
        #expect(calls.load(ordering: .relaxed) == 2)
        let rest = valve.takeWaiting()
        #expect(rest.map(\.payload) == ["0", "1", "2"])
        #expect(offer("3").isEmpty)
        valve.failed(rest)
        #expect(calls.load(ordering: .relaxed) == 3)
        #expect(valve.takeWaiting().map(\.payload) == ["3", "0", "1", "2"])
        valve.sent()
        #expect(calls.load(ordering: .relaxed) == 3)
    }

    private final class Told: Sendable {
        private let words = Mutex<[String]>([])
        var all: [String] { words.withLock { $0 } }
        func add(_ word: String) { words.withLock { $0.append(word) } }
    }
}
