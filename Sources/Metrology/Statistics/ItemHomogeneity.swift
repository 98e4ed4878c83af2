// SPDX-License-Identifier: Apache-2.0

/// Whether the items of a proficiency test are alike enough, from duplicate measurements of some of them.
///
/// Source: ISO 13528, Annex B.
package struct ItemHomogeneity: Sendable, Hashable {
    /// Number of items g measured in duplicate.
    package let items: Int
    /// Mean of all measurements.
    package let generalMean: Double
    /// Standard deviation of the item means, s_x.
    package let deviationOfMeans: Double
    /// Standard deviation of a measurement within an item, s_w.
    package let deviationWithin: Double
    /// Standard deviation between items, s_s; 0 where the estimate of its variance is negative.
    package let deviationBetween: Double
    /// Quantile 0.95 of χ² with g − 1 degrees of freedom, over g − 1.
    package let firstFactor: Double
    /// Half of the quantile 0.95 of F with g − 1 and g degrees of freedom, less one half.
    package let secondFactor: Double
    /// Limit 0.3·σ_pt of the simple criterion, in the unit of the measurements.
    package let simpleCriterion: Double
    /// Whether s_s does not exceed the limit of the simple criterion.
    package let passesSimple: Bool
    /// Limit √(F₁·(0.3·σ_pt)² + F₂·s_w²), which allows for the repeatability of the check.
    package let expandedCriterion: Double
    /// Whether s_s does not exceed the limit of the expanded criterion.
    package let passesExpanded: Bool

    /// Evaluates duplicates.
    ///
    /// - Parameters:
    ///   - duplicates: Two measurements of each of at least two items, in one unit.
    ///   - deviation: Standard deviation for proficiency assessment σ_pt, positive, in the unit of the measurements.
    /// - Throws: ``StatisticsError``.
    package init(duplicates: [[DecimalNumber]], deviation: DecimalNumber) throws(StatisticsError) {
        guard duplicates.count >= 2 else { throw .tooFew(what: "items", count: duplicates.count, needed: 2) }
        guard duplicates.allSatisfy({ $0.count == 2 }) else { throw .unequalSizes(what: "the items (two measurements of each)") }
        guard deviation > .zero else { throw .notPositive(what: "sigma_pt") }
        let count = ExtendedNumber(duplicates.count)
        let pairs = duplicates.map { (ExtendedNumber($0[0]), ExtendedNumber($0[1])) }
        let means = pairs.map { ($0 + $1) / 2 }
        let mean = means.total() / count
        let ofMeans = means.map { ($0 - mean) * ($0 - mean) }.total() / (count - .one)
        let within = pairs.map { ($0 - $1) * ($0 - $1) }.total() / (count * 2)
        let between = max(.zero, ofMeans - within / 2)

        let freedom = Double(duplicates.count - 1)
        let chiSquare = try SamplingDistribution.chiSquareQuantile(probability: 0.95, degreesOfFreedom: freedom)
        let ratio = try SamplingDistribution.varianceRatioQuantile(
            probability: 0.95, numerator: freedom, denominator: Double(duplicates.count))
        firstFactor = chiSquare / freedom
        secondFactor = (ratio - 1) / 2

        let limit = ExtendedNumber(deviation) * 3 / 10
        let expanded = limit * limit * firstFactor + within * secondFactor
        items = duplicates.count
        generalMean = mean.value
        deviationOfMeans = ofMeans.squareRoot().value
        deviationWithin = within.squareRoot().value
        deviationBetween = between.squareRoot().value
        simpleCriterion = limit.value
        // Squares of decimals, good to 30 digits: what is equal but for 25 digits is meant to be equal.
        passesSimple = between <= limit * limit * ExtendedNumber(high: 1, low: 1e-25)
        expandedCriterion = expanded.squareRoot().value
        passesExpanded = between <= expanded
        guard generalMean.isFinite, deviationOfMeans.isFinite, expandedCriterion.isFinite else {
            throw .notFinite(what: "the scatter of the items")
        }
    }
}
