// SPDX-License-Identifier: Apache-2.0

/// Probabilities of intervals of the standard normal distribution that keep their leading digits however small they are.
enum NormalInterval {
    /// Probability of a value outside a…b; an end may be infinite.
    ///
    /// A sum of two tails: nothing cancels.
    static func outside(_ a: Double, _ b: Double) -> Double {
        NormalDistribution.upperTail(-a) + NormalDistribution.upperTail(b)
    }

    /// Probability of a value inside a…b, zero when a is above b; an end may be infinite.
    ///
    /// The difference is taken between the tails on the side where both are small; for a short interval the density is
    /// integrated instead, because there even those agree in their leading digits.
    /// - Parameter width: b − a, where it is known better than the rounded ends tell.
    static func inside(_ a: Double, _ b: Double, width: Double? = nil) -> Double {
        let width = width ?? b - a
        guard width > 0 else { return 0 }
        let nearest = a > 0 ? a : (b < 0 ? -b : 0)
        if width * max(1, nearest) < 1 { return integratedDensity(centre: (a + b) / 2, half: width / 2) }
        if a > 0 { return NormalDistribution.upperTail(a) - NormalDistribution.upperTail(b) }
        if b < 0 { return NormalDistribution.upperTail(-b) - NormalDistribution.upperTail(-a) }
        return 1 - outside(a, b)
    }

    /// Gauss-Legendre quadrature with ten points, exact to rounding where the density falls by less than a factor e.
    ///
    /// Source of nodes and weights: Abramowitz and Stegun, table 25.4.
    private static func integratedDensity(centre: Double, half: Double) -> Double {
        let rule: [(node: Double, weight: Double)] = [
            (0.148_874_338_981_631_21, 0.295_524_224_714_752_87), (0.433_395_394_129_247_19, 0.269_266_719_309_996_36),
            (0.679_409_568_299_024_41, 0.219_086_362_515_982_04), (0.865_063_366_688_984_51, 0.149_451_349_150_580_59),
            (0.973_906_528_517_171_72, 0.066_671_344_308_688_14),
        ]
        var sum = 0.0
        for (node, weight) in rule {
            let offset = half * node
            sum += weight * (NormalDistribution.density(centre - offset) + NormalDistribution.density(centre + offset))
        }
        return half * sum
    }
}
