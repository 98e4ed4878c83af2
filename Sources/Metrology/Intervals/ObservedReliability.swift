// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// How many of a group of calibrations found their instruments in tolerance, and what that says.
package struct ObservedReliability: Sendable, Hashable {
    /// Calibrations that found the instrument in tolerance, 0...count.
    package let inTolerance: Int
    /// All calibrations, 1 or more.
    package let count: Int

    /// Largest number of calibrations evaluated at once.
    package static let largestCount = 10_000_000

    /// Creates an observation.
    ///
    /// - Throws: ``IntervalError``.
    package init(inTolerance: Int, count: Int) throws(IntervalError) {
        guard count >= 1 else { throw .tooFew(count: count, needed: 1) }
        guard count <= Self.largestCount else { throw .tooMany(count: count, allowed: Self.largestCount) }
        guard (0...count).contains(inTolerance) else {
            throw .outOfRange(what: "in_tolerance", range: "give a whole number from 0 to n")
        }
        (self.inTolerance, self.count) = (inTolerance, count)
    }

    /// Share of calibrations in tolerance.
    package var share: Double { Double(inTolerance) / Double(count) }

    /// Two-sided confidence interval of the share, never narrower than promised.
    ///
    /// - Parameter confidence: Strictly between 0 and 1.
    /// - Throws: ``IntervalError/outOfRange(what:range:)``.
    /// - Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413.
    package func interval(confidence: Double) throws(IntervalError) -> (low: Double, high: Double) {
        guard confidence > 0, confidence < 1 else {
            throw .outOfRange(what: "confidence", range: "give a number above 0 and below 1")
        }
        let outside = (1 - confidence) / 2
        let (x, n) = (Double(inTolerance), Double(count))
        let low = inTolerance == 0 ? 0 : try Self.betaQuantile(lower: outside, upper: 1 - outside, x, n - x + 1)
        let high = inTolerance == count ? 1 : try Self.betaQuantile(lower: 1 - outside, upper: outside, x + 1, n - x)
        return (low, high)
    }

    /// Quantile of the beta distribution with a, b >= 1, by way of the quotient of two variances.
    private static func betaQuantile(
        lower: Double, upper: Double, _ a: Double, _ b: Double
    ) throws(IntervalError) -> Double {
        do throws(UncertaintyError) {
            let ratio = try FisherDistribution(numerator: 2 * a, denominator: 2 * b).quantile(lower: lower, upper: upper)
            return a * ratio / (a * ratio + b)
        } catch {
            throw .outOfRange(what: "confidence", range: error.description)
        }
    }

    /// Probability of at most as many in tolerance, when each is with probability p.
    func probabilityOfAtMost(_ p: Double) -> Double {
        guard inTolerance < count else { return 1 }
        let (x, n) = (Double(inTolerance), Double(count))
        return IncompleteBeta.regularized(x: 1 - p, complement: p, a: n - x, b: x + 1).lower
    }

    /// Probability of at least as many in tolerance, when each is with probability p.
    func probabilityOfAtLeast(_ p: Double) -> Double {
        guard inTolerance > 0 else { return 1 }
        let (x, n) = (Double(inTolerance), Double(count))
        return IncompleteBeta.regularized(x: p, complement: 1 - p, a: x, b: n - x + 1).lower
    }
}

/// Test whether the reliability observed at an interval differs from its target, and the interval that follows (method A3).
///
/// Two-sided: an interval is lengthened when significantly more than the target were in tolerance, even if not all were.
/// Source: NCSLI RP-1, method A3 (interval test method).
package struct IntervalTest: Sendable, Hashable {
    /// Parameters of the test.
    package struct Parameters: Sendable, Hashable {
        /// Share R of instruments to be found in tolerance, strictly between 0 and 1.
        package let target: DecimalNumber
        /// Confidence above which the interval is changed, strictly between 0 and 1.
        package let changeConfidence: Double
        /// Largest factor of a change, 1 or above.
        package let maximumFactor: Double
        /// Smallest change that is made, in the unit of the interval, not negative.
        package let minimumChange: Double
        /// Shortest and longest interval, positive.
        package let bounds: ClosedRange<Double>

        /// Creates parameters.
        ///
        /// - Throws: ``IntervalError/outOfRange(what:range:)``.
        package init(
            target: DecimalNumber, changeConfidence: Double, maximumFactor: Double, minimumChange: Double, minimum: Double,
            maximum: Double
        ) throws(IntervalError) {
            guard target > .zero, target < .one else {
                throw .outOfRange(what: "reliability_target", range: "give a number above 0 and below 1")
            }
            guard changeConfidence > 0, changeConfidence < 1 else {
                throw .outOfRange(what: "change_confidence", range: "give a number above 0 and below 1")
            }
            guard maximumFactor >= 1, maximumFactor.isFinite else {
                throw .outOfRange(what: "max_factor", range: "give a number of 1 or above")
            }
            guard minimumChange >= 0 else { throw .outOfRange(what: "min_change", range: "give a number of 0 or above") }
            guard minimum > 0, minimum <= maximum, maximum.isFinite else {
                throw .outOfRange(what: "minimum", range: "give an interval above 0 and not above the maximum")
            }
            self.target = target
            self.changeConfidence = changeConfidence
            self.maximumFactor = maximumFactor
            self.minimumChange = minimumChange
            bounds = minimum...maximum
        }
    }

    /// Share of calibrations in tolerance.
    package let observedShare: Double
    /// Confidence with which the target is rejected as the reliability, 0...1.
    package let rejectionConfidence: Double
    /// Interval that the observation suggests, before significance and bounds.
    package let calculated: Double
    /// Interval to use.
    package let interval: Double
    /// Whether the interval changes.
    package let isChanged: Bool
    /// Confidence interval of the reliability, at the confidence of a change.
    package let reliability: ClosedRange<Double>

    /// Tests an observation.
    ///
    /// - Parameters:
    ///   - observation: Calibrations at the present interval.
    ///   - interval: Present interval, positive.
    ///   - parameters: Target, confidence, factor and bounds.
    /// - Throws: ``IntervalError``.
    package init(
        observation: ObservedReliability, interval: Double, parameters: Parameters
    ) throws(IntervalError) {
        guard interval > 0, interval.isFinite else { throw .outOfRange(what: "interval", range: "give a number above 0") }
        let target = parameters.target.approximateValue
        let isBelow = Self.isBelow(observation, parameters.target)
        let confidence: Double
        if observation.inTolerance == observation.count {
            confidence = -expm1(Double(observation.count) * log(target))
        } else if observation.inTolerance == 0 {
            confidence = -expm1(Double(observation.count) * log1p(-target))
        } else {
            let tail = isBelow ? observation.probabilityOfAtMost(target) : observation.probabilityOfAtLeast(target)
            confidence = max(0, 1 - 2 * tail)
        }
        let excess = observation.share - target
        let exponent = isBelow ? excess * confidence : excess / (1 - confidence)
        // A confidence that rounds to 1 asks for an infinite factor, which the largest one limits.
        let factor = min(max(pow(10, exponent), 1 / parameters.maximumFactor), parameters.maximumFactor)
        observedShare = observation.share
        rejectionConfidence = confidence
        calculated = interval * factor
        let bounded = min(max(calculated, parameters.bounds.lowerBound), parameters.bounds.upperBound)
        isChanged =
            confidence > parameters.changeConfidence && abs(bounded - interval) >= parameters.minimumChange
            && bounded != interval
        self.interval = isChanged ? bounded : interval
        let range = try observation.interval(confidence: parameters.changeConfidence)
        reliability = range.low...max(range.low, range.high)
        guard calculated.isFinite else { throw .notFinite }
    }

    /// Whether fewer than the target were in tolerance, decided in decimals.
    private static func isBelow(_ observation: ObservedReliability, _ target: DecimalNumber) -> Bool {
        do throws(DecimalError) {
            return DecimalNumber(observation.inTolerance) < (try target.multiplied(by: DecimalNumber(observation.count)))
        } catch {
            // A target of more than thirty digits: the doubles decide.
            return observation.share < target.approximateValue
        }
    }
}
