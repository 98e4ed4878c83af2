// SPDX-License-Identifier: Apache-2.0

/// Score of one result of a proficiency test or an interlaboratory comparison.
///
/// The assessment compares exactly, in decimals: a score of exactly 2, 3 or 1 lies on the side that the standard names, which
/// a quotient of doubles decides by chance. Source of the scores and limits: ISO 13528, clause 9.
package struct ProficiencyScore: Sendable, Hashable {
    /// What the score says about the result.
    package enum Assessment: String, Sendable, Hashable, CaseIterable, Codable {
        case acceptable, warning, action
    }

    /// The score, a pure number with the sign of result − assigned value.
    package let score: Double
    /// What follows from it.
    package let assessment: Assessment

    /// z = (x − X)/σ_pt: acceptable up to 2, action from 3.
    ///
    /// - Parameters:
    ///   - result: Result x of the laboratory.
    ///   - assigned: Assigned value X, in the unit of the result.
    ///   - deviation: Standard deviation for proficiency assessment σ_pt, positive, in the unit of the result.
    /// - Throws: ``StatisticsError/notPositive(what:)``.
    package static func z(
        result: DecimalNumber, assigned: DecimalNumber, deviation: DecimalNumber
    ) throws(StatisticsError) -> ProficiencyScore {
        try zLike(result, assigned, DecimalHypotenuse(deviation, .zero), "sigma_pt")
    }

    /// z′ = (x − X)/√(σ_pt² + u(X)²), for an assigned value of notable uncertainty: limits 2 and 3.
    ///
    /// - Parameters:
    ///   - result: Result x of the laboratory.
    ///   - assigned: Assigned value X, in the unit of the result.
    ///   - deviation: Standard deviation for proficiency assessment σ_pt, positive.
    ///   - assignedUncertainty: Standard uncertainty u(X), not negative.
    /// - Throws: ``StatisticsError/notPositive(what:)``, ``StatisticsError/outOfRange(what:range:)``.
    package static func zPrime(
        result: DecimalNumber, assigned: DecimalNumber, deviation: DecimalNumber, assignedUncertainty: DecimalNumber
    ) throws(StatisticsError) -> ProficiencyScore {
        guard deviation > .zero else { throw .notPositive(what: "sigma_pt") }
        return try zLike(result, assigned, DecimalHypotenuse(deviation, assignedUncertainty), "sigma_pt")
    }

    /// ζ = (x − X)/√(u(x)² + u(X)²), with standard uncertainties: limits 2 and 3.
    ///
    /// - Parameters:
    ///   - result: Result x of the laboratory.
    ///   - assigned: Assigned value X, in the unit of the result.
    ///   - uncertainty: Standard uncertainty u(x) of the laboratory, not negative.
    ///   - assignedUncertainty: Standard uncertainty u(X), not negative; not both may be zero.
    /// - Throws: ``StatisticsError/notPositive(what:)``, ``StatisticsError/outOfRange(what:range:)``.
    package static func zeta(
        result: DecimalNumber, assigned: DecimalNumber, uncertainty: DecimalNumber, assignedUncertainty: DecimalNumber
    ) throws(StatisticsError) -> ProficiencyScore {
        try zLike(result, assigned, DecimalHypotenuse(uncertainty, assignedUncertainty), "the combined standard uncertainty")
    }

    /// E_n = (x − X)/√(U(x)² + U(X)²), with expanded uncertainties: acceptable up to 1, action beyond.
    ///
    /// - Parameters:
    ///   - result: Result x of the laboratory.
    ///   - assigned: Assigned value X, in the unit of the result.
    ///   - expandedUncertainty: U(x) of the laboratory, not negative.
    ///   - assignedExpandedUncertainty: U(X), of the same coverage probability, not negative; not both may be zero.
    /// - Throws: ``StatisticsError/notPositive(what:)``, ``StatisticsError/outOfRange(what:range:)``.
    package static func normalizedError(
        result: DecimalNumber, assigned: DecimalNumber, expandedUncertainty: DecimalNumber,
        assignedExpandedUncertainty: DecimalNumber
    ) throws(StatisticsError) -> ProficiencyScore {
        let scale = DecimalHypotenuse(expandedUncertainty, assignedExpandedUncertainty)
        return try scored(result, assigned, scale, "the combined expanded uncertainty") { difference in
            scale.comparison(of: difference, withMultiple: 1) > 0 ? .action : .acceptable
        }
    }

    private static func zLike(
        _ result: DecimalNumber, _ assigned: DecimalNumber, _ scale: DecimalHypotenuse, _ name: String
    ) throws(StatisticsError) -> ProficiencyScore {
        try scored(result, assigned, scale, name) { difference in
            if scale.comparison(of: difference, withMultiple: 3) >= 0 { return .action }
            return scale.comparison(of: difference, withMultiple: 2) > 0 ? .warning : .acceptable
        }
    }

    private static func scored(
        _ result: DecimalNumber, _ assigned: DecimalNumber, _ scale: DecimalHypotenuse, _ name: String,
        assess: (DecimalHypotenuse.Difference) -> Assessment
    ) throws(StatisticsError) -> ProficiencyScore {
        guard !scale.first.isNegative, !scale.second.isNegative else {
            throw .outOfRange(what: "an uncertainty", range: "give numbers of 0 or above")
        }
        guard scale.value > .zero else { throw .notPositive(what: name) }
        let difference = DecimalHypotenuse.Difference(of: result, from: assigned)
        let score = (difference.value / scale.value).value
        guard score.isFinite else { throw .notFinite(what: "the score") }
        return ProficiencyScore(score: score, assessment: assess(difference))
    }
}

/// Root of a sum of two squares of decimals, to be compared with multiples exactly.
struct DecimalHypotenuse {
    let first: DecimalNumber
    let second: DecimalNumber
    /// The root itself, to about 31 digits.
    let value: ExtendedNumber

    init(_ first: DecimalNumber, _ second: DecimalNumber) {
        self.first = first
        self.second = second
        let (a, b) = (ExtendedNumber(first), ExtendedNumber(second))
        value = second.isZero ? a.magnitude : (a * a + b * b).squareRoot()
    }

    /// Difference of two decimals, exact where it fits.
    struct Difference {
        let exact: DecimalNumber?
        let value: ExtendedNumber

        init(of left: DecimalNumber, from right: DecimalNumber) {
            do {
                let exact = try left.subtracting(right)
                self.exact = exact
                value = ExtendedNumber(exact)
            } catch {
                // More than 38 digits apart: the extended number is all that remains.
                exact = nil
                value = ExtendedNumber(left) - ExtendedNumber(right)
            }
        }
    }

    /// Sign of |difference| − multiple·√(a² + b²), exact unless the squares have more than 38 digits.
    func comparison(of difference: Difference, withMultiple multiple: Int) -> Int {
        if let exact = difference.exact, let sign = exactComparison(exact, multiple) { return sign }
        let rest = difference.value.magnitude - value * Double(multiple)
        return rest > .zero ? 1 : (rest < .zero ? -1 : 0)
    }

    private func exactComparison(_ difference: DecimalNumber, _ multiple: Int) -> Int? {
        do throws(DecimalError) {
            let squares = try first.multiplied(by: first).adding(second.multiplied(by: second))
            let limit = try squares.multiplied(by: DecimalNumber(multiple * multiple))
            let square = try difference.multiplied(by: difference)
            return square > limit ? 1 : (square < limit ? -1 : 0)
        } catch {
            // Too many digits for exact squares; the caller compares extended numbers.
            return nil
        }
    }
}
