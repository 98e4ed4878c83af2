// SPDX-License-Identifier: Apache-2.0

import Certificates
import FoundationEssentials

/// One request to the worker.
struct RenderRequest {
    /// The request as the worker reads it, with the content byte for byte as it was frozen.
    let frame: [UInt8]

    /// Reads the content for its kind and its address to check, and draws the QR code.
    ///
    /// - Throws: ``RenderingError/refused(_:)`` for content that is not a document.
    init(content: [UInt8]) throws(RenderingError) {
        let document: DocumentContent
        do {
            document = try DocumentContent(canonicalBytes: content)
        } catch {
            throw .refused(error.description)
        }
        var symbol = ""
        if let address = document.checkURL {
            do {
                symbol = try QRSymbol(address).svg
            } catch {
                throw .refused("no QR code can hold the address of the public check: \(error)")
            }
        }
        // The symbol's text is markup of our own: quotation marks are all that JSON asks to escape in it.
        let escaped = symbol.replacing("\"", with: "\\\"")
        frame =
            Array(#"{"kind":"\#(document.kind.rawValue)","qr_svg":"\#(escaped)","content":"#.utf8) + content
            + Array("}".utf8)
    }
}

/// What the worker says.
struct RenderAnswer: Decodable {
    struct Fault: Decodable {
        let code: String
        let message: String
    }

    let ready: String?
    let engine: String?
    let pdf: Data?
    let error: Fault?
    /// Whether the worker ends after this answer, to give its memory back.
    let last: Bool?

    private enum CodingKeys: String, CodingKey {
        case ready, engine
        case pdf = "pdf_base64"
        case error, last
    }

    /// Reads a frame; anything that is no answer means that the other side is no renderer.
    init(_ frame: [UInt8]) throws(FrameStreamError) {
        do {
            self = try JSONDecoder().decode(RenderAnswer.self, from: Data(frame))
        } catch {
            throw .closed
        }
    }

    /// The document, or the worker's refusal.
    func document() throws(RenderingError) -> RenderedDocument {
        if let error { throw .refused(error.message) }
        guard let pdf, let engine else { throw .unavailable("the worker answered without a document") }
        return RenderedDocument(pdf: [UInt8](pdf), engine: engine)
    }
}
