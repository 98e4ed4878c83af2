// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Foundation
import Jobs
import LabOperations
import LabStore
import Postgres
import Synchronization
import Testing

@testable import Deliveries

/// A daemon in a process of its own, with the parts of the real one, until it is killed.
enum ShortLife {
    /// Sends mails by a program until that program kills this process.
    static func sendMails(database: String, program: String) async throws {
        let settings = ConnectionSettings(database, applicationName: "short life")
        let pool = ConnectionPool(settings: settings, size: 6, logger: .silent)
        var handlers = JobHandlers()
        handlers.add(MailDesk(store: LabStore(pool: pool), transport: Sendmail(path: program), logger: .silent))
        try await forever(handlers, settings, pool)
    }

    /// Delivers events until the fifth that the receiver took over, of which nothing is written down.
    static func deliverEvents(database: String) async throws {
        let settings = ConnectionSettings(database, applicationName: "short life")
        let pool = ConnectionPool(settings: settings, size: 6, logger: .silent)
        var handlers = JobHandlers()
        handlers.add(WebhookDesk(store: LabStore(pool: pool), transport: Deadly(), logger: .silent))
        try await forever(handlers, settings, pool)
    }

    private static func forever(_ handlers: JobHandlers, _ settings: ConnectionSettings, _ pool: ConnectionPool) async throws {
        // A daemon that nothing kills would live on when its test has ended: it ends itself, by another signal than the one expected.
        alarm(60)
        let never = AsyncStream<Void>.makeStream()
        try await withRunner(handlers, settings, pool) { for await _ in never.stream {} }
        never.continuation.finish()
    }

    /// Posts, and kills the process after every fifth answer.
    private struct Deadly: WebhookTransport {
        static let count = Atomic(0)
        let curl = CurlTransport(rule: ConnectionRule(allowed: [AddressRange("127.0.0.1")].compactMap { $0 }))

        func post(_ body: String, to url: String, headers: [String]) async -> WebhookAnswer {
            let answer = await curl.post(body, to: url, headers: headers)
            if Self.count.add(1, ordering: .relaxed).newValue % 5 == 0 { kill(getpid(), SIGKILL) }
            return answer
        }
    }
}

@Suite("Daemons that are killed between the effect and its record", .timeLimit(.minutes(3)))
struct DaemonDeathTests {
    private static let kills = 6
    private static let each = 40

    @Test func `mails are all sent, notices never twice, and whatever goes twice is the same mail`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.configureMail()
        let program = try FakeSendmail()
        defer { program.remove() }
        for kind in [MailKind.reminder, .notice] {
            let letter = Letter(
                kind, to: (1...Self.each).map { "khach\($0)@khach.example" }, subject: "Thông báo", text: "x\n", about: kind.name)
            _ = try await database.laboratory.work("test") { connection, _ in
                try Outgoing.record(letter, key: kind.name, on: connection)
            }
        }
        try program.behave(.takesAndKillsDaemon)
        for _ in 0..<Self.kills {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [settings = database.settings.conninfo as String, path = program.path as String] in
                try await ShortLife.sendMails(database: settings, program: path)
            }
        }
        try program.behave(.takes)
        var handlers = JobHandlers()
        handlers.add(
            MailDesk(store: LabStore(pool: database.pool), transport: Sendmail(path: program.path), logger: .silent))
        try await database.running(handlers) { try await database.awaitJobs { $0.isEmpty } }

        let copies = Dictionary(grouping: try program.mails) { mail in
            mail.split(separator: "\n").first { $0.hasPrefix("Message-ID: ") }.map(String.init) ?? ""
        }
        #expect(copies.values.allSatisfy { Set($0).count == 1 })
        let notices = copies.values.filter { $0[0].contains("X-Etalon-Kind: legal_notice") }
        #expect(copies.count - notices.count == Self.each)
        #expect(notices.allSatisfy { $0.count == 1 })
        let ends = try await database.texts(
            """
            select kind || ' ' || stage || ' ' || count(*) from record.mail m cross join lateral (
                select stage from record.mail_event e where e.mail_id = m.id order by id desc limit 1) e
            group by kind, stage order by kind, stage
            """)
        #expect(ends.contains("reminder accepted \(Self.each)"))
        let inDoubt = try await count("unknown", database)
        #expect(inDoubt >= Self.kills)
        // What is not known of a notice is left to a person: the daemon may have died before the program started.
        let unknown = ends.compactMap { $0.hasPrefix("legal_notice unknown ") ? Int($0.dropFirst(21)) : nil }.first ?? 0
        #expect(ends.contains("legal_notice accepted \(Self.each - unknown)"))
        #expect(notices.count >= Self.each - unknown)
        // Nothing was sent that was not begun in the records, and nothing again that was not in doubt.
        let sent = copies.values.map(\.count).reduce(0, +)
        let begun = try await count("transmitting", database)
        #expect(sent <= begun)
        #expect(sent - copies.count <= inDoubt - unknown)
    }

    private func count(_ stage: String, _ database: LaboratoryDatabase) async throws -> Int {
        let texts = try await database.texts("select count(*)::text from record.mail_event where stage = '\(stage)'")
        return try #require(texts.first.flatMap { Int($0) })
    }

    @Test func `events are all delivered, and the receiver knows what comes twice by its id`() async throws {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { _ in .status(200) }
        defer { receiver.stop() }
        try await database.script(
            """
            insert into work.webhook (code, url, events, secret)
            values ('erp', '\(receiver.url)', '{*}', '\(try WebhookSecret().text)')
            """)
        for number in 1...Self.each {
            _ = try await database.laboratory.work("test") { connection, _ in
                try Outgoing.event(.dueRunEmitted, ["number": number], key: "due_run.emitted:\(number)", on: connection)
            }
        }
        for _ in 0..<Self.kills {
            await #expect(processExitsWith: .signal(SIGKILL)) { [settings = database.settings.conninfo as String] in
                try await ShortLife.deliverEvents(database: settings)
            }
        }
        var handlers = JobHandlers()
        let transport = CurlTransport(rule: ConnectionRule(allowed: [AddressRange("127.0.0.1")].compactMap { $0 }))
        handlers.add(WebhookDesk(store: LabStore(pool: database.pool), transport: transport, logger: .silent))
        try await database.running(handlers) { try await database.awaitJobs { $0.isEmpty } }

        let posts = Dictionary(grouping: receiver.posts, by: \.id)
        #expect(posts.count == Self.each)
        #expect(posts.values.allSatisfy { Set($0.map(\.body)).count == 1 })
        #expect(receiver.posts.count >= Self.each + Self.kills)
        let accepted = try await database.texts(
            "select count(*)::text from record.webhook_attempt where stage = 'accepted' group by delivery_id having count(*) = 1")
        #expect(accepted.count == Self.each)
    }
}
