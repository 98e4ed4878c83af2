// SPDX-License-Identifier: Apache-2.0

/// A repeatable stream of numbers: the same seed always gives the same year.
///
/// SplitMix64; good enough to draw demonstration data, not for anything secret.
/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 17.
struct RandomSource: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, `count`; `count` is at least 1.
    mutating func below(_ count: Int) -> Int {
        Int((next() >> 33) % UInt64(count))
    }

    /// A whole number of a closed range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True for about `perMille` of a thousand draws.
    mutating func chance(perMille: Int) -> Bool {
        below(1000) < perMille
    }

    /// One element of a list that is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element {
        list[below(list.count)]
    }

    /// Puts a list in random order (Fisher-Yates).
    mutating func shuffle<Element>(_ list: inout [Element]) {
        var left = list.count
        while left > 1 {
            let other = below(left)
            left -= 1
            list.swapAt(left, other)
        }
    }

    /// A number from -1000 to 1000, small ones more likely: the sum of three even draws.
    mutating func deviation() -> Int {
        (within(-1000...1000) + within(-1000...1000) + within(-1000...1000)) / 3
    }
}
