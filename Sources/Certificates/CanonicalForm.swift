// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension DocumentContent {
    /// The one byte sequence of this content: JSON, keys sorted, no white space, UTF-8.
    ///
    /// Equal contents give equal bytes; the caller takes their SHA-256.
    /// - Throws: ``CanonicalFormError/notEncodable`` if the encoder refuses.
    package func canonicalBytes() throws(CanonicalFormError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(self))
        } catch {
            throw .notEncodable(String(describing: error))
        }
    }

    /// Reads stored bytes back.
    ///
    /// - Throws: ``CanonicalFormError/notReadable`` naming what is missing or of the wrong type;
    ///   ``CanonicalFormError/unknownFormat`` for a layout newer than this program.
    package init(canonicalBytes bytes: [UInt8]) throws(CanonicalFormError) {
        do {
            self = try JSONDecoder().decode(DocumentContent.self, from: Data(bytes))
        } catch {
            throw .notReadable(String(describing: error))
        }
        guard format == Self.currentFormat else { throw .unknownFormat(format) }
    }
}

/// Why content could not be turned into its canonical bytes or back.
package enum CanonicalFormError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The encoder's own words.
    case notEncodable(String)
    /// The decoder's own words.
    case notReadable(String)
    /// The layout found.
    case unknownFormat(Int)

    /// A sentence for a log or an operator.
    package var description: String {
        switch self {
        case .notEncodable(let words): "The document's content cannot be written: \(words)"
        case .notReadable(let words): "The document's content cannot be read: \(words)"
        case .unknownFormat(let format):
            "The document's content has format \(format), newer than this program."
        }
    }
}
