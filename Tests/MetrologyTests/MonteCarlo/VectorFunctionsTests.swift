// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import Metrology

@Suite("Functions of four numbers at once")
struct VectorFunctionsTests {
    /// Largest error in units of the last place, over random numbers of a range.
    private func error(
        _ seed: UInt64, _ range: ClosedRange<Double>, _ function: (TrialVector) -> TrialVector, _ reference: (Double) -> Double
    ) -> Double {
        var random = SplitMix64(seed: seed)
        var worst = 0.0
        for _ in 0..<50_000 {
            let x = Double.random(in: range, using: &random)
            let expected = reference(x)
            worst = max(worst, abs(function(TrialVector(repeating: x))[2] - expected) / expected.ulp)
        }
        return worst
    }

    @Test(arguments: [-708.0...708.0, -1...1, -1e-9...1e-9])
    func `exponentials agree with the library to two units of the last place`(range: ClosedRange<Double>) {
        #expect(error(1, range, { VectorFunctions.exp($0) }, { exp($0) }) <= 2)
        #expect(error(2, range, { VectorFunctions.expMinusOne($0) }, { expm1($0) }) <= 3)
    }

    @Test(arguments: [0x1p-1022...1e-300, 1e-5...0.7, 0.7...1.42, 0.999_999...1.000_001, 1...1e300])
    func `logarithms agree with the library to two units of the last place`(range: ClosedRange<Double>) {
        #expect(error(3, range, { VectorFunctions.log($0) }, { log($0) }) <= 2)
    }

    @Test(arguments: [1.0, 100, 100_000])
    func `sines and cosines agree with the library to the sixteenth digit`(limit: Double) {
        var random = SplitMix64(seed: 4)
        for _ in 0..<50_000 {
            let x = Double.random(in: -limit...limit, using: &random)
            #expect(abs(VectorFunctions.sin(TrialVector(repeating: x))[1] - sin(x)) < 2.5e-16)
            #expect(abs(VectorFunctions.cos(TrialVector(repeating: x))[3] - cos(x)) < 2.5e-16)
        }
    }

    @Test func `turns are exact at quarters and agree with the library between them`() {
        for (turn, sine, cosine) in [(0.0, 0.0, 1.0), (0.25, 1, 0), (0.5, 0, -1), (0.75, -1, 0), (1, 0, 1)] {
            #expect(abs(VectorFunctions.sinTurns(TrialVector(repeating: turn))[0] - sine) < 1.2e-16)
            #expect(abs(VectorFunctions.cosTurns(TrialVector(repeating: turn))[0] - cosine) < 1.2e-16)
        }
        var random = SplitMix64(seed: 5)
        for _ in 0..<50_000 {
            let v = Double.random(in: 0...1, using: &random)
            #expect(abs(VectorFunctions.sinTurns(TrialVector(repeating: v))[0] - sin(2 * .pi * v)) < 1e-15)
            #expect(abs(VectorFunctions.cosTurns(TrialVector(repeating: v))[0] - cos(2 * .pi * v)) < 1e-15)
        }
    }
}
