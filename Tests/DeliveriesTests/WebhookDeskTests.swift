// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Jobs
import LabOperations
import LabStore
import Synchronization
import Testing

@testable import Deliveries

@Suite("Events take effect once", .timeLimit(.minutes(2)))
struct WebhookDeskTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let transport = CurlTransport(
        rule: ConnectionRule(allowed: [AddressRange("127.0.0.1")].compactMap { $0 }), total: .seconds(5))

    private struct Told: Encodable {
        let documentNumber: String
    }

    private func desk(_ database: LaboratoryDatabase, _ transport: (any WebhookTransport)? = nil) -> WebhookDesk {
        WebhookDesk(
            store: LabStore(pool: database.pool), transport: transport ?? self.transport,
            delay: RetryDelay(first: .milliseconds(1), longest: .milliseconds(2), spread: 0), logger: .silent)
    }

    private func subscribe(_ database: LaboratoryDatabase, _ code: String, _ url: String, _ events: String = "*") async throws {
        try await database.script(
            "insert into work.webhook (code, url, events, secret) values ('\(code)', '\(url)', '{\(events)}', '\(secret)')")
    }

    private func event(_ database: LaboratoryDatabase, _ number: Int) async throws -> [Outgoing.WebhookPayload] {
        try await database.laboratory.work("test") { connection, _ in
            try Outgoing.event(
                .certificateIssued, Told(documentNumber: "\(number)/2018"), key: "certificate.issued:\(number)", on: connection)
        }.map { Outgoing.WebhookPayload(delivery: $0) }
    }

    private func stages(_ database: LaboratoryDatabase) async throws -> [String] {
        try await database.texts("select stage || ' ' || attempt from record.webhook_attempt order by id")
    }

    @Test func `the signature is that of the standard's own example`() throws {
        let signature = try #require(WebhookSecret(secret)).signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: #"{"test": 2432232314}"#)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        for text in ["", "whsec_", "whsec_xx", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_\(String(repeating: "A", count: 88))"] {
            #expect(WebhookSecret(text) == nil)
        }
        #expect(try WebhookSecret(WebhookSecret().text) != nil)
    }

    @Test func `an event is told once to each who asked for it, signed, and to nobody else`() async throws {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { _ in .status(200) }
        defer { receiver.stop() }
        try await subscribe(database, "all", receiver.url)
        try await subscribe(database, "issued", receiver.url, "certificate.issued,deadline.due")
        try await subscribe(database, "other", receiver.url, "due_run.emitted")
        let deliveries = try await event(database, 1)
        #expect(deliveries.count == 2)
        #expect(try await event(database, 1).isEmpty)
        for delivery in deliveries {
            #expect(try await desk(database).deliver(delivery) == .succeeded)
            #expect(try await desk(database).deliver(delivery) == .superseded)
        }
        #expect(receiver.posts.count == 2 && Set(receiver.posts.map(\.id)).count == 1)
        let post = receiver.posts[0]
        #expect(post.body.hasPrefix(#"{"type":"certificate.issued","timestamp":"#))
        #expect(post.body.hasSuffix(#","data":{"document_number":"1/2018"}}"#))
        let timestamp = try #require(post.header("webhook-timestamp").flatMap { Int64($0) })
        #expect(
            post.header("webhook-signature")
                == WebhookSecret(secret)?.signature(id: post.id, timestamp: timestamp, body: post.body))
    }

    @Test func `a try that nobody knows the outcome of is made again under the same id`() async throws {
        let database = try await LaboratoryDatabase.make()
        // The first connection ends after the receiver has the event: to the daemon that is no answer.
        let receiver = try FakeReceiver { $0 == 1 ? .hangsUp : .status(202) }
        defer { receiver.stop() }
        try await subscribe(database, "erp", receiver.url)
        let delivery = try #require(try await event(database, 1).first)
        guard case .snoozed = try await desk(database).deliver(delivery) else {
            Issue.record("not tried again")
            return
        }
        #expect(try await desk(database).deliver(delivery) == .succeeded)
        #expect(receiver.posts.count == 2)
        #expect(Set(receiver.posts.map(\.id)).count == 1 && Set(receiver.posts.map(\.body)).count == 1)
        #expect(
            try await stages(database) == ["recorded 0", "transmitting 1", "deferred 1", "transmitting 2", "accepted 2"])
    }

    @Test func `a receiver that wants no more gets no more`() async throws {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { _ in .status(410) }
        defer { receiver.stop() }
        try await subscribe(database, "erp", receiver.url)
        let (first, second) = (try await event(database, 1), try await event(database, 2))
        for delivery in first { #expect(try await desk(database).deliver(delivery) == .succeeded) }
        for delivery in second { #expect(try await desk(database).deliver(delivery) == .superseded) }
        #expect(receiver.posts.count == 1)
        #expect(try await database.texts("select code || ' ' || ended_why from work.webhook") == ["erp gone"])
        #expect(try await event(database, 3).isEmpty)
    }

    @Test func `a receiver that asks for a pause gets it, within reason`() async throws {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { .status(503, "Retry-After: \($0 == 1 ? 120 : 99_999_999)\r\n") }
        defer { receiver.stop() }
        try await subscribe(database, "erp", receiver.url)
        let delivery = try #require(try await event(database, 1).first)
        #expect(try await desk(database).deliver(delivery) == .snoozed(.seconds(120)))
        #expect(try await desk(database).deliver(delivery) == .snoozed(.seconds(24 * 3600)))
    }

    @Test func `an event that nobody takes is given up with the reason`() async throws {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { _ in .status(500, body: "the ERP sleeps") }
        defer { receiver.stop() }
        try await subscribe(database, "erp", receiver.url)
        let delivery = try #require(try await event(database, 1).first)
        for _ in 1..<WebhookDesk.mostTries { _ = try await desk(database).deliver(delivery) }
        let desk = desk(database)
        await #expect(throws: PermanentFailure.self) { try await desk.deliver(delivery) }
        #expect(try await desk.deliver(delivery) == .superseded)
        #expect(receiver.posts.count == WebhookDesk.mostTries)
        let last = try await database.texts(
            "select stage || ' ' || status || ' ' || note from record.webhook_attempt order by id desc limit 1")
        #expect(last == ["dead 500 the ERP sleeps"])
    }

    @Test func `a hundred events have one effect each through the queue, while a receiver fails and connections break`()
        async throws
    {
        let database = try await LaboratoryDatabase.make()
        let receiver = try FakeReceiver { number in
            number % 3 == 0 ? .status(503) : number % 7 == 0 ? .hangsUp : .status(200)
        }
        defer { receiver.stop() }
        try await subscribe(database, "erp", receiver.url)
        for number in 1...100 { _ = try await event(database, number) }
        var handlers = JobHandlers()
        handlers.add(desk(database))
        try await database.running(handlers) {
            try await database.awaitJobs { $0.isEmpty }
        }
        #expect(Set(receiver.posts.map(\.id)).count == 100)
        #expect(receiver.posts.count > 130)
        let accepted = try await database.texts("select count(*)::text from record.webhook_attempt where stage = 'accepted'")
        #expect(accepted == ["100"])
    }
}
