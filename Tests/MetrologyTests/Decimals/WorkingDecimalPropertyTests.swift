// SPDX-License-Identifier: Apache-2.0
@testable import Metrology
import Testing

@Suite("34-digit decimals against exact whole-number arithmetic")
struct WorkingDecimalPropertyTests {
    private static let count = 4000

    @Test func `a sum is the exact sum rounded to nearest even`() throws {
        try forRandomPairs(seed: 31) { left, right in
            let sum = try left.adding(right)
            let lowest = Int(min(left.exponent, right.exponent))
            let (one, other) = (whole(left, lowest), whole(right, lowest))
            let isNegative = one < other ? right.isNegative : left.isNegative
            let exact = left.isNegative == right.isNegative ? one + other : BigWhole.distance(one, other)
            expectNearestEven(sum, numerator: exact, denominator: BigWhole("1"), exponent: lowest)
            if !sum.isZero { #expect(sum.isNegative == isNegative, "\(left) + \(right)") }
        }
    }

    @Test func `a product is the exact product rounded to nearest even`() throws {
        try forRandomPairs(seed: 32) { left, right in
            let exact = BigWhole(left.coefficient.magnitude) * BigWhole(right.coefficient.magnitude)
            let product = try left.multiplied(by: right)
            expectNearestEven(
                product, numerator: exact, denominator: BigWhole("1"), exponent: Int(left.exponent + right.exponent))
            #expect(product.isZero || product.isNegative == (left.isNegative != right.isNegative))
        }
    }

    @Test func `a quotient is the exact quotient rounded to nearest even`() throws {
        try forRandomPairs(seed: 33) { left, right in
            guard !right.isZero else { return }
            let quotient = try left.divided(by: right)
            expectNearestEven(
                quotient, numerator: BigWhole(left.coefficient.magnitude), denominator: BigWhole(right.coefficient.magnitude),
                exponent: Int(left.exponent - right.exponent))
        }
    }

    @Test func `a square root lies within half a unit of the last digit`() throws {
        try forRandomPairs(seed: 34) { number, _ in
            let number = number.magnitude
            let root = try #require(number.squareRoot())
            guard !number.isZero else { return }
            // (r − ½ ulp)² < x < (r + ½ ulp)², with everything in units of a quarter of the last digit's square.
            let full = widened(root)
            let double = BigWhole(full.coefficient.magnitude) * BigWhole("2")
            let lowest = min(Int(number.exponent), 2 * Int(full.exponent))
            let scale = BigWhole.power(ofTen: 2 * Int(full.exponent) - lowest)
            let fourfold = whole(number, lowest) * BigWhole("4")
            let (below, above) = (double - BigWhole("1"), double + BigWhole("1"))
            #expect(below * below * scale < fourfold && fourfold < above * above * scale, "√\(number) = \(root)")
        }
    }

    @Test func `order and equality agree with the difference`() throws {
        try forRandomPairs(seed: 35) { left, right in
            let difference = try left.subtracting(right)
            #expect((left < right) == difference.isNegative, "\(left) \(right)")
            #expect((left == right) == difference.isZero, "\(left) \(right)")
            let stripped = left.withoutTrailingZeros
            #expect(stripped == left && stripped.hashValue == left.hashValue, "\(left)")
        }
    }

    @Test func `operations commute`() throws {
        try forRandomPairs(seed: 36) { left, right in
            let (sum, product, difference) = try (left.adding(right), left.multiplied(by: right), left.subtracting(right))
            let (sumOther, productOther, opposite) = try (right.adding(left), right.multiplied(by: left), right.subtracting(left))
            #expect(sum == sumOther && product == productOther && difference == opposite.negated, "\(left) \(right)")
        }
    }

    // MARK: - Judges

    /// Half a unit of the last of 34 digits is the most by which a result may miss numerator / denominator × 10^exponent.
    private func expectNearestEven(_ result: WorkingDecimal, numerator: BigWhole, denominator: BigWhole, exponent: Int) {
        guard !result.isZero else {
            #expect(numerator == BigWhole("0"))
            return
        }
        let full = widened(result)
        let lowest = min(Int(full.exponent), exponent)
        let left = BigWhole(full.coefficient.magnitude) * denominator * BigWhole.power(ofTen: Int(full.exponent) - lowest)
        let miss = BigWhole.distance(left, numerator * BigWhole.power(ofTen: exponent - lowest)) * BigWhole("2")
        let unit = denominator * BigWhole.power(ofTen: Int(full.exponent) - lowest)
        #expect(miss < unit || (miss == unit && full.coefficient.isMultiple(of: 2)), "\(result)")
    }

    /// The same value with 34 digits.
    private func widened(_ number: WorkingDecimal) -> WorkingDecimal {
        var (coefficient, exponent) = (number.coefficient, number.exponent)
        while WorkingDecimal.digitCount(coefficient.magnitude) < WorkingDecimal.precision {
            (coefficient, exponent) = (coefficient * 10, exponent - 1)
        }
        return WorkingDecimal(unchecked: coefficient, exponent: exponent)
    }

    /// Magnitude of a number in units of 10^lowest.
    private func whole(_ number: WorkingDecimal, _ lowest: Int) -> BigWhole {
        BigWhole(number.coefficient.magnitude) * BigWhole.power(ofTen: max(0, Int(number.exponent) - lowest))
    }

    /// Pairs of all lengths and distances, ties, carries and near misses among them.
    private func forRandomPairs(seed: UInt64, _ check: (WorkingDecimal, WorkingDecimal) throws -> Void) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<Self.count { try check(random(&generator), random(&generator)) }
    }

    private func random(_ generator: inout SplitMix64) -> WorkingDecimal {
        var digits: Int128 = 0
        let length = Int.random(in: 0...34, using: &generator)
        let kind = Int.random(in: 0...3, using: &generator)
        for place in 0..<length {
            let digit =
                switch kind {
                case 0: 9
                case 1: place == 0 ? 1 : 0
                case 2: place == length - 1 ? 5 : Int.random(in: 0...1, using: &generator)
                default: Int.random(in: 0...9, using: &generator)
                }
            digits = digits * 10 + Int128(digit)
        }
        let signed = Bool.random(using: &generator) ? digits : -digits
        return WorkingDecimal(unchecked: signed, exponent: Int32.random(in: -45...45, using: &generator))
    }
}
