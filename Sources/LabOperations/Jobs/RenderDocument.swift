// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Digests
internal import Jobs
package import Certificates
internal import LabStore
internal import LaboratoryModel

/// Renders a frozen document. No renderer, no certificate: the job waits and tries again.
package enum RenderDocument {
    /// What the job carries.
    package struct Payload: Codable, Sendable {
        package let document: Int64
    }

    /// The kind of the job.
    static let kind = JobKind("render_document", lane: .render, maxAttempts: 1000)

    /// Asks for a rendering in the transaction that freezes the document.
    static func enqueue(document: Int64, on database: isolated Transaction) throws {
        try Jobs.enqueue(kind, payload: Payload(document: document), key: "document:\(document)", on: database)
    }

    /// Renders from the frozen content and keeps the bytes; a second rendering changes nothing.
    /// - Throws: ``RenderingError`` while there is no renderer.
    package static func perform(_ payload: Payload, in laboratory: Laboratory, with renderer: any DocumentRenderer) async throws {
        let frozen = try await laboratory.work("document.render") { database, _ in
            try database.find(Statements.documentContent, payload.document)
        }
        guard let frozen, frozen.pdfSha256 == nil else { return }
        let rendered = try await renderer.render(Array(frozen.content.utf8))
        try await laboratory.work("document.render") { database, _ in
            _ = try database.run(
                Statements.renderingAdd, payload.document, rendered.pdf, SHA256.hex(rendered.pdf), rendered.engine)
        }
    }
}
