// SPDX-License-Identifier: Apache-2.0

/// Distribution of an input as it is drawn: symmetric about the estimate.
///
/// Source: JCGM 101:2008, 6.4 and table 1.
enum SampledDistribution: Sendable, Hashable {
    case constant
    /// 6.4.7.
    case normal(u: Double)
    /// Estimate + u·t(ν) (6.4.9).
    case student(u: Double, degreesOfFreedom: Double)
    /// 6.4.2.
    case rectangular(halfWidth: Double)
    /// 6.4.5.
    case triangular(halfWidth: Double)
    /// 6.4.6.
    case arcsine(halfWidth: Double)
    /// Base 2a, top 2aβ (6.4.4).
    case trapezoidal(halfWidth: Double, beta: Double)
    /// Half-width itself uniform between a − d and a + d (6.4.3).
    case curvilinearTrapezoidal(halfWidth: Double, spread: Double)

    /// Fewer degrees of freedom would give values beyond the range of numbers.
    private static let fewestDegreesOfFreedom = 0.2

    /// Distribution of an input quantity.
    ///
    /// Readings and a pooled standard deviation with ν degrees of freedom give a scaled and shifted t-distribution, the limit of
    /// which, for infinitely many, is the normal one. A quantity stated as normal stays normal whatever degrees of freedom its
    /// budget takes.
    /// - Throws: ``MonteCarloError/input(_:_:)`` for a t-distribution with hardly any degrees of freedom.
    init(_ input: InputQuantity) throws(MonteCarloError) {
        switch input.distribution {
        case .constant: self = .constant
        case .normal, .certificate: self = .normal(u: input.standardUncertainty)
        case .student, .readings, .pooled:
            let nu = input.degreesOfFreedom
            guard nu >= Self.fewestDegreesOfFreedom else {
                throw .input(
                    input.name,
                    "\(nu) degrees of freedom are too few to draw from a t-distribution; "
                        + "at least \(Self.fewestDegreesOfFreedom) are needed"
                )
            }
            self =
                nu.isInfinite
                ? .normal(u: input.standardUncertainty) : .student(u: input.standardUncertainty, degreesOfFreedom: nu)
        case .rectangular(let a): self = .rectangular(halfWidth: a)
        case .triangular(let a): self = .triangular(halfWidth: a)
        case .arcsine(let a): self = .arcsine(halfWidth: a)
        case .trapezoidal(let a, let beta): self = .trapezoidal(halfWidth: a, beta: beta)
        case .curvilinearTrapezoidal(let a, let d): self = .curvilinearTrapezoidal(halfWidth: a, spread: d)
        }
    }

    /// Length by which the distribution scales: half-width or standard uncertainty.
    var scale: Double {
        switch self {
        case .constant: 0
        case .normal(let u), .student(let u, _): u
        case .rectangular(let a), .triangular(let a), .arcsine(let a), .trapezoidal(let a, _), .curvilinearTrapezoidal(let a, _):
            a
        }
    }

    /// Whether a multivariate normal distribution can have it as its part.
    var isNormal: Bool {
        switch self {
        case .normal, .constant: true
        default: false
        }
    }

    /// Whether it has a variance: a t-distribution has one from more than two degrees of freedom.
    var hasVariance: Bool {
        if case .student(let u, let degreesOfFreedom) = self { u == 0 || degreesOfFreedom > 2 } else { true }
    }
}
