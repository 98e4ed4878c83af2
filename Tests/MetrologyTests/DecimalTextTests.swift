// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Decimal numbers as typed")
struct DecimalTextTests {
    @Test(arguments: [
        ("0.50", "0.50"), ("0,05", "0.05"), ("-12,25", "-12.25"), ("\u{2212}3", "-3"), ("+7", "7"),
        ("1.2e-3", "0.0012"), ("2.5e3", "2500"), ("1,5×10^3", "1500"), ("1.5 x10^-2", "0.015"),
        ("2·10⁶", "2000000"),
        ("3,0·10⁻²", "0.030"), (" 20,000 ", "20.000"), ("007", "7"), ("0.0", "0.0"),
        ("6.62607015e-34", "0.000000000000000000000000000000000662607015"),
    ])
    func `a number keeps its digits`(typed: String, stored: String) throws {
        #expect(try DecimalNumber(parsing: typed).description == stored)
    }

    @Test func `a value of 0.50 equals 0.5 and still prints 0.50`() throws {
        let long = try decimal("0.50")
        #expect(try long == decimal("0.5"))
        #expect(try long.hashValue == decimal("0.5").hashValue)
        #expect(long.description == "0.50")
        #expect(long.text(decimalSign: ",") == "0,50")
    }

    @Test(arguments: ["1.234,5", "1,234.5", "1.234.567", "1 234", "1\u{202F}234,5", "12 345 678"])
    func `a number with thousands separators is refused`(typed: String) {
        #expect(throws: DecimalError.ambiguousSeparator(typed)) { try DecimalNumber(parsing: typed) }
    }

    @Test(arguments: [
        "abc", "1,", ",5", "--1", "1e", "1e+", "0x10", "1/2", "5 mg", "1,5×11^3", "1·10²x", "NaN", "∞", "١٢",
        "1_000",
        "1e99999", "- 1", "1\u{301}",
    ])
    func `a text that is no number is refused`(typed: String) {
        #expect(throws: DecimalError.notANumber(typed)) { try DecimalNumber(parsing: typed) }
    }

    @Test(arguments: ["", " ", "\t\n", "\u{A0}"])
    func `an empty field is never zero`(typed: String) {
        #expect(throws: DecimalError.empty) { try DecimalNumber(parsing: typed) }
    }

    @Test(arguments: [
        "1e99", "1e-61", String(repeating: "9", count: 39), "0." + String(repeating: "1", count: 61),
    ])
    func `a number that cannot be kept exactly is refused`(typed: String) {
        #expect(throws: DecimalError.tooManyDigits) { try DecimalNumber(parsing: typed) }
    }

    @Test func `a refusal says how to write the number`() {
        #expect(
            DecimalError.ambiguousSeparator("1.234,5").description.contains("without thousands separators")
        )
        #expect(DecimalError.notANumber("?").description.contains("0,05"))
    }

    @Test func `minus zero prints as zero`() throws {
        #expect(try decimal("-0.00").description == "0.00")
        #expect(try !decimal("-0.00").isNegative)
    }

    @Test func `every printed number reads back with the same digits`() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            let number = try DecimalNumber.random(digits: 30, using: &generator)
            let back = try decimal(number.description)
            #expect(back.coefficient == number.coefficient && back.scale == number.scale, "\(number)")
            let comma = try decimal(number.text(decimalSign: ","))
            #expect(comma.coefficient == number.coefficient && comma.scale == number.scale, "\(number)")
        }
    }

    @Test(arguments: [
        (0.1, 3, "0.100"), (2.675, 3, "2.68"), (1234.5, 4, "1234"), (1235.5, 4, "1236"),
        (1e-5, 2, "0.000010"),
        (99.96, 3, "100"), (1.5e10, 2, "15000000000"), (-0.0449, 1, "-0.04"), (0, 5, "0"),
        (31.6638791110086, 2, "32"), (0.0996, 2, "0.10"),
    ])
    func `a binary number becomes a decimal with stated digits`(binary: Double, digits: Int, text: String)
        throws
    {
        let crossed = try DecimalNumber(approximating: binary, significantDigits: digits, mode: .halfEven)
        #expect(crossed.description == text)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a binary number that is none is refused`(binary: Double) {
        #expect(throws: DecimalError.self) {
            try DecimalNumber(approximating: binary, significantDigits: 3, mode: .halfEven)
        }
    }

    @Test func `a decimal crosses to the nearest binary number`() throws {
        #expect(try decimal("0.1").approximateValue == 0.1)
        #expect(try decimal("20.035").approximateValue == 20.035)
        #expect(try decimal("-6.62607015e-34").approximateValue == -6.62607015e-34)
        #expect(
            try decimal("123456789012345678901234567890").approximateValue == 123456789012345678901234567890.0
        )
        var generator = SplitMix64(seed: 2)
        for _ in 0..<2000 {
            let number = try DecimalNumber.random(digits: 18, using: &generator)
            #expect(number.approximateValue == Double(number.description), "\(number)")
        }
    }
}
