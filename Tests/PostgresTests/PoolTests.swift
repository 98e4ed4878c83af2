// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Testing

@testable import Postgres

@Suite("The pool")
struct PoolTests {
    let cluster: TestCluster
    private let one = Statement<Int64>(name: "one", sql: "select 1::bigint")

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    @Test func `connections are lent again and never more than the size`() async throws {
        let pool = cluster.pool(size: 3)
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await pool.transaction {
                        try $0.one(Statement<Int64>(name: "n", sql: "select $1::bigint"), number)
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 1770)
        let statistics = await pool.statistics
        #expect(statistics.opened <= 3)
        #expect(statistics.lent == 0)
        #expect(statistics.idle == statistics.opened)
        await pool.shutdown()
    }

    @Test func `waiting for a connection has a limit`() async throws {
        let pool = cluster.pool(size: 1, waitLimit: .milliseconds(100))
        let (inside, release) = (Signal(), DispatchSemaphore(value: 0))
        async let holder: Void = pool.transaction { _ in
            inside.give()
            release.wait()
        }
        await inside.wait()
        let error = await postgresError { _ = try await pool.transaction { try $0.one(one) } }
        #expect(error == .poolTimeout(.milliseconds(100)))
        #expect(await pool.statistics.timedOut == 1)
        #expect(await pool.statistics.waiting == 0)
        release.signal()
        try await holder
        #expect(try await pool.transaction { try $0.one(one) } == 1)
        await pool.shutdown()
    }

    @Test func `who waits longest is served first and a cancelled one not at all`() async throws {
        let pool = cluster.pool(size: 1)
        let (inside, release) = (Signal(), DispatchSemaphore(value: 0))
        async let holder: Void = pool.transaction { _ in
            inside.give()
            release.wait()
        }
        await inside.wait()
        let impatient = Task { await postgresError { _ = try await pool.transaction { try $0.one(one) } } }
        impatient.cancel()
        #expect(await impatient.value == .cancelled)
        release.signal()
        try await holder
        await pool.shutdown()
    }

    @Test func `a cancelled task cancels its statement at the server`() async throws {
        let pool = cluster.pool(size: 1)
        let inside = Signal()
        let sleeper = Task {
            await postgresError {
                try await pool.transaction { database in
                    inside.give()
                    try database.script("select pg_sleep(60)")
                }
            }
        }
        await inside.wait()
        let start = ContinuousClock.now
        sleeper.cancel()
        #expect(await sleeper.value == .cancelled)
        #expect(start.duration(to: .now) < .seconds(5))
        #expect(try await pool.transaction { try $0.one(one) } == 1)
        await pool.shutdown()
    }

    @Test func `a task cancelled while its body computes does not commit`() async throws {
        let pool = cluster.pool(size: 1)
        try await pool.use { try $0.script("create table never_committed (x int)") }
        let (inside, release) = (Signal(), DispatchSemaphore(value: 0))
        let writer = Task {
            await postgresError {
                try await pool.transaction { database in
                    try database.execute(Command("insert into never_committed values (1)"))
                    inside.give()
                    release.wait()
                }
            }
        }
        await inside.wait()
        writer.cancel()
        release.signal()
        #expect(await writer.value == .cancelled)
        let count = try await pool.transaction { try $0.one(Statement<Int64>("select count(*) from never_committed")) }
        #expect(count == 0)
        await pool.shutdown()
    }

    @Test func `many cancelled tasks leave a usable pool`() async throws {
        let pool = cluster.pool(size: 2)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let task = Task {
                        await postgresError { try await pool.transaction { try $0.script("select pg_sleep(0.02)") } }
                    }
                    if number.isMultiple(of: 2) { task.cancel() }
                    let error = await task.value
                    #expect(error == (number.isMultiple(of: 2) ? .cancelled : nil))
                }
            }
        }
        #expect(try await pool.transaction { try $0.one(one) } == 1)
        #expect(await pool.statistics.lent == 0)
        await pool.shutdown()
    }

    @Test func `a serialization failure is tried again, also when the body renamed the error`() async throws {
        struct Renamed: Error {}
        let pool = cluster.pool()
        try await pool.use { try $0.script("create table sums (x int); insert into sums values (1)") }
        let meeting = Meeting(of: 2)
        async let first = pool.transaction(isolation: .serializable) { try readAndAdd($0, meeting) }
        async let second = pool.transaction(isolation: .serializable) { database in
            do { return try readAndAdd(database, meeting) } catch { throw Renamed() }
        }
        _ = try await (first, second)
        let sum = try await pool.transaction { try $0.one(Statement<Int64>("select sum(x)::bigint from sums")) }
        #expect(sum == 4)
        #expect(await pool.statistics.retried >= 1)
        await pool.shutdown()
    }

    private func readAndAdd(_ database: isolated Connection, _ meeting: Meeting) throws -> Int64 {
        let sum = try database.one(Statement<Int64>(name: "sum", sql: "select sum(x)::bigint from sums"))
        meeting.attend()
        try database.execute(Command(name: "add", sql: "insert into sums values ($1::int)"), sum)
        return sum
    }

    @Test func `the attempts end and the error comes out`() async throws {
        let pool = cluster.pool()
        let runs = Mutex(0)
        let error = await postgresError {
            try await pool.transaction(attempts: 3) { database in
                runs.withLock { $0 += 1 }
                try database.script("do $$ begin raise exception 'conflict' using errcode = '40001'; end $$")
            }
        }
        #expect(error?.sqlState == .serializationFailure)
        #expect(runs.withLock { $0 } == 3)
        await pool.shutdown()
    }

    @Test func `a deadlock is tried again`() async throws {
        let pool = cluster.pool()
        try await pool.use { try $0.script("create table two (id int, n int); insert into two values (1, 0), (2, 0)") }
        let meeting = Meeting(of: 2)
        async let forth: Void = pool.transaction { try bump($0, [1, 2], meeting) }
        async let back: Void = pool.transaction { try bump($0, [2, 1], meeting) }
        _ = try await (forth, back)
        let counts = try await pool.transaction { try $0.rows(Statement<Int64>("select n from two order by id")) }
        #expect(counts == [2, 2])
        #expect(await pool.statistics.retried == 1)
        await pool.shutdown()
    }

    private func bump(_ database: isolated Connection, _ ids: [Int], _ meeting: Meeting) throws {
        for (index, id) in ids.enumerated() {
            try database.execute(Command(name: "bump", sql: "update two set n = n + 1 where id = $1::int"), id)
            if index == 0 { meeting.attend() }
        }
    }

    @Test func `a connection killed in the middle is replaced`() async throws {
        let (pool, killer) = (cluster.pool(size: 1), cluster.pool(size: 1))
        let inside = Signal()
        let pids = Mutex<Int32>(0)
        let victim = Task {
            await postgresError {
                try await pool.transaction { database in
                    pids.withLock { $0 = database.backendPID }
                    inside.give()
                    try database.script("select pg_sleep(60)")
                }
            }
        }
        await inside.wait()
        let pid = pids.withLock { $0 }
        _ = try await killer.use { try $0.one(Statement<Bool>("select pg_terminate_backend($1::int, 5000)"), pid) }
        guard case .connectionLost(let reason) = await victim.value else {
            Issue.record("\(String(reflecting: await victim.value))")
            return
        }
        #expect(reason.contains("terminating connection"))
        #expect(try await pool.transaction { try $0.one(one) } == 1)
        #expect(await pool.statistics.lost == 1)
        await pool.shutdown()
        await killer.shutdown()
    }

    @Test func `an idle connection that died is replaced without the caller noticing`() async throws {
        let (pool, killer) = (cluster.pool(size: 1), cluster.pool(size: 1))
        for use in [true, false] {
            let pid = try await pool.transaction { $0.backendPID }
            _ = try await killer.use { try $0.one(Statement<Bool>("select pg_terminate_backend($1::int, 5000)"), pid) }
            let answer = use ? try await pool.use { try $0.one(one) } : try await pool.transaction { try $0.one(one) }
            #expect(answer == 1)
        }
        await pool.shutdown()
        await killer.shutdown()
    }

    @Test func `a transaction left open by a text is rolled back`() async throws {
        let pool = cluster.pool(size: 1)
        try await pool.use { try $0.script("begin; create table left_open (x int)") }
        let known = try await pool.use { try $0.one(Statement<Bool>("select to_regclass('left_open') is null")) }
        #expect(known)
        #expect(await pool.statistics.opened == 1)
        await pool.shutdown()
    }

    @Test func `after shutdown nothing is lent, and what was lent is waited for`() async throws {
        let pool = cluster.pool(size: 1)
        let (inside, release) = (Signal(), DispatchSemaphore(value: 0))
        async let holder = pool.transaction { database in
            inside.give()
            release.wait()
            return try database.one(one)
        }
        await inside.wait()
        async let closed: Void = pool.shutdown()
        let refused = await postgresError {
            while true { _ = try await pool.transaction { try $0.one(one) } }
        }
        #expect(refused == .poolClosed)
        release.signal()
        #expect(try await holder == 1)
        await closed
        #expect(await pool.statistics.lent == 0)
    }

    @Test func `a server that restarts is waited for within the limit`() async throws {
        let own = try TestCluster()
        let pool = own.pool(size: 2)
        #expect(try await pool.transaction { try $0.one(one) } == 1)
        own.stop()
        let hasty = own.pool(size: 1, waitLimit: .milliseconds(50))
        let error = await postgresError { _ = try await hasty.transaction { try $0.one(one) } }
        guard case .unreachable = error else {
            Issue.record("\(String(reflecting: error))")
            return
        }
        async let patient = pool.transaction { try $0.one(one) }
        try own.start()
        #expect(try await patient == 1)
        await pool.shutdown()
        await hasty.shutdown()
    }
}

/// A place where so many bodies wait for each other once; later visits pass through.
final class Meeting: Sendable {
    private let awaited: Mutex<Int>
    private let size: Int
    private let door = DispatchSemaphore(value: 0)

    init(of size: Int) {
        self.size = size
        awaited = Mutex(size)
    }

    func attend() {
        let left = awaited.withLock { awaited in
            awaited -= 1
            return awaited
        }
        if left == 0 {
            for _ in 1..<size { door.signal() }
        } else if left > 0 {
            door.wait()
        }
    }
}
