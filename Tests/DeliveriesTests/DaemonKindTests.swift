// SPDX-License-Identifier: Apache-2.0
import Certificates
import EtalonTestSupport
import LabOperations
import LabStore
import Logging
import Testing

@testable import Deliveries
@testable import Jobs

/// A renderer that is never asked.
private struct NoRenderer: DocumentRenderer {
    func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument { throw .refused("nobody asks") }
}

@Suite("Kinds of jobs of the daemon")
struct DaemonKindTests {
    /// A handler that hangs must not hold the one slot of its lane without anybody learning of it.
    @Test func `every kind that the daemon runs has a time limit, longer than what it waits for by itself`() async throws {
        let database = try await LaboratoryDatabase.make()
        var handlers = LaboratoryJobs(
            laboratory: database.laboratory, renderer: NoRenderer(), timeZone: "Europe/Berlin", logger: .silent
        ).handlers
        let store = LabStore(pool: database.pool)
        handlers.add(MailDesk(store: store, transport: Sendmail(path: "/usr/sbin/sendmail"), logger: .silent))
        handlers.add(
            WebhookDesk(store: store, transport: CurlTransport(rule: ConnectionRule(allowed: [])), logger: .silent))
        let limits = handlers.kinds.mapValues(\.timeLimit)
        #expect(limits.filter { $0.value == nil }.isEmpty)
        #expect(
            Set(limits.keys) == [
                "deadline_reconcile", "due_alarm_tell", "due_list_watch", "due_run_mail", "mail_send", "print_due_run",
                "render_document", "reminder", "webhook_send",
            ])
        // A statement waits a minute at most, sendmail a minute, the renderer 50 s with its start, a webhook 20 s.
        #expect(limits.values.allSatisfy { $0.map { $0 >= .seconds(120) && $0 <= .seconds(3600) } ?? false })
    }
}
