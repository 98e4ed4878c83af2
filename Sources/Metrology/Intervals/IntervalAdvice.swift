// SPDX-License-Identifier: Apache-2.0

/// Advice on the next interval between calibrations of one instrument, with its method, parameters and reasons.
///
/// Advice is for people: a laboratory decides, and legal periods of verification are not changed by it. What is stored with the
/// advice suffices to compute it again. Source: ILAC-G24 / OIML D 10, methods 1 to 3.
package struct IntervalAdvice: Sendable, Hashable {
    /// How the interval was found.
    package enum Method: String, Sendable, Hashable, CaseIterable, Codable {
        /// Method 1: step by step after each calibration.
        case staircase
        /// Method 2: drift and scatter of the same points over the calibrations so far.
        case controlChart = "control_chart"
        /// Method 3: hours of use instead of days.
        case inUseTime = "in_use_time"

        /// Name in Vietnamese.
        package var vietnamese: String {
            switch self {
            case .staircase: "điều chỉnh tự động (bậc thang)"
            case .controlChart: "biểu đồ kiểm soát (độ trôi)"
            case .inUseTime: "thời gian sử dụng"
            }
        }

        /// Name in English.
        package var english: String {
            switch self {
            case .staircase: "automatic adjustment (staircase)"
            case .controlChart: "control chart (drift)"
            case .inUseTime: "in-use time"
            }
        }
    }

    /// What a laboratory decided beforehand.
    package struct Policy: Sendable, Hashable {
        /// Parameters of the staircase; its bounds, in days, hold for every method.
        package let staircase: ReactiveInterval.Staircase
        /// Confidence of the band that must stay within the limits, above 0 and below 1.
        package let confidence: DecimalNumber
        /// Observed intervals from which a drift is taken, 2 or more.
        package let intervalsForDrift: Int

        /// Creates a policy.
        ///
        /// - Throws: ``IntervalError/outOfRange(what:range:)``.
        package init(
            staircase: ReactiveInterval.Staircase, confidence: DecimalNumber, intervalsForDrift: Int = 3
        ) throws(IntervalError) {
            guard confidence > .zero, confidence < .one else {
                throw .outOfRange(what: "confidence", range: "give a number above 0 and below 1")
            }
            guard intervalsForDrift >= 2 else {
                throw .outOfRange(what: "intervals for a drift", range: "give a whole number of 2 or above")
            }
            self.staircase = staircase
            self.confidence = confidence
            self.intervalsForDrift = intervalsForDrift
        }
    }

    /// One calibration of the instrument at the point that matters.
    package struct Calibration: Sendable, Hashable {
        /// Day of the calibration, counted from any day.
        package let day: Int
        /// Error as found, in the unit of the limit.
        package let asFound: DecimalNumber
        /// Error as left; equal to the error as found unless the instrument was adjusted.
        package let asLeft: DecimalNumber
        /// Standard uncertainty of the errors, not negative.
        package let standardUncertainty: DecimalNumber

        package init(day: Int, asFound: DecimalNumber, asLeft: DecimalNumber? = nil, standardUncertainty: DecimalNumber) {
            self.day = day
            self.asFound = asFound
            self.asLeft = asLeft ?? asFound
            self.standardUncertainty = standardUncertainty
        }
    }

    /// Method that gave the interval.
    package let method: Method
    /// Policy that was applied.
    package let policy: Policy
    /// Present interval in days.
    package let current: Int
    /// Advised interval in whole days.
    package let advised: Int
    /// Why, in the order in which it was found out.
    package let reasons: [IntervalReason]

    /// What happens to the interval.
    package var action: ReactiveInterval.Action {
        advised > current ? .extend : (advised < current ? .shorten : .keep)
    }

    /// Keeps an interval within the bounds of the policy and says so where they decide.
    private init(method: Method, policy: Policy, current: Int, days: Double, reasons: [IntervalReason]) {
        let bounds = policy.staircase.bounds
        // Whole days within the bounds: rounded inwards, except where not even one day fits between them.
        let shortest = Int(min(bounds.lowerBound.approximateValue.rounded(.up), 1e9))
        let longest = max(shortest, Int(min(bounds.upperBound.approximateValue.rounded(.down), 1e9)))
        self.method = method
        self.policy = policy
        self.current = current
        if days < Double(shortest) {
            (advised, self.reasons) = (shortest, reasons + [.shortest(days: shortest)])
        } else if days > Double(longest) {
            (advised, self.reasons) = (longest, reasons + [.longest(days: longest)])
        } else {
            (advised, self.reasons) = (Int(days), reasons)
        }
    }
}

// MARK: - Methods

extension IntervalAdvice {
    /// Advice by the method that the history allows: drift where enough intervals were observed, else the staircase.
    ///
    /// - Parameters:
    ///   - history: Calibrations with rising days, oldest first, one at least.
    ///   - limit: Maximum permissible error, positive, to both sides of zero.
    ///   - current: Present interval in days, 1...1 000 000.
    ///   - policy: What the laboratory decided beforehand.
    /// - Throws: ``IntervalError``.
    package static func advice(
        history: [Calibration], limit: DecimalNumber, current: Int, policy: Policy
    ) throws(IntervalError) -> IntervalAdvice {
        let observed = history.count - 1
        guard observed >= policy.intervalsForDrift else {
            return try staircase(
                history: history, limit: limit, current: current, policy: policy,
                because: [.tooFewForDrift(intervals: max(0, observed), needed: policy.intervalsForDrift)])
        }
        // Beyond its limit an instrument is no case for a forecast.
        if let latest = history.last, latest.asFound.magnitude > limit {
            return try staircase(history: history, limit: limit, current: current, policy: policy)
        }
        return try controlChart(history: history, limit: limit, current: current, policy: policy)
    }

    /// Method 1: advice from the error as found by the latest calibration.
    ///
    /// - Parameters:
    ///   - history: Calibrations, oldest first, one at least.
    ///   - limit: Maximum permissible error, positive.
    ///   - current: Present interval in days, 1...1 000 000.
    ///   - policy: What the laboratory decided beforehand.
    ///   - reasons: What led to this method.
    /// - Throws: ``IntervalError``.
    package static func staircase(
        history: [Calibration], limit: DecimalNumber, current: Int, policy: Policy, because reasons: [IntervalReason] = []
    ) throws(IntervalError) -> IntervalAdvice {
        try check(current: current, limit: limit)
        guard let latest = history.last else { throw .tooFew(count: 0, needed: 1) }
        let (interval, action) = try ReactiveInterval.staircase(
            interval: DecimalNumber(current), error: latest.asFound, limit: limit, parameters: policy.staircase)
        let percent = percent(policy.staircase.innerFraction)
        let reason: IntervalReason =
            switch action {
            case .extend: .wellWithin(error: latest.asFound, limit: limit, percent: percent)
            case .keep: .within(error: latest.asFound, limit: limit, percent: percent)
            case .shorten: .beyond(error: latest.asFound, limit: limit)
            }
        return IntervalAdvice(
            method: .staircase, policy: policy, current: current, days: interval.approximateValue, reasons: reasons + [reason])
    }

    /// Method 2: advice from the drift over all calibrations, with a prediction band that has to stay within the limits.
    ///
    /// - Parameters:
    ///   - history: Calibrations with rising days, oldest first, three at least.
    ///   - limit: Maximum permissible error, positive, to both sides of zero.
    ///   - current: Present interval in days, 1...1 000 000.
    ///   - policy: What the laboratory decided beforehand.
    /// - Throws: ``IntervalError``.
    package static func controlChart(
        history: [Calibration], limit: DecimalNumber, current: Int, policy: Policy
    ) throws(IntervalError) -> IntervalAdvice {
        try check(current: current, limit: limit)
        guard let latest = history.last, history.count >= 3 else { throw .tooFew(count: history.count, needed: 3) }
        var (times, deviations): ([DecimalNumber], [DecimalNumber]) = ([], [])
        for (earlier, later) in zip(history, history.dropFirst()) {
            let (days, overflow) = later.day.subtractingReportingOverflow(earlier.day)
            guard !overflow, days > 0 else { throw .outOfRange(what: "the days", range: "give rising days, oldest first") }
            times.append(DecimalNumber(days))
            do throws(DecimalError) {
                deviations.append(try later.asFound.subtracting(earlier.asLeft))
            } catch {
                throw .outOfRange(what: "an error", range: "give numbers with fewer digits")
            }
        }
        let model = try DriftModel(times: times, deviations: deviations, order: 1)
        let confidence = percent(policy.confidence)
        let bound = limit.approximateValue
        let days = try model.interval(
            limits: DriftModel.Limits(start: latest.asLeft.approximateValue, lower: -bound, upper: bound),
            startUncertainty: latest.standardUncertainty.approximateValue,
            coverageFactor: model.coverageFactor(confidence: policy.confidence.approximateValue, isTwoSided: true))
        var reasons = [drift(of: model, intervals: times.count)]
        switch days {
        case .none: reasons.append(.neverReachesLimit(percent: confidence))
        case .some(let days) where days < 1: reasons.append(.exceedsLimitNow(percent: confidence))
        case .some(let days): reasons.append(.reachesLimit(days: Int(min(days, 1e9)), percent: confidence))
        }
        return IntervalAdvice(
            method: .controlChart, policy: policy, current: current, days: days ?? .infinity, reasons: reasons)
    }

    /// Method 3: days until the hours of use that were found for the kind of instrument are used up.
    ///
    /// - Parameters:
    ///   - hours: Hours of use between calibrations, positive.
    ///   - hoursPerDay: Hours used in a day, above 0 and at most 24.
    ///   - current: Present interval in days, 1...1 000 000.
    ///   - policy: What the laboratory decided beforehand.
    /// - Throws: ``IntervalError``.
    package static func inUseTime(
        hours: DecimalNumber, hoursPerDay: DecimalNumber, current: Int, policy: Policy
    ) throws(IntervalError) -> IntervalAdvice {
        try check(current: current, limit: .one)
        guard hours > .zero else { throw .outOfRange(what: "hours of use", range: "give a number above 0") }
        guard hoursPerDay > .zero, hoursPerDay <= DecimalNumber(24) else {
            throw .outOfRange(what: "hours a day", range: "give a number above 0 and at most 24")
        }
        let days = (ExtendedNumber(hours) / ExtendedNumber(hoursPerDay)).value
        return IntervalAdvice(
            method: .inUseTime, policy: policy, current: current, days: days,
            reasons: [.use(hours: hours, perDay: hoursPerDay)])
    }

    private static func check(current: Int, limit: DecimalNumber) throws(IntervalError) {
        guard (1...1_000_000).contains(current) else {
            throw .outOfRange(what: "interval", range: "give 1 to 1 000 000 days")
        }
        guard limit > .zero else { throw .outOfRange(what: "mpe", range: "give a number above 0") }
    }

    /// Drift of 365 days, rounded to two significant digits of its standard uncertainty.
    private static func drift(of model: DriftModel, intervals: Int) -> IntervalReason {
        let (slope, u) = (model.fit.parameters[0] * 365, model.fit.standardUncertainties[0] * 365)
        do throws(DecimalError) {
            let uncertainty = try DecimalNumber(approximating: u, significantDigits: 2, mode: .halfEven)
            // Deviations without any scatter have no uncertainty that tells where to round.
            let value = try DecimalNumber(approximating: slope, significantDigits: uncertainty.isZero ? 6 : 17, mode: .halfEven)
            let places = uncertainty.isZero ? value.scale : uncertainty.scale
            return .drift(
                perYear: try value.rounded(toScale: places, mode: .halfEven), uncertainty: uncertainty, intervals: intervals)
        } catch {
            // A drift too small or too large for a decimal is not worth a sentence.
            return .noDrift
        }
    }

    private static func percent(_ share: DecimalNumber) -> DecimalNumber {
        do throws(DecimalError) {
            return try share.multiplied(by: DecimalNumber(100)).withoutTrailingZeros
        } catch {
            // A share of more than 36 digits is shown as it is.
            return share
        }
    }
}
