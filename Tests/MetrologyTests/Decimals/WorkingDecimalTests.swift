// SPDX-License-Identifier: Apache-2.0
@testable import Metrology
import Testing

@Suite("Decimals with 34 digits (IEEE 754-2008, decimal128)")
struct WorkingDecimalTests {
    // Expected digits: Python 3.11, decimal module, precision 34, ROUND_HALF_EVEN.
    @Test(arguments: [
        ("1", "/", "3", "0.3333333333333333333333333333333333"),
        ("2", "/", "3", "0.6666666666666666666666666666666667"),
        ("1", "/", "7", "0.1428571428571428571428571428571429"),
        ("1", "/", "8", "0.125"), ("22.4", "/", "0.7", "32"),
        ("0.1", "+", "0.2", "0.3"), ("1e34", "+", "1", "1e34"),
        ("9999999999999999999999999999999999", "+", "0.5", "1e34"),
        ("9999999999999999999999999999999998", "+", "0.5", "9.999999999999999999999999999999998e33"),
        ("1e37", "-", "1", "1e37"),
        ("1", "-", "1e-34", "0.9999999999999999999999999999999999"), ("1", "-", "4e-36", "1"),
        ("1", "-", "1e-35", "1"), ("1", "+", "1e-60", "1"),
        ("20.03", "-", "20.00", "0.03"), ("-5", "+", "5", "0"),
        ("12345678901234567890123", "*", "98765432109876543210987", "1.219326311370217952261797134336297e45"),
        ("3.1415926535897932384626", "*", "2.7182818284590452353603", "8.539734222673567065463472301472678"),
        ("-0.1", "*", "0.1", "-0.01"),
        ("100", "*", "0.0299900000000000000000000000000001", "2.99900000000000000000000000000001"),
    ])
    func `an operation is rounded once to 34 digits`(left: String, sign: String, right: String, expected: String) throws {
        let (left, right) = try (working(left), working(right))
        let result =
            switch sign {
            case "+": try left.adding(right)
            case "-": try left.subtracting(right)
            case "*": try left.multiplied(by: right)
            default: try left.divided(by: right)
            }
        #expect(result.description == expected)
    }

    // Python 3.11, decimal module; √2 and √3 also OEIS A002193 and A002194.
    @Test(arguments: [
        ("2", "1.414213562373095048801688724209698"), ("3", "1.732050807568877293527446341505872"),
        ("0.02", "0.1414213562373095048801688724209698"), ("4", "2"), ("0", "0"), ("152.2756", "12.34"),
        ("1e-60", "1e-30"), ("9999999999999999999999999999999999", "99999999999999999.99999999999999999"),
        ("12345678901234567890", "3513641828.820144253093654172555782"), ("0.1", "0.3162277660168379331998893544432719"),
        ("1e37", "3162277660168379331.998893544432719"),
    ])
    func `a square root is rounded once to 34 digits`(number: String, root: String) throws {
        #expect(try working(number).squareRoot() == working(root))
    }

    @Test func `a negative number has no square root, zero no reciprocal`() throws {
        #expect(try working("-1").squareRoot() == nil)
        #expect(throws: DecimalError.divisionByZero) { try WorkingDecimal.one.divided(by: .zero) }
        #expect(throws: DecimalError.divisionByZero) { try WorkingDecimal.zero.raised(to: -1) }
        #expect(throws: DecimalError.notANumber("nan")) { try WorkingDecimal(approximating: .nan) }
        #expect(throws: DecimalError.notANumber("-inf")) { try WorkingDecimal(approximating: -.infinity) }
    }

    @Test func `whole powers are exact where they fit`() throws {
        #expect(try working("1.1").raised(to: 10) == working("2.5937424601"))
        #expect(try working("2").raised(to: -3) == working("0.125"))
        #expect(try working("-3").raised(to: 3) == working("-27"))
        #expect(try WorkingDecimal.zero.raised(to: 0) == .one)
        #expect(try WorkingDecimal.one.raised(to: Int.min) == .one)
        // e as the limit of (1 + 1/n)^n: Python 3.11, decimal module, precision 60.
        let power = try working("1.000000001").raised(to: 1_000_000_000)
        let expected = try working("2.718281827099904322376644023860333")
        #expect(try power.subtracting(expected).magnitude < working("1e-23"), "\(power)")
    }

    @Test func `a number beyond the range is refused, one below it becomes zero`() throws {
        let huge = try working("1e10").raised(to: 610)
        #expect(huge.description == "1e6100")
        let largest = try huge.multiplied(by: working("1e22")).multiplied(by: working("1e22"))
        #expect(largest.description == "1e6144")
        #expect(throws: DecimalError.overflow) { try largest.multiplied(by: working("10")) }
        #expect(throws: DecimalError.overflow) { try huge.raised(to: Int.max) }
        let nines = try largest.multiplied(by: working("9.999999999999999999999999999999999"))
        #expect(nines.description == "9.999999999999999999999999999999999e6144")
        #expect(throws: DecimalError.overflow) { try nines.adding(nines) }
        #expect(throws: DecimalError.overflow) { try nines.rounded(significantDigits: 3) }
        #expect(nines.decisive == nines)
        let smallest = try WorkingDecimal.one.divided(by: largest)
        #expect(smallest.description == "1e-6144")
        #expect(try smallest.divided(by: working("10")).isZero)
        #expect(throws: DecimalError.tooManyDigits) { try huge.decimal() }
        #expect(huge.approximateValue == .infinity)
        #expect(smallest.approximateValue == 0)
        #expect(largest.squareRoot()?.description == "1e3072")
    }

    @Test func `an error in percent is compared with its limit without binary noise`() throws {
        // 10.05 L indicated, 10.00 L delivered: exactly 0.5 %, which doubles put above the limit.
        let error = try WorkingDecimal(100).multiplied(by: working("10.05").subtracting(working("10.00"))).divided(
            by: working("10.00"))
        #expect(try error.isAtMost(working("0.5")))
        #expect(100 * (10.05 - 10.00) / 10.00 > 0.5)
        #expect(try error.isAtLeast(working("0.5")))
        #expect(try !error.isAtMost(working("0.4999999999999999999999999")))
    }

    @Test func `a third, three times, equals the whole where it decides`() throws {
        var generator = SplitMix64(seed: 21)
        for _ in 0..<2000 {
            let number = try WorkingDecimal(DecimalNumber.random(digits: 20, using: &generator))
            let divisor = WorkingDecimal(Int.random(in: 1...10_000, using: &generator))
            let back = try number.divided(by: divisor).multiplied(by: divisor)
            #expect(back.decisive == number.decisive, "\(number) / \(divisor)")
        }
    }

    @Test func `decimals cross exactly and back`() throws {
        var generator = SplitMix64(seed: 22)
        for _ in 0..<2000 {
            let number = try DecimalNumber.random(digits: 30, using: &generator)
            #expect(try WorkingDecimal(number).decimal() == number, "\(number)")
            let places = Int.random(in: -5...7, using: &generator)
            #expect(
                try WorkingDecimal(number).decimal(toScale: places, mode: .halfEven).description
                    == number.rounded(toScale: places, mode: .halfEven).description, "\(number) \(places)")
        }
        #expect(try working("12.345").rounded(significantDigits: 4) == working("12.34"))
        #expect(try working("99.96").decimal(significantDigits: 3, mode: .halfAway).description == "100")
        #expect(throws: DecimalError.digitsOutOfRange(35)) { try WorkingDecimal.one.rounded(significantDigits: 35) }
        #expect(throws: DecimalError.digitsOutOfRange(61)) { try WorkingDecimal.one.decimal(toScale: 61, mode: .floor) }
    }

    @Test func `binary numbers cross by their shortest digits and come back the same`() throws {
        #expect(try WorkingDecimal(approximating: 0.1) == working("0.1"))
        #expect(try WorkingDecimal(approximating: -2.5e-7).description == "-0.00000025")
        #expect(try WorkingDecimal(approximating: .leastNonzeroMagnitude).description == "5e-324")
        var generator = SplitMix64(seed: 23)
        for _ in 0..<5000 {
            let binary = Double(bitPattern: generator.next())
            guard binary.isFinite else { continue }
            #expect(try WorkingDecimal(approximating: binary).approximateValue == binary, "\(binary)")
        }
    }

    @Test func `a number prints with its digits`() throws {
        #expect(try working("1.50").description == "1.5")
        #expect(try working("-1200").description == "-1200")
        #expect(try working("1e10").description == "10000000000")
        #expect(try working("1.25e30").multiplied(by: working("1e30")).description == "1.25e60")
        #expect(WorkingDecimal.zero.description == "0")
    }
}

/// 34-digit decimal of a test.
func working(_ text: String) throws -> WorkingDecimal {
    try WorkingDecimal(DecimalNumber(parsing: text))
}
