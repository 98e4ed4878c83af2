// SPDX-License-Identifier: Apache-2.0

/// Mean and standard deviation that a few outliers among the results cannot move far.
///
/// Source: ISO 13528, Annex C (algorithm A with iterated scale; scaled median absolute deviation; scaled interquartile range).
package struct RobustEstimate: Sendable, Hashable {
    /// Mean and standard deviation of the same results.
    package struct MeanAndDeviation: Sendable, Hashable {
        /// Mean, in the unit of the results.
        package let mean: Double
        /// Standard deviation, in the unit of the results.
        package let deviation: Double
    }

    /// Number of results p.
    package let count: Int
    /// Median of the results.
    package let median: Double
    /// 1.483 times the median absolute deviation from the median.
    package let scaledMedianDeviation: Double
    /// 0.7413 times the interquartile range, quartiles by linear interpolation between order statistics.
    package let normalizedInterquartileRange: Double
    /// Fixed point of algorithm A.
    package let robust: MeanAndDeviation
    /// What algorithm A has after its first iteration.
    package let firstIteration: MeanAndDeviation
    /// Arithmetic mean and experimental standard deviation, for comparison.
    package let plain: MeanAndDeviation
    /// Whether more than half of the results are equal, so that algorithm A started from the plain standard deviation.
    ///
    /// Source: ISO 13528, Annex C, note on an initial deviation of zero.
    package let startedFromPlainDeviation: Bool

    /// Largest number of results evaluated at once.
    package static let largestCount = 100_000

    /// Evaluates the results of at least two laboratories.
    ///
    /// - Throws: ``StatisticsError`` for fewer than 2 or more than 100 000 results.
    package init(results: [DecimalNumber]) throws(StatisticsError) {
        guard results.count >= 2 else { throw .tooFew(what: "results", count: results.count, needed: 2) }
        guard results.count <= Self.largestCount else {
            throw .tooMany(what: "results", count: results.count, allowed: Self.largestCount)
        }
        let sorted = results.sorted()
        let median = Self.quantile(sorted, numerator: 1, denominator: 2)
        // Deviations from the median are small numbers: a common offset is gone before doubles begin.
        let deviations = sorted.map { (ExtendedNumber($0) - median).value }
        let plain = try ReadingStatistics(readings: sorted)
        let medianDeviation = Self.median(deviations.map(abs).sorted())
        let quartiles =
            (Self.quantile(sorted, numerator: 3, denominator: 4) - Self.quantile(sorted, numerator: 1, denominator: 4))

        count = results.count
        self.median = median.value
        scaledMedianDeviation = 1.483 * medianDeviation
        normalizedInterquartileRange = 0.7413 * quartiles.value
        self.plain = MeanAndDeviation(mean: plain.mean, deviation: plain.standardDeviation)
        startedFromPlainDeviation = medianDeviation == 0 && plain.standardDeviation > 0

        let start = startedFromPlainDeviation ? plain.standardDeviation : scaledMedianDeviation
        let first = Self.winsorised(deviations, MeanAndDeviation(mean: 0, deviation: start))
        let last = Self.fixedPoint(deviations, from: first)
        let offset = median
        func absolute(_ estimate: MeanAndDeviation) -> MeanAndDeviation {
            MeanAndDeviation(mean: (offset + ExtendedNumber(estimate.mean)).value, deviation: estimate.deviation)
        }
        firstIteration = absolute(first)
        robust = absolute(last)
        guard robust.mean.isFinite, robust.deviation.isFinite else { throw .notFinite(what: "the robust mean") }
    }

    /// Standard uncertainty of the robust mean as assigned value, 1.25·s*/√p.
    ///
    /// Source: ISO 13528, clause 7 (consensus of participants).
    package var assignedUncertainty: Double { 1.25 * robust.deviation / Double(count).squareRoot() }

    /// One iteration: values beyond 1.5 s* are moved in to that distance, then mean and 1.134 times the deviation.
    private static func winsorised(_ values: [Double], _ estimate: MeanAndDeviation) -> MeanAndDeviation {
        let reach = 1.5 * estimate.deviation
        let (low, high) = (estimate.mean - reach, estimate.mean + reach)
        let count = Double(values.count)
        var sum = 0.0
        for value in values { sum += min(max(value, low), high) }
        let mean = sum / count
        var squares = 0.0
        for value in values {
            let deviation = min(max(value, low), high) - mean
            squares += deviation * deviation
        }
        return MeanAndDeviation(mean: mean, deviation: 1.134 * (squares / (count - 1)).squareRoot())
    }

    /// Iterates until neither number changes any more in the digits of a double, or the deviation vanishes.
    private static func fixedPoint(_ values: [Double], from start: MeanAndDeviation) -> MeanAndDeviation {
        var estimate = start
        // The error shrinks by a constant factor each time, near 0.9 for results in two groups; beyond 0.98 it never was seen.
        for _ in 0..<2_000 {
            let next = winsorised(values, estimate)
            let change = max(abs(next.mean - estimate.mean), abs(next.deviation - estimate.deviation))
            estimate = next
            if change <= 1e-15 * next.deviation { break }
            // Equal values but for a few outliers: the deviation shrinks without end.
            if next.deviation < 1e-100 { return MeanAndDeviation(mean: next.mean, deviation: 0) }
        }
        return estimate
    }

    private static func median(_ sorted: [Double]) -> Double {
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Quantile numerator/denominator by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).
    private static func quantile(_ sorted: [DecimalNumber], numerator: Int, denominator: Int) -> ExtendedNumber {
        let position = (sorted.count - 1) * numerator
        let (index, rest) = position.quotientAndRemainder(dividingBy: denominator)
        let below = ExtendedNumber(sorted[index])
        guard rest > 0 else { return below }
        return below + (ExtendedNumber(sorted[index + 1]) - below) * ExtendedNumber(rest) / ExtendedNumber(denominator)
    }
}
