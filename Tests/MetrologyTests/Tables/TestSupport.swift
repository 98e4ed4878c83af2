// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

/// Rows of a table whose columns are separated by bars.
func table(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
        line.split(separator: "|").map { column in
            column.split(separator: " ").joined(separator: " ")
        }
    }
}

/// Decimal of a test; a slip in the test's own text fails the test.
func decimal(_ text: String) throws -> DecimalNumber {
    try DecimalNumber(parsing: text)
}

/// Random numbers that are the same in every run.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension DecimalNumber {
    /// Random decimal with up to the given number of digits, of either sign.
    static func random(digits: Int, using generator: inout SplitMix64) throws -> DecimalNumber {
        var coefficient: Int128 = 0
        for _ in 0..<Int.random(in: 1...digits, using: &generator) {
            coefficient = coefficient * 10 + Int128(Int.random(in: 0...9, using: &generator))
        }
        let signed = Bool.random(using: &generator) ? coefficient : -coefficient
        return try DecimalNumber(coefficient: signed, scale: Int.random(in: 0...digits, using: &generator))
    }
}

/// Whether two numbers agree to a relative tolerance.
func agrees(_ got: Double, _ expected: Double, relative: Double) -> Bool {
    expected == 0 ? abs(got) <= relative : abs(got - expected) <= relative * abs(expected)
}
