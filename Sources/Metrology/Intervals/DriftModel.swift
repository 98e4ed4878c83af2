// SPDX-License-Identifier: Apache-2.0

/// Drift of an instrument since its last calibration, δ(t) = Σ b_i·t^i, and how long its error stays known well enough.
///
/// The band is that of a prediction for one instrument: the scatter of single deviations counts, not only that of the fitted
/// curve. Source: NASA-HDBK-8739.19-5, chapter on variables data (tables 7-2 to 7-7 are reproduced).
package struct DriftModel: Sendable, Hashable {
    /// The fit of the deviations to powers of the time, without a constant.
    package let fit: LeastSquaresFit
    /// Standard deviation of single deviations about the curve.
    package let residualDeviation: Double
    /// Time that makes the powers comparable: the longest observed.
    private let unit: Double

    /// Degrees a drift may have.
    package static let orders = 1...6

    /// Fits a drift.
    ///
    /// - Parameters:
    ///   - times: Time from each calibration to the next, positive, in one unit.
    ///   - deviations: Error as found less error as left the time before.
    ///   - order: Degree of the polynomial, 1...6; more deviations than that are needed.
    /// - Throws: ``IntervalError``.
    package init(times: [DecimalNumber], deviations: [DecimalNumber], order: Int) throws(IntervalError) {
        guard times.count == deviations.count else { throw .unequalLengths("times and deviations") }
        guard Self.orders.contains(order) else { throw .outOfRange(what: "order", range: "give a whole number from 1 to 6") }
        guard times.count > order else { throw .tooFew(count: times.count, needed: order + 1) }
        guard times.allSatisfy({ $0 > .zero }) else { throw .outOfRange(what: "times", range: "give numbers above 0") }
        do throws(RegressionError) {
            fit = try LeastSquaresFit(powers: Array(1...order), x: times, readings: deviations)
        } catch {
            throw .regression(error)
        }
        switch fit.scatter {
        case .residual(let deviation): residualDeviation = deviation
        case .known: throw .regression(.unusableModel)
        }
        unit = (times.max() ?? .one).approximateValue
    }

    /// Error bounds to be respected, and what is known at the start of the interval.
    package struct Limits: Sendable, Hashable {
        /// Error at the start, in the unit of the deviations.
        package let start: Double
        /// Lowest and highest allowed error; nil where there is none.
        package let lower, upper: Double?

        package init(start: Double, lower: Double?, upper: Double?) {
            self.start = start
            (self.lower, self.upper) = (lower, upper)
        }
    }

    /// Coverage factor for a confidence: two-sided for two limits, one-sided for one.
    ///
    /// - Parameters:
    ///   - confidence: Probability to be within the limits, above 0 (for one limit above 0.5) and below 1.
    ///   - isTwoSided: Whether there are two limits.
    /// - Throws: ``IntervalError/outOfRange(what:range:)``.
    package func coverageFactor(confidence: Double, isTwoSided: Bool) throws(IntervalError) -> Double {
        guard confidence > (isTwoSided ? 0 : 0.5), confidence < 1 else {
            throw .outOfRange(
                what: "confidence",
                range: isTwoSided ? "give a number above 0 and below 1" : "give a number above 0.5 and below 1")
        }
        do throws(UncertaintyError) {
            return try StudentDistribution(degreesOfFreedom: Double(fit.degreesOfFreedom))
                .twoSidedFactor(probability: isTwoSided ? confidence : 2 * confidence - 1)
        } catch {
            throw .outOfRange(what: "confidence", range: error.description)
        }
    }

    /// Time until the standard uncertainty grows to a target; 0 when it is there from the start, nil when it never is.
    ///
    /// - Parameters:
    ///   - target: Largest standard uncertainty, positive.
    ///   - startUncertainty: Standard uncertainty u₀ at the start, not negative.
    /// - Throws: ``IntervalError``.
    package func interval(uncertaintyTarget target: Double, startUncertainty: Double) throws(IntervalError) -> Double? {
        guard target > 0 else { throw .outOfRange(what: "uncertainty_target", range: "give a number above 0") }
        var variance = try variance(startUncertainty: startUncertainty)
        variance[0] -= target * target
        return variance[0] >= 0 ? 0 : firstRoot(of: variance)
    }

    /// Time until the error, with its band, reaches a limit; 0 when it does from the start, nil when it never does.
    ///
    /// - Parameters:
    ///   - limits: Error at the start and limits, one at least.
    ///   - startUncertainty: Standard uncertainty u₀ at the start, not negative.
    ///   - coverageFactor: Factor k of the band, not negative.
    /// - Throws: ``IntervalError``.
    package func interval(
        limits: Limits, startUncertainty: Double, coverageFactor: Double
    ) throws(IntervalError) -> Double? {
        guard limits.lower != nil || limits.upper != nil else {
            throw .outOfRange(what: "lower_limit and upper_limit", range: "give one of them at least")
        }
        let variance = try variance(startUncertainty: startUncertainty)
        let drift = [0] + fit.parameters.enumerated().map { $1 * power(of: unit, $0 + 1) }
        let times = [limits.lower, limits.upper].enumerated().compactMap { index, limit -> Double?? in
            guard let limit else { return nil }
            let sign = index == 0 ? -1.0 : 1.0
            var margin = drift.map { -sign * $0 }
            margin[0] += sign * (limit - limits.start)
            // Inside as long as the margin exceeds the band; their squares meet where they do.
            var meeting = Self.square(of: margin)
            for index in meeting.indices { meeting[index] -= coverageFactor * coverageFactor * variance[index] }
            return .some(margin[0] <= 0 || meeting[0] <= 0 ? 0 : firstRoot(of: meeting))
        }
        return times.compactMap { $0 }.min()
    }

    /// Coefficients of u₀² + s² + t'·C·t in powers of t over the unit of time.
    private func variance(startUncertainty: Double) throws(IntervalError) -> [Double] {
        guard startUncertainty >= 0, startUncertainty.isFinite else {
            throw .outOfRange(what: "u0", range: "give a number of 0 or above")
        }
        let order = fit.parameters.count
        var coefficients = Array(repeating: 0.0, count: 2 * order + 1)
        coefficients[0] = startUncertainty * startUncertainty + residualDeviation * residualDeviation
        for row in 0..<order {
            for column in 0..<order {
                coefficients[row + column + 2] += fit.covariance[row][column] * power(of: unit, row + column + 2)
            }
        }
        return coefficients
    }

    /// First place above 0 where a polynomial in t over the unit of time crosses zero, as a time.
    private func firstRoot(of coefficients: [Double]) -> Double? {
        // A million times the longest time observed is never, for every practical purpose.
        PolynomialRoots.roots(of: coefficients, in: 0...1e6).first { $0 > 0 }.map { $0 * unit }
    }

    private func power(of base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { power, _ in power * base }
    }

    private static func square(of polynomial: [Double]) -> [Double] {
        var square = Array(repeating: 0.0, count: 2 * polynomial.count - 1)
        for (row, left) in polynomial.enumerated() {
            for (column, right) in polynomial.enumerated() { square[row + column] += left * right }
        }
        return square
    }
}
