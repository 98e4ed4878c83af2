// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Beta function and its regularised incomplete form, in double precision.
package enum IncompleteBeta {
    /// ln B(a, b) for positive a and b, without the cancellation of three large logarithms.
    package static func logBeta(_ a: Double, _ b: Double) -> Double {
        let sum = a + b
        return 0.918_938_533_204_672_741_8 + 0.5 * (log(sum / a) - log(b)) - a * log1p(b / a) - b * log1p(a / b)
            + IncompleteGamma.stirlingRemainder(a) + IncompleteGamma.stirlingRemainder(b)
            - IncompleteGamma.stirlingRemainder(sum)
    }

    /// Regularised incomplete beta function I_x(a, b) and its complement I_(1−x)(b, a).
    ///
    /// Continued fraction by the modified method of Lentz on the side where it converges fast.
    /// - Parameters:
    ///   - x: Upper end of the integral, 0...1.
    ///   - complement: 1 − x, given too so that no subtraction loses its digits.
    ///   - a: First parameter, above 0.
    ///   - b: Second parameter, above 0.
    /// - Returns: Both shares; NaN outside the domain.
    /// - Source: NIST Digital Library of Mathematical Functions, 8.17.22; swapping by 8.17.4.
    package static func regularized(
        x: Double, complement: Double, a: Double, b: Double
    ) -> (lower: Double, upper: Double) {
        guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, complement >= 0 else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if complement == 0 { return (1, 0) }
        if x > (a + 1) / (a + b + 2) {
            let upper = front(x: complement, y: x, a: b, b: a) / b * fraction(x: complement, a: b, b: a)
            return (1 - upper, upper)
        }
        let lower = front(x: x, y: complement, a: a, b: b) / a * fraction(x: x, a: a, b: b)
        return (lower, 1 - lower)
    }

    /// x^a y^b / B(a, b), formed about its maximum at x = a/(a + b), where the powers would cancel.
    static func front(x: Double, y: Double, a: Double, b: Double) -> Double {
        let distance = x * b - y * a
        let exponent = scaledLog(distance / a, x * ((a + b) / a)) * a + scaledLog(-distance / b, y * ((a + b) / b)) * b
        let remainder =
            IncompleteGamma.stirlingRemainder(a + b) - IncompleteGamma.stirlingRemainder(a) - IncompleteGamma.stirlingRemainder(b)
        return exp(exponent + remainder) * (a / (a + b) * b / (2 * Double.pi)).squareRoot()
    }

    /// ln(1 + excess), where 1 + excess = quotient is known by itself too.
    private static func scaledLog(_ excess: Double, _ quotient: Double) -> Double {
        excess > -0.5 && excess < 1 ? log1p(excess) : log(quotient)
    }

    /// Continued fraction of I_x(a, b) without its front factor.
    private static func fraction(x: Double, a: Double, b: Double) -> Double {
        var c = 1.0
        var d = 1 / nonZero(1 - (a + b) * x / (a + 1))
        var result = d
        for index in 1...200_000 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonZero(1 + even * d)
            c = nonZero(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonZero(1 + odd * d)
            c = nonZero(1 + odd / c)
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 2e-16 { break }
        }
        return result
    }

    static func nonZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
}
