// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Rounding (ISO 80000-1, Annex B)")
struct RoundingTests {
    @Test(arguments: RoundingTable.multiples)
    func `a value is rounded to a multiple of a step`(row: [String]) throws {
        let mode = try #require(RoundingMode(rawValue: row[2]))
        #expect(try decimal(row[0]).rounded(toStep: decimal(row[1]), mode: mode).description == row[3])
    }

    @Test(arguments: RoundingTable.significantDigits)
    func `a value is rounded to significant digits`(row: [String]) throws {
        let digits = try #require(Int(row[1]))
        let mode = try #require(RoundingMode(rawValue: row[2]))
        #expect(try decimal(row[0]).rounded(toSignificantDigits: digits, mode: mode).description == row[3])
    }

    @Test(arguments: RoundingTable.reports)
    func `a result is printed with its uncertainty`(row: [String]) throws {
        let reported = try ReportedUncertainty(
            value: decimal(row[0]),
            expandedUncertainty: decimal(row[1]),
            significantDigits: #require(Int(row[2])),
            uncertaintyRounding: #require(UncertaintyRounding(rawValue: row[3])),
            valueRounding: #require(RoundingMode(rawValue: row[4]))
        )
        #expect(reported.value.description == row[5])
        #expect(reported.expandedUncertainty.description == row[6])
        #expect(reported.step.description == row[7])
    }

    @Test func `rounding to decimal places agrees with rounding to the step of that place`() throws {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<3000 {
            let number = try DecimalNumber.random(digits: 15, using: &generator)
            let places = Int.random(in: -4...8, using: &generator)
            let mode = try #require(RoundingMode.allCases.randomElement(using: &generator))
            let step = try DecimalNumber(coefficient: 1, scale: places)
            let byPlace = try number.rounded(toScale: places, mode: mode)
            #expect(try byPlace == number.rounded(toStep: step, mode: mode), "\(number) \(places) \(mode)")
            #expect(byPlace.scale == max(0, places), "\(number) \(places)")
            #expect(try byPlace.subtracting(number).magnitude < step, "\(number) \(places) \(mode)")
            #expect(
                try byPlace.rounded(toScale: places, mode: mode) == byPlace,
                "\(number) \(places) \(mode)"
            )
        }
    }

    @Test func `opposite modes mirror each other about zero`() throws {
        var generator = SplitMix64(seed: 6)
        let mirrored: [(RoundingMode, RoundingMode)] = [
            (.ceiling, .floor), (.halfEven, .halfEven), (.halfAway, .halfAway), (.away, .away),
            (.towardZero, .towardZero),
        ]
        for _ in 0..<1000 {
            let number = try DecimalNumber.random(digits: 6, using: &generator)
            for (mode, other) in mirrored {
                let left = try number.rounded(toScale: 2, mode: mode)
                let right = try number.negated.rounded(toScale: 2, mode: other).negated
                #expect(left == right, "\(number) \(mode)")
            }
        }
    }

    @Test func `zero has no digits to round away`() throws {
        #expect(try decimal("0.000").rounded(toSignificantDigits: 2, mode: .away).description == "0.000")
    }

    @Test func `a step or a number of digits that means nothing is refused`() throws {
        #expect(throws: DecimalError.divisionByZero) {
            try DecimalNumber.one.rounded(toStep: .zero, mode: .floor)
        }
        #expect(throws: DecimalError.digitsOutOfRange(0)) {
            try DecimalNumber.one.rounded(toSignificantDigits: 0, mode: .floor)
        }
        #expect(throws: UncertaintyError.uncertaintyNotPositive) {
            try ReportedUncertainty(value: .one, expandedUncertainty: .zero)
        }
        #expect(throws: UncertaintyError.decimal(.digitsOutOfRange(3))) {
            try ReportedUncertainty(value: .one, expandedUncertainty: .one, significantDigits: 3)
        }
    }
}
