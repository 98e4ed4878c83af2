// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Enqueueing with a key, in bulk and by COPY")
struct FlowEnqueueTests {
    struct Note: Codable, Sendable, Equatable {
        let text: String
    }

    private let kind = JobKind("flow.work", maxAttempts: 3)

    private func order(_ text: String, key: String? = "k", at moment: RunMoment = .now) -> JobRequest<Note> {
        JobRequest(Note(text: text), key: key, at: moment)
    }

    private func put(
        _ database: TestDatabase, _ request: JobRequest<Note>, _ rule: TwinRule
    ) async throws -> Enqueued {
        let kind = kind
        return try await database.pool.transaction { try enqueue(kind, request, ifKeyTaken: rule, on: $0) }
    }

    private func payloads(_ database: TestDatabase) async throws -> [String] {
        try await database.texts("select payload ->> 'text' as text from jobs.job order by id")
    }

    @Test func `a taken key leaves the first job as it is and names it`() async throws {
        let database = try await TestDatabase.make()
        let first = try await put(database, order("one"), .skip)
        let id = try #require(first.madeJob)
        #expect(try await put(database, order("two"), .skip) == .skipped(id))
        #expect(try await payloads(database) == ["one"])
    }

    @Test func `an unstarted job is replaced, with payload, moment and priority`() async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await put(database, order("one"), .replace).madeJob)
        #expect(try await put(database, order("two", at: .after(.seconds(3600))), .replace) == .changed(id))
        #expect(try await payloads(database) == ["two"])
        #expect(try await database.claim(database.ghost(), kind).isEmpty)
        #expect(try await put(database, order("three"), .replace) == .changed(id))
        let job = try #require(try await database.claim(database.ghost(), kind).first)
        #expect(try job.payload(as: Note.self) == Note(text: "three"))
    }

    @Test(arguments: [TwinRule.skip, .replace, .bringForward, .debounce(limit: .seconds(60))])
    func `a running job is left alone and reported`(rule: TwinRule) async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await put(database, order("one"), rule).madeJob)
        _ = try await database.claim(database.ghost(), kind)
        #expect(try await put(database, order("two"), rule) == .running(id))
        #expect(try await payloads(database) == ["one"])
    }

    @Test func `the earlier of two moments counts when a job is brought forward`() async throws {
        let database = try await TestDatabase.make()
        let id = try #require(try await put(database, order("one", at: .after(.seconds(60))), .bringForward).madeJob)
        #expect(try await put(database, order("two", at: .after(.seconds(3600))), .bringForward) == .changed(id))
        let pause = try #require(try await database.pool.transaction { try $0.one(JobStatements.nextMoment, String?.none).pause })
        #expect(pause <= .seconds(60))
        #expect(try await put(database, order("three"), .bringForward) == .changed(id))
        #expect(try await database.claim(database.ghost(), kind).map(\.id) == [id])
        #expect(try await payloads(database) == ["one"])
    }

    @Test func `many events in a row are one job, a while after the last of them, and not for ever`() async throws {
        let database = try await TestDatabase.make()
        let rule = TwinRule.debounce(limit: .seconds(100))
        let id = try #require(try await put(database, order("0", at: .after(.seconds(30))), rule).madeJob)
        // Every 20 s another event: each pushes the moment back by 20 s, until 100 s after the first.
        for event in 1...6 {
            try await database.travel("20 seconds")
            _ = try await database.pool.transaction { try $0.one(JobStatements.promote, String?.none) }
            #expect(try await put(database, order("\(event)", at: .after(.seconds(30))), rule) == .changed(id))
            let ready = try await database.number("select count(*) from jobs.job where state = 1")
            #expect(ready == (event < 5 ? 0 : 1))
        }
        #expect(try await payloads(database) == ["6"])
        #expect(try await database.number("select extract(epoch from run_at - enqueued_at) from jobs.job") == 100)
    }

    @Test func `a job is enqueued anew when its twin ends meanwhile`() async throws {
        let database = try await TestDatabase.make()
        let worker = try await database.ghost()
        _ = try await put(database, order("one"), .replace)
        let job = try #require(try await database.claim(worker, kind).first)
        try await database.pool.transaction { try finish(job, on: $0) }
        #expect(try await put(database, order("two"), .replace).madeJob != nil)
    }

    @Test func `a bulk has its own moments, keys and priorities and says what was left out`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let taken = try #require(try await put(database, order("taken", key: "2500"), .skip).madeJob)
        let requests = (0..<3000).map { number in
            JobRequest(
                Note(text: "\(number)"), key: number % 2 == 0 ? "\(number)" : nil,
                at: number < 100 ? .after(.seconds(3600)) : .now, priority: number % 4)
        }
        let results = try await database.pool.transaction { try enqueueAll(kind, requests + requests.prefix(1), on: $0) }
        #expect(results.count == 3001)
        #expect(results[2500] == .skipped(taken))
        #expect(results[3000] == .skipped(results[0].madeJob))
        #expect(results.compactMap(\.madeJob).count == 2999)
        #expect(results.compactMap(\.madeJob) == results.compactMap(\.madeJob).sorted())
        #expect(try await database.number("select count(*) from jobs.job where state = 0") == 100)
        #expect(try await database.number("select count(*) from jobs.job where priority = 3") == 750)
        let id = try #require(results[1234].madeJob)
        #expect(try await database.texts("select payload ->> 'text' as t from jobs.job where id = \(id)") == ["1234"])
    }

    @Test func `a bulk replaces what it finds, the last word under one key counting`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let id = try #require(try await put(database, order("old", key: "a"), .skip).madeJob)
        let results = try await database.pool.transaction { connection in
            try enqueueAll(
                kind, [order("1", key: "a"), order("2", key: "b"), order("3", key: "a")], ifKeyTaken: .replace, on: connection)
        }
        #expect(results[0] == .changed(id) && results[2] == .changed(id) && results[1].madeJob != nil)
        #expect(try await payloads(database) == ["3", "2"])
    }

    @Test func `twenty thousand jobs go in by COPY, in their order and with their moments`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let requests = (0..<20_000).map { number in
            JobRequest(Note(text: "Số \(number)\t\\\n"), at: number % 5 == 0 ? .after(.seconds(60)) : .now)
        }
        let results = try await database.pool.transaction { connection in
            let batch = try openBatch("nhiều", on: connection)
            return try enqueueAll(kind, requests, links: JobLinks(batch: batch), on: connection)
        }
        let ids = results.compactMap(\.madeJob)
        #expect(ids.count == 20_000 && ids == ids.sorted())
        #expect(try await database.number("select count(*) from jobs.job where state = 0 and not is_linked") == 0)
        #expect(try await database.number("select count(*) from jobs.job where state = 1") == 16_000)
        #expect(try await database.number("select count(*) from jobs.batch_member") == 20_000)
        let text = try await database.texts("select payload ->> 'text' as t from jobs.job where id = \(ids[777])")
        #expect(text == ["Số 777\t\\\n"])
    }

    @Test func `a hundred thousand jobs of a transaction that is rolled back leave nothing`() async throws {
        struct Regret: Error {}
        let database = try await TestDatabase.make()
        let kind = kind
        let requests = (0..<100_000).map { JobRequest(Note(text: "\($0)")) }
        await #expect(throws: Regret.self) {
            try await database.pool.transaction { connection in
                #expect(try enqueueAll(kind, requests, on: connection).count == 100_000)
                throw Regret()
            }
        }
        #expect(try await database.number("select count(*) from jobs.job") == 0)
    }

    @Test func `those who enqueue the same keys at once wait for each other and never both`() async throws {
        let database = try await TestDatabase.make()
        let kind = kind
        let made = try await withThrowingTaskGroup(of: Int.self) { group in
            for turn in 0..<6 {
                group.addTask {
                    let numbers = turn % 2 == 0 ? Array(0..<200) : Array((0..<200).reversed())
                    let requests = numbers.map { JobRequest(Note(text: ""), key: "\($0)") }
                    return try await database.pool.transaction { connection in
                        try enqueueAll(kind, requests, on: connection).compactMap(\.madeJob).count
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(made == 200)
    }
}
