// SPDX-License-Identifier: Apache-2.0

/// Point of a line with uncertainties in both coordinates.
package struct UncertainPoint: Sendable, Hashable {
    /// Abscissa and its standard uncertainty, not negative.
    package let x, xUncertainty: DecimalNumber
    /// Ordinate and its standard uncertainty, not negative.
    package let y, yUncertainty: DecimalNumber
    /// Correlation coefficient of both coordinates, −1...1.
    package let correlation: DecimalNumber

    /// Creates a point; ``UncertainLine`` checks its numbers.
    package init(
        x: DecimalNumber, xUncertainty: DecimalNumber, y: DecimalNumber, yUncertainty: DecimalNumber,
        correlation: DecimalNumber = .zero
    ) {
        (self.x, self.xUncertainty) = (x, xUncertainty)
        (self.y, self.yUncertainty) = (y, yUncertainty)
        self.correlation = correlation
    }
}

/// Straight line through points whose coordinates both have known uncertainties, correlated at each point or not.
///
/// The covariance follows from the stated uncertainties and is not scaled by χ². It is taken at the adjusted points.
/// Source: D. York et al., Am. J. Phys. 72 (2004) 367–375, unified equations; cf. ISO/TS 28037:2010, clauses 7 and 8.
package struct UncertainLine: Sendable, Hashable {
    /// Ordinate a at x = 0.
    package let intercept: Double
    /// Slope b.
    package let slope: Double
    /// Standard uncertainty of the intercept.
    package let interceptUncertainty: Double
    /// Standard uncertainty of the slope.
    package let slopeUncertainty: Double
    /// Covariance of intercept and slope.
    package let parameterCovariance: Double
    /// Weighted sum of squared distances.
    package let chiSquare: Double
    /// Probability that chance gives a larger χ²; 1 for two points.
    package let chiSquareProbability: Double
    /// Number of points less 2.
    package let degreesOfFreedom: Int

    /// Fits a line.
    ///
    /// - Parameter points: At least two points at different abscissas; at each, one coordinate at least is uncertain.
    /// - Throws: ``RegressionError``.
    package init(points: [UncertainPoint]) throws(RegressionError) {
        guard points.count >= 2 else { throw .tooFewPoints(count: points.count, needed: 2) }
        guard points.count <= LeastSquaresFit.largestWork / 1_000 else { throw .tooLarge }
        for (index, point) in points.enumerated() {
            guard !point.xUncertainty.isNegative, !point.yUncertainty.isNegative,
                !(point.xUncertainty.isZero && point.yUncertainty.isZero)
            else { throw .unusableUncertainty(index: index) }
            guard point.correlation.magnitude <= .one else { throw .unusableCorrelation(index: index) }
        }
        let coordinates = points.map(Coordinates.init)
        var slope = try Self.ordinarySlope(coordinates)
        var step = try AdjustedLine(coordinates, slope: slope)
        var isSettled = false
        for _ in 0..<Self.largestNumberOfSteps {
            let change = (step.slope - slope).magnitude.high
            slope = step.slope
            step = try AdjustedLine(coordinates, slope: slope)
            // A slope of zero has no relative change; its uncertainty is the other measure.
            isSettled = change <= 1e-17 * abs(slope.high) || change <= 1e-14 * step.slopeVariance.high.squareRoot()
            if isSettled { break }
        }
        guard isSettled else { throw .notConverged }
        intercept = step.intercept.value
        self.slope = step.slope.value
        interceptUncertainty = step.interceptVariance.squareRoot().value
        slopeUncertainty = step.slopeVariance.squareRoot().value
        parameterCovariance = step.covariance.value
        chiSquare = step.chiSquare.value
        degreesOfFreedom = points.count - 2
        guard [intercept, interceptUncertainty, slopeUncertainty, parameterCovariance, chiSquare].allSatisfy(\.isFinite)
        else { throw .notFinite }
        switch LeastSquaresFit.known(chiSquare: chiSquare, degreesOfFreedom: degreesOfFreedom) {
        case .known(_, let probability): chiSquareProbability = probability
        case .residual: chiSquareProbability = 1
        }
    }

    /// The line as a calibration curve over the abscissas of its points.
    ///
    /// - Throws: ``RegressionError/tooFewPoints(count:needed:)`` without points.
    package func curve(through points: [UncertainPoint]) throws(RegressionError) -> CalibrationCurve {
        let places = points.map(\.x)
        guard let low = places.min(), let high = places.max() else { throw .tooFewPoints(count: 0, needed: 2) }
        return try CalibrationCurve(
            powers: [0, 1], parameters: [intercept, slope],
            covariance: [
                [interceptUncertainty * interceptUncertainty, parameterCovariance],
                [parameterCovariance, slopeUncertainty * slopeUncertainty],
            ], range: low...high)
    }

    /// Steps after which a fit is given up; ten are usual.
    private static let largestNumberOfSteps = 300

    /// Slope of the line without regard to uncertainties, as a start.
    private static func ordinarySlope(_ points: [Coordinates]) throws(RegressionError) -> ExtendedNumber {
        let count = ExtendedNumber(points.count)
        let (x, y) = (points.map(\.x).total() / count, points.map(\.y).total() / count)
        let squares = points.map { ($0.x - x) * ($0.x - x) }.total()
        let products = points.map { ($0.x - x) * ($0.y - y) }.total()
        guard squares.high > 1e-40 * x.high * x.high else { throw .dependentTerms(index: 1) }
        return products / squares
    }
}

/// Coordinates and variances of a point as they are used again and again.
private struct Coordinates {
    let x, y, xVariance, yVariance, covariance: ExtendedNumber

    init(_ point: UncertainPoint) {
        (x, y) = (ExtendedNumber(point.x), ExtendedNumber(point.y))
        let (u, v) = (ExtendedNumber(point.xUncertainty), ExtendedNumber(point.yUncertainty))
        (xVariance, yVariance) = (u * u, v * v)
        covariance = u * v * ExtendedNumber(point.correlation)
    }
}

/// One step of the iteration: weights at a slope, adjusted points, and the line through them.
private struct AdjustedLine {
    let slope, intercept, slopeVariance, interceptVariance, covariance, chiSquare: ExtendedNumber

    init(_ points: [Coordinates], slope b: ExtendedNumber) throws(RegressionError) {
        var weights: [ExtendedNumber] = []
        for (index, point) in points.enumerated() {
            // 1/W: with variances instead of the weights of the source, an exact coordinate needs no special case.
            let variance = point.yVariance + b * b * point.xVariance - b * point.covariance * 2
            // Fully correlated uncertainties along the line leave nothing across it.
            guard variance.high > 1e-25 * (point.yVariance.high + b.high * b.high * point.xVariance.high) else {
                throw .unusableCorrelation(index: index)
            }
            weights.append(.one / variance)
        }
        let sum = weights.total()
        let (centreX, centreY) = (
            zip(weights, points).map { $0 * $1.x }.total() / sum, zip(weights, points).map { $0 * $1.y }.total() / sum
        )
        let shifts = zip(weights, points).map { weight, point in
            let (u, v) = (point.x - centreX, point.y - centreY)
            return weight * (u * point.yVariance + b * v * point.xVariance - (b * u + v) * point.covariance)
        }
        var (above, below) = (ExtendedNumber.zero, ExtendedNumber.zero)
        for index in points.indices {
            above += weights[index] * shifts[index] * (points[index].y - centreY)
            below += weights[index] * shifts[index] * (points[index].x - centreX)
        }
        let slope = above / below
        let intercept = centreY - slope * centreX
        let shiftMean = zip(weights, shifts).map { $0 * $1 }.total() / sum
        slopeVariance = .one / zip(weights, shifts).map { $0 * ($1 - shiftMean) * ($1 - shiftMean) }.total()
        let adjustedMean = centreX + shiftMean
        interceptVariance = .one / sum + adjustedMean * adjustedMean * slopeVariance
        covariance = -(adjustedMean * slopeVariance)
        chiSquare = zip(weights, points).map { weight, point in
            let distance = point.y - slope * point.x - intercept
            return weight * distance * distance
        }.total()
        (self.slope, self.intercept) = (slope, intercept)
        guard slope.isFinite, slopeVariance.isFinite, slopeVariance > .zero else { throw .notFinite }
    }
}
