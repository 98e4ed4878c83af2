// SPDX-License-Identifier: Apache-2.0

/// Specified limits of a quantity, one of which may be absent; both belong to the permitted values.
///
/// Source: JCGM 106:2012, 3.3.4 and 3.3.5.
package struct ToleranceLimits: Sendable, Hashable {
    /// Smallest permitted value in the unit of the quantity; nil for a tolerance open below.
    package let lower: DecimalNumber?
    /// Greatest permitted value in the unit of the quantity; nil for a tolerance open above.
    package let upper: DecimalNumber?

    /// Creates limits.
    ///
    /// - Throws: ``ConformityError/limitsMissing`` when both are absent, ``ConformityError/limitsReversed``.
    package init(lower: DecimalNumber?, upper: DecimalNumber?) throws(ConformityError) {
        guard lower != nil || upper != nil else { throw .limitsMissing }
        if let lower, let upper, lower > upper { throw .limitsReversed }
        (self.lower, self.upper) = (lower, upper)
    }

    /// Limits of an error.
    package init(_ permissible: MaximumPermissibleError) {
        (lower, upper) = (permissible.lower, permissible.upper)
    }

    /// Whether a value, as it is and not rounded, is permitted.
    package func contains(_ value: DecimalNumber) -> Bool {
        AcceptanceInterval(lower: lower, upper: upper).contains(value)
    }

    /// Width T of the tolerance; nil where a limit is absent.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func width() throws(ConformityError) -> DecimalNumber? {
        try AcceptanceInterval(lower: lower, upper: upper).width()
    }

    /// Test uncertainty ratio T/(2U), exact; nil where a limit is absent.
    ///
    /// - Parameter expandedUncertainty: U in the unit of the limits, positive.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    /// - Source: ANSI/NCSL Z540.3:2006, 3.11 (with U for a coverage probability of about 95 %).
    package func uncertaintyRatio(to expandedUncertainty: DecimalNumber) throws(ConformityError) -> ExactQuotient? {
        guard expandedUncertainty > .zero else { throw .notPositive(quantity: "U") }
        guard let width = try width() else { return nil }
        return try ConformityError.inDecimals { () throws(DecimalError) in
            try ExactQuotient(width, over: expandedUncertainty.multiplied(by: DecimalNumber(2)))
        }
    }

    /// Acceptance interval whose limits lie a guard band inside these limits, outside for a negative one.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: JCGM 106:2012, 3.3.9 and 3.3.11.
    package func acceptanceInterval(guardBand: DecimalNumber) throws(ConformityError) -> AcceptanceInterval {
        try ConformityError.inDecimals { () throws(DecimalError) in
            AcceptanceInterval(
                lower: try lower?.adding(guardBand).withoutTrailingZeros,
                upper: try upper?.subtracting(guardBand).withoutTrailingZeros)
        }
    }
}

/// Measured values that are accepted; both limits belong to it.
package struct AcceptanceInterval: Sendable, Hashable {
    /// Smallest accepted value; nil for none.
    package let lower: DecimalNumber?
    /// Greatest accepted value; nil for none.
    package let upper: DecimalNumber?

    /// Creates an interval; it is empty when the lower limit is above the upper.
    package init(lower: DecimalNumber?, upper: DecimalNumber?) {
        (self.lower, self.upper) = (lower, upper)
    }

    /// Whether no value at all is accepted: the guard bands overlap.
    package var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower > upper
    }

    /// Width, below zero for an empty interval; nil where a limit is absent.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func width() throws(ConformityError) -> DecimalNumber? {
        guard let lower, let upper else { return nil }
        return try ConformityError.inDecimals { () throws(DecimalError) in try upper.subtracting(lower) }
    }

    /// Whether a measured value, as it is and not rounded, is accepted.
    package func contains(_ value: DecimalNumber) -> Bool {
        if let lower, value < lower { return false }
        if let upper, value > upper { return false }
        return true
    }
}

/// Uncertainty of a measured value as a certificate states it.
package struct StatedUncertainty: Sendable, Hashable {
    /// Expanded uncertainty U in the unit of the value, positive.
    package let expanded: DecimalNumber
    /// Coverage factor k, positive.
    package let coverageFactor: DecimalNumber
    /// Coverage probability p, above 0 and below 1; nil where none was stated.
    package let coverageProbability: DecimalNumber?

    /// Creates an uncertainty.
    ///
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/probabilityOutOfRange(quantity:most:)``.
    package init(
        expanded: DecimalNumber, coverageFactor: DecimalNumber, coverageProbability: DecimalNumber? = nil
    ) throws(ConformityError) {
        guard expanded > .zero else { throw .notPositive(quantity: "U") }
        guard coverageFactor > .zero else { throw .notPositive(quantity: "k") }
        if let coverageProbability {
            guard coverageProbability > .zero, coverageProbability < .one else {
                throw .probabilityOutOfRange(quantity: "the coverage probability", most: "0.999…")
            }
        }
        self.expanded = expanded
        self.coverageFactor = coverageFactor
        self.coverageProbability = coverageProbability
    }

    /// Standard uncertainty u = U/k.
    package var standard: Double { expanded.approximateValue / coverageFactor.approximateValue }
}
