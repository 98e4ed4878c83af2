// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Staircase: one finding against a limit.
struct StaircaseCase: IntervalMethod {
    let interval, error, limit, innerFraction, factorUp, factorDown, minimum, maximum: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case interval, minimum, maximum
        case error = "as_found_error"
        case limit = "mpe"
        case innerFraction = "inner_fraction"
        case factorUp = "factor_up"
        case factorDown = "factor_down"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        let parameters = try ReactiveInterval.Staircase(
            innerFraction: innerFraction.number, factorUp: factorUp.number, factorDown: factorDown.number,
            minimum: minimum.number, maximum: maximum.number)
        let (next, action) = try ReactiveInterval.staircase(
            interval: interval.number, error: error.number, limit: limit.number, parameters: parameters)
        return IntervalAnswer(values: ["interval": .number(next.approximateValue), "action": .word(action.rawValue)])
    }
}

/// Findings of one instrument, 1 in tolerance and 0 out of it, oldest first.
struct FindingHistory: Decodable, Sendable {
    let isInTolerance: [Bool]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let findings = try container.decode([GivenInteger].self).map(\.value)
        guard findings.allSatisfy((0...1).contains) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "give 1 for a finding in tolerance and 0 for one out of it")
        }
        isInTolerance = findings.map { $0 == 1 }
    }
}

/// Method A1.
struct SimpleResponseCase: IntervalMethod {
    let interval: GivenDecimal
    let history: FindingHistory
    let increment: GivenDecimal
    let target: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case interval, history
        case increment = "a"
        case target = "reliability_target"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        let (increment, target) = (increment.number.approximateValue, target.number.approximateValue)
        let intervals = try ReactiveInterval.simpleResponse(
            interval: interval.number.approximateValue, history: history.isInTolerance, increment: increment, target: target)
        let decrement = try ReactiveInterval.decrement(increment: increment, target: target)
        return IntervalAnswer(values: ["b": .number(decrement), "intervals": .numbers(intervals)])
    }
}

/// Method A2.
struct IncrementalResponseCase: IntervalMethod {
    let interval: GivenDecimal
    let history: FindingHistory
    let target: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case interval, history
        case target = "reliability_target"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        let (steps, intervals) = try ReactiveInterval.incrementalResponse(
            interval: interval.number.approximateValue, history: history.isInTolerance,
            target: target.number.approximateValue)
        return IntervalAnswer(values: ["delta": .numbers(steps), "intervals": .numbers(intervals)])
    }
}

/// Method A3.
struct IntervalTestCase: IntervalMethod {
    let interval: GivenDecimal
    let inTolerance: GivenInteger
    let n: GivenInteger
    let target, changeConfidence, maximumFactor, minimumChange, minimum, maximum: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case interval, n, minimum, maximum
        case inTolerance = "in_tolerance"
        case target = "reliability_target"
        case changeConfidence = "change_confidence"
        case maximumFactor = "max_factor"
        case minimumChange = "min_change"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        let parameters = try IntervalTest.Parameters(
            target: target.number, changeConfidence: changeConfidence.number.approximateValue,
            maximumFactor: maximumFactor.number.approximateValue, minimumChange: minimumChange.number.approximateValue,
            minimum: minimum.number.approximateValue, maximum: maximum.number.approximateValue)
        let test = try IntervalTest(
            observation: ObservedReliability(inTolerance: inTolerance.value, count: n.value),
            interval: interval.number.approximateValue,
            parameters: parameters)
        return IntervalAnswer(values: [
            "observed_reliability": .number(test.observedShare),
            "rejection_confidence": .number(test.rejectionConfidence),
            "calculated": .number(test.calculated), "interval": .number(test.interval), "change": .flag(test.isChanged),
            "reliability_low": .number(test.reliability.lowerBound),
            "reliability_high": .number(test.reliability.upperBound),
        ])
    }
}

/// Method S1 with the exponential model.
struct ExponentialCase: IntervalMethod {
    let times: [GivenDecimal]
    let n: [GivenInteger]
    let inTolerance: [GivenInteger]
    let target: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case times, n
        case inTolerance = "in_tolerance"
        case target = "reliability_target"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        guard times.count == n.count, times.count == inTolerance.count else {
            throw .unequalLengths("times, n and in_tolerance")
        }
        let groups = try times.indices.map { (index) throws(IntervalError) in
            ExponentialReliability.Group(
                time: times[index].number.approximateValue,
                observation: try ObservedReliability(inTolerance: inTolerance[index].value, count: n[index].value))
        }
        let reliability = try ExponentialReliability(groups: groups)
        let interval = try reliability.interval(target: target.number.approximateValue)
        return IntervalAnswer(values: ["lambda": .number(reliability.rate), "interval": .number(interval)])
    }
}

/// Drift from variables data.
struct DriftCase: IntervalMethod {
    let times, deviations: [GivenDecimal]
    let order: GivenInteger
    let startUncertainty, startValue: GivenDecimal
    let confidence: GivenDecimal?
    let lowerLimit, upperLimit, uncertaintyTarget: GivenDecimal?

    enum CodingKeys: String, CodingKey {
        case times, deviations, order, confidence
        case startUncertainty = "u0"
        case startValue = "y0"
        case lowerLimit = "lower_limit"
        case upperLimit = "upper_limit"
        case uncertaintyTarget = "uncertainty_target"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        guard times.count <= 10_000 else { throw .tooMany(count: times.count, allowed: 10_000) }
        let model = try DriftModel(times: times.map(\.number), deviations: deviations.map(\.number), order: order.value)
        var values: [String: IntervalAnswer.Value] = [
            "coefficients": .numbers(model.fit.parameters), "covariance": .matrix(model.fit.covariance),
            "residual_sd": .number(model.residualDeviation),
        ]
        let start = startUncertainty.number.approximateValue
        if let target = uncertaintyTarget?.number.approximateValue {
            values["interval_uncertainty_target"] = .number(
                try model.interval(uncertaintyTarget: target, startUncertainty: start))
        }
        if lowerLimit != nil || upperLimit != nil {
            if let lower = lowerLimit?.number, let upper = upperLimit?.number, lower >= upper {
                throw .outOfRange(what: "lower_limit", range: "give a number below upper_limit")
            }
            guard let confidence else {
                throw .outOfRange(what: "confidence", range: "give the probability that the limits are to be kept with")
            }
            let factor = try model.coverageFactor(
                confidence: confidence.number.approximateValue, isTwoSided: lowerLimit != nil && upperLimit != nil)
            let limits = DriftModel.Limits(
                start: startValue.number.approximateValue, lower: lowerLimit?.number.approximateValue,
                upper: upperLimit?.number.approximateValue)
            values["k"] = .number(factor)
            values["interval_reliability_target"] = .number(
                try model.interval(limits: limits, startUncertainty: start, coverageFactor: factor))
        }
        return IntervalAnswer(values: values)
    }
}

/// Confidence interval of an observed reliability.
struct ReliabilityCase: IntervalMethod {
    let inTolerance: GivenInteger
    let n: GivenInteger
    let confidence: GivenDecimal

    enum CodingKeys: String, CodingKey {
        case n, confidence
        case inTolerance = "in_tolerance"
    }

    func answer() throws(IntervalError) -> IntervalAnswer {
        let range = try ObservedReliability(inTolerance: inTolerance.value, count: n.value)
            .interval(confidence: confidence.number.approximateValue)
        return IntervalAnswer(values: ["low": .number(range.low), "high": .number(range.high)])
    }
}
