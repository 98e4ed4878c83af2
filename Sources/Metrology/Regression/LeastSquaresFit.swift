// SPDX-License-Identifier: Apache-2.0

/// Parameters of a model that is linear in them, fitted to readings, with their covariance.
///
/// Two regimes are kept apart, because mixing them is the most common mistake. With known standard uncertainties of the readings
/// the weights are 1/u², the covariance follows from these alone, and χ² tells whether the model holds. Without, the scatter of
/// the residuals stands for the uncertainty, with n − p degrees of freedom, and nothing tells whether the model holds.
package struct LeastSquaresFit: Sendable, Hashable {
    /// Where the uncertainty of the readings came from, and what it says.
    package enum Scatter: Sendable, Hashable {
        /// From the residuals: standard deviation √(Σ r²/(n − p)), in the unit of the readings.
        case residual(standardDeviation: Double)
        /// Known beforehand: χ² = Σ r²/u² and the probability that chance gives a larger one (1 without degrees of freedom).
        case known(chiSquare: Double, probability: Double)
    }

    /// Covariance matrix of the parameters.
    package let covariance: [[Double]]
    /// Degrees of freedom n − p of the residuals.
    package let degreesOfFreedom: Int
    /// Where the uncertainty came from.
    package let scatter: Scatter
    let exactParameters: [ExtendedNumber]
    let exactCovariance: [[ExtendedNumber]]

    /// Largest number of points times parameters squared.
    package static let largestWork = 20_000_000

    /// Fits y = Σ b_j·d_j to rows of terms d_j.
    ///
    /// - Parameters:
    ///   - design: For each reading the terms d_j, equally many in each row; a column of ones is a constant.
    ///   - readings: Readings y.
    ///   - uncertainties: Known standard uncertainties of the readings, positive; nil when they are to be taken from the residuals.
    /// - Throws: ``RegressionError``.
    /// - Source: JCGM 100:2008, H.3 (covariance from residuals); ISO/TS 28037:2010, clause 6 (known uncertainties).
    package init(
        design: [[DecimalNumber]], readings: [DecimalNumber], uncertainties: [DecimalNumber]? = nil
    ) throws(RegressionError) {
        guard design.count == readings.count else { throw .unequalLengths("the rows of the design matrix and the readings") }
        let width = design.first?.count ?? 0
        guard width > 0, design.allSatisfy({ $0.count == width }) else {
            throw .unequalLengths("the rows of the design matrix")
        }
        try Self.check(points: readings.count, parameters: width)
        let rows = design.map { row in row.map { ExtendedNumber($0) } }
        try self.init(
            columns: (0..<width).map { column in rows.map { $0[column] } },
            readings: readings.map { ExtendedNumber($0) },
            uncertainties: uncertainties?.map { ExtendedNumber($0) }
        )
    }

    /// Fits y = Σ b_j·x^(p_j), a polynomial with the given powers.
    ///
    /// - Parameters:
    ///   - powers: Exponents p_j, distinct, 0...20.
    ///   - x: Places of the readings.
    ///   - readings: Readings y.
    ///   - uncertainties: Known standard uncertainties of the readings, positive; nil when they are to be taken from the residuals.
    /// - Throws: ``RegressionError``.
    package init(
        powers: [Int], x: [DecimalNumber], readings: [DecimalNumber], uncertainties: [DecimalNumber]? = nil
    ) throws(RegressionError) {
        try self.init(
            powers: powers, exactX: x.map { ExtendedNumber($0) }, readings: readings.map { ExtendedNumber($0) },
            uncertainties: uncertainties?.map { ExtendedNumber($0) })
    }

    /// Fits a polynomial to binary numbers.
    ///
    /// - Throws: ``RegressionError``.
    package init(powers: [Int], x: [Double], readings: [Double], uncertainties: [Double]? = nil) throws(RegressionError) {
        try self.init(
            powers: powers, exactX: x.map { ExtendedNumber($0) }, readings: readings.map { ExtendedNumber($0) },
            uncertainties: uncertainties?.map { ExtendedNumber($0) })
    }

    private init(
        powers: [Int], exactX x: [ExtendedNumber], readings: [ExtendedNumber], uncertainties: [ExtendedNumber]?
    ) throws(RegressionError) {
        guard Self.areUsable(powers) else { throw .unusableModel }
        guard x.count == readings.count else { throw .unequalLengths("x and y") }
        try Self.check(points: readings.count, parameters: powers.count)
        try self.init(
            columns: powers.map { power in x.map { $0.power(power) } }, readings: readings, uncertainties: uncertainties)
    }

    private init(
        columns: [[ExtendedNumber]], readings: [ExtendedNumber], uncertainties: [ExtendedNumber]?
    ) throws(RegressionError) {
        let freedom = readings.count - columns.count
        let needed = columns.count + (uncertainties == nil ? 1 : 0)
        guard readings.count >= needed else { throw .tooFewPoints(count: readings.count, needed: needed) }
        let solution: HouseholderSolution
        if let uncertainties {
            guard uncertainties.count == readings.count else { throw .unequalLengths("y and u") }
            for (index, u) in uncertainties.enumerated() {
                guard u > .zero, u.isFinite else { throw .unusableUncertainty(index: index) }
            }
            solution = try HouseholderSolution(
                columns: columns.map { column in zip(column, uncertainties).map { $0 / $1 } },
                rightSide: zip(readings, uncertainties).map { $0 / $1 })
            exactCovariance = solution.inverseNormalMatrix
            scatter = Self.known(chiSquare: solution.sumOfSquares.value, degreesOfFreedom: freedom)
        } else {
            solution = try HouseholderSolution(columns: columns, rightSide: readings)
            let variance = solution.sumOfSquares / ExtendedNumber(freedom)
            exactCovariance = solution.inverseNormalMatrix.map { row in row.map { $0 * variance } }
            scatter = .residual(standardDeviation: variance.squareRoot().value)
        }
        exactParameters = solution.parameters
        covariance = exactCovariance.map { row in row.map(\.value) }
        degreesOfFreedom = freedom
        guard covariance.joined().allSatisfy(\.isFinite) else { throw .notFinite }
    }
}

// MARK: - Results

extension LeastSquaresFit {
    /// Parameters b_j, in the order of the terms.
    package var parameters: [Double] { exactParameters.map(\.value) }

    /// Standard uncertainties of the parameters.
    package var standardUncertainties: [Double] {
        exactCovariance.indices.map { exactCovariance[$0][$0].squareRoot().value }
    }

    /// Correlation coefficient of two parameters; nil where one is exact.
    package func correlation(_ first: Int, _ second: Int) -> Double? {
        guard covariance.indices.contains(first), covariance.indices.contains(second) else { return nil }
        let (u, v) = (exactCovariance[first][first].squareRoot(), exactCovariance[second][second].squareRoot())
        guard u > .zero, v > .zero else { return nil }
        return max(-1, min(1, (exactCovariance[first][second] / u / v).value))
    }

    static func areUsable(_ powers: [Int]) -> Bool {
        !powers.isEmpty && Set(powers).count == powers.count && powers.allSatisfy((0...20).contains)
    }

    private static func check(points: Int, parameters: Int) throws(RegressionError) {
        // Divided rather than multiplied, so that no size overflows.
        guard parameters <= 1_000, points <= largestWork / (parameters * parameters) else { throw .tooLarge }
    }

    static func known(chiSquare: Double, degreesOfFreedom: Int) -> Scatter {
        do throws(UncertaintyError) {
            let distribution = try ChiSquareDistribution(degreesOfFreedom: Double(degreesOfFreedom))
            return .known(chiSquare: chiSquare, probability: distribution.tails(at: chiSquare).upper)
        } catch {
            // No degrees of freedom: the curve passes through every point, which is no evidence against it.
            return .known(chiSquare: chiSquare, probability: 1)
        }
    }
}
