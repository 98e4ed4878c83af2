// SPDX-License-Identifier: Apache-2.0

/// Quantiles that the statistics of a laboratory are compared with.
enum SamplingDistribution {
    /// Number that χ² with the given degrees of freedom stays below with a probability.
    ///
    /// - Throws: ``StatisticsError/outOfRange(what:range:)``.
    static func chiSquareQuantile(probability: Double, degreesOfFreedom: Double) throws(StatisticsError) -> Double {
        do throws(UncertaintyError) {
            return try ChiSquareDistribution(degreesOfFreedom: degreesOfFreedom).quantile(probability)
        } catch {
            throw .outOfRange(what: "a quantile of chi-squared", range: error.description)
        }
    }

    /// Number that F with the given degrees of freedom stays below with a probability.
    ///
    /// - Throws: ``StatisticsError/outOfRange(what:range:)``.
    static func varianceRatioQuantile(
        probability: Double, numerator: Double, denominator: Double
    ) throws(StatisticsError) -> Double {
        do throws(UncertaintyError) {
            return try FisherDistribution(numerator: numerator, denominator: denominator).quantile(probability)
        } catch {
            throw .outOfRange(what: "a quantile of F", range: error.description)
        }
    }
}
