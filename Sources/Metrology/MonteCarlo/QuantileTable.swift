// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Function from a standard normal number z to the quantile, at the same probability, of a distribution of scale 1.
///
/// Cubic pieces through value and slope at every 1/64 of z, which agree with the function to 1e-7 of the scale where trials fall.
struct QuantileTable: Sendable {
    private static let step = 1.0 / 64
    /// Beyond it lie 10^−23 of all normal numbers.
    private static let last = 10.0
    private let values: [Double]
    private let slopes: [Double]

    init(of distribution: SampledDistribution) {
        let points = (0...Int(Self.last / Self.step)).map { Self.point(distribution, Double($0) * Self.step) }
        values = points.map(\.value)
        slopes = points.map { $0.slope * Self.step }
    }

    /// Quantiles for four normal numbers; all distributions are symmetric.
    func values(at z: TrialVector) -> TrialVector {
        TrialVector(value(at: z[0]), value(at: z[1]), value(at: z[2]), value(at: z[3]))
    }

    private func value(at z: Double) -> Double {
        let place = min(abs(z), Self.last) / Self.step
        let index = min(Int(place), values.count - 2)
        let t = place - Double(index)
        let rise = values[index + 1] - values[index]
        let (first, second) = (slopes[index], slopes[index + 1])
        // Hermite's cubic.
        let curve = (rise - first) + (rise - second)
        let value = values[index] + t * (first + t * ((rise - first) + (1 - t) * curve))
        return z < 0 ? -value : value
    }

    // MARK: - Functions of one distribution

    /// Quantile and its derivative by z ≥ 0, from the probability q beyond z.
    private static func point(_ distribution: SampledDistribution, _ z: Double) -> (value: Double, slope: Double) {
        let q = NormalDistribution.upperTail(z)
        let density = NormalDistribution.density(z)
        switch distribution {
        case .rectangular: return (1 - 2 * q, 2 * density)
        case .triangular: return trapezoid(0, q, density)
        case .trapezoidal(_, let beta): return trapezoid(beta, q, density)
        case .arcsine: return (cos(.pi * q), .pi * sin(.pi * q) * density)
        case .curvilinearTrapezoidal(let a, let d): return curvilinear(a > 0 ? d / a : 0, q, density)
        case .student(_, let degreesOfFreedom): return student(degreesOfFreedom, z, q, density)
        case .constant, .normal: return (z, 1)
        }
    }

    private static func trapezoid(_ beta: Double, _ q: Double, _ density: Double) -> (value: Double, slope: Double) {
        let slanted = (1 - beta) / (2 * (1 + beta))
        guard q < slanted else { return ((0.5 - q) * (1 + beta), (1 + beta) * density) }
        let distance = (2 * q * (1 - beta * beta)).squareRoot()
        return (1 - distance, distance > 0 ? (1 - beta * beta) / distance * density : 0)
    }

    /// Half-width 1, known to ± d: density ln((1 + d)/max(x, 1 − d))/(4d).
    private static func curvilinear(_ d: Double, _ q: Double, _ density: Double) -> (value: Double, slope: Double) {
        // A narrower step differs from the rectangle by less than its own width.
        guard d > 1e-9 else { return (1 - 2 * q, 2 * density) }
        func tail(_ x: Double) -> Double { (1 + d - x - (x > 0 ? x * log((1 + d) / x) : 0)) / (4 * d) }
        let corner = tail(1 - d)
        if q >= corner {
            let flat = log((1 + d) / (1 - d)) / (4 * d)
            return flat.isFinite ? (1 - d + (corner - q) / flat, density / flat) : (0, 0)
        }
        var (low, high) = (1 - d, 1 + d)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if tail(middle) > q { low = middle } else { high = middle }
        }
        let height = log((1 + d) / low) / (4 * d)
        return (low, height > 0 ? density / height : 0)
    }

    private static func student(_ nu: Double, _ z: Double, _ q: Double, _ density: Double) -> (value: Double, slope: Double) {
        // Values that no trial reaches are cut off before they leave the range of numbers.
        let largest = 1e150
        let inside = erf(z / 2.0.squareRoot())
        do {
            let distribution = try StudentDistribution(degreesOfFreedom: nu)
            let t = z > 0 ? try distribution.twoSidedFactor(inside: inside, outside: 2 * q) : 0
            guard t < largest else { return (largest, 0) }
            let slope = density / distribution.density(at: t)
            return (t, slope < largest ? slope : 0)
        } catch {
            return (largest, 0)
        }
    }
}
