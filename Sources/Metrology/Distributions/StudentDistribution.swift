// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Student's t distribution; the standard normal distribution for infinite degrees of freedom.
package struct StudentDistribution: Sendable, Hashable {
    /// Degrees of freedom ν > 0, whole or not, or infinity.
    package let degreesOfFreedom: Double

    /// Creates a distribution.
    ///
    /// - Throws: ``UncertaintyError/degreesOfFreedomOutOfRange`` unless ν > 0.
    package init(degreesOfFreedom: Double) throws(UncertaintyError) {
        guard degreesOfFreedom > 0 else { throw .degreesOfFreedomOutOfRange }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Probability that T <= t.
    package func cumulativeProbability(at t: Double) -> Double {
        let (inside, outside) = shares(within: abs(t))
        return t < 0 ? outside / 2 : outside < inside ? 1 - outside / 2 : (1 + inside) / 2
    }

    /// Probability that T > t, accurate far out.
    package func upperTail(at t: Double) -> Double { cumulativeProbability(at: -t) }

    /// Density at t.
    package func density(at t: Double) -> Double {
        if degreesOfFreedom.isInfinite { return NormalDistribution.density(t) }
        let half = degreesOfFreedom / 2
        // Γ(ν/2 + 1/2) / (Γ(ν/2) √(νπ)) without the difference of two large logarithms.
        let constant =
            half * log1p(0.5 / half) - 0.5 + IncompleteGamma.stirlingRemainder(half + 0.5)
            - IncompleteGamma.stirlingRemainder(half)
        return exp(constant - (half + 0.5) * log1p(t / degreesOfFreedom * t)) * 0.398_942_280_401_432_677_9
    }

    /// Number t with P(−t <= T <= t) = probability, relative error below 1e-12.
    ///
    /// - Parameter probability: Strictly between 0 and 1; see ``twoSidedFactor(inside:outside:)`` near 1.
    /// - Throws: ``UncertaintyError/probabilityOutOfRange``.
    /// - Source: JCGM 100:2008, G.3.2 and table G.2, which the result reproduces.
    package func twoSidedFactor(probability: Double) throws(UncertaintyError) -> Double {
        try twoSidedFactor(inside: probability, outside: 1 - probability)
    }

    /// Number t with a given share within ±t, given with its complement, so that neither loses digits.
    ///
    /// - Returns: t; infinite or close to the largest double where it exceeds that (ν well below 1 and a share near 1).
    /// - Throws: ``UncertaintyError/probabilityOutOfRange`` unless both shares are positive.
    package func twoSidedFactor(inside: Double, outside: Double) throws(UncertaintyError) -> Double {
        guard inside > 0, outside > 0, inside <= 1, outside <= 1 else { throw .probabilityOutOfRange }
        if degreesOfFreedom.isInfinite {
            return inside < 0.85
                ? NormalDistribution.quantile(fromMedian: inside / 2)
                : NormalDistribution.quantile(lower: 1 - outside / 2, upper: outside / 2)
        }
        if degreesOfFreedom == 1 { return outside < inside ? 1 / tan(.pi / 2 * outside) : tan(.pi / 2 * inside) }
        if degreesOfFreedom == 2 { return inside * (2 / (outside * (1 + inside))).squareRoot() }
        return solvedFactor(inside: inside, outside: outside)
    }

    /// Share within ±t and beyond, t >= 0, each accurate where it is small.
    package func shares(within t: Double) -> (inside: Double, outside: Double) {
        if degreesOfFreedom > 100_000 {
            let z = normalEquivalent(t) * 0.707_106_781_186_547_524_4
            return (erf(z), erfc(z))
        }
        let ratio = t / degreesOfFreedom * t
        if ratio > 1e200 {
            // The first term of the series is all there is; x itself could vanish.
            let a = degreesOfFreedom / 2
            let outside = exp(a * (log(degreesOfFreedom) - 2 * log(t)) - log(a) - IncompleteBeta.logBeta(a, 0.5))
            return (1 - outside, outside)
        }
        let (x, y) = ratio < 1 ? (1 / (1 + ratio), ratio / (1 + ratio)) : (1 / ratio / (1 + 1 / ratio), 1 / (1 + 1 / ratio))
        let shares = IncompleteBeta.regularized(x: x, complement: y, a: degreesOfFreedom / 2, b: 0.5)
        return (shares.upper, shares.lower)
    }

    /// Normal deviate with the same share beyond it.
    ///
    /// Source: G. W. Hill, Algorithm 395, Communications of the ACM 13 (1970) 617; beyond ν = 100 000 its error is below 1e-15.
    private func normalEquivalent(_ t: Double) -> Double {
        if degreesOfFreedom.isInfinite { return t }
        let a = degreesOfFreedom - 0.5
        let b = 48 * a * a
        let square = a * log1p(t / degreesOfFreedom * t)
        let second = ((-0.4 * square - 3.3) * square - 24) * square - 85.5
        return ((second / (0.8 * square * square + 100 + b) + square + 3) / b + 1) * square.squareRoot()
    }

    /// Hill's start and Halley's steps on the smaller share; a bracketed search where they do not settle.
    private func solvedFactor(inside: Double, outside: Double) -> Double {
        let byInside = inside < outside
        var t = start(outside: outside)
        for _ in 0..<8 where t.isFinite && t > 0 {
            let shares = shares(within: t)
            let excess = byInside ? shares.inside - inside : outside - shares.outside
            let step = excess / (2 * density(at: t))
            let curvature = (degreesOfFreedom + 1) * t / (degreesOfFreedom + t * t)
            let corrected = step / (1 + Swift.min(0.5, Swift.max(-0.5, step * curvature / 2)))
            let next = t - corrected
            guard next > 0 else { break }
            t = next
            // Convergence is cubic: what is left after this step is below the last digit.
            if abs(corrected) <= 1e-6 * t { return t }
        }
        return QuantileSearch.positive(
            DistributionTails(lower: inside, upper: outside), start: 1,
            tails: { x in
                let shares = self.shares(within: x)
                return DistributionTails(lower: shares.inside, upper: shares.outside)
            }, density: { 2 * self.density(at: $0) })
    }

    /// Start within about 1e-3 for ν >= 1; a rough one below.
    ///
    /// Source: G. W. Hill, Algorithm 396, Communications of the ACM 13 (1970) 619.
    private func start(outside: Double) -> Double {
        let nu = degreesOfFreedom
        guard nu >= 1 else { return 1 }
        let a = 1 / (nu - 0.5)
        let b = 48 / (a * a)
        var c = ((20_700 * a / b - 98) * a - 16) * a + 96.36
        let d = ((94.5 / (b + c) - 3) / b + 1) * (a * .pi / 2).squareRoot() * nu
        var y = pow(d * outside, 2 / nu)
        if y > 0.05 + a {
            let x = -NormalDistribution.quantile(lower: 1 - outside / 2, upper: outside / 2)
            y = x * x
            if nu < 5 { c += 0.3 * (nu - 4.5) * (x + 0.6) }
            c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
            y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
            y = expm1(a * y * y)
        } else {
            let inner = 1 / (((nu + 6) / (nu * y) - 0.089 * d - 0.822) * (nu + 2) * 3) + 0.5 / (nu + 4)
            y = (inner * y - 1) * (nu + 1) / (nu + 2) + 1 / y
        }
        return (nu * y).squareRoot()
    }
}
