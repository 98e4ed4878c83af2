// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import LabOperations
import LabStore
import Logging
import Postgres
import Rendering
import Testing
import Vocabulary

@testable import Deliveries
@testable import Jobs

@Suite("Kinds of jobs of the daemon")
struct DaemonKindTests {
    /// A handler that hangs must not hold the one slot of its lane without anybody learning of it.
    @Test func `every kind that the daemon runs has a time limit, longer than what it waits for by itself`() async throws {
        let database = try await LaboratoryDatabase.make()
        let renderer = TypstRenderer(endpoint: .socket(path: "/nowhere"), logger: .silent)
        let sendmail = Sendmail(path: "/usr/sbin/sendmail")
        let webhooks = CurlTransport(rule: ConnectionRule(allowed: []))
        var handlers = LaboratoryJobs(
            laboratory: database.laboratory, renderer: renderer, timeZone: "Europe/Berlin", logger: .silent
        ).handlers
        let store = LabStore(pool: database.pool)
        handlers.add(MailDesk(store: store, transport: sendmail, logger: .silent))
        handlers.add(WebhookDesk(store: store, transport: webhooks, logger: .silent))
        let limits = handlers.kinds.mapValues(\.timeLimit)
        #expect(limits.filter { $0.value == nil }.isEmpty)

        // The longest that each waits for others, and for a statement on both sides or for those that it consists of.
        let statement = ConnectionSettings("").statementTimeout
        let rendering = renderer.startLimit + renderer.timeLimit + statement * 2
        let waits: [String: Duration] = [
            "deadline_reconcile": statement * 2, "due_alarm_tell": statement * 4, "due_list_watch": statement * 4,
            // Ten thousand lines, with two statements a thousand.
            "due_run_mail": statement * 20,
            "mail_send": sendmail.limit + sendmail.grace + statement * 2,
            "print_due_run": rendering, "render_document": rendering, "reminder": statement * 6,
            "webhook_send": webhooks.total + statement * 2,
        ]
        #expect(Set(limits.keys) == Set(waits.keys))
        for kind in limits.keys { #expect(Terms.word(for: kind) != nil, "no words for \(kind)") }
        for (kind, limit) in limits {
            let (limit, wait) = (try #require(limit), try #require(waits[kind]))
            #expect(limit > wait && limit <= .seconds(3600), "\(kind): \(limit), waits for \(wait)")
        }
    }
}
