// SPDX-License-Identifier: Apache-2.0

/// Makes the printable form of frozen content.
package protocol DocumentRenderer: Sendable {
    /// Renders one document; equal bytes with equal templates give an equal PDF.
    ///
    /// - Parameter content: the canonical bytes of a ``DocumentContent``.
    /// - Throws: ``RenderingError``; after ``RenderingError/unavailable(_:)`` the same request may be made
    ///   again later.
    func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument
}

/// A document in its printable form.
package struct RenderedDocument: Sendable, Equatable {
    /// The PDF/A-3b file.
    package let pdf: [UInt8]
    /// What made it: the program's version and the digest of its templates.
    package let engine: String

    /// A rendered document.
    package init(pdf: [UInt8], engine: String) {
        self.pdf = pdf
        self.engine = engine
    }
}

/// Why a document was not rendered.
package enum RenderingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No renderer answers now; trying again later can succeed.
    case unavailable(String)
    /// The document took longer than allowed; the renderer was stopped.
    case timeLimit(Duration)
    /// The renderer says that this content cannot be shown; trying again cannot succeed.
    case refused(String)

    /// A sentence for a log or an operator.
    package var description: String {
        switch self {
        case .unavailable(let reason): "The renderer is not available: \(reason)"
        case .timeLimit(let limit): "The document was not rendered within \(limit)."
        case .refused(let reason): "The renderer refused the document: \(reason)"
        }
    }
}
