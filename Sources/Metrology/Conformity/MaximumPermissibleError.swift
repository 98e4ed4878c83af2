// SPDX-License-Identifier: Apache-2.0

/// Extreme errors permitted by a specification; both belong to the permitted interval.
///
/// Source: JCGM 200:2012, 4.26. The decision is simple acceptance: the error itself is compared, without a
/// guard band.
package struct MaximumPermissibleError: Sendable, Hashable {
    /// Smallest permitted error, in the unit of the error.
    package let lower: DecimalNumber
    /// Greatest permitted error, in the unit of the error.
    package let upper: DecimalNumber

    /// Creates limits.
    ///
    /// - Throws: ``ConformityError/limitsReversed`` when the lower limit is above the upper.
    package init(lower: DecimalNumber, upper: DecimalNumber) throws(ConformityError) {
        guard lower <= upper else { throw .limitsReversed }
        self.lower = lower
        self.upper = upper
    }

    /// Creates limits that lie symmetrically about zero; the sign of the number given does not matter.
    package init(symmetric limit: DecimalNumber) {
        lower = limit.magnitude.negated
        upper = limit.magnitude
    }

    /// Whether an error, as it is and not rounded, lies within the limits.
    package func permits(_ error: DecimalNumber) -> Bool {
        lower <= error && error <= upper
    }

    /// Whether an error given as a quotient lies within the limits; the quotient is not rounded.
    ///
    /// - Throws: ``ConformityError/decimal(_:)`` when a product does not fit.
    package func permits(_ error: ExactQuotient) throws(ConformityError) -> Bool {
        try ConformityError.inDecimals { () throws(DecimalError) in
            guard try error.isAtLeast(lower) else { return false }
            return try error.isAtMost(upper)
        }
    }

    /// Limits a number of times as wide.
    ///
    /// - Throws: ``ConformityError/decimal(_:)`` when a product does not fit,
    ///   ``ConformityError/limitsReversed`` for a negative factor.
    package func multiplied(by factor: DecimalNumber) throws(ConformityError) -> MaximumPermissibleError {
        let limits = try ConformityError.inDecimals { () throws(DecimalError) in
            (lower: try lower.multiplied(by: factor), upper: try upper.multiplied(by: factor))
        }
        return try MaximumPermissibleError(lower: limits.lower, upper: limits.upper)
    }
}
