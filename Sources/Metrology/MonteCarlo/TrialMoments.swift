// SPDX-License-Identifier: Apache-2.0

/// Mean and spread of some trials, which can be joined with those of others.
struct TrialMoments: Sendable, Hashable {
    /// Number of trials.
    private(set) var count: Int
    private(set) var mean: Double
    /// Sum of the squared deviations from the mean.
    private(set) var squares: Double

    /// Experimental standard deviation with divisor count − 1; zero for a single trial.
    ///
    /// Source: JCGM 101:2008, 7.6, equation (17).
    var standardDeviation: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : 0 }

    init() { (count, mean, squares) = (0, 0, 0) }

    /// Moments of a block in two passes: the mean, then the deviations from it, whose own sum corrects both.
    init(_ values: TrialValues) {
        var sums = TrialVector()
        var sum = 0.0
        values.forEach(vector: { sums += $0 }, remaining: { sum += $0 })
        let number = Double(values.count)
        let mean = (sums.total + sum) / number
        var (deviations, deviationSquares) = (TrialVector(), TrialVector())
        var (deviation, deviationSquare) = (0.0, 0.0)
        values.forEach(
            vector: {
                let difference = $0 - mean
                deviations += difference
                deviationSquares += difference * difference
            },
            remaining: {
                let difference = $0 - mean
                deviation += difference
                deviationSquare += difference * difference
            })
        let rest = deviations.total + deviation
        count = values.count
        self.mean = mean + rest / number
        squares = Swift.max(0, (deviationSquares.total + deviationSquare) - rest * rest / number)
    }

    /// Moments of several groups of trials, joined two by two, so that rounding errors grow with the logarithm of their number
    /// only.
    ///
    /// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance", Amer. Statist. 37 (1983)
    /// 242.
    init(joining groups: some Collection<TrialMoments>) {
        var level = Array(groups)
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                index + 1 < level.count ? Self.joined(level[index], level[index + 1]) : level[index]
            }
        }
        self = level.first ?? TrialMoments()
    }

    private static func joined(_ left: TrialMoments, _ right: TrialMoments) -> TrialMoments {
        guard left.count > 0 else { return right }
        guard right.count > 0 else { return left }
        let (first, second) = (Double(left.count), Double(right.count))
        let difference = right.mean - left.mean
        var joined = TrialMoments()
        joined.count = left.count + right.count
        joined.mean = left.mean + difference * (second / (first + second))
        joined.squares = left.squares + right.squares + difference * difference * (first * second / (first + second))
        return joined
    }
}

extension SIMD4<Double> {
    /// Sum of the four numbers in a fixed order.
    fileprivate var total: Double { (self[0] + self[1]) + (self[2] + self[3]) }
}
