// SPDX-License-Identifier: Apache-2.0

/// Readings of an instrument and of a standard at one calibration point, as for a thermometer in a bath.
package struct ComparisonPoint: Sendable, Hashable {
    /// Reference values, one for each reading, in one unit.
    package let references: [DecimalNumber]
    /// Indications of the instrument, in the order of the references.
    package let indications: [DecimalNumber]

    /// Creates a point from paired readings.
    ///
    /// - Throws: ``ConformityError/readingsMissing`` for empty or unequal lists.
    package init(references: [DecimalNumber], indications: [DecimalNumber]) throws(ConformityError) {
        guard !references.isEmpty, references.count == indications.count else { throw .readingsMissing }
        self.references = references
        self.indications = indications
    }

    /// Indication minus reference of each pair, exact.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func errors() throws(ConformityError) -> [DecimalNumber] {
        var errors: [DecimalNumber] = []
        do {
            for (reference, indication) in zip(references, indications) {
                errors.append(try indication.subtracting(reference))
            }
        } catch {
            throw .decimal(error)
        }
        return errors
    }

    /// Mean error of indication, exact.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func meanError() throws(ConformityError) -> ExactQuotient {
        let errors = try errors()
        return try ConformityError.inDecimals { () throws(DecimalError) in
            try ExactQuotient(meanOf: errors)
        }
    }

    /// Correction to add to an indication: the mean error with the other sign, exact.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: JCGM 200:2012, 2.53.
    package func correction() throws(ConformityError) -> ExactQuotient {
        let mean = try meanError()
        return try ConformityError.inDecimals { () throws(DecimalError) in
            try ExactQuotient(mean.numerator.negated, over: mean.denominator)
        }
    }
}
