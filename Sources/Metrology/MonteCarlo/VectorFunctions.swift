// SPDX-License-Identifier: Apache-2.0

/// Elementary functions of four numbers at once, from additions, multiplications and divisions alone.
///
/// Such operations give the same bits on every processor of IEEE 754, which a mathematical library does not promise; so the
/// samples of a simulation can be repeated bit by bit on another machine. Polynomials: interpolation at Chebyshev nodes, computed
/// with 60 digits; errors below 2 units in the last place over the ranges stated.
enum VectorFunctions {
    /// Adding it leaves a number below 2^51 rounded to a whole one, which then stands in the lowest bits.
    private static let rounder = 0x1.8p52

    /// e^x for −708 ≤ x ≤ 708.
    @inline(__always)
    static func exp(_ x: TrialVector) -> TrialVector {
        let (power, rest) = exponentialParts(x)
        return power + power * rest
    }

    /// e^x − 1 for −708 ≤ x ≤ 708, without cancellation near zero.
    @inline(__always)
    static func expMinusOne(_ x: TrialVector) -> TrialVector {
        let (power, rest) = exponentialParts(x)
        return power * rest + (power - 1)
    }

    /// Natural logarithm of a normal positive number.
    @inline(__always)
    static func log(_ x: TrialVector) -> TrialVector {
        // x = 2^k (1 + f) with √½ ≤ 1 + f < √2; the bias keeps the shifted exponent positive.
        let bias: UInt64 = 1024
        let bits = x.bits
        let exponent = (bits &- 0x3FE6_A09E_667F_3BCD &+ (bias << 52)) &>> TrialBits(repeating: 52)
        let f = TrialVector(bits: bits &- (exponent &<< TrialBits(repeating: 52)) &+ (bias << 52)) - 1
        let k = TrialVector(bits: exponent | 0x4330_0000_0000_0000) - (0x1p52 + Double(bias))
        // ln(1 + f) = 2 artanh(s) with s = f/(2 + f).
        let s = f / (2 + f)
        let z = s * s
        let high = z * z
        let odd: TrialVector = 0.399999999998992 + 0.2857142862611452 * z
        let middle: TrialVector = 0.22222211112104948 + 0.1818289077802613 * z
        let top: TrialVector = 0.15331666676597175 + 0.146171283998073 * z
        let tail: TrialVector = odd + (middle + top * high) * high
        let series = z * (0.666666666666667 + z * tail)
        let half = 0.5 * f * f
        return k * lnTwo.high - ((half - (s * (half + series) + k * lnTwo.low)) - f)
    }

    /// sin x for |x| ≤ 100 000.
    @inline(__always)
    static func sin(_ x: TrialVector) -> TrialVector {
        let shifted = x * 0.3183098861837907 + rounder
        return reducedSine(x, halfTurns: shifted - rounder, sign: shifted.bits)
    }

    /// cos x for |x| ≤ 100 000.
    @inline(__always)
    static func cos(_ x: TrialVector) -> TrialVector {
        // x = (m − ½)π + r, so that cos x = ± sin r.
        let shifted = (x * 0.3183098861837907 + 0.5) + rounder
        return reducedSine(x, halfTurns: (shifted - rounder) - 0.5, sign: shifted.bits)
    }

    /// sin πd for |d| ≤ ½.
    @inline(__always)
    static func sinHalfTurns(_ d: TrialVector) -> TrialVector {
        let z = d * d
        let square = z * z
        let low: TrialVector =
            (-5.16771278004997 + 2.55016403987734 * z) + (-0.599264529320343 + 0.08214588659675232 * z) * square
        let top: TrialVector = -2.1906201655131958e-05 + 7.725743030789876e-07 * z
        let high: TrialVector = (-0.007370430719634586 + 0.00046630087411496363 * z) + top * square
        return d * (Double.pi + z * (low + high * (square * square)))
    }

    /// sin 2πv for 0 ≤ v ≤ 1.
    @inline(__always)
    static func sinTurns(_ v: TrialVector) -> TrialVector {
        let shifted = 2 * v + rounder
        return sinHalfTurns(2 * v - (shifted - rounder)).negated(byLowestBit: shifted.bits)
    }

    /// cos 2πv for 0 ≤ v ≤ 1.
    @inline(__always)
    static func cosTurns(_ v: TrialVector) -> TrialVector {
        let shifted = (2 * v + 0.5) + rounder
        return sinHalfTurns(2 * v - ((shifted - rounder) - 0.5)).negated(byLowestBit: shifted.bits)
    }

    /// 2^n and e^r − 1 with e^x = 2^n e^r, |r| ≤ ½ ln 2.
    @inline(__always)
    private static func exponentialParts(_ x: TrialVector) -> (power: TrialVector, rest: TrialVector) {
        let shifted = x * 1.4426950408889634 + rounder
        let n = shifted - rounder
        let r = (x - n * lnTwo.high) - n * lnTwo.low
        let square = r * r
        let fourth = square * square
        let first: TrialVector = 0.16666666666666666 + 0.04166666666665136 * r
        let second: TrialVector = 0.008333333333332155 + 0.0013888888905881542 * r
        let third: TrialVector = 0.0001984126985433861 + 2.4801536388690766e-05 * r
        let last: TrialVector = 2.755728006701698e-06 + 2.761380686153829e-07 * r
        let low: TrialVector = first + second * square
        let high: TrialVector = (third + last * square) + 2.5095554677111112e-08 * fourth
        let rest = r + (0.5 * square + (r * square) * (low + high * fourth))
        return (TrialVector(bits: (shifted.bits &+ 1023) &<< TrialBits(repeating: 52)), rest)
    }

    /// ± sin(x − nπ), the sign by the lowest bit.
    @inline(__always)
    private static func reducedSine(_ x: TrialVector, halfTurns n: TrialVector, sign: TrialBits) -> TrialVector {
        // π in parts of 33 bits, so that the first two products are exact.
        let r = ((x - n * 3.1415926534682512) - n * 1.2154201012607932e-10) - n * 4.044532497591901e-21
        let z = r * r
        let square = z * z
        let low: TrialVector =
            (-0.16666666666666666 + 0.008333333333333316 * z) + (-0.00019841269841254966 + 2.7557319219160833e-06 * z) * square
        let top: TrialVector = -7.643969663988074e-13 + 2.7314368769379893e-15 * z
        let high: TrialVector = (-2.505210761669045e-08 + 1.6058977292742643e-10 * z) + top * square
        return (r + (r * z) * (low + high * (square * square))).negated(byLowestBit: sign)
    }

    /// ln 2 as a part of 32 bits and the rest.
    private static var lnTwo: (high: Double, low: Double) {
        @inline(__always) get { (0.6931471803691238, 1.9082149292705877e-10) }
    }
}

extension SIMD4<Double> {
    /// The bits of the four numbers. A load from the vector's own bytes, because SIMD types have no conversion of bits.
    @inline(__always)
    var bits: TrialBits { withUnsafeBytes(of: self) { $0.load(as: TrialBits.self) } }

    /// Numbers with these bits.
    @inline(__always)
    init(bits: TrialBits) { self = withUnsafeBytes(of: bits) { $0.load(as: TrialVector.self) } }

    /// The numbers, with the other sign where the lowest bit is set.
    @inline(__always)
    func negated(byLowestBit bits: TrialBits) -> TrialVector {
        TrialVector(bits: self.bits ^ (bits &<< TrialBits(repeating: 63)))
    }

    /// Absolute values.
    @inline(__always)
    var magnitudes: TrialVector { TrialVector(bits: bits & 0x7FFF_FFFF_FFFF_FFFF) }
}
