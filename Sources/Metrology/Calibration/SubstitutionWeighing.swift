// SPDX-License-Identifier: Apache-2.0

/// One cycle of a weighing by substitution: standard A, test weight B, B again, A again.
///
/// The order A-B-B-A removes a drift of the balance that is linear in time.
/// Source: OIML R 111-1:2004, Annex C (weighing cycles).
package struct SubstitutionCycle: Sendable, Hashable {
    /// Indications of the standard, before and after.
    package let standard: (first: DecimalNumber, second: DecimalNumber)
    /// Indications of the test weight, first and second.
    package let test: (first: DecimalNumber, second: DecimalNumber)

    /// Creates a cycle in the order in which it was weighed.
    package init(
        standardFirst: DecimalNumber,
        testFirst: DecimalNumber,
        testSecond: DecimalNumber,
        standardSecond: DecimalNumber
    ) {
        standard = (standardFirst, standardSecond)
        test = (testFirst, testSecond)
    }

    /// Difference ΔI = ((B1 + B2) − (A1 + A2))/2 of the indications, exact.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func difference() throws(DecimalError) -> DecimalNumber {
        let testSum = try test.first.adding(test.second)
        let standardSum = try standard.first.adding(standard.second)
        return try testSum.subtracting(standardSum).multiplied(by: DecimalNumber(coefficient: 5, scale: 1))
    }

    package static func == (left: SubstitutionCycle, right: SubstitutionCycle) -> Bool {
        left.standard == right.standard && left.test == right.test
    }

    package func hash(into hasher: inout Hasher) {
        for reading in [standard.first, test.first, test.second, standard.second] { hasher.combine(reading) }
    }
}

/// Calibration of a weight against a standard by repeated substitution cycles.
package struct SubstitutionWeighing: Sendable, Hashable {
    /// Difference of each cycle, in the unit of the indications.
    package let differences: [DecimalNumber]

    /// Evaluates the cycles.
    ///
    /// - Throws: ``ConformityError/readingsMissing`` for an empty list, ``ConformityError/decimal(_:)``.
    package init(cycles: [SubstitutionCycle]) throws(ConformityError) {
        guard !cycles.isEmpty else { throw .readingsMissing }
        var differences: [DecimalNumber] = []
        do {
            for cycle in cycles { differences.append(try cycle.difference()) }
        } catch {
            throw .decimal(error)
        }
        self.differences = differences
    }

    /// Mean difference of the cycles, exact, in the unit of the indications.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func meanDifference() throws(ConformityError) -> ExactQuotient {
        try ConformityError.inDecimals { () throws(DecimalError) in
            try ExactQuotient(meanOf: differences)
        }
    }

    /// Conventional mass of the test weight: that of the standard plus the mean difference.
    ///
    /// - Parameters:
    ///   - standardMass: Conventional mass of the standard, in the unit of the indications.
    ///   - places: Decimal places of the result, rounded half-even once.
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: OIML R 111-1:2004, Annex C (air buoyancy negligible for weights of like density).
    package func conventionalMass(
        standardMass: DecimalNumber,
        places: Int
    ) throws(ConformityError) -> DecimalNumber {
        try ConformityError.inDecimals { () throws(DecimalError) in
            let mean = try ExactQuotient(meanOf: differences)
            let numerator = try standardMass.multiplied(by: mean.denominator).adding(mean.numerator)
            return try ExactQuotient(numerator, over: mean.denominator).rounded(
                toScale: places,
                mode: .halfEven
            )
        }
    }

    /// Type A evaluation of the differences; at least two cycles.
    ///
    /// - Throws: ``UncertaintyError/tooFewObservations(_:)``.
    package func typeAEvaluation() throws(UncertaintyError) -> TypeAEvaluation {
        try TypeAEvaluation(observations: differences)
    }
}
