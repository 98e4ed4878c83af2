// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Interval adjusted after each calibration by what that calibration found.
///
/// Intervals are in the unit in which they are given, days as a rule.
package enum ReactiveInterval {
    /// What happens to the interval.
    package enum Action: String, Sendable, Hashable, CaseIterable, Codable {
        case extend, keep, shorten
    }

    /// Parameters of the staircase method.
    package struct Staircase: Sendable, Hashable {
        /// Share of the maximum permissible error up to which the interval is extended, 0...1.
        package let innerFraction: DecimalNumber
        /// Factor of an extension, 1 or above.
        package let factorUp: DecimalNumber
        /// Factor of a reduction, above 0 and at most 1.
        package let factorDown: DecimalNumber
        /// Shortest and longest interval, positive.
        package let bounds: ClosedRange<DecimalNumber>

        /// Creates parameters.
        ///
        /// - Throws: ``IntervalError/outOfRange(what:range:)``.
        package init(
            innerFraction: DecimalNumber, factorUp: DecimalNumber, factorDown: DecimalNumber, minimum: DecimalNumber,
            maximum: DecimalNumber
        ) throws(IntervalError) {
            guard !innerFraction.isNegative, innerFraction <= .one else {
                throw .outOfRange(what: "inner_fraction", range: "give a number from 0 to 1")
            }
            guard factorUp >= .one else { throw .outOfRange(what: "factor_up", range: "give a number of 1 or above") }
            guard factorDown > .zero, factorDown <= .one else {
                throw .outOfRange(what: "factor_down", range: "give a number above 0 and at most 1")
            }
            guard minimum > .zero, minimum <= maximum else {
                throw .outOfRange(what: "minimum", range: "give an interval above 0 and not above the maximum")
            }
            self.innerFraction = innerFraction
            (self.factorUp, self.factorDown) = (factorUp, factorDown)
            bounds = minimum...maximum
        }
    }

    /// Staircase method: extend when the error as found is well within its limit, keep within, shorten beyond.
    ///
    /// The limits belong to the better side; all comparisons and the new interval are exact.
    /// - Parameters:
    ///   - interval: Present interval, positive.
    ///   - error: Error as found.
    ///   - limit: Maximum permissible error, positive, in the unit of the error.
    ///   - parameters: Shares, factors and bounds.
    /// - Returns: The new interval within its bounds, and the action before bounds.
    /// - Throws: ``IntervalError``.
    /// - Source: ILAC-G24 / OIML D 10, method 1 (automatic adjustment or "staircase").
    package static func staircase(
        interval: DecimalNumber, error: DecimalNumber, limit: DecimalNumber, parameters: Staircase
    ) throws(IntervalError) -> (interval: DecimalNumber, action: Action) {
        guard interval > .zero else { throw .outOfRange(what: "interval", range: "give a number above 0") }
        guard limit > .zero else { throw .outOfRange(what: "mpe", range: "give a number above 0") }
        let action: Action
        let changed: DecimalNumber
        do throws(DecimalError) {
            if error.magnitude <= (try limit.multiplied(by: parameters.innerFraction)) {
                (action, changed) = (.extend, try interval.multiplied(by: parameters.factorUp))
            } else if error.magnitude <= limit {
                (action, changed) = (.keep, interval)
            } else {
                (action, changed) = (.shorten, try interval.multiplied(by: parameters.factorDown))
            }
        } catch {
            throw .outOfRange(what: "interval", range: "give numbers with fewer digits")
        }
        return (min(max(changed, parameters.bounds.lowerBound), parameters.bounds.upperBound), action)
    }

    /// Share by which method A1 shortens: b = 1 − (1 + a)^(−R/(1 − R)), so that the target R is met in the long run.
    ///
    /// - Parameters:
    ///   - increment: Share a by which an interval is lengthened, positive.
    ///   - target: Share R of instruments to be found in tolerance, strictly between 0 and 1.
    /// - Throws: ``IntervalError``.
    /// - Source: NCSLI RP-1, method A1 (simple response method).
    package static func decrement(increment: Double, target: Double) throws(IntervalError) -> Double {
        try check(target: target)
        guard increment > 0, increment.isFinite else { throw .outOfRange(what: "a", range: "give a number above 0") }
        return -expm1(-target / (1 - target) * log1p(increment))
    }

    /// Intervals of method A1 after each calibration: times 1 + a when in tolerance, times 1 − b when out of it.
    ///
    /// - Parameters:
    ///   - interval: First interval, positive.
    ///   - history: Whether each calibration found the instrument in tolerance, oldest first.
    ///   - increment: Share a by which an interval is lengthened, positive.
    ///   - target: Share R of instruments to be found in tolerance, strictly between 0 and 1.
    /// - Throws: ``IntervalError``.
    /// - Source: NCSLI RP-1, method A1 (simple response method).
    package static func simpleResponse(
        interval: Double, history: [Bool], increment: Double, target: Double
    ) throws(IntervalError) -> [Double] {
        let decrement = try decrement(increment: increment, target: target)
        try check(interval: interval, history: history)
        var current = interval
        var intervals: [Double] = []
        for isInTolerance in history {
            current *= isInTolerance ? 1 + increment : 1 - decrement
            intervals.append(current)
        }
        guard intervals.allSatisfy(\.isFinite) else { throw .notFinite }
        return intervals
    }

    /// Intervals of method A2 after each calibration, with steps that halve whenever the finding changes.
    ///
    /// Δ starts at 1 after a finding in tolerance; the interval is multiplied by 1 + Δ·(1 − R) or by 1 − Δ·R.
    /// - Parameters:
    ///   - interval: First interval, positive.
    ///   - history: Whether each calibration found the instrument in tolerance, oldest first.
    ///   - target: Share R of instruments to be found in tolerance, strictly between 0 and 1.
    /// - Returns: Steps Δ and intervals, one for each calibration.
    /// - Throws: ``IntervalError``.
    /// - Source: NCSLI RP-1, method A2 (incremental response method).
    package static func incrementalResponse(
        interval: Double, history: [Bool], target: Double
    ) throws(IntervalError) -> (steps: [Double], intervals: [Double]) {
        try check(target: target)
        try check(interval: interval, history: history)
        var (current, step, previous) = (interval, 1.0, true)
        var (steps, intervals): ([Double], [Double]) = ([], [])
        for isInTolerance in history {
            if isInTolerance != previous { step /= 2 }
            previous = isInTolerance
            current *= isInTolerance ? 1 + step * (1 - target) : 1 - step * target
            steps.append(step)
            intervals.append(current)
        }
        guard intervals.allSatisfy(\.isFinite) else { throw .notFinite }
        return (steps, intervals)
    }

    private static func check(target: Double) throws(IntervalError) {
        guard target > 0, target < 1 else {
            throw .outOfRange(what: "reliability_target", range: "give a number above 0 and below 1")
        }
    }

    private static func check(interval: Double, history: [Bool]) throws(IntervalError) {
        guard interval > 0, interval.isFinite else { throw .outOfRange(what: "interval", range: "give a number above 0") }
        guard !history.isEmpty else { throw .tooFew(count: 0, needed: 1) }
    }
}
