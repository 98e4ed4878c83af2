// SPDX-License-Identifier: Apache-2.0

/// Probability that the true value conforms, given a measured value with a normal uncertainty.
///
/// Source: JCGM 106:2012, 7.2 to 7.4.
package struct ConformanceProbability: Sendable, Hashable {
    /// Probability p_c that the true value lies within the limits, 0...1.
    package let conforming: Double
    /// Probability that it does not, 0...1; its own sum of tails, so that 1e-44 is not lost as 1 − 1.
    package let nonconforming: Double

    /// Evaluates both probabilities.
    ///
    /// - Parameters:
    ///   - value: Measured value.
    ///   - standardUncertainty: u in the unit of the value, positive.
    ///   - limits: Tolerance limits.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    package init(
        value: DecimalNumber, standardUncertainty: Double, limits: ToleranceLimits
    ) throws(ConformityError) {
        guard standardUncertainty > 0, standardUncertainty.isFinite else { throw .notPositive(quantity: "u") }
        // The distance is taken in decimals, before anything is rounded to binary.
        let below = try Self.distance(from: value, to: limits.lower) ?? -.infinity
        let above = try Self.distance(from: value, to: limits.upper) ?? .infinity
        conforming = NormalInterval.inside(
            below / standardUncertainty, above / standardUncertainty,
            width: try limits.width().map { $0.approximateValue / standardUncertainty })
        nonconforming = NormalInterval.outside(below / standardUncertainty, above / standardUncertainty)
    }

    /// Limit minus value; nil without a limit.
    static func distance(from value: DecimalNumber, to limit: DecimalNumber?) throws(ConformityError) -> Double? {
        guard let limit else { return nil }
        return try ConformityError.inDecimals { () throws(DecimalError) in
            try limit.subtracting(value).approximateValue
        }
    }
}
