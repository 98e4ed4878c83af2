// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Numerical tolerance δ: half a unit of the last digit that is meaningful in a standard uncertainty.
package enum NumericalTolerance {
    /// Tolerance of a standard uncertainty, in its unit; zero for zero, and no number for one that is not finite.
    ///
    /// u is written as c·10^l with c a whole number of so many digits; δ = 10^l/2.
    /// - Parameters:
    ///   - significantDigits: Digits that are regarded as meaningful, usually 1 or 2; 1 … 17.
    /// - Source: JCGM 101:2008, 7.9.2.
    package static func value(standardUncertainty u: Double, significantDigits: Int) -> Double {
        guard u != 0, u.isFinite, (1...17).contains(significantDigits) else { return u == 0 ? 0 : .nan }
        do {
            return try DecimalNumber(approximating: abs(u), significantDigits: 17, mode: .halfEven)
                .numericalTolerance(significantDigits: significantDigits).approximateValue
        } catch {
            // Outside the range of decimals a tie that rounds up to another power of ten is not looked for.
            return 5 * pow(10, log10(abs(u)).rounded(.down) - Double(significantDigits))
        }
    }
}

/// Comparison of a result of the law of propagation with that of a simulation.
package struct ResultValidation: Sendable, Hashable {
    /// Distance of the left-hand ends |y − U − y_low|, in the unit of the measurand.
    package let lowDistance: Double
    /// Distance of the right-hand ends |y + U − y_high|.
    package let highDistance: Double
    /// Numerical tolerance δ of the standard uncertainty.
    package let tolerance: Double

    /// Compares y ± U with a coverage interval of the same probability.
    ///
    /// - Parameters:
    ///   - estimate: Estimate y by the law of propagation.
    ///   - standardUncertainty: u(y) by the law of propagation.
    ///   - expandedUncertainty: U for the coverage probability of the interval.
    ///   - significantDigits: Digits of u(y) that are regarded as meaningful.
    ///   - interval: Coverage interval of the simulation; its ends should themselves be reliable to a fifth of δ.
    /// - Source: JCGM 101:2008, 8.1.3 and 8.2.
    package init(
        estimate: Double, standardUncertainty: Double, expandedUncertainty: Double, significantDigits: Int,
        interval: CoverageInterval
    ) {
        lowDistance = abs(estimate - expandedUncertainty - interval.low)
        highDistance = abs(estimate + expandedUncertainty - interval.high)
        tolerance = NumericalTolerance.value(standardUncertainty: standardUncertainty, significantDigits: significantDigits)
    }

    /// Whether both ends agree within δ, so that the law of propagation may be used for this measurement.
    package var isValidated: Bool { lowDistance <= tolerance && highDistance <= tolerance }
}
