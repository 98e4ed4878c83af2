// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Standard normal distribution, accurate in both tails.
package enum NormalDistribution {
    /// Probability that a standard normal variable is at most z; 5.7e-300 at −37.
    package static func cumulativeProbability(_ z: Double) -> Double { upperTail(-z) }

    /// Probability that a standard normal variable exceeds z.
    package static func upperTail(_ z: Double) -> Double { erfc(z * 0.707_106_781_186_547_524_4) / 2 }

    /// Density at z.
    package static func density(_ z: Double) -> Double { exp(-z * z / 2) * 0.398_942_280_401_432_677_9 }

    /// Number z below which a share lies, given that share and the share above, so that neither tail loses digits.
    ///
    /// - Parameters:
    ///   - lower: Share below z, 0...1.
    ///   - upper: Share above z, 1 − lower.
    /// - Returns: z to about 1e-16 relative; infinite for a share of 0; NaN outside 0...1.
    /// - Source: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477, routine PPND16.
    package static func quantile(lower: Double, upper: Double) -> Double {
        let tail = Swift.min(lower, upper)
        guard tail >= 0, lower <= 1, upper <= 1 else { return .nan }
        let sign = lower < upper ? -1.0 : 1.0
        if tail == 0 { return sign * .infinity }
        if tail >= 0.075 { return sign * quantile(fromMedian: 0.5 - tail) }
        let r = (-log(tail)).squareRoot()
        return sign
            * (r <= 5 ? ratio(r - 1.6, sideNumerator, sideDenominator) : ratio(r - 5, farNumerator, farDenominator))
    }

    /// Number z with a share between the median and z, −0.425...0.425: no digits are lost near the median.
    static func quantile(fromMedian share: Double) -> Double {
        share * ratio(0.180_625 - share * share, centralNumerator, centralDenominator)
    }

    /// Number z with the given share below it; see ``quantile(lower:upper:)`` for shares near 1.
    package static func quantile(_ probability: Double) -> Double {
        quantile(lower: probability, upper: 1 - probability)
    }

    /// Quotient of two polynomials of degree 7, coefficients from the highest power.
    private static func ratio(_ r: Double, _ above: [Double], _ below: [Double]) -> Double {
        var numerator = 0.0
        var denominator = 0.0
        for index in 0..<8 {
            numerator = numerator * r + above[index]
            denominator = denominator * r + below[index]
        }
        return numerator / denominator
    }

    // Coefficients of AS 241 as printed there.
    private static let centralNumerator = [
        2.509_080_928_730_122_672_7e+3, 3.343_057_558_358_812_810_5e+4, 6.726_577_092_700_870_085_3e+4,
        4.592_195_393_154_987_145_7e+4, 1.373_169_376_550_946_112_5e+4, 1.971_590_950_306_551_442_7e+3,
        1.331_416_678_917_843_774_5e+2, 3.387_132_872_796_366_608_0,
    ]
    private static let centralDenominator = [
        5.226_495_278_852_854_561_0e+3, 2.872_908_573_572_194_267_4e+4, 3.930_789_580_009_271_061_0e+4,
        2.121_379_430_158_659_586_7e+4, 5.394_196_021_424_751_107_7e+3, 6.871_870_074_920_579_083_0e+2,
        4.231_333_070_160_091_125_2e+1, 1,
    ]
    private static let sideNumerator = [
        7.745_450_142_783_414_076_40e-4, 2.272_384_498_926_918_458_33e-2, 2.417_807_251_774_506_117_70e-1,
        1.270_458_252_452_368_382_58, 3.647_848_324_763_204_605_04, 5.769_497_221_460_691_405_50,
        4.630_337_846_156_545_295_90, 1.423_437_110_749_683_577_34,
    ]
    private static let sideDenominator = [
        1.050_750_071_644_416_843_24e-9, 5.475_938_084_995_344_946_00e-4, 1.519_866_656_361_645_719_66e-2,
        1.481_039_764_274_800_745_90e-1, 6.897_673_349_851_000_045_50e-1, 1.676_384_830_183_803_849_40,
        2.053_191_626_637_758_821_87, 1,
    ]
    private static let farNumerator = [
        2.010_334_399_292_288_132_65e-7, 2.711_555_568_743_487_578_15e-5, 1.242_660_947_388_078_438_60e-3,
        2.653_218_952_657_612_309_30e-2, 2.965_605_718_285_048_912_30e-1, 1.784_826_539_917_291_335_80,
        5.463_784_911_164_114_369_90, 6.657_904_643_501_103_777_20,
    ]
    private static let farDenominator = [
        2.044_263_103_389_939_785_64e-15, 1.421_511_758_316_445_888_70e-7, 1.846_318_317_510_054_681_80e-5,
        7.868_691_311_456_132_591_00e-4, 1.487_536_129_085_061_485_25e-2, 1.369_298_809_227_358_053_10e-1,
        5.998_322_065_558_879_376_90e-1, 1,
    ]
}
