// SPDX-License-Identifier: Apache-2.0

private import Glibc

/// Distribution functions behind coverage factors, in double precision.
enum SpecialFunctions {
    /// Regularised incomplete beta function I_x(a, b), given x and its complement 1 − x.
    ///
    /// Both are given, so that neither has to be formed by a subtraction that loses digits. Continued
    /// fraction, evaluated by the modified Lentz method on the side where it converges.
    /// Source: NIST Digital Library of Mathematical Functions, 8.17.22; swapping by 8.17.4.
    static func regularizedBeta(x: Double, complement: Double, a: Double, b: Double) -> Double {
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        if x > (a + 1) / (a + b + 2) {
            return 1 - regularizedBeta(x: complement, complement: x, a: b, b: a)
        }
        let logFront = a * log(x) + b * log(complement) - logBeta(a, b) - log(a)
        return exp(logFront) * betaFraction(x: x, a: a, b: b)
    }

    /// Probability that |T| exceeds t >= 0 for Student's distribution with ν degrees of freedom.
    static func studentTwoSidedTail(t: Double, degreesOfFreedom nu: Double) -> Double {
        // For t much greater than √ν the quotient t²/(ν + t²) rounds to 1; the two shares are formed apart.
        let square = t * t
        let sum = nu + square
        return regularizedBeta(x: nu / sum, complement: square / sum, a: nu / 2, b: 0.5)
    }

    /// Density of Student's distribution.
    static func studentDensity(t: Double, degreesOfFreedom nu: Double) -> Double {
        exp(-(nu + 1) / 2 * log1p(t * t / nu) - logBeta(nu / 2, 0.5) - log(nu) / 2)
    }

    /// Probability that a standard normal variable exceeds z.
    static func normalUpperTail(_ z: Double) -> Double {
        erfc(z / 2.0.squareRoot()) / 2
    }

    /// Standard normal quantile z with upper tail 0 < tail <= 1/2.
    ///
    /// Start of Abramowitz and Stegun 26.2.23 (error below 4.5e-4), then Newton steps with Halley's
    /// correction.
    static func normalUpperQuantile(tail: Double) -> Double {
        let r = (-2 * log(tail)).squareRoot()
        let numerator = 2.515_517 + r * (0.802_853 + r * 0.010_328)
        let denominator = 1 + r * (1.432_788 + r * (0.189_269 + r * 0.001_308))
        var z = r - numerator / denominator
        for _ in 0..<3 {
            let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
            let step = (normalUpperTail(z) - tail) / density
            z += step / (1 - z * step / 2)
        }
        return z
    }

    /// Natural logarithm of the beta function B(a, b) for positive a and b.
    static func logBeta(_ a: Double, _ b: Double) -> Double {
        let (small, large) = a < b ? (a, b) : (b, a)
        guard small == 0.5, large > 20 else {
            return logGamma(a) + logGamma(b) - logGamma(a + b)
        }
        // ln Γ(n + 1/2) − ln Γ(n): the difference of two large logarithms would lose all that is wanted.
        let inverse = 1 / large
        let square = inverse * inverse
        let series =
            inverse * (-1.0 / 8 + square * (1.0 / 192 + square * (-1.0 / 640 + square * 17.0 / 14_336)))
        return logGamma(0.5) - log(large) / 2 - series
    }

    private static func logGamma(_ x: Double) -> Double {
        let (logarithm, _): (Double, Int) = lgamma(x)
        return logarithm
    }

    /// Continued fraction of I_x(a, b) without its front factor.
    private static func betaFraction(x: Double, a: Double, b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var fraction = d
        for index in 1...20_000 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonZero(1 + even * d, tiny)
            c = nonZero(1 + even / c, tiny)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonZero(1 + odd * d, tiny)
            c = nonZero(1 + odd / c, tiny)
            let factor = d * c
            fraction *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        return fraction
    }

    private static func nonZero(_ value: Double, _ tiny: Double) -> Double {
        abs(value) < tiny ? tiny : value
    }
}
