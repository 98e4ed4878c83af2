// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Share of a distribution below and above a number, each accurate where it is small.
package struct DistributionTails: Sendable {
    /// Share below.
    package let lower: Double
    /// Share above.
    package let upper: Double

    package init(lower: Double, upper: Double) {
        (self.lower, self.upper) = (lower, upper)
    }
}

/// Search for the positive number that leaves given shares of a distribution below and above it.
enum QuantileSearch {
    /// Solves on the logarithm of the smaller share over the logarithm of x: nearly straight far out in both tails.
    ///
    /// Newton's steps inside a bracket that every step narrows; bisection where a step leaves it.
    /// - Parameters:
    ///   - wanted: Shares below and above; both positive.
    ///   - start: Guess, positive.
    ///   - tails: Shares at x.
    ///   - density: Density at x.
    /// - Returns: x, infinite where it exceeds the largest double.
    static func positive(
        _ wanted: DistributionTails, start: Double, tails: (Double) -> DistributionTails, density: (Double) -> Double
    ) -> Double {
        let byLower = wanted.lower < wanted.upper
        let target = log(byLower ? wanted.lower : wanted.upper)
        // Rises with x for either tail.
        func excess(_ x: Double) -> Double {
            let tails = tails(x)
            return byLower ? log(tails.lower) - target : target - log(tails.upper)
        }
        let limit = log(Double.greatestFiniteMagnitude)
        var position = Swift.min(Swift.max(log(start), -limit), limit)
        var (low, high) = bracket(about: position, limit: limit) { excess(exp($0)) }
        position = Swift.min(Swift.max(position, low), high)
        for _ in 0..<200 {
            let x = exp(position)
            let distance = excess(x)
            if distance == 0 { return x }
            if distance < 0 { low = position } else { high = position }
            let shares = tails(x)
            let slope = x * density(x) / (byLower ? shares.lower : shares.upper)
            let newton = position - distance / slope
            let next = newton > low && newton < high ? newton : (low + high) / 2
            if abs(next - position) <= 1e-16 || high - low <= 1e-16 * abs(high) { return exp(next) }
            position = next
        }
        return exp(position)
    }

    private static func bracket(
        about position: Double, limit: Double, _ excess: (Double) -> Double
    ) -> (low: Double, high: Double) {
        var width = 0.1
        var low = position
        var high = position
        while low > -limit, !(excess(low) < 0) {
            high = low
            low = Swift.max(-limit, low - width)
            width *= 2
        }
        width = 0.1
        while high < limit, !(excess(high) > 0) {
            low = Swift.max(low, high)
            high = Swift.min(limit, high + width)
            width *= 2
        }
        return (low, high)
    }
}
