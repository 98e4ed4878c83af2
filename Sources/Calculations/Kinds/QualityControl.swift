// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Constants and limits of control charts; rules that the newest point breaks.
package struct QualityControl: Calculation {
    private enum Task: Sendable {
        case constants(Int)
        case subgroups([[GivenDecimal]])
        case individuals([GivenDecimal])
        case westgard([GivenDecimal])
        case nelson([GivenDecimal])
    }

    private let task: Task

    enum CodingKeys: String, CodingKey {
        case op, subgroups, values, z
        case subgroupSize = "subgroup_size"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .op)
        task =
            switch name {
            case "chart_constants": .constants(try container.decode(GivenInteger.self, forKey: .subgroupSize).value)
            case "xbar_limits": .subgroups(try container.decode([[GivenDecimal]].self, forKey: .subgroups))
            case "individuals_limits": .individuals(try container.decode([GivenDecimal].self, forKey: .values))
            case "westgard": .westgard(try container.decode([GivenDecimal].self, forKey: .z))
            case "nelson": .nelson(try container.decode([GivenDecimal].self, forKey: .z))
            default:
                throw CalculationError.invalid(
                    "op", "'\(name)' is unknown; give chart_constants, xbar_limits, individuals_limits, westgard or nelson")
            }
    }

    package enum Answer: Encodable, Sendable {
        /// Named numbers.
        case numbers([String: Double])
        case westgard(violations: [String], reject: Bool)
        case nelson(rules: [Int])

        enum CodingKeys: String, CodingKey {
            case violations, reject, rules
        }

        package func encode(to encoder: any Encoder) throws {
            switch self {
            case .numbers(let numbers):
                try numbers.encode(to: encoder)
            case .westgard(let violations, let reject):
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(violations, forKey: .violations)
                try container.encode(reject, forKey: .reject)
            case .nelson(let rules):
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(rules, forKey: .rules)
            }
        }
    }

    package func solve() throws(CalculationError) -> Answer {
        switch task {
        case .constants(let size):
            return .numbers(try Self.named("subgroup_size") { () throws(StatisticsError) in try Self.constants(size) })
        case .subgroups(let subgroups):
            let readings = subgroups.map { subgroup in subgroup.map(\.number) }
            return .numbers(try Self.named("subgroups") { () throws(StatisticsError) in try Self.limits(readings) })
        case .individuals(let values):
            return .numbers(
                try Self.named("values") { () throws(StatisticsError) in try Self.individuals(values.map(\.number)) })
        case .westgard(let points):
            let broken = try Self.series(points).westgardViolations
            return .westgard(violations: broken.map(\.rawValue), reject: broken.contains(where: \.rejects))
        case .nelson(let points):
            return .nelson(rules: try Self.series(points).nelsonViolations.map(\.rawValue))
        }
    }

    private static func named(
        _ field: String, _ compute: () throws(StatisticsError) -> [String: Double]
    ) throws(CalculationError) -> [String: Double] {
        do throws(StatisticsError) {
            return try compute()
        } catch {
            throw .invalid(field, error.description)
        }
    }

    private static func series(_ points: [GivenDecimal]) throws(CalculationError) -> ControlSeries {
        guard !points.isEmpty else { throw .invalid("z", "empty; give at least the newest point") }
        return ControlSeries(standardised: points.map(\.number))
    }

    private static func constants(_ size: Int) throws(StatisticsError) -> [String: Double] {
        let constants = try ControlChartConstants(subgroupSize: size)
        // Tables give the factors for ranges to six decimals; those of small D3 are fewer than six significant digits.
        func tabulated(_ factor: Double) -> Double { (factor * 1e6).rounded() / 1e6 }
        return [
            "d2": constants.d2, "d3": constants.d3, "c4": constants.c4, "A2": constants.a2, "A3": constants.a3,
            "B3": constants.b3, "B4": constants.b4, "D3": tabulated(constants.d3Limit), "D4": tabulated(constants.d4Limit),
        ]
    }

    private static func limits(_ subgroups: [[DecimalNumber]]) throws(StatisticsError) -> [String: Double] {
        let chart = try SubgroupChart(subgroups: subgroups)
        return [
            "grand_mean": chart.grandMean, "mean_range": chart.meanRange, "mean_s": chart.meanDeviation,
            "xbar_R_lcl": chart.meanLimitsFromRange.lower, "xbar_R_ucl": chart.meanLimitsFromRange.upper,
            "R_lcl": chart.rangeLimits.lower, "R_ucl": chart.rangeLimits.upper,
            "xbar_s_lcl": chart.meanLimitsFromDeviation.lower, "xbar_s_ucl": chart.meanLimitsFromDeviation.upper,
            "s_ucl": chart.deviationLimits.upper,
        ]
    }

    private static func individuals(_ values: [DecimalNumber]) throws(StatisticsError) -> [String: Double] {
        let chart = try IndividualsChart(values: values)
        return [
            "mean": chart.mean, "mean_moving_range": chart.meanMovingRange, "sigma": chart.deviation,
            "lcl": chart.limits.lower, "ucl": chart.limits.upper, "moving_range_ucl": chart.movingRangeLimits.upper,
        ]
    }
}
