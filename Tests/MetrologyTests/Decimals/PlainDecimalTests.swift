// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

/// A text with a blank in front of it is read character by character, without it byte by byte.
@Suite("Plain numbers, read byte by byte")
struct PlainDecimalTests {
    @Test func `a plain number is read like one that is read character by character, and so is every mistake`() {
        var generator = SplitMix64(seed: 71)
        let alphabet = Array("00112233456789.,eE+-")
        var (numbers, mistakes) = (0, 0)
        for _ in 0..<200_000 {
            let text = String(
                (0..<Int.random(in: 0...24, using: &generator)).compactMap { _ in
                    // Digits are drawn more often: else hardly a text is a number.
                    alphabet[Int.random(in: 0..<(Bool.random(using: &generator) ? 14 : alphabet.count), using: &generator)]
                })
            let (plain, slow) = (outcome(text), outcome(" " + text))
            #expect(plain == slow, "seed 71: '\(text)'")
            if plain.contains(" × 10^") { numbers += 1 } else { mistakes += 1 }
        }
        #expect(numbers > 10_000 && mistakes > 10_000)
    }

    @Test func `digits with long beginnings of zeros, and as many digits as are kept, are read alike`() {
        for text in [
            "0.00012345678901234567", "9999999999999999999", "10000000000000000000", "18446744073709551615",
            "18446744073709551616",
            "0000000000000000000000000000012.50", "12345678901234567890123456789012345678", "-0", "+0,0", "1e9999", "1e-60",
            "1e-61", "1e", "1e+",
            "1.", ".1", "-", "1e00001",
        ] {
            #expect(outcome(text) == outcome(" " + text), "\(text)")
        }
    }

    @Test func `a binary number crosses by its shortest digits`() throws {
        var generator = SplitMix64(seed: 72)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            guard value.isFinite else { continue }
            #expect(try WorkingDecimal(approximating: value).approximateValue == value, "seed 72: \(value)")
            let near = Double.random(in: -1e6...1e6, using: &generator) * (Bool.random(using: &generator) ? 1 : 1e-9)
            let whole = try DecimalNumber(approximating: near, significantDigits: 17, mode: .halfEven)
            #expect(whole == (try DecimalNumber(parsing: " " + near.description)), "seed 72: \(near)")
        }
        #expect(
            try DecimalNumber(approximating: 0.00012345678901234567, significantDigits: 4, mode: .halfEven).description
                == "0.0001235")
        #expect(try DecimalNumber(approximating: -2.675, significantDigits: 3, mode: .halfAway).description == "-2.68")
    }

    private func outcome(_ text: String) -> String {
        do {
            let number = try DecimalNumber(parsing: text)
            return "\(number.coefficient) × 10^\(-number.scale)"
        } catch {
            return "\(error)"
        }
    }
}
