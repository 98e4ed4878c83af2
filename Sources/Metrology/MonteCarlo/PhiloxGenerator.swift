// SPDX-License-Identifier: Apache-2.0

/// Counter-based generator of random words Philox4x32-10.
///
/// A call turns a counter of 128 bits into 128 random bits; nothing is kept between calls. So every trial has its words wherever
/// and whenever it is computed: the result of a simulation depends neither on the number of threads nor on the order of the work,
/// and can be recomputed years later from the seed.
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011),
/// section 3.3; the tests hold it against the known answers published with it.
package struct PhiloxGenerator: Sendable {
    /// Name that is stored with a result.
    package static let name = "Philox4x32-10"

    /// Multipliers and key increments of the publication.
    private static let multipliers: (UInt64, UInt64) = (0xD251_1F53, 0xCD9E_8D57)
    private static let increments: (UInt32, UInt32) = (0x9E37_79B9, 0xBB67_AE85)

    /// Key: the lower and the upper half of the seed.
    private let key: (lower: UInt32, upper: UInt32)

    /// Creates the generator of a seed.
    package init(seed: UInt64) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    }

    /// The four words of one counter.
    package func words(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var state = State<UInt64>(UInt64(counter[0]), UInt64(counter[1]), UInt64(counter[2]), UInt64(counter[3]))
        for round in 0..<10 {
            let (lower, upper) = roundKey(round)
            let first = (state.x0 & 0xFFFF_FFFF) &* Self.multipliers.0
            let second = (state.x2 & 0xFFFF_FFFF) &* Self.multipliers.1
            state = State(second >> 32 ^ state.x1 ^ lower, second, first >> 32 ^ state.x3 ^ upper, first)
        }
        return SIMD4(
            UInt32(truncatingIfNeeded: state.x0), UInt32(truncatingIfNeeded: state.x1), UInt32(truncatingIfNeeded: state.x2),
            UInt32(truncatingIfNeeded: state.x3))
    }

    /// Key of a round: the seed plus as many increments.
    @inline(__always)
    private func roundKey(_ round: Int) -> (UInt64, UInt64) {
        let steps = UInt32(truncatingIfNeeded: round)
        return (
            UInt64(key.lower &+ steps &* Self.increments.0),
            UInt64(key.upper &+ steps &* Self.increments.1)
        )
    }
}

/// Four words of 32 bits in the lower halves of wider ones; what the upper halves hold is of no account.
private struct State<Word> {
    var x0: Word
    var x1: Word
    var x2: Word
    var x3: Word

    @inline(__always)
    init(_ x0: Word, _ x1: Word, _ x2: Word, _ x3: Word) {
        (self.x0, self.x1, self.x2, self.x3) = (x0, x1, x2, x3)
    }
}

// MARK: - Many calls at once

/// Place of a run of calls among all calls of a generator: counters (first call …, block, stream, 0).
struct PhiloxAddress {
    /// Number of the first call within the block.
    let firstCall: UInt32
    /// Block of trials.
    let block: UInt32
    /// Stream of one input.
    let stream: UInt32
}

extension PhiloxGenerator {
    private typealias Words = SIMD8<UInt64>

    /// Fills two columns with words of 64 bits: of each call the lower two words make one of the first column, the others of the
    /// second.
    ///
    /// - Parameters:
    ///   - calls: Number of calls, a multiple of 8 up to ``TrialLayout/chunk``.
    func fill(_ first: WordColumn, _ second: WordColumn, calls: Int, at address: PhiloxAddress) {
        let mask = Words(repeating: 0xFFFF_FFFF)
        let half = Words(repeating: 32)
        let lanes = Words(0, 1, 2, 3, 4, 5, 6, 7)
        for index in 0..<(calls / 8) {
            let call = UInt64(address.firstCall) &+ 8 &* UInt64(truncatingIfNeeded: index)
            var state = State<Words>(
                lanes &+ Words(repeating: call), Words(repeating: UInt64(address.block)),
                Words(repeating: UInt64(address.stream)), Words())
            // Written out, because the compiler leaves a loop of ten rounds as a loop and then is half as fast.
            turn(&state, 0)
            turn(&state, 1)
            turn(&state, 2)
            turn(&state, 3)
            turn(&state, 4)
            turn(&state, 5)
            turn(&state, 6)
            turn(&state, 7)
            turn(&state, 8)
            turn(&state, 9)
            let lower = (state.x0 & mask) | (state.x1 &<< half)
            let upper = (state.x2 & mask) | (state.x3 &<< half)
            (first[2 * index], first[2 * index + 1]) = (lower.lowHalf, lower.highHalf)
            (second[2 * index], second[2 * index + 1]) = (upper.lowHalf, upper.highHalf)
        }
    }

    @inline(__always)
    private func turn(_ state: inout State<Words>, _ round: Int) {
        let (lower, upper) = roundKey(round)
        let mask = Words(repeating: 0xFFFF_FFFF)
        let first = (state.x0 & mask) &* Words(repeating: Self.multipliers.0)
        let second = (state.x2 & mask) &* Words(repeating: Self.multipliers.1)
        let x0 = (second &>> Words(repeating: 32)) ^ (state.x1 ^ Words(repeating: lower))
        let x2 = (first &>> Words(repeating: 32)) ^ (state.x3 ^ Words(repeating: upper))
        state = State(x0, second, x2, first)
    }
}
