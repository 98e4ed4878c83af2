// SPDX-License-Identifier: Apache-2.0

/// Draws the values of one independent input in the trials of a chunk.
///
/// Only additions, multiplications, divisions and square roots enter, so that the values are the same bits on every machine.
struct InputSampler {
    private let estimate: Double
    private let distribution: SampledDistribution

    init(estimate: Double, _ distribution: SampledDistribution) {
        (self.estimate, self.distribution) = (estimate, distribution)
    }

    /// Fills a column with the trials of a chunk.
    ///
    /// One word of 64 bits is used per trial, two where the distribution needs them.
    func draw(into column: TrialColumn, from source: RandomSource) {
        let estimate = estimate
        switch distribution {
        case .constant:
            column.fill(estimate)
        case .normal(let u):
            source.drawNormal(into: column) { $0 * u + estimate }
        case .student(let u, let degreesOfFreedom):
            // R. W. Bailey, "Polar generation of random variates with the t-distribution", Math. Comp. 62 (1994) 779: exact for
            // every ν.
            let exponent = -2 / degreesOfFreedom
            source.drawPolar(
                into: column, squaredRadius: { degreesOfFreedom * VectorFunctions.expMinusOne(exponent * $0) },
                value: { $0 * u + estimate })
        case .rectangular(let a):
            source.drawFromOne(into: column) { (2 * $0 - 1) * a + estimate }
        case .triangular(let a):
            source.drawFromOne(into: column) { uniform in
                // Quantile function: distance from the middle 1 − √(1 − |w|) on the side of w = 2u − 1.
                let w = 2 * uniform - 1
                return (1 - (1 - w.magnitudes).squareRoot()).withSigns(of: w) * a + estimate
            }
        case .arcsine(let a):
            source.drawFromOne(into: column) { VectorFunctions.sinHalfTurns($0 - 0.5) * a + estimate }
        case .trapezoidal(let a, let beta):
            let (long, short) = (a * (1 + beta) / 2, a * (1 - beta) / 2)
            source.drawFromTwo(into: column) { ((2 * $0 - 1) * long + (2 * $1 - 1) * short) + estimate }
        case .curvilinearTrapezoidal(let a, let d):
            source.drawFromTwo(into: column) { (a + d * (2 * $0 - 1)) * (2 * $1 - 1) + estimate }
        }
    }
}

/// Random numbers of one input in one chunk.
///
/// Chunk c of block b takes, for input number s, calls (c·256 + j, b, s, 0) of the generator, each of which gives two words of 64
/// bits: trial j of the chunk uses the first, trial 256 + j the second. Distributions that need two words take calls (c·512 + j,
/// b, s, 0), both words for trial j.
struct RandomSource {
    let generator: PhiloxGenerator
    let words: (first: WordColumn, second: WordColumn)
    let block: UInt32
    let chunk: UInt32
    let stream: UInt32

    /// Fills a column by a function of one uniform number, 0 < u < 1, per trial.
    @inline(__always)
    func drawFromOne(into column: TrialColumn, _ function: (TrialVector) -> TrialVector) {
        fill(calls: TrialLayout.chunk / 2)
        let half = TrialLayout.vectors / 2
        for index in 0..<half { column[index] = function(TrialVector(uniform: words.first[index])) }
        for index in 0..<half { column[half + index] = function(TrialVector(uniform: words.second[index])) }
    }

    /// Fills a column by a function of two uniform numbers per trial.
    @inline(__always)
    func drawFromTwo(into column: TrialColumn, _ function: (TrialVector, TrialVector) -> TrialVector) {
        fill(calls: TrialLayout.chunk)
        for index in 0..<TrialLayout.vectors {
            column[index] = function(TrialVector(uniform: words.first[index]), TrialVector(uniform: words.second[index]))
        }
    }

    /// Fills a column by a function of one standard normal number per trial; the two words of a call make two of them.
    ///
    /// Source: G. E. P. Box and M. E. Muller, as in JCGM 101:2008, C.4. The smallest uniform number, 2^−53, limits them to ±
    /// 8.57.
    @inline(__always)
    func drawNormal(into column: TrialColumn, _ function: (TrialVector) -> TrialVector) {
        fill(calls: TrialLayout.chunk / 2)
        let half = TrialLayout.vectors / 2
        // In three passes: operations of neighbouring trials overlap only where the chain of one trial is short.
        for index in 0..<half { column[index] = -2 * VectorFunctions.log(TrialVector(uniform: words.first[index])) }
        for index in 0..<half {
            let radius = column[index].squareRoot()
            let turn = TrialVector(uniform: words.second[index])
            column[index] = radius * VectorFunctions.cosTurns(turn)
            column[half + index] = radius * VectorFunctions.sinTurns(turn)
        }
        column.fill(from: column, function)
    }

    /// Fills a column by a function of one number r·cos 2πv per trial, with r² a function of ln u, for two uniform numbers u and
    /// v.
    @inline(__always)
    func drawPolar(
        into column: TrialColumn, squaredRadius: (TrialVector) -> TrialVector, value: (TrialVector) -> TrialVector
    ) {
        fill(calls: TrialLayout.chunk)
        for index in 0..<TrialLayout.vectors { column[index] = VectorFunctions.log(TrialVector(uniform: words.first[index])) }
        for index in 0..<TrialLayout.vectors { column[index] = squaredRadius(column[index]) }
        for index in 0..<TrialLayout.vectors {
            column[index] = value(
                column[index].squareRoot() * VectorFunctions.cosTurns(TrialVector(uniform: words.second[index])))
        }
    }

    private func fill(calls: Int) {
        let address = PhiloxAddress(firstCall: chunk &* UInt32(truncatingIfNeeded: calls), block: block, stream: stream)
        generator.fill(words.first, words.second, calls: calls, at: address)
    }
}

extension SIMD4<Double> {
    /// Uniform numbers (k + ½)/2^52 from the upper 52 bits k of words: symmetric about ½, never 0 or 1.
    @inline(__always)
    fileprivate init(uniform words: TrialBits) {
        // With the exponent of 1 the bits make a number from 1 up to 2; the difference is exact.
        self = TrialVector(bits: (words &>> TrialBits(repeating: 12)) | 0x3FF0_0000_0000_0000) - (1 - 0x1p-53)
    }

    /// Numbers of these magnitudes with the signs of others.
    @inline(__always)
    fileprivate func withSigns(of other: TrialVector) -> TrialVector {
        TrialVector(bits: bits | (other.bits & 0x8000_0000_0000_0000))
    }
}
