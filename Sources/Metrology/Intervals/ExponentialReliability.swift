// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Reliability R(t) = exp(−λ·t) of a group of instruments, estimated from how many were in tolerance after which time.
///
/// Maximum likelihood on the counts. Least squares on the ratios would weigh one instrument as much as fifty.
/// Source: NCSLI RP-1, method S1 with the exponential model.
package struct ExponentialReliability: Sendable, Hashable {
    /// Rate λ at which instruments go out of tolerance, per unit of time.
    package let rate: Double

    /// Calibrations after one time.
    package struct Group: Sendable, Hashable {
        /// Time since the calibration before, positive.
        package let time: Double
        /// What was found.
        package let observation: ObservedReliability

        package init(time: Double, observation: ObservedReliability) {
            (self.time, self.observation) = (time, observation)
        }
    }

    /// Estimates the rate.
    ///
    /// - Parameter groups: At least one group of calibrations; some in tolerance and some not.
    /// - Throws: ``IntervalError``, there ``IntervalError/noFailures`` and ``IntervalError/noSuccesses`` where no rate is most likely.
    package init(groups: [Group]) throws(IntervalError) {
        guard !groups.isEmpty else { throw .tooFew(count: 0, needed: 1) }
        guard groups.count <= 10_000 else { throw .tooMany(count: groups.count, allowed: 10_000) }
        guard groups.allSatisfy({ $0.time > 0 && $0.time.isFinite }) else {
            throw .outOfRange(what: "times", range: "give numbers above 0")
        }
        guard groups.contains(where: { $0.observation.inTolerance < $0.observation.count }) else { throw .noFailures }
        guard groups.contains(where: { $0.observation.inTolerance > 0 }) else { throw .noSuccesses }
        // With one time only the answer is −ln(x/n)/t; the steepest and the flattest group bound it.
        let longest = groups.map(\.time).max() ?? 1
        let score = { (rate: Double) in Self.score(groups, rate: rate / longest) }
        var (low, high) = (1e-12, 1.0)
        while score(low) < 0, low > 1e-300 { low /= 1_000 }
        while score(high) > 0, high < 1e300 { high *= 2 }
        for _ in 0..<200 {
            let middle = (low * high).squareRoot()
            if middle <= low || middle >= high { break }
            if score(middle) > 0 { low = middle } else { high = middle }
        }
        rate = (low + high) / 2 / longest
        guard rate.isFinite, rate > 0 else { throw .notFinite }
    }

    /// Derivative of the logarithm of the likelihood by the rate, which falls with the rate.
    private static func score(_ groups: [Group], rate: Double) -> Double {
        var score = 0.0
        for group in groups {
            let (x, n) = (Double(group.observation.inTolerance), Double(group.observation.count))
            score += group.time * ((n - x) / expm1(rate * group.time) - x)
        }
        return score
    }

    /// Reliability after a time.
    package func reliability(after time: Double) -> Double { exp(-rate * time) }

    /// Time after which the reliability falls to a target, −ln R/λ.
    ///
    /// - Parameter target: Strictly between 0 and 1.
    /// - Throws: ``IntervalError``.
    package func interval(target: Double) throws(IntervalError) -> Double {
        guard target > 0, target < 1 else {
            throw .outOfRange(what: "reliability_target", range: "give a number above 0 and below 1")
        }
        let interval = -log(target) / rate
        guard interval.isFinite else { throw .notFinite }
        return interval
    }
}
