// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Metrology

@Suite("Counter-based random numbers (Salmon et al. 2011)")
struct PhiloxGeneratorTests {
    /// Known answers published with the generator: counter, key, result.
    static let published: [(counter: SIMD4<UInt32>, key: UInt64, result: SIMD4<UInt32>)] = [
        (SIMD4(0, 0, 0, 0), 0, SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
        (
            SIMD4(repeating: 0xffff_ffff), 0xffff_ffff_ffff_ffff,
            SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
        ),
        (
            SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), 0x299f_31d0_a409_3822,
            SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
        ),
    ]

    @Test(arguments: 0..<3)
    func `a published counter and key give the published words`(row: Int) {
        let known = Self.published[row]
        #expect(PhiloxGenerator(seed: known.key).words(known.counter) == known.result)
    }

    @Test func `many calls at once give what single calls give`() {
        let generator = PhiloxGenerator(seed: 0x0123_4567_89ab_cdef)
        let storage = TrialStorage(columns: 1)
        let (first, second) = storage.wordColumns
        for (firstCall, block, stream) in [(0, 0, 0), (1_792, 244, 5), (3_584, 4_294_967_295, 9_999)]
            as [(UInt32, UInt32, UInt32)]
        {
            let address = PhiloxAddress(firstCall: firstCall, block: block, stream: stream)
            generator.fill(first, second, calls: 512, at: address)
            for call in 0..<512 {
                let words = generator.words(SIMD4(firstCall + UInt32(call), block, stream, 0))
                #expect(first[call / 4][call % 4] == UInt64(words[1]) << 32 | UInt64(words[0]))
                #expect(second[call / 4][call % 4] == UInt64(words[3]) << 32 | UInt64(words[2]))
            }
        }
        withExtendedLifetime(storage) {}
    }
}
