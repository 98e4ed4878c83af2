// SPDX-License-Identifier: Apache-2.0

/// What is known about an input quantity besides its estimate; numbers in the unit of the quantity.
package enum InputDistribution: Sendable, Hashable {
    /// Normal with a standard uncertainty u.
    case normal(standardUncertainty: Double)
    /// Normal from a certificate: U and k. Source: JCGM 100:2008, 4.3.3.
    case certificate(expandedUncertainty: Double, coverageFactor: Double)
    /// Student's t, shifted and scaled; the scale is taken as u. Source: JCGM 101:2008, 6.4.9.
    case student(scale: Double)
    /// Rectangular between ±a: a/√3. Source: JCGM 100:2008, 4.3.7.
    case rectangular(halfWidth: Double)
    /// Triangular between ±a: a/√6. Source: JCGM 100:2008, 4.3.9.
    case triangular(halfWidth: Double)
    /// Arcsine (U-shaped) between ±a: a/√2. Source: JCGM 101:2008, 6.4.6.
    case arcsine(halfWidth: Double)
    /// Symmetric trapezoid on a base ±a with a top β times as long: a√((1 + β²)/6). Source: JCGM 100:2008, 4.3.9.
    case trapezoidal(halfWidth: Double, topToBase: Double)
    /// Rectangle whose half-width is itself uniform in a − d … a + d: √(a²/3 + d²/9). Source: JCGM 101:2008, 6.4.3.
    case curvilinearTrapezoidal(halfWidth: Double, spread: Double)
    /// Mean of n readings with n − 1 degrees of freedom: s/√n. Source: JCGM 100:2008, 4.2.
    case readings([Double])
    /// Mean of n readings with a pooled standard deviation: s_p/√n. Source: JCGM 100:2008, 4.2.4.
    case pooled(standardDeviation: Double, count: Int)
    /// Number without uncertainty.
    case constant
}

extension InputDistribution {
    /// Word in documents.
    package var word: String {
        switch self {
        case .normal, .certificate: "normal"
        case .student: "t"
        case .rectangular: "rectangular"
        case .triangular: "triangular"
        case .arcsine: "arcsine"
        case .trapezoidal: "trapezoidal"
        case .curvilinearTrapezoidal: "ctrap"
        case .readings: "readings"
        case .pooled: "pooled"
        case .constant: "constant"
        }
    }

    /// Name for people.
    package var title: BilingualWording {
        switch self {
        case .normal: BilingualWording(vietnamese: "chuẩn", english: "normal")
        case .certificate: BilingualWording(vietnamese: "chuẩn, U và k", english: "normal, U and k")
        case .student: BilingualWording(vietnamese: "Student", english: "Student's t")
        case .rectangular: BilingualWording(vietnamese: "chữ nhật", english: "rectangular")
        case .triangular: BilingualWording(vietnamese: "tam giác", english: "triangular")
        case .arcsine: BilingualWording(vietnamese: "hình chữ U", english: "U-shaped")
        case .trapezoidal: BilingualWording(vietnamese: "hình thang", english: "trapezoidal")
        case .curvilinearTrapezoidal: BilingualWording(vietnamese: "hình thang cong", english: "curvilinear trapezoid")
        case .readings(let readings):
            BilingualWording(vietnamese: "\(readings.count) lần đo", english: "\(readings.count) readings")
        case .pooled(_, let count): BilingualWording(vietnamese: "\(count) lần đo, s gộp", english: "\(count) readings, pooled s")
        case .constant: BilingualWording(vietnamese: "hằng số", english: "constant")
        }
    }

    /// Half-width of a rectangle; nil for other distributions.
    var rectangle: Double? {
        if case .rectangular(let halfWidth) = self { halfWidth } else { nil }
    }
}

/// Input quantity of a budget: estimate, standard uncertainty, degrees of freedom, and where they come from.
package struct InputQuantity: Sendable, Hashable {
    /// Name in the model.
    package let name: String
    /// Estimate, in the unit of the quantity.
    package let estimate: Double
    /// Standard uncertainty u, not negative.
    package let standardUncertainty: Double
    /// Degrees of freedom ν > 0, or infinity.
    package let degreesOfFreedom: Double
    /// What it was evaluated from.
    package let distribution: InputDistribution

    /// Evaluates an input quantity.
    ///
    /// - Parameters:
    ///   - name: Name in the model.
    ///   - estimate: Estimate; nil for readings, whose mean it is.
    ///   - distribution: What is known.
    ///   - degreesOfFreedom: ν; infinity where the uncertainty is taken as exactly known. Readings bring their own.
    /// - Throws: ``BudgetError/input(_:field:_:)``.
    package init(
        name: String, estimate: Double?, distribution: InputDistribution, degreesOfFreedom: Double = .infinity
    ) throws(BudgetError) {
        guard degreesOfFreedom > 0 else {
            throw .input(name, field: "dof", "\(degreesOfFreedom) is not possible; give a positive number or inf")
        }
        self.name = name
        self.distribution = distribution
        if case .readings(let readings) = distribution {
            guard estimate == nil else {
                throw .input(name, field: "value", "the mean of the readings is the estimate; leave it out")
            }
            let evaluation = try Self.evaluation(of: readings, name)
            self.estimate = evaluation.mean
            standardUncertainty = evaluation.standardUncertaintyOfMean
            self.degreesOfFreedom = evaluation.degreesOfFreedom
            return
        }
        guard let estimate else { throw .input(name, field: "value", "is missing; give the estimate") }
        guard estimate.isFinite else { throw .input(name, field: "value", "\(estimate) is no number") }
        self.estimate = estimate
        standardUncertainty = try Self.standardUncertainty(of: distribution, name)
        self.degreesOfFreedom = distribution == .constant ? .infinity : degreesOfFreedom
        guard standardUncertainty.isFinite else { throw .input(name, field: "u", "the uncertainty is too large to be kept") }
    }

    /// Evaluates the mean of readings kept as decimals; their differences lose no digits.
    ///
    /// - Throws: ``BudgetError/input(_:field:_:)`` for fewer than two readings.
    package init(name: String, readings: [DecimalNumber]) throws(BudgetError) {
        do throws(UncertaintyError) {
            let evaluation = try TypeAEvaluation(observations: readings)
            self.name = name
            distribution = .readings(readings.map(\.approximateValue))
            estimate = evaluation.mean
            standardUncertainty = evaluation.standardUncertaintyOfMean
            degreesOfFreedom = evaluation.degreesOfFreedom
        } catch {
            throw .input(name, field: "readings", error.description)
        }
    }

    private static func evaluation(of readings: [Double], _ name: String) throws(BudgetError) -> TypeAEvaluation {
        guard readings.allSatisfy(\.isFinite) else { throw .input(name, field: "readings", "every reading must be a number") }
        do throws(UncertaintyError) {
            let evaluation = try TypeAEvaluation(observations: readings)
            guard evaluation.mean.isFinite, evaluation.standardDeviation.isFinite else {
                throw UncertaintyError.invalidComponent(name: name)
            }
            return evaluation
        } catch {
            throw .input(name, field: "readings", error.description)
        }
    }

    private static func standardUncertainty(
        of distribution: InputDistribution, _ name: String
    ) throws(BudgetError) -> Double {
        func demand(_ value: Double, _ field: String) throws(BudgetError) {
            guard value >= 0, value.isFinite else {
                throw .input(name, field: field, "\(value) is not possible; give 0 or a positive number")
            }
        }
        switch distribution {
        case .normal(let u), .student(let u):
            try demand(u, "u")
            return u
        case .certificate(let expanded, let factor):
            try demand(expanded, "U")
            guard factor > 0, factor.isFinite else {
                throw .input(name, field: "k", "\(factor) is not possible; give the positive factor of the certificate")
            }
            return expanded / factor
        case .rectangular(let a):
            try demand(a, "half_width")
            return a / 3.0.squareRoot()
        case .triangular(let a):
            try demand(a, "half_width")
            return a / 6.0.squareRoot()
        case .arcsine(let a):
            try demand(a, "half_width")
            return a / 2.0.squareRoot()
        case .trapezoidal(let a, let beta):
            try demand(a, "half_width")
            guard beta >= 0, beta <= 1 else { throw .input(name, field: "beta", "\(beta) lies outside 0 to 1") }
            return a * ((1 + beta * beta) / 6).squareRoot()
        case .curvilinearTrapezoidal(let a, let d):
            try demand(a, "half_width")
            guard d >= 0, d <= a else { throw .input(name, field: "d", "\(d) lies outside 0 to the half-width \(a)") }
            return (a * a / 3 + d * d / 9).squareRoot()
        case .pooled(let s, let count):
            try demand(s, "pooled_s")
            guard count >= 1 else { throw .input(name, field: "n", "\(count) readings have no mean; give 1 or more") }
            return s / Double(count).squareRoot()
        case .constant, .readings: return 0
        }
    }
}
