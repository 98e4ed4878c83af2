// SPDX-License-Identifier: Apache-2.0
internal import Glibc
import Metrology
import Testing

@Suite("Rounding and reading of random decimals")
struct DecimalPropertyTests {
    @Test(arguments: RoundingMode.allCases)
    func `rounding twice changes nothing`(mode: RoundingMode) throws {
        var generator = SplitMix64(seed: 41)
        for _ in 0..<2000 {
            let number = try DecimalNumber.random(digits: 18, using: &generator)
            let digits = Int.random(in: 1...20, using: &generator)
            let once = try number.rounded(toSignificantDigits: digits, mode: mode)
            #expect(
                try once.rounded(toSignificantDigits: digits, mode: mode).description == once.description, "\(number) \(digits)")
            let step = try DecimalNumber(coefficient: Int128(Int.random(in: 1...500, using: &generator)), scale: 3)
            let multiple = try number.rounded(toStep: step, mode: mode)
            #expect(try multiple.rounded(toStep: step, mode: mode).description == multiple.description, "\(number) \(step)")
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func `a larger number is never rounded to a smaller one`(mode: RoundingMode) throws {
        var generator = SplitMix64(seed: 42)
        for _ in 0..<2000 {
            let numbers = try [DecimalNumber.random(digits: 8, using: &generator), .random(digits: 8, using: &generator)].sorted()
            let digits = Int.random(in: 1...8, using: &generator)
            let byDigits = try numbers.map { try $0.rounded(toSignificantDigits: digits, mode: mode) }
            #expect(byDigits[0] <= byDigits[1], "\(numbers) \(digits)")
            let step = try DecimalNumber(coefficient: Int128(Int.random(in: 1...500, using: &generator)), scale: 2)
            let bySteps = try numbers.map { try $0.rounded(toStep: step, mode: mode) }
            #expect(bySteps[0] <= bySteps[1], "\(numbers) \(step)")
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func `a carry keeps the number of digits`(mode: RoundingMode) throws {
        var generator = SplitMix64(seed: 43)
        for _ in 0..<2000 {
            // Nines carry most often.
            let nines = String(repeating: "9", count: Int.random(in: 0...6, using: &generator))
            let number = try decimal("0.00\(nines)\(Int.random(in: 1...999, using: &generator))")
            let digits = Int.random(in: 1...4, using: &generator)
            let rounded = try number.rounded(toSignificantDigits: digits, mode: mode)
            #expect(rounded.significantDigitCount == digits, "\(number) \(digits) \(rounded)")
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func `rounding moves by less than a step, and by at most half of it to nearest`(mode: RoundingMode) throws {
        var generator = SplitMix64(seed: 44)
        for _ in 0..<2000 {
            let number = try DecimalNumber.random(digits: 12, using: &generator)
            let step = try DecimalNumber(coefficient: Int128(Int.random(in: 1...5000, using: &generator)), scale: 4)
            let moved = try number.rounded(toStep: step, mode: mode).subtracting(number).magnitude
            #expect(moved < step, "\(number) \(step)")
            if mode == .halfEven || mode == .halfAway { #expect(try moved.adding(moved) <= step, "\(number) \(step)") }
        }
    }

    @Test func `no random text stops the reader, and what is read prints and reads back the same`() throws {
        let count = Fuzz.count
        var generator = SplitMix64(seed: 45)
        let alphabet = Array("0123456789012345678901234567890.,,..--+\u{2212}eE^×x*·10 \u{A0}\u{202F}⁻⁺²³⁰'_%abN∞\u{301}\n١½")
        var accepted = 0
        for round in 0..<count {
            var text = ""
            for _ in 0..<Int.random(in: 0...14, using: &generator) {
                text.append(alphabet[Int(truncatingIfNeeded: generator.next() % UInt64(alphabet.count))])
            }
            guard let number = try? DecimalNumber(parsing: text) else { continue }
            accepted += 1
            // Spot checks: printing costs more than reading.
            guard round % 16 == 0 else { continue }
            let back = try DecimalNumber(parsing: number.description)
            #expect(back.coefficient == number.coefficient && back.scale == number.scale, "seed 45: '\(text)'")
            #expect(text.contains { $0.isWholeNumber }, "seed 45: '\(text)'")
        }
        #expect(accepted > count / 100)
    }

    @Test func `a text of a million characters is refused at once`() {
        for character in ["1", " ", "-", ".", "x"] {
            #expect(throws: DecimalError.self) {
                try DecimalNumber(parsing: "0" + String(repeating: character, count: 1_000_000) + "?")
            }
        }
    }
}

/// Number of random inputs of a test of a parser.
enum Fuzz {
    /// 200,000, or what `ETALON_FUZZ_COUNT` says.
    static let count: Int = {
        guard let text = getenv("ETALON_FUZZ_COUNT"), let count = Int(String(cString: text)) else { return 200_000 }
        return count
    }()
}
