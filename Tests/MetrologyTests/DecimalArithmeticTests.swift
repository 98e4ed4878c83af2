// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Exact arithmetic")
struct DecimalArithmeticTests {
    @Test func `sums and differences keep the digits of the finer operand`() throws {
        #expect(try decimal("0.1").adding(decimal("0.20")).description == "0.30")
        #expect(try decimal("20.000").subtracting(decimal("20.035")).description == "-0.035")
        #expect(try decimal("0.3").subtracting(decimal("0.1")) == decimal("0.2"))
    }

    @Test func `a product has the decimal places of both factors`() throws {
        #expect(try decimal("20.035").multiplied(by: decimal("1.000477")).description == "20.044556695")
        #expect(try decimal("20.000").multiplied(by: decimal("18870")).description == "377400.000")
    }

    @Test func `a result that does not fit is refused, never wrapped`() throws {
        let large = try decimal("1e37")
        #expect(throws: DecimalError.overflow) { try large.multiplied(by: decimal("100")) }
        #expect(throws: DecimalError.overflow) { try large.adding(decimal("0.01")) }
        #expect(throws: DecimalError.overflow) {
            try large.divided(by: decimal("0.001"), scale: 0, rounding: .floor)
        }
        #expect(throws: DecimalError.overflow) { try decimal("1e-40").multiplied(by: decimal("1e-40")) }
        #expect(throws: DecimalError.divisionByZero) {
            try large.divided(by: decimal("0.00"), scale: 0, rounding: .floor)
        }
        #expect(throws: DecimalError.digitsOutOfRange(61)) {
            try large.divided(by: .one, scale: 61, rounding: .floor)
        }
    }

    @Test func `zeros at the end do not make a product overflow`() throws {
        let left = try decimal("1." + String(repeating: "0", count: 35))
        #expect(try left.multiplied(by: left) == .one)
    }

    @Test(arguments: [
        ("1", "3", 4, "half_even", "0.3333"), ("2", "3", 4, "half_even", "0.6667"),
        ("1", "8", 2, "half_even", "0.12"),
        ("1", "8", 2, "half_away", "0.13"), ("-1", "8", 2, "floor", "-0.13"),
        ("-1", "8", 2, "ceiling", "-0.12"),
        ("1", "3", 0, "away", "1"), ("-1", "3", 0, "toward_zero", "0"),
        ("7", "0.002", 1, "half_even", "3500.0"),
        ("1e-50", "1e30", 60, "away", "0.000000000000000000000000000000000000000000000000000000000001"),
        ("1e30", "7", 7, "half_even", "142857142857142857142857142857.1428571"),
    ])
    func `a quotient is rounded once`(
        dividend: String,
        divisor: String,
        scale: Int,
        mode: String,
        quotient: String
    ) throws {
        let mode = try #require(RoundingMode(rawValue: mode))
        let got = try decimal(dividend).divided(by: decimal(divisor), scale: scale, rounding: mode)
        #expect(got.description == quotient)
    }

    @Test func `numbers far apart in size compare without overflow`() throws {
        let huge = try decimal("1e37")
        let tiny = try decimal("1e-60")
        #expect(tiny < huge && huge.negated < tiny && tiny.negated > huge.negated && !(huge < tiny))
        #expect(try decimal("0") == decimal("0.000") && tiny > .zero && tiny.negated < .zero)
    }

    @Test func `sums commute, cancel and distribute over products`() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            let a = try DecimalNumber.random(digits: 9, using: &generator)
            let b = try DecimalNumber.random(digits: 9, using: &generator)
            let c = try DecimalNumber.random(digits: 9, using: &generator)
            #expect(try a.adding(b) == b.adding(a), "\(a) \(b)")
            #expect(try a.adding(b).subtracting(b) == a, "\(a) \(b)")
            let sum = try a.adding(b).multiplied(by: c)
            let parts = try a.multiplied(by: c).adding(b.multiplied(by: c))
            #expect(sum == parts && sum.hashValue == parts.hashValue, "\(a) \(b) \(c)")
            let difference = try a.subtracting(b)
            #expect((a < b) == difference.isNegative && (a == b) == difference.isZero, "\(a) \(b)")
        }
    }

    @Test func `a quotient lies within one step of the exact one, on the side its mode promises`() throws {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<2000 {
            let a = try DecimalNumber.random(digits: 12, using: &generator)
            let b = try DecimalNumber.random(digits: 9, using: &generator)
            guard !b.isZero else { continue }
            let step = try decimal("0.00001")
            let low = try a.divided(by: b, scale: 5, rounding: .floor)
            let high = try a.divided(by: b, scale: 5, rounding: .ceiling)
            let exact = try ExactQuotient(a, over: b)
            #expect(try exact.isAtLeast(low) && exact.isAtMost(high), "\(a) / \(b)")
            #expect(try high.subtracting(low) <= step, "\(a) / \(b)")
            let nearest = try a.divided(by: b, scale: 5, rounding: .halfEven)
            #expect(nearest == low || nearest == high, "\(a) / \(b)")
        }
    }
}
