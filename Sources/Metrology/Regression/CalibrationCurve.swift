// SPDX-License-Identifier: Apache-2.0

/// Calibration curve y = Σ b_j·x^(p_j) whose parameters are correlated, to be read in both directions.
///
/// The covariance of the parameters goes into every reading: intercept and slope of a line that was fitted far from zero cancel
/// almost completely, and a budget with both as independent inputs is wrong. Source: JCGM 100:2008, H.3 (ρ = −0.930).
package struct CalibrationCurve: Sendable, Hashable {
    /// Reading of the curve at a place.
    package struct Value: Sendable, Hashable {
        /// Value of the curve.
        package let y: Double
        /// Standard uncertainty of the curve there, from the covariance of the parameters.
        package let curveUncertainty: Double
        /// Standard uncertainty of one new observation there; nil when the scatter of observations is not known.
        package let observationUncertainty: Double?
        /// Whether the place lies outside the calibrated range.
        package let isExtrapolated: Bool
    }

    /// Place at which the curve has a reading.
    package struct Place: Sendable, Hashable {
        /// Place found.
        package let x: Double
        /// Standard uncertainty of the place, from that of the reading and that of the curve.
        package let uncertainty: Double
        /// Whether the place lies outside the calibrated range.
        package let isExtrapolated: Bool
    }

    /// Exponents p_j, distinct, 0...20.
    package let powers: [Int]
    /// Calibrated range of x.
    package let range: ClosedRange<DecimalNumber>
    /// Standard deviation of single observations about the curve; nil when not known.
    package let observationDeviation: Double?
    /// Degrees of freedom of the parameters; nil for infinite.
    package let degreesOfFreedom: Int?
    private let parameters: [ExtendedNumber]
    private let covariance: [[ExtendedNumber]]

    /// Fits a curve to points.
    ///
    /// - Parameters:
    ///   - powers: Exponents, distinct, 0...20.
    ///   - x: Places of the readings.
    ///   - readings: Readings y.
    ///   - uncertainties: Known standard uncertainties of the readings; nil when they are to be taken from the residuals.
    /// - Throws: ``RegressionError``.
    package init(
        powers: [Int], x: [DecimalNumber], readings: [DecimalNumber], uncertainties: [DecimalNumber]? = nil
    ) throws(RegressionError) {
        let fit = try LeastSquaresFit(powers: powers, x: x, readings: readings, uncertainties: uncertainties)
        try self.init(fit: fit, powers: powers, x: x)
    }

    /// The curve of a fit.
    ///
    /// - Throws: ``RegressionError`` when powers or places do not belong to the fit.
    package init(fit: LeastSquaresFit, powers: [Int], x: [DecimalNumber]) throws(RegressionError) {
        guard LeastSquaresFit.areUsable(powers), powers.count == fit.exactParameters.count else { throw .unusableModel }
        guard let low = x.min(), let high = x.max() else { throw .tooFewPoints(count: 0, needed: 1) }
        self.powers = powers
        range = low...high
        switch fit.scatter {
        case .residual(let deviation):
            observationDeviation = deviation
            degreesOfFreedom = fit.degreesOfFreedom
        case .known:
            observationDeviation = nil
            degreesOfFreedom = nil
        }
        parameters = fit.exactParameters
        covariance = fit.exactCovariance
    }

    /// The curve of a certificate, or of a line with uncertainties in both coordinates.
    ///
    /// - Parameters:
    ///   - powers: Exponents, distinct, 0...20.
    ///   - parameters: Parameters, one for each power.
    ///   - covariance: Their covariance matrix.
    ///   - range: Calibrated range of x.
    ///   - degreesOfFreedom: Of the parameters; nil for infinite.
    /// - Throws: ``RegressionError/unusableModel``, ``RegressionError/unusableCovariance``.
    package init(
        powers: [Int], parameters: [Double], covariance: [[Double]], range: ClosedRange<DecimalNumber>,
        degreesOfFreedom: Int? = nil
    ) throws(RegressionError) {
        guard LeastSquaresFit.areUsable(powers), powers.count == parameters.count, parameters.allSatisfy(\.isFinite) else {
            throw .unusableModel
        }
        guard Self.isCovariance(covariance, size: powers.count) else { throw .unusableCovariance }
        self.powers = powers
        self.range = range
        observationDeviation = nil
        self.degreesOfFreedom = degreesOfFreedom
        self.parameters = parameters.map { ExtendedNumber($0) }
        self.covariance = covariance.map { row in row.map { ExtendedNumber($0) } }
    }

    private static func isCovariance(_ matrix: [[Double]], size: Int) -> Bool {
        guard matrix.count == size, matrix.allSatisfy({ $0.count == size && $0.allSatisfy(\.isFinite) }) else { return false }
        for row in matrix.indices {
            guard matrix[row][row] >= 0 else { return false }
            for column in 0..<row {
                let bound = (matrix[row][row] * matrix[column][column]).squareRoot() * (1 + 1e-9)
                guard matrix[row][column] == matrix[column][row], abs(matrix[row][column]) <= bound else { return false }
            }
        }
        return true
    }
}

// MARK: - Reading the curve

extension CalibrationCurve {
    /// Value of the curve at a place, with uncertainties: u² = g'·V·g with g_j = x^(p_j).
    ///
    /// - Throws: ``RegressionError/notFinite``.
    /// - Source: JCGM 100:2008, H.3.4 for a line.
    package func value(at x: DecimalNumber) throws(RegressionError) -> Value {
        let place = ExtendedNumber(x)
        let gradient = powers.map { place.power($0) }
        let y = zip(parameters, gradient).map { $0 * $1 }.total().value
        let variance = variance(along: gradient)
        let value = Value(
            y: y, curveUncertainty: variance.squareRoot(),
            observationUncertainty: observationDeviation.map { ($0 * $0 + variance).squareRoot() },
            isExtrapolated: !range.contains(x))
        guard y.isFinite, variance.isFinite else { throw .notFinite }
        return value
    }

    /// Place at which the curve has a reading: u_x² = (u_y² + g'·V·g)/y'(x)².
    ///
    /// A straight line is read anywhere; any other curve only within its range, where the reading has to occur once.
    /// - Parameters:
    ///   - reading: Reading y.
    ///   - uncertainty: Standard uncertainty of the reading, not negative.
    /// - Throws: ``RegressionError/noInverse``, ``RegressionError/ambiguousInverse``, ``RegressionError/notFinite``.
    package func place(
        ofReading reading: DecimalNumber, uncertainty: DecimalNumber
    ) throws(RegressionError) -> Place {
        guard !uncertainty.isNegative else { throw .unusableUncertainty(index: 0) }
        let x = try isStraight ? placeOnLine(reading) : placeWithinRange(reading)
        let gradient = powers.map { x.power($0) }
        var slope = ExtendedNumber.zero
        for (power, parameter) in zip(powers, parameters) where power > 0 {
            slope += parameter * x.power(power - 1) * Double(power)
        }
        guard slope.high != 0 else { throw .ambiguousInverse }
        let u = uncertainty.approximateValue
        let placed = Place(
            x: x.value, uncertainty: (u * u + variance(along: gradient)).squareRoot() / abs(slope.value),
            isExtrapolated: x < ExtendedNumber(range.lowerBound) || x > ExtendedNumber(range.upperBound))
        guard placed.x.isFinite, placed.uncertainty.isFinite else { throw .notFinite }
        return placed
    }

    private var isStraight: Bool { powers.allSatisfy { $0 <= 1 } && powers.contains(1) }

    private func variance(along gradient: [ExtendedNumber]) -> Double {
        var variance = ExtendedNumber.zero
        for (row, left) in zip(covariance, gradient) {
            for (entry, right) in zip(row, gradient) { variance += entry * left * right }
        }
        // Stated covariances are rounded; where they cancel, the rest may be a little below zero.
        return max(0, variance.value)
    }

    private func placeOnLine(_ reading: DecimalNumber) throws(RegressionError) -> ExtendedNumber {
        var (intercept, slope) = (ExtendedNumber.zero, ExtendedNumber.zero)
        for (power, parameter) in zip(powers, parameters) {
            if power == 0 { intercept = parameter } else { slope = parameter }
        }
        guard slope.high != 0 else { throw .ambiguousInverse }
        return (ExtendedNumber(reading) - intercept) / slope
    }

    /// Roots of the curve less the reading, in coordinates −1...1 of the range, polished by Newton's method.
    private func placeWithinRange(_ reading: DecimalNumber) throws(RegressionError) -> ExtendedNumber {
        let (low, high) = (ExtendedNumber(range.lowerBound), ExtendedNumber(range.upperBound))
        let (middle, half) = ((low + high) / 2, (high - low) / 2)
        var coefficients = Array(repeating: ExtendedNumber.zero, count: (powers.max() ?? 0) + 1)
        for (power, parameter) in zip(powers, parameters) { coefficients[power] += parameter }
        coefficients[0] -= ExtendedNumber(reading)
        let shifted = Self.shifted(coefficients, by: middle, scale: half)
        // A reading at the very end of the range must not fall off it by rounding.
        let roots = PolynomialRoots.roots(of: shifted.map(\.value), in: -1.000_000_001...1.000_000_001)
        guard let root = roots.first else { throw .noInverse }
        guard roots.count == 1 else { throw .ambiguousInverse }
        var place = ExtendedNumber(root)
        for _ in 0..<3 {
            var (value, slope) = (ExtendedNumber.zero, ExtendedNumber.zero)
            for coefficient in shifted.reversed() {
                slope = slope * place + value
                value = value * place + coefficient
            }
            guard slope.high != 0 else { throw .ambiguousInverse }
            place -= value / slope
        }
        return middle + half * place
    }

    /// Coefficients of p(middle + scale·t) in t.
    private static func shifted(
        _ coefficients: [ExtendedNumber], by middle: ExtendedNumber, scale: ExtendedNumber
    ) -> [ExtendedNumber] {
        var result: [ExtendedNumber] = []
        for coefficient in coefficients.reversed() {
            // Horner's rule on polynomials: result·(middle + scale·t) + coefficient.
            var next = [coefficient] + result.map { $0 * scale }
            for (index, old) in result.enumerated() { next[index] += old * middle }
            result = next
        }
        return result
    }
}
