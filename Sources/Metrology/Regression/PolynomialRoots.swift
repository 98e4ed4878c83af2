// SPDX-License-Identifier: Apache-2.0

/// Real roots of a polynomial within an interval, found between the extremes of the polynomial.
///
/// Every root of odd order is found: between two neighbouring extremes a polynomial is monotone, and the extremes are roots of
/// the derivative, one degree lower. A root that only touches zero may be missed by rounding.
enum PolynomialRoots {
    /// Roots in ascending order.
    ///
    /// - Parameters:
    ///   - coefficients: From the constant upwards.
    ///   - interval: Where to look; finite.
    static func roots(of coefficients: [Double], in interval: ClosedRange<Double>) -> [Double] {
        var coefficients = coefficients
        while let last = coefficients.last, last == 0 { coefficients.removeLast() }
        guard coefficients.count > 1 else { return [] }
        let derivative = coefficients.indices.dropFirst().map { coefficients[$0] * Double($0) }
        let extremes = roots(of: derivative, in: interval)
        let edges = [interval.lowerBound] + extremes + [interval.upperBound]
        var found: [Double] = []
        for (low, high) in zip(edges, edges.dropFirst()) where low < high {
            guard let root = crossing(of: coefficients, from: low, to: high), root != found.last else { continue }
            found.append(root)
        }
        return found
    }

    /// Value by Horner's rule.
    static func value(of coefficients: [Double], at x: Double) -> Double {
        var value = 0.0
        for coefficient in coefficients.reversed() { value = value * x + coefficient }
        return value
    }

    /// Where a polynomial that is monotone between two places crosses zero.
    private static func crossing(of coefficients: [Double], from: Double, to: Double) -> Double? {
        let atLow = value(of: coefficients, at: from)
        let atHigh = value(of: coefficients, at: to)
        if atLow == 0 { return from }
        if atHigh == 0 { return to }
        guard (atLow < 0) != (atHigh < 0) else { return nil }
        var (low, high) = (from, to)
        // Each halving settles one bit; from one end of the doubles to the other takes fewer than 1100.
        for _ in 0..<1_100 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            let atMiddle = value(of: coefficients, at: middle)
            if atMiddle == 0 { return middle }
            if (atMiddle < 0) == (atLow < 0) { low = middle } else { high = middle }
        }
        return low
    }
}
