// SPDX-License-Identifier: Apache-2.0

/// Probability distribution assigned to an input quantity.
package enum ProbabilityDistribution: String, Sendable, CaseIterable, Codable {
    case normal, rectangular, triangular
    /// U-shaped (arcsine).
    case uShaped = "u_shaped"
    /// Student's distribution of a mean of observations.
    case student = "t"
}

/// One line of an uncertainty budget.
package struct UncertaintyComponent: Sendable, Hashable {
    /// Name of the input quantity.
    package let name: String
    /// Standard uncertainty u(x), in the unit of the input quantity, not negative.
    package let standardUncertainty: Double
    /// Sensitivity coefficient c = ∂f/∂x, in units of the measurand per unit of the input quantity.
    package let sensitivity: Double
    /// Degrees of freedom ν > 0; nil for infinite.
    package let degreesOfFreedom: Double?
    /// Distribution assigned to the input quantity.
    package let distribution: ProbabilityDistribution

    /// Creates a component.
    ///
    /// - Throws: ``UncertaintyError/invalidComponent(name:)`` for a negative or infinite number,
    ///   ``UncertaintyError/degreesOfFreedomOutOfRange`` for ν that is not positive.
    package init(
        name: String,
        standardUncertainty: Double,
        sensitivity: Double = 1,
        degreesOfFreedom: Double? = nil,
        distribution: ProbabilityDistribution
    ) throws(UncertaintyError) {
        guard standardUncertainty >= 0, standardUncertainty.isFinite, sensitivity.isFinite else {
            throw .invalidComponent(name: name)
        }
        if let degreesOfFreedom {
            guard degreesOfFreedom > 0 else { throw .degreesOfFreedomOutOfRange }
        }
        self.name = name
        self.standardUncertainty = standardUncertainty
        self.sensitivity = sensitivity
        self.degreesOfFreedom = degreesOfFreedom
        self.distribution = distribution
    }

    /// Contribution |c|·u(x) to the combined standard uncertainty, in the unit of the measurand.
    package var contribution: Double { abs(sensitivity) * standardUncertainty }
}

// MARK: - Type B evaluations

extension UncertaintyComponent {
    /// Type B evaluation from limits ±a between which the quantity lies.
    ///
    /// u = a/√3 (rectangular), a/√6 (triangular), a/√2 (U-shaped).
    /// - Parameters:
    ///   - name: Name of the input quantity.
    ///   - halfWidth: Half-width a of the interval, in the unit of the input quantity, not negative.
    ///   - distribution: Rectangular, triangular or U-shaped.
    ///   - sensitivity: Sensitivity coefficient.
    ///   - degreesOfFreedom: ν from the reliability of the limits; nil for infinite.
    /// - Throws: ``UncertaintyError/invalidComponent(name:)``, also for distributions without limits.
    /// - Source: JCGM 100:2008, 4.3.7 and 4.3.9; U-shaped: JCGM 101:2008, 6.4.6.
    package static func typeB(
        name: String,
        halfWidth: Double,
        distribution: ProbabilityDistribution,
        sensitivity: Double = 1,
        degreesOfFreedom: Double? = nil
    ) throws(UncertaintyError) -> UncertaintyComponent {
        let divisorSquared: Double
        switch distribution {
        case .rectangular: divisorSquared = 3
        case .triangular: divisorSquared = 6
        case .uShaped: divisorSquared = 2
        case .normal, .student: throw .invalidComponent(name: name)
        }
        return try UncertaintyComponent(
            name: name,
            standardUncertainty: halfWidth / divisorSquared.squareRoot(),
            sensitivity: sensitivity,
            degreesOfFreedom: degreesOfFreedom,
            distribution: distribution
        )
    }

    /// Type B evaluation from a certificate: u = U/k.
    ///
    /// - Parameters:
    ///   - name: Name of the input quantity.
    ///   - expandedUncertainty: U of the certificate, in the unit of the input quantity.
    ///   - coverageFactor: k of the certificate, positive.
    ///   - sensitivity: Sensitivity coefficient.
    ///   - degreesOfFreedom: ν of the certificate; nil for infinite.
    /// - Throws: ``UncertaintyError/invalidComponent(name:)``.
    /// - Source: JCGM 100:2008, 4.3.3.
    package static func typeB(
        name: String,
        expandedUncertainty: Double,
        coverageFactor: Double,
        sensitivity: Double = 1,
        degreesOfFreedom: Double? = nil
    ) throws(UncertaintyError) -> UncertaintyComponent {
        guard coverageFactor > 0 else { throw .invalidComponent(name: name) }
        return try UncertaintyComponent(
            name: name,
            standardUncertainty: expandedUncertainty / coverageFactor,
            sensitivity: sensitivity,
            degreesOfFreedom: degreesOfFreedom,
            distribution: .normal
        )
    }

    /// Type B evaluation of the resolution of a display: half a step to either side, rectangular.
    ///
    /// - Parameters:
    ///   - name: Name of the input quantity.
    ///   - displayStep: Smallest step of the display, in the unit of the input quantity.
    ///   - sensitivity: Sensitivity coefficient.
    /// - Throws: ``UncertaintyError/invalidComponent(name:)``.
    /// - Source: JCGM 100:2008, F.2.2.1, u = 0.29·δx.
    package static func resolution(
        name: String,
        displayStep: Double,
        sensitivity: Double = 1
    ) throws(UncertaintyError) -> UncertaintyComponent {
        try typeB(
            name: name,
            halfWidth: displayStep / 2,
            distribution: .rectangular,
            sensitivity: sensitivity
        )
    }
}

// MARK: - Type A evaluation

/// Statistics of repeated independent observations.
package struct TypeAEvaluation: Sendable, Hashable {
    /// Number of observations n.
    package let count: Int
    /// Arithmetic mean, in the unit of the observations.
    package let mean: Double
    /// Experimental standard deviation s of one observation.
    package let standardDeviation: Double

    /// Evaluates at least two observations.
    ///
    /// Two passes, and the second corrects what rounding left in the first, so that a large common offset
    /// costs no digits.
    /// - Parameter observations: Observations in one unit.
    /// - Throws: ``UncertaintyError/tooFewObservations(_:)``.
    /// - Source: JCGM 100:2008, 4.2.1 to 4.2.3.
    package init(observations: [Double]) throws(UncertaintyError) {
        guard let first = observations.first, observations.count > 1 else {
            throw .tooFewObservations(observations.count)
        }
        let count = Double(observations.count)
        let mean = first + observations.reduce(0) { $0 + ($1 - first) } / count
        let residual = observations.reduce(0) { $0 + ($1 - mean) }
        let squares = observations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.count = observations.count
        self.mean = mean + residual / count
        standardDeviation = (max(0, squares - residual * residual / count) / (count - 1)).squareRoot()
    }

    /// Evaluates readings kept as decimals: their differences from the first one are exact before they become binary.
    ///
    /// - Throws: ``UncertaintyError/tooFewObservations(_:)``, ``UncertaintyError/decimal(_:)`` where a difference has too many digits.
    package init(observations: [DecimalNumber]) throws(UncertaintyError) {
        guard let first = observations.first else { throw .tooFewObservations(0) }
        var differences: [Double] = []
        do throws(DecimalError) {
            for observation in observations { differences.append(try observation.subtracting(first).approximateValue) }
        } catch {
            throw .decimal(error)
        }
        let shifted = try TypeAEvaluation(observations: differences)
        count = shifted.count
        mean = first.approximateValue + shifted.mean
        standardDeviation = shifted.standardDeviation
    }

    /// Standard uncertainty of the mean, s/√n.
    package var standardUncertaintyOfMean: Double { standardDeviation / Double(count).squareRoot() }
    /// Degrees of freedom n − 1.
    package var degreesOfFreedom: Double { Double(count - 1) }

    /// Component of a budget for the mean of these observations.
    ///
    /// - Throws: ``UncertaintyError/invalidComponent(name:)`` for observations that are no numbers.
    package func component(name: String, sensitivity: Double = 1) throws(UncertaintyError)
        -> UncertaintyComponent
    {
        try UncertaintyComponent(
            name: name,
            standardUncertainty: standardUncertaintyOfMean,
            sensitivity: sensitivity,
            degreesOfFreedom: degreesOfFreedom,
            distribution: .student
        )
    }
}
