// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Digests
internal import Jobs
package import Certificates
internal import LabStore
internal import LaboratoryModel
internal import Synchronization

/// Renders a frozen document. No renderer, no certificate: the job waits and tries again.
package enum RenderDocument {
    /// What the job carries.
    package struct Payload: Codable, Sendable {
        package let document: Int64
    }

    /// The kind of the job.
    ///
    /// The renderer is given up after 20 s, its start after 30 s, and a statement after a minute.
    static let kind = JobKind("render_document", lane: .render, maxAttempts: 1000, timeLimit: .seconds(300))

    /// Asks for a rendering in the transaction that freezes the document.
    static func enqueue(document: Int64, on database: isolated Transaction) throws {
        try Jobs.enqueue(kind, payload: Payload(document: document), key: "document:\(document)", on: database)
    }

    /// A rendering that says otherwise than the one kept, although both were made from one content by one engine.
    package struct Contradiction: Sendable, Hashable {
        /// SHA-256 of the rendering that is kept.
        package let kept: String
        /// SHA-256 of the one that is not.
        package let made: String
    }

    /// Renders from the frozen content and keeps the bytes; a second rendering changes nothing.
    ///
    /// - Returns: what contradicts the rendering that another worker kept meanwhile; nil where it is the same.
    /// - Throws: ``RenderingError`` while there is no renderer.
    @discardableResult
    package static func perform(
        _ payload: Payload, in laboratory: Laboratory, with renderer: any DocumentRenderer
    ) async throws -> Contradiction? {
        let frozen = try await laboratory.work("document.render") { database, _ in
            try database.find(Statements.documentContent, payload.document)
        }
        guard let frozen, frozen.pdfSha256 == nil else { return nil }
        let rendered = try await renderer.render(Array(frozen.content.utf8))
        let made = SHA256.hex(rendered.pdf)
        let kept = try await laboratory.work("document.render") { database, _ in
            try database.run(Statements.renderingAdd, payload.document, rendered.pdf, made, rendered.engine)
            return try database.only(Statements.renderingKept, payload.document)
        }
        guard kept.engine == rendered.engine, kept.sha256 != made else { return nil }
        return Contradiction(kept: kept.sha256, made: made)
    }
}

/// Counts what must never happen, for an alarm.
package final class AlarmCount: Sendable {
    private let count = Atomic(0)

    /// How often it happened since the start.
    package var value: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}
