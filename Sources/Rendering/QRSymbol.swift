// SPDX-License-Identifier: Apache-2.0

import CQRencode

/// A QR code as a picture that scales without loss.
package struct QRSymbol: Sendable, Equatable {
    /// White modules on each side, as ISO/IEC 18004 asks.
    package static let quietZone = 4

    /// Modules on one side, without the quiet zone.
    package let size: Int
    private let modules: [Bool]

    /// Encodes a text at error correction level M, in the smallest version that holds it.
    ///
    /// - Throws: ``QRSymbolError/tooLong(_:)`` beyond 2,331 bytes; ``QRSymbolError/empty`` for no text or a
    ///   NUL in it.
    package init(_ text: String) throws(QRSymbolError) {
        guard !text.isEmpty, !text.utf8.contains(0) else { throw .empty }
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
            throw .tooLong(text.utf8.count)
        }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Whether the module is dark.
    package func isDark(row: Int, column: Int) -> Bool { modules[row * size + column] }

    /// The symbol with its quiet zone; one module is one unit.
    package var svg: String {
        let side = size + 2 * Self.quietZone
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                let start = column
                while column < size, isDark(row: row, column: column) { column += 1 }
                let (left, top, run) = (start + Self.quietZone, row + Self.quietZone, column - start)
                path += "M\(left) \(top)h\(run)v1h-\(run)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
            """
    }
}

/// Why a text could not become a QR code.
package enum QRSymbolError: Error, Sendable, Equatable {
    /// There is nothing to encode.
    case empty
    /// The text of so many bytes does not fit the largest symbol.
    case tooLong(Int)
}
