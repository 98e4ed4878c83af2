// SPDX-License-Identifier: Apache-2.0

import Rendering
import Testing

@Suite("QR code")
struct QRSymbolTests {
    @Test func `an address of 78 letters needs 37 modules and a quiet zone of four`() throws {
        let address = "https://tracuu.catech.example/v/" + String(repeating: "A", count: 46)
        let symbol = try QRSymbol(address)
        #expect(symbol.size == 37)
        #expect(symbol.svg.contains(#"viewBox="0 0 45 45""#))
    }

    @Test func `the three finders are where a reader looks for them`() throws {
        let symbol = try QRSymbol("https://tracuu.catech.example/v/K7QF")
        let last = symbol.size - 1
        for (row, column) in [(0, 0), (0, last), (last, 0), (6, 0), (0, 6)] {
            #expect(symbol.isDark(row: row, column: column))
        }
        #expect(!symbol.isDark(row: 1, column: 1))
        #expect(!symbol.isDark(row: 7, column: 7))
    }

    @Test func `nothing, and more than a symbol holds, is refused`() {
        #expect(throws: QRSymbolError.empty) { try QRSymbol("") }
        #expect(throws: QRSymbolError.empty) { try QRSymbol("a\0b") }
        #expect(throws: QRSymbolError.tooLong(3000)) { try QRSymbol(String(repeating: "x", count: 3000)) }
    }
}
