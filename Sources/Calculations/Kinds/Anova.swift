// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Balanced one-way analysis of variance from group means and standard deviations.
package struct Anova: Calculation {
    private let groups: GivenInteger
    private let perGroup: GivenInteger
    private let groupMeans: [GivenDecimal]
    private let groupStandardDeviations: [GivenDecimal]

    enum CodingKeys: String, CodingKey {
        case groups
        case perGroup = "per_group"
        case groupMeans = "group_means"
        case groupStandardDeviations = "group_standard_deviations"
    }

    package struct Answer: Encodable, Sendable {
        let mean: Double
        let betweenGroupDeviationOfMeans: Double
        let withinDeviation: Double
        /// Null when there is no scatter within groups.
        let varianceRatio: Double?
        let criticalVarianceRatio: Double
        let degreesOfFreedomBetween: Int
        let degreesOfFreedomWithin: Int
        let betweenComponent: Double
        let uncertaintyOfMean: Double
        let pooledUncertaintyOfMean: Double
        let pooledDegreesOfFreedom: Int

        enum CodingKeys: String, CodingKey {
            case mean
            case betweenGroupDeviationOfMeans = "between_group_sd_of_means"
            case withinDeviation = "within_sd"
            case varianceRatio = "F"
            case criticalVarianceRatio = "F_critical_95"
            case degreesOfFreedomBetween = "dof_between"
            case degreesOfFreedomWithin = "dof_within"
            case betweenComponent = "between_component_sd"
            case uncertaintyOfMean = "u_mean"
            case pooledUncertaintyOfMean = "u_mean_pooled"
            case pooledDegreesOfFreedom = "dof_pooled"
        }
    }

    package func solve() throws(CalculationError) -> Answer {
        guard groups.value == groupMeans.count else {
            throw .invalid("group_means", "\(groupMeans.count) means for \(groups.value) groups; give one for each group")
        }
        guard groups.value == groupStandardDeviations.count else {
            throw .invalid(
                "group_standard_deviations",
                "\(groupStandardDeviations.count) standard deviations for \(groups.value) groups; give one for each group")
        }
        for (index, deviation) in groupStandardDeviations.enumerated() {
            _ = try deviation.notNegative("group_standard_deviations[\(index)]")
        }
        do throws(StatisticsError) {
            let analysis = try OneWayAnalysis(
                groupMeans: groupMeans.map(\.number), groupDeviations: groupStandardDeviations.map(\.number),
                perGroup: perGroup.value)
            return Answer(
                mean: analysis.mean, betweenGroupDeviationOfMeans: analysis.deviationOfMeans,
                withinDeviation: analysis.deviationWithin,
                varianceRatio: analysis.varianceRatio.isFinite ? analysis.varianceRatio : nil,
                criticalVarianceRatio: try analysis.criticalVarianceRatio(probability: 0.95),
                degreesOfFreedomBetween: analysis.degreesOfFreedomBetween,
                degreesOfFreedomWithin: analysis.degreesOfFreedomWithin, betweenComponent: analysis.betweenComponent,
                uncertaintyOfMean: analysis.standardUncertaintyOfMean,
                pooledUncertaintyOfMean: analysis.pooledStandardUncertaintyOfMean,
                pooledDegreesOfFreedom: analysis.degreesOfFreedomPooled)
        } catch {
            throw .invalid("groups", error.description)
        }
    }
}
