// SPDX-License-Identifier: Apache-2.0

/// One-way analysis of variance of a balanced layout: J groups (days, laboratories, items) of K readings each.
///
/// Source: JCGM 100:2008, H.5 (Zener voltage on ten days).
package struct OneWayAnalysis: Sendable, Hashable {
    /// Number of groups J, 2 or more.
    package let groups: Int
    /// Number of readings K in each group, 2 or more.
    package let perGroup: Int
    /// Mean of all readings, in their unit.
    package let mean: Double
    /// Standard deviation of the group means, s(X̄_j), in the unit of the readings.
    package let deviationOfMeans: Double
    /// Standard deviation of readings within groups, pooled, in the unit of the readings.
    package let deviationWithin: Double

    /// Analyses groups of readings.
    ///
    /// - Throws: ``StatisticsError`` for fewer than two groups, fewer than two readings in a group, or groups of unequal size.
    package init(groups: [[DecimalNumber]]) throws(StatisticsError) {
        guard groups.allSatisfy({ $0.count == groups[0].count }) else { throw .unequalSizes(what: "the groups") }
        var means: [ExtendedNumber] = []
        var variances: [ExtendedNumber] = []
        for group in groups {
            guard group.count >= 2 else { throw .tooFew(what: "readings in a group", count: group.count, needed: 2) }
            let readings = group.map { ExtendedNumber($0) }
            let mean = readings.total() / ExtendedNumber(group.count)
            means.append(mean)
            variances.append(readings.map { ($0 - mean) * ($0 - mean) }.total() / ExtendedNumber(group.count - 1))
        }
        try self.init(means: means, variances: variances, perGroup: groups.first?.count ?? 0)
    }

    /// Analyses groups of which only means and standard deviations are known.
    ///
    /// - Parameters:
    ///   - groupMeans: Mean of each group.
    ///   - groupDeviations: Experimental standard deviation within each group, not negative.
    ///   - perGroup: Readings in each group, 2 or more.
    /// - Throws: ``StatisticsError`` for fewer than two groups, lists of unequal length or a negative deviation.
    package init(groupMeans: [DecimalNumber], groupDeviations: [DecimalNumber], perGroup: Int) throws(StatisticsError) {
        guard groupMeans.count == groupDeviations.count else {
            throw .unequalSizes(what: "the lists of group means and group standard deviations")
        }
        guard groupDeviations.allSatisfy({ !$0.isNegative }) else {
            throw .outOfRange(what: "a standard deviation", range: "give numbers of 0 or above")
        }
        try self.init(
            means: groupMeans.map { ExtendedNumber($0) },
            variances: groupDeviations.map { ExtendedNumber($0) * ExtendedNumber($0) }, perGroup: perGroup)
    }

    private init(means: [ExtendedNumber], variances: [ExtendedNumber], perGroup: Int) throws(StatisticsError) {
        guard means.count >= 2 else { throw .tooFew(what: "groups", count: means.count, needed: 2) }
        guard perGroup >= 2 else { throw .tooFew(what: "readings in a group", count: perGroup, needed: 2) }
        guard perGroup <= 1_000_000 else { throw .tooMany(what: "readings in a group", count: perGroup, allowed: 1_000_000) }
        let count = ExtendedNumber(means.count)
        let mean = means.total() / count
        groups = means.count
        self.perGroup = perGroup
        self.mean = mean.value
        deviationOfMeans = (means.map { ($0 - mean) * ($0 - mean) }.total() / (count - .one)).squareRoot().value
        deviationWithin = (variances.total() / count).squareRoot().value
        guard self.mean.isFinite, deviationOfMeans.isFinite, deviationWithin.isFinite else {
            throw .notFinite(what: "the variance of the groups")
        }
    }
}

// MARK: - Results

extension OneWayAnalysis {
    /// Degrees of freedom of the group means, J − 1.
    package var degreesOfFreedomBetween: Int { groups - 1 }
    /// Degrees of freedom within groups, J·(K − 1).
    package var degreesOfFreedomWithin: Int { groups * (perGroup - 1) }
    /// All degrees of freedom, J·K − 1.
    package var degreesOfFreedomPooled: Int { groups * perGroup - 1 }

    /// Mean square between groups over mean square within groups, K·s²(X̄_j)/s_b²; infinite without scatter within groups.
    ///
    /// Source: JCGM 100:2008, H.5.2.
    package var varianceRatio: Double {
        let ratio = deviationOfMeans / deviationWithin
        return deviationOfMeans == 0 && deviationWithin == 0 ? 0 : Double(perGroup) * ratio * ratio
    }

    /// Value that F exceeds with a small probability when the groups do not differ.
    ///
    /// - Parameter probability: Probability to stay below it, such as 0.95; strictly between 0 and 1.
    /// - Throws: ``StatisticsError/outOfRange(what:range:)``.
    package func criticalVarianceRatio(probability: Double) throws(StatisticsError) -> Double {
        try SamplingDistribution.varianceRatioQuantile(
            probability: probability, numerator: Double(degreesOfFreedomBetween), denominator: Double(degreesOfFreedomWithin))
    }

    /// Standard deviation of the effect of the group itself; 0 where the estimate of its variance is negative.
    ///
    /// Source: JCGM 100:2008, H.5.2, s_B² = s²(X̄_j) − s_b²/K.
    package var betweenComponent: Double {
        max(0, deviationOfMeans * deviationOfMeans - deviationWithin * deviationWithin / Double(perGroup)).squareRoot()
    }

    /// Standard uncertainty of the mean from the scatter of the group means, s(X̄_j)/√J, with J − 1 degrees of freedom.
    ///
    /// Source: JCGM 100:2008, H.5.2.
    package var standardUncertaintyOfMean: Double { deviationOfMeans / Double(groups).squareRoot() }

    /// Standard uncertainty of the mean from all readings, for groups that do not differ, with J·K − 1 degrees of freedom.
    ///
    /// Source: JCGM 100:2008, H.5.2.
    package var pooledStandardUncertaintyOfMean: Double {
        let between = Double(degreesOfFreedomBetween * perGroup) * deviationOfMeans * deviationOfMeans
        let within = Double(degreesOfFreedomWithin) * deviationWithin * deviationWithin
        return ((between + within) / Double(degreesOfFreedomPooled) / Double(groups * perGroup)).squareRoot()
    }
}
