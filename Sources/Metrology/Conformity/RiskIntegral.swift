// SPDX-License-Identifier: Apache-2.0

private import Glibc

/// Integral of the density of a normal process times the probability that a measurement is accepted (or rejected).
///
/// The variable is the distance from a tolerance limit in standard uncertainties of the measurement, so that no digit is
/// lost however much wider the process is than the measurement, or the other way round.
struct RiskIntegral {
    /// Tolerance limit in standard deviations of the process from its mean.
    let place: Double
    /// Standard uncertainty of the measurement over the standard deviation of the process.
    let ratio: Double
    /// Acceptance limits in standard uncertainties from the tolerance limit; infinite where absent.
    let acceptedFrom: Double
    let acceptedTo: Double
    /// Width of the acceptance interval in standard uncertainties; nil where a limit is absent.
    let acceptedWidth: Double?

    /// Beyond this many standard deviations a normal density is no double any more.
    static let farthest = 39.0
    /// Panels of one integral; a smooth integrand needs a fraction of them.
    private static let mostPanels = 20_000

    /// √(a² + b²) without overflow.
    static func hypotenuse(_ a: Double, _ b: Double) -> Double { hypot(a, b) }

    /// Integral from the tolerance limit over a length in one direction.
    ///
    /// - Parameters:
    ///   - direction: 1 for values above the limit, −1 for values below.
    ///   - length: In standard uncertainties, at least zero, or infinite.
    ///   - accepted: Whether the accepted or the rejected measurements count.
    /// - Throws: ``ConformityError/notConverged``.
    func value(direction: Double, length: Double, accepted: Bool) throws(ConformityError) -> Double {
        let (start, end) = reach(direction, length, accepted)
        guard start < end else { return 0 }
        let ends = breakpoints(direction, between: start, and: end)
        var panels = zip(ends, ends.dropFirst()).map { panel($0, $1, direction, accepted) }
        let total = panels.reduce(0) { $0 + $1.value }
        guard total > 0 else { return 0 }
        let tolerance = total * 1e-12
        var sum = 0.0
        var count = panels.count
        while let last = panels.popLast() {
            let middle = (last.from + last.to) / 2
            if last.error <= tolerance || middle <= last.from || middle >= last.to {
                sum += last.value
                continue
            }
            count += 2
            guard count < Self.mostPanels else { throw .notConverged }
            panels.append(panel(last.from, middle, direction, accepted))
            panels.append(panel(middle, last.to, direction, accepted))
        }
        return sum
    }

    /// Part of the length where neither factor of the integrand is zero.
    private func reach(_ direction: Double, _ length: Double, _ accepted: Bool) -> (start: Double, end: Double) {
        // place + ratio·direction·s within ±farthest
        let atOneEnd = (-Self.farthest - place) / (ratio * direction)
        let atOther = (Self.farthest - place) / (ratio * direction)
        var start = max(0, min(atOneEnd, atOther))
        var end = min(length, max(atOneEnd, atOther))
        if accepted {
            let first = direction > 0 ? acceptedFrom : -acceptedTo
            let last = direction > 0 ? acceptedTo : -acceptedFrom
            start = max(start, first - Self.farthest)
            end = min(end, last + Self.farthest)
        }
        return (start, end)
    }

    /// Ends of panels: where either factor changes, and round the maximum of their product.
    private func breakpoints(_ direction: Double, between start: Double, and end: Double) -> [Double] {
        let steps = [0.0, 0.5, 1, 2, 3, 4.5, 6, 9, 13, 19, 27, 39]
        var points = [start, end]
        func add(_ centre: Double, _ width: Double) {
            guard centre.isFinite else { return }
            for step in steps {
                points.append(centre - step * width)
                points.append(centre + step * width)
            }
        }
        add(-place / (ratio * direction), 1 / ratio)
        let narrow = 1 / hypot(1, ratio)
        for limit in [acceptedFrom, acceptedTo] where limit.isFinite {
            add(limit * direction, 1)
            add((limit - ratio * place) / (1 + ratio * ratio) * direction, narrow)
        }
        return points.filter { $0 >= start && $0 <= end }.sorted()
    }

    private func integrand(_ distance: Double, _ direction: Double, _ accepted: Bool) -> Double {
        let shift = direction * distance
        let density = NormalDistribution.density(place + ratio * shift)
        guard density > 0 else { return 0 }
        return density * ratio
            * (accepted
                ? NormalInterval.inside(acceptedFrom - shift, acceptedTo - shift, width: acceptedWidth)
                : NormalInterval.outside(acceptedFrom - shift, acceptedTo - shift))
    }

    private struct Panel {
        let from: Double
        let to: Double
        let value: Double
        let error: Double
    }

    /// Gauss-Kronrod quadrature with 7 and 15 points; the error is the difference of both.
    ///
    /// Source of nodes and weights: R. Piessens et al., QUADPACK (Springer 1983), routine qk15.
    private func panel(_ from: Double, _ to: Double, _ direction: Double, _ accepted: Bool) -> Panel {
        let centre = (from + to) / 2
        let half = (to - from) / 2
        let middle = integrand(centre, direction, accepted)
        var kronrod = Self.centralWeights.kronrod * middle
        var gauss = Self.centralWeights.gauss * middle
        for (node, weight, gaussWeight) in Self.rule {
            let pair = integrand(centre - half * node, direction, accepted) + integrand(centre + half * node, direction, accepted)
            kronrod += weight * pair
            gauss += gaussWeight * pair
        }
        return Panel(from: from, to: to, value: half * kronrod, error: abs(half * (kronrod - gauss)))
    }

    private static let centralWeights = (kronrod: 0.209_482_141_084_727_83, gauss: 0.417_959_183_673_469_39)
    private static let rule: [(node: Double, weight: Double, gaussWeight: Double)] = [
        (0.991_455_371_120_812_64, 0.022_935_322_010_529_22, 0),
        (0.949_107_912_342_758_52, 0.063_092_092_629_978_55, 0.129_484_966_168_869_69),
        (0.864_864_423_359_769_07, 0.104_790_010_322_250_18, 0),
        (0.741_531_185_599_394_44, 0.140_653_259_715_525_92, 0.279_705_391_489_276_67),
        (0.586_087_235_467_691_13, 0.169_004_726_639_267_90, 0),
        (0.405_845_151_377_397_17, 0.190_350_578_064_785_41, 0.381_830_050_505_118_94),
        (0.207_784_955_007_898_47, 0.204_432_940_075_298_89, 0),
    ]
}
