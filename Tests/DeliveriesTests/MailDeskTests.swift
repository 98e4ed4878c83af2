// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Jobs
import LabOperations
import LabStore
import Postgres
import ServiceLifecycle
import Synchronization
import Testing

@testable import Deliveries

@Suite("Mails take effect once", .timeLimit(.minutes(2)))
struct MailDeskTests {
    /// A mail system of a test: it takes what it is given and then does what the test says.
    final class Post: MailTransport {
        private let taken = Mutex<[String]>([])
        private let outcome: @Sendable (Int) async -> MailOutcome

        init(_ outcome: @escaping @Sendable (Int) async -> MailOutcome = { _ in MailOutcome(.accepted, status: "0") }) {
            self.outcome = outcome
        }

        func send(_ content: [UInt8], from sender: String, to recipient: String) async -> MailOutcome {
            let count = taken.withLock { taken in
                taken.append(String(decoding: content, as: UTF8.self))
                return taken.count
            }
            return await outcome(count)
        }

        var mails: [String] { taken.withLock { $0 } }
    }

    private func desk(_ database: LaboratoryDatabase, _ post: any MailTransport) -> MailDesk {
        MailDesk(
            store: LabStore(pool: database.pool), transport: post, delay: RetryDelay(first: .milliseconds(1), spread: 0),
            logger: .silent)
    }

    private func recorded(_ database: LaboratoryDatabase, _ kind: MailKind = .reminder) async throws -> Outgoing.MailPayload {
        try await database.configureMail()
        let letter = Letter(kind, to: ["an@khach.example"], subject: "Đến hạn", text: "x\n", about: "instrument:42")
        let mails = try await database.laboratory.work("test") { connection, _ in
            try Outgoing.record(letter, key: "one", on: connection)
        }
        return Outgoing.MailPayload(mail: try #require(mails.first))
    }

    private func stages(_ database: LaboratoryDatabase) async throws -> [String] {
        try await database.texts("select stage || ' ' || attempt from record.mail_event order by id")
    }

    @Test func `a mail that was taken over is not sent again, whatever the queue does`() async throws {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database)
        let post = Post()
        for _ in 0..<3 { #expect(try await desk(database, post).send(mail) == .succeeded) }
        #expect(post.mails.count == 1)
        #expect(try await stages(database) == ["recorded 0", "transmitting 1", "accepted 1"])
    }

    @Test func `a daemon that died while it sent leaves a reminder to be sent again, byte for byte`() async throws {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database)
        let (dead, died) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
        // The first daemon hands the mail over and is never heard of again.
        let first = Post { _ in
            died.continuation.finish()
            for await _ in dead.stream {}
            return MailOutcome(.accepted)
        }
        let (lost, second) = (desk(database, first), Post())
        async let late = lost.send(mail)
        for await _ in died.stream {}
        #expect(try await stages(database).last == "transmitting 1")
        #expect(try await desk(database, second).send(mail) == .succeeded)
        #expect(first.mails == second.mails)
        #expect(try await stages(database) == ["recorded 0", "transmitting 1", "unknown 1", "transmitting 2", "accepted 2"])
        // Should it come back, it has nothing to say any more.
        dead.continuation.finish()
        _ = try await late
        #expect(try await stages(database).count == 5)
    }

    @Test func `a legal notice of which nobody knows whether it went waits for a person, and a late answer resolves it`()
        async throws
    {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database, .notice)
        let (dead, died) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
        let first = Post { _ in
            died.continuation.finish()
            for await _ in dead.stream {}
            return MailOutcome(.accepted)
        }
        let (lost, second) = (desk(database, first), Post())
        async let late = lost.send(mail)
        for await _ in died.stream {}
        for _ in 0..<2 { #expect(try await desk(database, second).send(mail) == .succeeded) }
        #expect(second.mails.isEmpty)
        #expect(try await stages(database) == ["recorded 0", "transmitting 1", "unknown 1"])
        dead.continuation.finish()
        _ = try await late
        #expect(try await stages(database).last == "accepted 1")
    }

    @Test func `an outcome that could not be written down is not forgotten by the process`() async throws {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database, .notice)
        let post = Post { _ in
            // The database loses the right to learn of it, as if it were away.
            try? await database.script("revoke insert on record.mail_event from etalon")  // a failure shows below
            return MailOutcome(.accepted)
        }
        let desk = desk(database, post)
        await #expect(throws: (any Error).self) { try await desk.send(mail) }
        try await database.script("grant insert on record.mail_event to etalon")
        #expect(try await desk.send(mail) == .succeeded)
        #expect(post.mails.count == 1)
        #expect(try await stages(database) == ["recorded 0", "transmitting 1", "accepted 1"])
    }

    @Test func `what the mail system cannot take now is tried again, and at last held`() async throws {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database)
        let post = Post { _ in MailOutcome(.deferred, status: "75", note: "later\0") }
        let desk = desk(database, post)
        for _ in 0..<MailStep.mostSendings {
            guard case .snoozed = try await desk.send(mail) else {
                Issue.record("not tried again")
                return
            }
        }
        #expect(try await desk.send(mail) == .succeeded)
        #expect(post.mails.count == MailStep.mostSendings && Set(post.mails).count == 1)
        let last = try await database.texts("select stage || ' ' || reason from record.mail_event order by id desc limit 1")
        #expect(last == ["held given_up"])
    }

    @Test func `a refusal ends it`() async throws {
        let database = try await LaboratoryDatabase.make()
        let mail = try await recorded(database)
        let post = Post { _ in MailOutcome(.refused, status: "67", note: "no such user") }
        for _ in 0..<2 { #expect(try await desk(database, post).send(mail) == .succeeded) }
        #expect(post.mails.count == 1)
        #expect(try await stages(database).last == "refused 1")
    }

    @Test func `a hundred mails go once each through the queue and the program, while sendings fail and are killed`() async throws
    {
        let database = try await LaboratoryDatabase.make()
        try await database.configureMail()
        let program = try FakeSendmail()
        defer { program.remove() }
        let letter = Letter(
            .notice, to: (1...100).map { "khach\($0)@khach.example" }, subject: "Thông báo", text: "x\n", about: "notice")
        _ = try await database.laboratory.work("test") { connection, _ in try Outgoing.record(letter, key: "all", on: connection)
        }
        let sendmail = Sendmail(path: program.path)
        // Every third sending fails for now, every tenth is killed after the mail was taken over.
        let count = Atomic(0)
        let faulty = Wrapped { content, sender, recipient in
            let number = count.add(1, ordering: .relaxed).newValue
            if number % 3 == 0 { return MailOutcome(.deferred, status: "75") }
            let outcome = await sendmail.send(content, from: sender, to: recipient)
            return number % 10 == 0 ? MailOutcome(.unknown, status: "signal 9") : outcome
        }
        var handlers = JobHandlers()
        handlers.add(desk(database, faulty))
        try await database.running(handlers) {
            try await database.awaitJobs { $0.isEmpty }
        }
        let identities = try program.identities
        #expect(identities.count == 100 && Set(identities).count == 100)
        let last = try await database.texts(
            """
            select stage || ' ' || count(*) from (select distinct on (mail_id) mail_id, stage from record.mail_event
            order by mail_id, id desc) newest group by stage order by stage
            """)
        let unknown = try await database.texts("select count(*)::text from record.mail_event where stage = 'unknown'")
        #expect(last == ["accepted \(100 - (Int(unknown[0]) ?? 0))", "unknown \(unknown[0])"])
    }

    /// A mail system given by a closure.
    struct Wrapped: MailTransport {
        let body: @Sendable ([UInt8], String, String) async -> MailOutcome

        init(_ body: @escaping @Sendable ([UInt8], String, String) async -> MailOutcome) { self.body = body }

        func send(_ content: [UInt8], from sender: String, to recipient: String) async -> MailOutcome {
            await body(content, sender, recipient)
        }
    }
}

extension LaboratoryDatabase {
    /// Runs a runner of the daemon's kind beside the body, and stops it in good order.
    func running<R: Sendable>(_ handlers: JobHandlers, _ body: @Sendable () async throws -> R) async throws -> R {
        try await withRunner(handlers, settings, pool, body)
    }

    /// Waits until the unfinished jobs are as wanted; the suite's time limit ends a wait in vain.
    func awaitJobs(_ condition: ([String]) -> Bool) async throws {
        while !condition(try await jobKeys()) { await Task.yield() }
    }
}

/// Runs a runner of the daemon's kind beside the body, and stops it in good order. A dead one is missed after a second.
func withRunner<R: Sendable>(
    _ handlers: JobHandlers, _ database: ConnectionSettings, _ pool: ConnectionPool, _ body: @Sendable () async throws -> R
) async throws -> R {
    var settings = RunnerSettings(slots: [.mail: 4, .default: 4])
    settings.ceiling = .milliseconds(500)
    settings.beat = .milliseconds(300)
    settings.lease = .seconds(1)
    let runner = JobRunner(settings: settings, handlers: handlers, database: database, pool: pool, logger: .silent)
    let services = ServiceGroup(services: [runner], logger: .silent)
    async let ended: Void = services.run()
    let result: Result<R, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    await services.triggerGracefulShutdown()
    try await ended
    return try result.get()
}
