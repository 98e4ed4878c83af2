// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Gamma function and its regularised incomplete forms, in double precision.
package enum IncompleteGamma {
    /// What Stirling's formula leaves out: ln Γ(z) − ((z − 1/2) ln z − z + ln √(2π)), for z > 0.
    ///
    /// Source: NIST Digital Library of Mathematical Functions, 5.11.1 with the Bernoulli numbers of 24.2.1.
    package static func stirlingRemainder(_ z: Double) -> Double {
        guard z >= 10 else {
            return logGamma(z) - ((z - 0.5) * log(z) - z + 0.918_938_533_204_672_741_8)
        }
        let inverse = 1 / z
        let square = inverse * inverse
        let tail = square * (1.0 / 1_260 - square * (1.0 / 1_680 - square * (1.0 / 1_188 - square * 691.0 / 360_360)))
        return inverse * (1.0 / 12 - square * (1.0 / 360 - tail))
    }

    /// ln Γ(z) for z > 0.
    package static func logGamma(_ z: Double) -> Double {
        let (logarithm, _): (Double, Int) = lgamma(z)
        return logarithm
    }

    /// Regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), the smaller one to 1e-13 relative.
    ///
    /// Series for x < a + 1, else a continued fraction by the modified method of Lentz.
    /// - Parameters:
    ///   - a: Shape, above 0 and finite.
    ///   - x: Argument, not negative.
    /// - Returns: Both shares; NaN outside the domain.
    /// - Source: NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2.
    package static func regularized(a: Double, x: Double) -> (lower: Double, upper: Double) {
        guard a > 0, a.isFinite, x >= 0 else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if x == .infinity { return (1, 0) }
        // A result that no double tells from 0 or 1 needs no iteration: far from a both expansions would be slow or overflow.
        if x > a + 60 * a.squareRoot() + 2_000 { return (1, 0) }
        if x < a + 1 {
            let lower = front(a: a, x: x) * series(a: a, x: x)
            return (lower, 1 - lower)
        }
        let upper = front(a: a, x: x) * a * fraction(a: a, x: x)
        return (1 - upper, upper)
    }

    /// x^a e^−x / Γ(a + 1), formed about its maximum at x = a, where the powers would cancel.
    static func front(a: Double, x: Double) -> Double {
        let relative = (x - a) / a
        // Far below a the quotient x/a is exact while 1 + relative is not.
        let exponent = relative < -0.5 ? a * log(x / a) + (a - x) : a * (log1p(relative) - relative)
        return exp(exponent - stirlingRemainder(a)) / (2 * Double.pi * a).squareRoot()
    }

    private static func series(a: Double, x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var divisor = a
        for _ in 0..<1_000_000 {
            divisor += 1
            term *= x / divisor
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }

    private static func fraction(a: Double, x: Double) -> Double {
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var result = d
        for index in 1...1_000_000 {
            let i = Double(index)
            let numerator = -i * (i - a)
            b += 2
            d = 1 / IncompleteBeta.nonZero(numerator * d + b)
            c = IncompleteBeta.nonZero(b + numerator / c)
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        return result
    }
}
