// SPDX-License-Identifier: Apache-2.0

/// Repeatability and reproducibility of a method from a balanced experiment: p laboratories (or technicians) with n results each.
///
/// Source: ISO 5725-2:2019, clause 7; the layout is the one-way analysis of variance.
package struct PrecisionExperiment: Sendable, Hashable {
    /// The analysis of variance with the laboratories as groups.
    package let analysis: OneWayAnalysis
    /// Consistency of each laboratory, in the order in which they were given.
    package let laboratories: [Consistency]
    /// Largest laboratory variance over the sum of all: Cochran's C, 0...1; nil without scatter within laboratories.
    package let largestVarianceShare: Double?

    /// Consistency of the results of one laboratory with those of the others.
    package struct Consistency: Sendable, Hashable {
        /// Mean of the laboratory less the general mean, over the standard deviation of the means (Mandel's h); nil when all agree.
        package let betweenStatistic: Double?
        /// Standard deviation of the laboratory over the repeatability standard deviation (Mandel's k); nil without scatter.
        package let withinStatistic: Double?
    }

    /// Evaluates the results of at least two laboratories, with at least two results from each.
    ///
    /// - Parameter results: Results of each laboratory in one unit, equally many from each.
    /// - Throws: ``StatisticsError``.
    package init(results: [[DecimalNumber]]) throws(StatisticsError) {
        let analysis = try OneWayAnalysis(groups: results)
        let each = try results.map { (readings) throws(StatisticsError) in try ReadingStatistics(readings: readings) }
        laboratories = each.map { laboratory in
            Consistency(
                betweenStatistic: analysis.deviationOfMeans > 0
                    ? (laboratory.mean - analysis.mean) / analysis.deviationOfMeans : nil,
                withinStatistic: analysis.deviationWithin > 0 ? laboratory.standardDeviation / analysis.deviationWithin : nil
            )
        }
        let variances = each.map { $0.standardDeviation * $0.standardDeviation }
        let sum = variances.reduce(0, +)
        largestVarianceShare = sum > 0 ? (variances.max() ?? 0) / sum : nil
        self.analysis = analysis
    }

    /// Standard deviation of results under repeatability conditions, s_r.
    package var repeatabilityDeviation: Double { analysis.deviationWithin }
    /// Standard deviation of the laboratory component, s_L; 0 where the estimate of its variance is negative.
    package var betweenLaboratoryDeviation: Double { analysis.betweenComponent }
    /// Standard deviation of results under reproducibility conditions, s_R = √(s_L² + s_r²).
    package var reproducibilityDeviation: Double {
        (repeatabilityDeviation * repeatabilityDeviation + betweenLaboratoryDeviation * betweenLaboratoryDeviation).squareRoot()
    }

    /// Difference that two results of one laboratory exceed in about 5 of 100 cases: 2.8 times the standard deviation.
    ///
    /// Source: ISO 5725-6, clause 4 (critical range factor 1.96·√2, rounded to 2.8).
    package var repeatabilityLimit: Double { 2.8 * repeatabilityDeviation }
    /// Difference that single results of two laboratories exceed in about 5 of 100 cases.
    package var reproducibilityLimit: Double { 2.8 * reproducibilityDeviation }

    /// Value that Cochran's C exceeds with a small probability when all laboratories scatter alike.
    ///
    /// C_crit = 1 / (1 + (p − 1)/F), with F the quantile 1 − α/p for n − 1 and (p − 1)(n − 1) degrees of freedom.
    /// - Parameter significance: α, such as 0.05 (straggler) or 0.01 (outlier); strictly between 0 and 1.
    /// - Throws: ``StatisticsError/outOfRange(what:range:)``.
    /// - Source: R. U. E. 't Lam, Anal. Chim. Acta 659 (2010) 68–84; agrees with the table of ISO 5725-2 to its printed digits.
    package func criticalVarianceShare(significance: Double) throws(StatisticsError) -> Double {
        guard significance > 0, significance < 1 else {
            throw .outOfRange(what: "the significance", range: "give a probability above 0 and below 1")
        }
        let count = Double(analysis.groups)
        let freedom = Double(analysis.perGroup - 1)
        let quantile = try SamplingDistribution.varianceRatioQuantile(
            probability: 1 - significance / count, numerator: freedom, denominator: (count - 1) * freedom)
        return 1 / (1 + (count - 1) / quantile)
    }
}
