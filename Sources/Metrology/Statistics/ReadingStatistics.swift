// SPDX-License-Identifier: Apache-2.0

/// Mean and scatter of a series of readings (type A evaluation), with a look at whether the readings depend on one another.
///
/// Computed with about 32 digits from the decimals as they were read, so that a large common offset costs nothing.
package struct ReadingStatistics: Sendable, Hashable {
    /// Number of readings n.
    package let count: Int
    /// Arithmetic mean, in the unit of the readings.
    package let mean: Double
    /// Experimental standard deviation s of one reading, in the unit of the readings.
    package let standardDeviation: Double
    /// Correlation of each reading with the next one, −1...1; nil when all readings are equal.
    ///
    /// Source: NIST StRD, univariate summary statistics; r₁ = Σ (x_i − x̄)(x_{i+1} − x̄) / Σ (x_i − x̄)².
    package let lag1Autocorrelation: Double?

    /// Evaluates at least two readings in the order in which they were taken.
    ///
    /// - Throws: ``StatisticsError/tooFew(what:count:needed:)``.
    /// - Source: JCGM 100:2008, 4.2.1 to 4.2.3.
    package init(readings: [DecimalNumber]) throws(StatisticsError) {
        try self.init(exact: readings.map { ExtendedNumber($0) })
    }

    /// Evaluates at least two readings that are binary numbers already.
    ///
    /// - Throws: ``StatisticsError/tooFew(what:count:needed:)``, ``StatisticsError/notFinite(what:)``.
    package init(readings: [Double]) throws(StatisticsError) {
        try self.init(exact: readings.map { ExtendedNumber($0) })
    }

    init(exact readings: [ExtendedNumber]) throws(StatisticsError) {
        guard readings.count >= 2 else { throw .tooFew(what: "readings", count: readings.count, needed: 2) }
        let mean = readings.total() / ExtendedNumber(readings.count)
        let deviations = readings.map { $0 - mean }
        let squares = deviations.map { $0 * $0 }.total()
        let neighbours = zip(deviations, deviations.dropFirst()).map { $0 * $1 }.total()
        count = readings.count
        self.mean = mean.value
        standardDeviation = (squares / ExtendedNumber(readings.count - 1)).squareRoot().value
        lag1Autocorrelation = squares.high > 0 ? (neighbours / squares).value : nil
        guard self.mean.isFinite, standardDeviation.isFinite else { throw .notFinite(what: "the scatter of the readings") }
    }

    /// Standard uncertainty of the mean of independent readings, s/√n.
    ///
    /// Source: JCGM 100:2008, 4.2.3, equation (5). It does __not__ hold for readings that depend on one another.
    package var standardUncertaintyOfMean: Double { standardDeviation / Double(count).squareRoot() }

    /// Degrees of freedom n − 1.
    package var degreesOfFreedom: Double { Double(count - 1) }

    /// Whether neighbouring readings are related so closely that s/√n is not to be trusted.
    ///
    /// Independent readings stay inside ±2/√n in about 95 of 100 series.
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.3.1; JCGM 100:2008, 4.2.7 says why it matters.
    package var isAutocorrelated: Bool {
        guard let lag1Autocorrelation else { return false }
        return abs(lag1Autocorrelation) > 2 / Double(count).squareRoot()
    }
}

/// Standard deviation from several series of readings of the same scatter.
package struct PooledDeviation: Sendable, Hashable {
    /// Pooled standard deviation s_p, in the unit of the readings.
    package let standardDeviation: Double
    /// Sum of the degrees of freedom.
    package let degreesOfFreedom: Double

    /// Pools standard deviations by their degrees of freedom: s_p² = Σ ν_i s_i² / Σ ν_i.
    ///
    /// - Parameters:
    ///   - deviations: Standard deviations s_i, not negative, in one unit.
    ///   - degreesOfFreedom: ν_i of each, positive.
    /// - Throws: ``StatisticsError`` for an empty or unequal list and for numbers out of range.
    /// - Source: JCGM 100:2008, 4.2.4 (pooled estimate of variance).
    package init(deviations: [Double], degreesOfFreedom: [Double]) throws(StatisticsError) {
        guard !deviations.isEmpty else { throw .tooFew(what: "series", count: 0, needed: 1) }
        guard deviations.count == degreesOfFreedom.count else {
            throw .unequalSizes(what: "standard deviations and degrees of freedom")
        }
        guard deviations.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw .outOfRange(what: "a standard deviation", range: "give numbers of 0 or above")
        }
        guard degreesOfFreedom.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .notPositive(what: "degrees of freedom") }
        let sum = degreesOfFreedom.map { ExtendedNumber($0) }.total()
        let squares = zip(deviations, degreesOfFreedom).map { ExtendedNumber($0) * $0 * $1 }.total()
        standardDeviation = (squares / sum).squareRoot().value
        self.degreesOfFreedom = sum.value
    }

    /// Pools series of readings, each of at least two.
    ///
    /// - Throws: ``StatisticsError`` for a series of fewer than two readings.
    package init(series: [[DecimalNumber]]) throws(StatisticsError) {
        let each = try series.map { (readings) throws(StatisticsError) in try ReadingStatistics(readings: readings) }
        try self.init(deviations: each.map(\.standardDeviation), degreesOfFreedom: each.map(\.degreesOfFreedom))
    }

    /// Standard uncertainty of the mean of n new readings of the same scatter, s_p/√n.
    ///
    /// - Parameter count: Number n of new readings, 1 or more.
    /// - Throws: ``StatisticsError/tooFew(what:count:needed:)``.
    package func standardUncertaintyOfMean(of count: Int) throws(StatisticsError) -> Double {
        guard count >= 1 else { throw .tooFew(what: "readings", count: count, needed: 1) }
        return standardDeviation / Double(count).squareRoot()
    }
}
