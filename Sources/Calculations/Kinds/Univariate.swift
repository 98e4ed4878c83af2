// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Mean, standard deviation and lag-1 autocorrelation of a series of readings.
package struct Univariate: Calculation {
    private let data: [GivenDecimal]

    package struct Answer: Encodable, Sendable {
        let n: Int
        let mean: Double
        let standardDeviation: Double
        let standardUncertaintyOfMean: Double
        /// Null when all readings are equal.
        let lag1Autocorrelation: Double?

        enum CodingKeys: String, CodingKey {
            case n, mean
            case standardDeviation = "standard_deviation"
            case standardUncertaintyOfMean = "standard_uncertainty_of_mean"
            case lag1Autocorrelation = "lag1_autocorrelation"
        }
    }

    package func solve() throws(CalculationError) -> Answer {
        guard data.count <= 1_000_000 else { throw .invalid("data", "too long; give at most 1 000 000 readings") }
        do throws(StatisticsError) {
            let statistics = try ReadingStatistics(readings: data.map(\.number))
            return Answer(
                n: statistics.count, mean: statistics.mean, standardDeviation: statistics.standardDeviation,
                standardUncertaintyOfMean: statistics.standardUncertaintyOfMean,
                lag1Autocorrelation: statistics.lag1Autocorrelation)
        } catch {
            throw .invalid("data", error.description)
        }
    }
}
