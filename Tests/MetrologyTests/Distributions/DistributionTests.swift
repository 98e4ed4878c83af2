// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

/// Reference values were computed with 50 and 60 digits by mpmath 1.3.
@Suite("Distributions behind coverage factors and risks") struct DistributionTests {
    @Test(
        "Student's tail far out and close to zero",
        arguments: [
            (3.0, 1e5, 2.205_315_580_893_254_6e-15), (7.5, 40, 5.119_056_763_709_790_8e-10), (1, 1e-3, 0.999_363_380_439_838_88),
            (0.7, 12, 0.109_058_714_983_932_13), (1_000, 30, 1.537_468_744_404_348_2e-141),
            (99_000, 20, 8.256_775_277_037_408_9e-89), (120_000, 25, 1.379_166_923_031_777e-137),
            (1e7, 8, 1.244_323_480_280_678_5e-15), (1e12, 35, 2.249_822_258_356_991_9e-268),
        ]) func studentTail(nu: Double, t: Double, outside: Double) throws
    {
        let tail = try StudentDistribution(degreesOfFreedom: nu).shares(within: t).outside
        // z²·ε: what the last digit of t alone means for the tail.
        #expect(agrees(tail, outside, relative: max(1e-12, t * t * 4e-16)), "\(tail)")
    }

    @Test(
        "Student's factor for shares outside down to 1e-60",
        arguments: [
            (1.0, 1e-12, 636_619_772_367.581_34), (3, 1e-14, 60_416.688_182_827_72), (5, 1e-30, 1_801_609.952_625_809_9),
            (2.5, 1e-9, 4_604.533_051_971_916_2), (300, 1e-40, 15.637_463_553_213_669), (50_000, 1e-50, 14.996_374_248_067_977),
            (200_000, 1e-60, 16.444_916_830_838_638), (0.5, 0.05, 164.557_673_480_488_53), (0.9, 1e-3, 1_281.727_041_036_519_1),
            (6, 0.999_999, 1.306_394_529_484_795_2e-6), (1e9, 0.05, 1.959_963_986_912_325_5),
        ]) func studentFactor(nu: Double, outside: Double, factor: Double) throws
    {
        let distribution = try StudentDistribution(degreesOfFreedom: nu)
        let inside = outside == 0.999_999 ? 1e-6 : 1 - outside
        let found = try distribution.twoSidedFactor(inside: inside, outside: outside)
        #expect(agrees(found, factor, relative: 1e-12), "\(found)")
    }

    @Test(
        "Normal quantile down to 1e-300",
        arguments: [
            (1e-300, -37.047_096_299_361_199), (1e-100, -21.273_453_560_965_324), (1e-20, -9.262_340_089_798_407_6),
            (1e-7, -5.199_337_582_192_816_9), (0.07, -1.475_791_028_179_170_7), (0.08, -1.405_071_560_309_632_6),
            (0.3, -0.524_400_512_708_040_78), (0.499_99, -2.506_628_274_893_494e-5),
        ]) func normalQuantile(lower: Double, z: Double)
    {
        #expect(agrees(NormalDistribution.quantile(lower: lower, upper: 1 - lower), z, relative: 1e-11))
        #expect(agrees(NormalDistribution.quantile(lower: 1 - lower, upper: lower), -z, relative: 1e-11))
        #expect(agrees(NormalDistribution.cumulativeProbability(z), lower, relative: 1e-12))
    }

    @Test(
        "Incomplete gamma function",
        arguments: [
            (0.5, 0.2, 0.472_910_743_134_461_91, 0.527_089_256_865_538_09),
            (1e-3, 1e-5, 0.989_123_044_695_782_67, 1.087_695_530_421_733_1e-2),
            (20, 30, 0.978_126_531_558_609_15, 2.187_346_844_139_085_3e-2),
            (1e6, 1_001_000, 0.841_344_786_368_340_29, 0.158_655_213_631_659_71), (1e6, 990_000, 5.446_644_693_010_808_7e-24, 1),
            (100, 400, 1, 1.094_374_708_734_698_3e-72), (3, 1e-40, 1.666_666_666_666_666_7e-121, 1),
            (1e5, 1e5, 0.500_420_522_110_365_18, 0.499_579_477_889_634_82),
        ]) func incompleteGamma(a: Double, x: Double, lower: Double, upper: Double)
    {
        let found = IncompleteGamma.regularized(a: a, x: x)
        #expect(agrees(found.lower, lower, relative: 1e-12) && agrees(found.upper, upper, relative: 1e-12), "\(found)")
    }

    @Test(
        "Incomplete beta function",
        arguments: [
            (0.3, 2, 5, 0.579_825, 0.420_175), (0.99, 40, 3, 0.991_416_146_200_266_52, 8.583_853_799_733_478_3e-3),
            (1e-10, 0.5, 1_000, 3.567_802_110_363_053_5e-4, 0.999_643_219_788_963_69),
        ]) func incompleteBeta(x: Double, a: Double, b: Double, lower: Double, upper: Double)
    {
        let found = IncompleteBeta.regularized(x: x, complement: 1 - x, a: a, b: b)
        #expect(agrees(found.lower, lower, relative: 1e-12) && agrees(found.upper, upper, relative: 1e-12), "\(found)")
    }

    @Test func `every quantile gives back the share it was asked for`() throws {
        var random = SplitMix64(seed: 20_261)
        for round in 0..<3_000 {
            let outside = exp2Of(-Double.random(in: 0.1...120, using: &random))
            let nu = exp2Of(Double.random(in: -1...22, using: &random))
            let other = exp2Of(Double.random(in: -1...12, using: &random))
            let student = try StudentDistribution(degreesOfFreedom: nu)
            let t = try student.twoSidedFactor(inside: 1 - outside, outside: outside)
            if t.isFinite {
                let back = student.shares(within: t).outside
                #expect(
                    agrees(back, outside, relative: 1e-10),
                    "seed 20261 round \(round): nu \(nu), outside \(outside), t \(t), \(back)")
            }
            let chi = try ChiSquareDistribution(degreesOfFreedom: nu)
            let upper = try chi.tails(at: chi.quantile(lower: 1 - outside, upper: outside)).upper
            #expect(
                agrees(upper, outside, relative: 1e-9), "seed 20261 round \(round): chi-squared nu \(nu), \(outside), \(upper)")
            if outside > 1e-30 {
                let low = try chi.tails(at: chi.quantile(lower: outside, upper: 1 - outside)).lower
                #expect(
                    agrees(low, outside, relative: 1e-9),
                    "seed 20261 round \(round): chi-squared nu \(nu), lower \(outside), \(low)")
            }
            let fisher = try FisherDistribution(numerator: min(nu, 4_096), denominator: other)
            let quantile = try fisher.quantile(lower: 1 - outside, upper: outside)
            if quantile < 1e300 {
                #expect(
                    agrees(fisher.tails(at: quantile).upper, outside, relative: 1e-9),
                    "seed 20261 round \(round): F \(nu) \(other) \(outside) \(quantile)")
            }
        }
    }

    private func exp2Of(_ x: Double) -> Double {
        let whole = x.rounded(.down)
        return Double(sign: .plus, exponent: Int(whole), significand: 1) * (1 + (x - whole))
    }

    @Test func `numbers outside a domain give no number instead of a trap`() {
        #expect(IncompleteGamma.regularized(a: -1, x: 1).lower.isNaN)
        #expect(IncompleteBeta.regularized(x: 2, complement: -1, a: 1, b: 1).lower.isNaN)
        #expect(NormalDistribution.quantile(-0.1).isNaN)
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(throws: UncertaintyError.degreesOfFreedomOutOfRange) { try ChiSquareDistribution(degreesOfFreedom: 0) }
        #expect(throws: UncertaintyError.degreesOfFreedomOutOfRange) { try FisherDistribution(numerator: 1, denominator: .nan) }
    }
}
