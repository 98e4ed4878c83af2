// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Scores of proficiency tests, robust mean of the participants, homogeneity of the items.
package struct Proficiency: Calculation {
    private enum Task: Sendable {
        case score(ScoreCase)
        case algorithmA([GivenDecimal])
        case homogeneity([[GivenDecimal]], deviation: GivenDecimal)
    }

    private let task: Task

    enum CodingKeys: String, CodingKey {
        case op, data
        case deviation = "sigma_pt"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .op)
        switch name {
        case "algorithm_A":
            task = .algorithmA(try container.decode([GivenDecimal].self, forKey: .data))
        case "homogeneity":
            task = .homogeneity(
                try container.decode([[GivenDecimal]].self, forKey: .data),
                deviation: try container.decode(GivenDecimal.self, forKey: .deviation))
        default:
            guard let kind = ScoreCase.Kind(rawValue: name) else {
                throw CalculationError.invalid(
                    "op", "'\(name)' is unknown; give z, z_prime, zeta, En, algorithm_A or homogeneity")
            }
            task = .score(try ScoreCase(kind: kind, from: decoder))
        }
    }

    package enum Answer: Encodable, Sendable {
        case score(ScoreAnswer)
        case robust(RobustAnswer)
        case homogeneity(HomogeneityAnswer)

        package func encode(to encoder: any Encoder) throws {
            switch self {
            case .score(let answer): try answer.encode(to: encoder)
            case .robust(let answer): try answer.encode(to: encoder)
            case .homogeneity(let answer): try answer.encode(to: encoder)
            }
        }
    }

    package func solve() throws(CalculationError) -> Answer {
        switch task {
        case .score(let given):
            return .score(try given.solve())
        case .algorithmA(let data):
            do throws(StatisticsError) {
                return .robust(RobustAnswer(try RobustEstimate(results: data.map(\.number))))
            } catch {
                throw .invalid("data", error.description)
            }
        case .homogeneity(let data, let deviation):
            let deviation = try deviation.positive("sigma_pt")
            guard data.count <= 100_000 else { throw .invalid("data", "too long; give at most 100 000 items") }
            do throws(StatisticsError) {
                let duplicates = data.map { pair in pair.map(\.number) }
                return .homogeneity(HomogeneityAnswer(try ItemHomogeneity(duplicates: duplicates, deviation: deviation)))
            } catch {
                throw .invalid("data", error.description)
            }
        }
    }
}

/// One result with what its score is reckoned from.
private struct ScoreCase: Sendable {
    enum Kind: String, Sendable {
        case z
        case zPrime = "z_prime"
        case zeta
        case normalizedError = "En"
    }

    enum CodingKeys: String, CodingKey {
        case result, assigned
        case deviation = "sigma_pt"
        case uncertainty = "u_lab"
        case assignedUncertainty = "u_assigned"
        case expandedUncertainty = "U_lab"
        case assignedExpandedUncertainty = "U_assigned"
    }

    let kind: Kind
    let result: GivenDecimal
    let assigned: GivenDecimal
    /// Deviation or uncertainty of the result, and uncertainty of the assigned value, with their names in the case.
    let first: (name: String, number: GivenDecimal)
    let second: (name: String, number: GivenDecimal)?

    init(kind: Kind, from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func named(_ key: CodingKeys) throws -> (String, GivenDecimal) {
            (key.rawValue, try container.decode(GivenDecimal.self, forKey: key))
        }
        self.kind = kind
        result = try container.decode(GivenDecimal.self, forKey: .result)
        assigned = try container.decode(GivenDecimal.self, forKey: .assigned)
        switch kind {
        case .z: (first, second) = (try named(.deviation), nil)
        case .zPrime: (first, second) = (try named(.deviation), try named(.assignedUncertainty))
        case .zeta: (first, second) = (try named(.uncertainty), try named(.assignedUncertainty))
        case .normalizedError: (first, second) = (try named(.expandedUncertainty), try named(.assignedExpandedUncertainty))
        }
    }

    func solve() throws(CalculationError) -> ScoreAnswer {
        let isDeviation = kind == .z || kind == .zPrime
        let scale = try isDeviation ? first.number.positive(first.name) : first.number.notNegative(first.name)
        let uncertainty = try second?.number.notNegative(second?.name ?? "") ?? .zero
        let (x, assigned) = (result.number, assigned.number)
        do throws(StatisticsError) {
            let score =
                switch kind {
                case .z: try ProficiencyScore.z(result: x, assigned: assigned, deviation: scale)
                case .zPrime:
                    try ProficiencyScore.zPrime(
                        result: x, assigned: assigned, deviation: scale, assignedUncertainty: uncertainty)
                case .zeta:
                    try ProficiencyScore.zeta(
                        result: x, assigned: assigned, uncertainty: scale, assignedUncertainty: uncertainty)
                case .normalizedError:
                    try ProficiencyScore.normalizedError(
                        result: x, assigned: assigned, expandedUncertainty: scale, assignedExpandedUncertainty: uncertainty)
                }
            return ScoreAnswer(score: score.score, assessment: score.assessment.rawValue)
        } catch {
            throw .invalid(first.name, error.description)
        }
    }
}

package struct ScoreAnswer: Encodable, Sendable {
    let score: Double
    let assessment: String
}

package struct RobustAnswer: Encodable, Sendable {
    struct MeanAndDeviation: Encodable {
        let mean: Double
        let deviation: Double

        enum CodingKeys: String, CodingKey {
            case mean
            case deviation = "sd"
        }
    }

    let median, scaledMedianDeviation, interquartileRange, robustMean, robustDeviation, assignedUncertainty: Double
    let firstIteration: MeanAndDeviation
    let plainMean, plainDeviation: Double

    enum CodingKeys: String, CodingKey {
        case median
        case scaledMedianDeviation = "mad_e"
        case interquartileRange = "n_iqr"
        case robustMean = "robust_mean"
        case robustDeviation = "robust_sd"
        case assignedUncertainty = "u_assigned"
        case firstIteration = "first_iteration"
        case plainMean = "plain_mean"
        case plainDeviation = "plain_sd"
    }

    init(_ estimate: RobustEstimate) {
        median = estimate.median
        scaledMedianDeviation = estimate.scaledMedianDeviation
        interquartileRange = estimate.normalizedInterquartileRange
        (robustMean, robustDeviation) = (estimate.robust.mean, estimate.robust.deviation)
        assignedUncertainty = estimate.assignedUncertainty
        firstIteration = MeanAndDeviation(mean: estimate.firstIteration.mean, deviation: estimate.firstIteration.deviation)
        (plainMean, plainDeviation) = (estimate.plain.mean, estimate.plain.deviation)
    }
}

package struct HomogeneityAnswer: Encodable, Sendable {
    let generalMean, deviationOfMeans, deviationWithin, deviationBetween, firstFactor, secondFactor: Double
    let simpleCriterion: Double
    let passesSimple: Bool
    let expandedCriterion: Double
    let passesExpanded: Bool

    enum CodingKeys: String, CodingKey {
        case generalMean = "general_mean"
        case deviationOfMeans = "s_x"
        case deviationWithin = "s_w"
        case deviationBetween = "s_s"
        case firstFactor = "F1"
        case secondFactor = "F2"
        case simpleCriterion = "criterion_simple"
        case passesSimple = "passes_simple"
        case expandedCriterion = "criterion_expanded"
        case passesExpanded = "passes_expanded"
    }

    init(_ homogeneity: ItemHomogeneity) {
        generalMean = homogeneity.generalMean
        deviationOfMeans = homogeneity.deviationOfMeans
        (deviationWithin, deviationBetween) = (homogeneity.deviationWithin, homogeneity.deviationBetween)
        (firstFactor, secondFactor) = (homogeneity.firstFactor, homogeneity.secondFactor)
        (simpleCriterion, passesSimple) = (homogeneity.simpleCriterion, homogeneity.passesSimple)
        (expandedCriterion, passesExpanded) = (homogeneity.expandedCriterion, homogeneity.passesExpanded)
    }
}
