// SPDX-License-Identifier: Apache-2.0

/// Probability with its complement, so that neither loses digits.
package struct CoverageProbability: Sendable, Hashable {
    /// Probability, above 0.
    package let inside: Double
    /// 1 − probability, above 0.
    package let outside: Double

    /// Probability with its complement.
    ///
    /// - Throws: ``BudgetError/coverage(field:_:)`` unless both are positive.
    package init(inside: Double, outside: Double) throws(BudgetError) {
        guard inside > 0, outside > 0 else {
            throw .coverage(field: "p", "\(inside) lies outside 0 to 1; give a probability between them, such as 0.95")
        }
        (self.inside, self.outside) = (inside, outside)
    }

    /// Probability as a binary number.
    ///
    /// - Throws: ``BudgetError/coverage(field:_:)``.
    package init(_ probability: Double) throws(BudgetError) {
        try self.init(inside: probability, outside: 1 - probability)
    }
}

/// How a coverage factor is found.
package enum CoverageMethod: Sendable, Hashable {
    /// A stated factor. Source: JCGM 100:2008, 6.3.
    case fixed(Double)
    /// Student's t for effective degrees of freedom. Source: JCGM 100:2008, G.3 and G.4.
    case student(CoverageProbability, DegreesOfFreedomRule)
    /// One dominant rectangle: p·√3. Source: EA-4/02 M:2022, S9.
    case rectangular(CoverageProbability)
    /// Two dominant rectangles that form a trapezoid with top/base β. Source: EA-4/02 M:2022, S10.
    case trapezoidal(CoverageProbability, topToBase: Double)
}

/// Coverage factor and the degrees of freedom it was taken at.
package struct CoverageFactor: Sendable, Hashable {
    /// Factor k.
    package let factor: Double
    /// Degrees of freedom used; nil where the method needs none.
    package let degreesOfFreedom: Double?
}

extension CoverageMethod {
    /// Checks the numbers of the method.
    ///
    /// - Throws: ``BudgetError/coverage(field:_:)``.
    package func check() throws(BudgetError) {
        switch self {
        case .fixed(let factor):
            guard factor > 0, factor.isFinite else {
                throw .coverage(field: "k", "\(factor) is not possible; give a positive factor, such as 2")
            }
        case .trapezoidal(_, let beta):
            guard beta >= 0, beta <= 1 else { throw .coverage(field: "beta", "\(beta) lies outside 0 to 1") }
        case .student, .rectangular: break
        }
    }

    /// Coverage probability that the method asserts; nil for a stated factor.
    package var probability: CoverageProbability? {
        switch self {
        case .fixed: nil
        case .student(let p, _), .rectangular(let p), .trapezoidal(let p, _): p
        }
    }

    /// Coverage factor for effective degrees of freedom.
    ///
    /// - Parameter effective: ν_eff; nil where no rule gives them, which leaves Student's method without a factor.
    package func factor(effective: Double?) -> CoverageFactor? {
        switch self {
        case .fixed(let factor): return CoverageFactor(factor: factor, degreesOfFreedom: nil)
        case .rectangular(let p): return CoverageFactor(factor: p.inside * 3.0.squareRoot(), degreesOfFreedom: nil)
        case .trapezoidal(let p, let beta):
            let standard = ((1 + beta * beta) / 6).squareRoot()
            // The quantile lies on the slope, or already under the flat top.
            let reach =
                beta < p.inside / (1 + p.outside)
                ? 1 - (p.outside * (1 - beta * beta)).squareRoot() : p.inside * (1 + beta) / 2
            return CoverageFactor(factor: reach / standard, degreesOfFreedom: nil)
        case .student(let p, let rule):
            guard let effective else { return nil }
            return rule.factor(effective: effective, p)
        }
    }
}

extension DegreesOfFreedomRule {
    /// Degrees of freedom that the rule takes for ν_eff, never below 1 but for the exact ones.
    package func used(_ effective: Double) -> Double {
        guard effective.isFinite else { return effective }
        // A whole number that arithmetic left a little too low counts as that number.
        return switch self {
        case .truncated: Swift.max(1, (effective + 1e-9).rounded(.down))
        case .nearest: Swift.max(1, effective.rounded(.toNearestOrEven))
        case .exact, .interpolated: effective
        }
    }

    /// Student's factor by this rule; nil for degrees of freedom that are not positive.
    func factor(effective: Double, _ p: CoverageProbability) -> CoverageFactor? {
        let used = used(effective)
        func student(_ nu: Double) -> Double? {
            // Degrees of freedom were checked before; a factor that is none is refused by the caller.
            try? StudentDistribution(degreesOfFreedom: nu).twoSidedFactor(inside: p.inside, outside: p.outside)
        }
        guard self == .interpolated, used.isFinite, used != used.rounded() else {
            return student(used).map { CoverageFactor(factor: $0, degreesOfFreedom: used) }
        }
        let low = Swift.max(1, used.rounded(.down))
        guard let below = student(low), let above = student(low + 1) else { return nil }
        let share = Swift.max(0, used - low)
        return CoverageFactor(factor: below + (above - below) * share, degreesOfFreedom: used)
    }
}
