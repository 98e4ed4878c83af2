// SPDX-License-Identifier: Apache-2.0

/// Centre line and limits of a control chart, in the unit of what is charted.
package struct ControlLimits: Sendable, Hashable {
    /// Lower limit.
    package let lower: Double
    /// Centre line.
    package let centre: Double
    /// Upper limit.
    package let upper: Double
}

/// Charts of means with ranges and with standard deviations, from subgroups of equal size.
///
/// Limits at three standard deviations. Source: ISO 7870-2, charts for which no values are given beforehand.
package struct SubgroupChart: Sendable, Hashable {
    /// Factors for the size of the subgroups.
    package let constants: ControlChartConstants
    /// Mean of all readings.
    package let grandMean: Double
    /// Mean of the ranges of the subgroups.
    package let meanRange: Double
    /// Mean of the standard deviations of the subgroups.
    package let meanDeviation: Double

    /// Evaluates at least two subgroups.
    ///
    /// - Parameter subgroups: Readings of each subgroup in one unit, 2 to 1000 in each, equally many.
    /// - Throws: ``StatisticsError``.
    package init(subgroups: [[DecimalNumber]]) throws(StatisticsError) {
        guard subgroups.count >= 2 else { throw .tooFew(what: "subgroups", count: subgroups.count, needed: 2) }
        let size = subgroups[0].count
        guard subgroups.allSatisfy({ $0.count == size }) else { throw .unequalSizes(what: "the subgroups") }
        constants = try ControlChartConstants(subgroupSize: size)
        var (sum, ranges, deviations) = (ExtendedNumber.zero, ExtendedNumber.zero, 0.0)
        for subgroup in subgroups {
            let readings = subgroup.map { ExtendedNumber($0) }
            sum += readings.total()
            ranges += (readings.max() ?? .zero) - (readings.min() ?? .zero)
            deviations += try ReadingStatistics(exact: readings).standardDeviation
        }
        grandMean = (sum / ExtendedNumber(subgroups.count * size)).value
        meanRange = (ranges / ExtendedNumber(subgroups.count)).value
        meanDeviation = deviations / Double(subgroups.count)
    }

    /// Limits of the means, from the mean range: centre ± A₂·R̄.
    package var meanLimitsFromRange: ControlLimits {
        ControlLimits(
            lower: grandMean - constants.a2 * meanRange, centre: grandMean, upper: grandMean + constants.a2 * meanRange)
    }

    /// Limits of the means, from the mean standard deviation: centre ± A₃·s̄.
    package var meanLimitsFromDeviation: ControlLimits {
        ControlLimits(
            lower: grandMean - constants.a3 * meanDeviation, centre: grandMean, upper: grandMean + constants.a3 * meanDeviation)
    }

    /// Limits of the ranges: D₃·R̄ to D₄·R̄.
    package var rangeLimits: ControlLimits {
        ControlLimits(lower: constants.d3Limit * meanRange, centre: meanRange, upper: constants.d4Limit * meanRange)
    }

    /// Limits of the standard deviations: B₃·s̄ to B₄·s̄.
    package var deviationLimits: ControlLimits {
        ControlLimits(lower: constants.b3 * meanDeviation, centre: meanDeviation, upper: constants.b4 * meanDeviation)
    }
}

/// Chart of single readings, with their moving ranges of two.
///
/// Source: ISO 7870-2, charts for individuals.
package struct IndividualsChart: Sendable, Hashable {
    /// Mean of the readings.
    package let mean: Double
    /// Mean distance between neighbours.
    package let meanMovingRange: Double
    /// Factors for subgroups of two.
    package let constants: ControlChartConstants

    /// Evaluates at least two readings in the order in which they were taken.
    ///
    /// - Throws: ``StatisticsError/tooFew(what:count:needed:)``.
    package init(values: [DecimalNumber]) throws(StatisticsError) {
        guard values.count >= 2 else { throw .tooFew(what: "values", count: values.count, needed: 2) }
        let readings = values.map { ExtendedNumber($0) }
        mean = (readings.total() / ExtendedNumber(values.count)).value
        let ranges = zip(readings, readings.dropFirst()).map { ($1 - $0).magnitude }.total()
        meanMovingRange = (ranges / ExtendedNumber(values.count - 1)).value
        constants = try ControlChartConstants(subgroupSize: 2)
    }

    /// Standard deviation of single readings without slow changes between them, mean moving range over d₂.
    package var deviation: Double { meanMovingRange / constants.d2 }

    /// Limits of the readings at three standard deviations.
    package var limits: ControlLimits {
        ControlLimits(lower: mean - 3 * deviation, centre: mean, upper: mean + 3 * deviation)
    }

    /// Limits of the moving ranges.
    package var movingRangeLimits: ControlLimits {
        ControlLimits(lower: 0, centre: meanMovingRange, upper: constants.d4Limit * meanMovingRange)
    }
}
