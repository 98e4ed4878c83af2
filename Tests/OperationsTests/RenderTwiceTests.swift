// SPDX-License-Identifier: Apache-2.0
import APIContract
import Certificates
import EtalonTestSupport
import Jobs
import LabOperations
import LaboratoryModel
import Logging
import Synchronization
import Testing

@testable import LabOperations

@Suite("A document that is rendered twice")
struct RenderTwiceTests {
    /// A renderer that waits for as many askers as it is told, so that they all render; what each gets is decided by its number.
    private final class Together: DocumentRenderer {
        private let gate: AsyncStream<Void>
        private let open: AsyncStream<Void>.Continuation
        private let wanted: Int
        private let asked = Atomic(0)
        private let page: @Sendable (Int) -> RenderedDocument

        init(_ wanted: Int, _ page: @escaping @Sendable (Int) -> RenderedDocument) {
            (self.wanted, self.page) = (wanted, page)
            (gate, open) = AsyncStream.makeStream()
        }

        var count: Int { asked.load(ordering: .relaxed) }

        func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument {
            let number = asked.add(1, ordering: .relaxed).newValue
            if number == wanted { open.finish() }
            for await _ in gate {}
            return page(number)
        }
    }

    private func frozen() async throws -> (bench: Bench, document: Int64, label: String) {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample)
        let report = try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
        return (bench, report.id, report.label)
    }

    private func render(_ document: Int64, _ bench: Bench, _ renderer: Together) async throws -> RenderDocument.Contradiction? {
        try await RenderDocument.perform(
            RenderDocument.Payload(document: document), in: bench.database.laboratory, with: renderer)
    }

    @Test func `two workers that render at once leave one rendering, and a third does not render at all`() async throws {
        let (bench, document, label) = try await frozen()
        let renderer = Together(2) { _ in RenderedDocument(pdf: Array("%PDF-1".utf8), engine: "typst 1") }
        async let first = render(document, bench, renderer)
        async let second = render(document, bench, renderer)
        #expect(try await [first, second] == [nil, nil])
        #expect(try await render(document, bench, renderer) == nil)
        #expect(renderer.count == 2)
        #expect(try await bench.ask(DocumentPDF.self, label) == Array("%PDF-1".utf8))
        #expect(try await bench.database.texts("select count(*)::text from record.rendering") == ["1"])
    }

    @Test func `two renderings of one content that differ are an alarm, and the first one stays`() async throws {
        let (bench, document, label) = try await frozen()
        let renderer = Together(2) { RenderedDocument(pdf: Array("%PDF-\($0)".utf8), engine: "typst 1") }
        async let first = render(document, bench, renderer)
        async let second = render(document, bench, renderer)
        let found = try await [first, second].compactMap(\.self)
        #expect(found.count == 1 && found[0].kept != found[0].made)
        let kept = try await bench.database.texts("select sha256 from record.rendering")
        #expect(kept == found.map(\.kept))
        #expect(try await bench.ask(DocumentPDF.self, label).count == 6)
    }

    @Test func `another version of the renderer may give other bytes`() async throws {
        let (bench, document, _) = try await frozen()
        let renderer = Together(2) { RenderedDocument(pdf: Array("%PDF-\($0)".utf8), engine: "typst \($0)") }
        async let first = render(document, bench, renderer)
        async let second = render(document, bench, renderer)
        #expect(try await [first, second] == [nil, nil])
    }
}

@Suite("What webhooks are told")
struct AnnouncementTests {
    @Test func `a document is told of when it is issued and when it is withdrawn, once each`() async throws {
        let bench = try await Bench.open()
        try await bench.database.script(
            """
            insert into work.webhook (code, url, events, secret)
            values ('erp', 'https://erp.example.vn/', '{certificate.issued,certificate.withdrawn}', 'whsec_')
            """)
        let report = try await bench.reportedSample()
        try await bench.document(report.label, "withdrawn", reason: "sai mẫu")
        let told = try await bench.database.texts(
            "select event_key || ' ' || (body::jsonb -> 'data' ->> 'kind') from record.webhook_event order by id")
        #expect(
            told == ["certificate.issued:\(report.label) test_report", "certificate.withdrawn:\(report.label) test_report"])
        #expect(try await bench.database.texts("select count(*)::text from jobs.job where kind = 'webhook_send'") == ["2"])
    }

    @Test func `without anybody who asked nothing is recorded`() async throws {
        let bench = try await Bench.open()
        try await bench.reportedSample()
        #expect(try await bench.database.texts("select count(*)::text from record.webhook_event") == ["0"])
    }

    @Test func `a due list that was emitted is told of with its manifest`() async throws {
        let bench = try await Bench.open()
        try await bench.database.script(
            "insert into work.webhook (code, url, events, secret) values ('erp', 'https://erp.example.vn/', '{*}', 'whsec_')")
        _ = try await bench.act(DueEmit.self, EmitDueList(), by: bench.people.manager)
        let told = try await bench.database.texts("select event_key from record.webhook_event")
        #expect(told.count == 1 && told[0].hasPrefix("due_run.emitted:"))
        let sha = try await bench.database.texts("select body::jsonb -> 'data' ->> 'manifest_sha256' from record.webhook_event")
        #expect(sha.first?.count == 64)
    }
}
