// SPDX-License-Identifier: Apache-2.0

/// Interval that contains the measurand with a stated probability, in the unit of the measurand.
package struct CoverageInterval: Sendable, Hashable {
    /// Left-hand end.
    package let low: Double
    /// Right-hand end.
    package let high: Double

    package init(low: Double, high: Double) {
        (self.low, self.high) = (low, high)
    }

    /// Distance of the ends.
    package var length: Double { high - low }
}

/// Which of the coverage intervals of one probability.
package enum CoverageIntervalKind: String, Sendable, CaseIterable, Codable {
    /// As much probability below as above: the usual one, whose ends scatter least.
    case equalTailed = "equal_tailed"
    /// The shortest one: for distributions that are not symmetric.
    case shortest
}

/// Ranks of the ends of coverage intervals among M sorted trials.
///
/// Source: JCGM 101:2008, 7.7.1 to 7.7.3.
struct CoverageRanks: Sendable, Hashable {
    /// Number of trials M.
    let trials: Int
    /// Number q of steps from the left-hand to the right-hand end: pM, or the whole part of pM + ½.
    let span: Int

    /// - Throws: ``MonteCarloError/probability(_:)`` for a probability outside 0 to 1, or so large or small that no interval
    ///   between trials has it.
    init(probability: Double, trials: Int) throws(MonteCarloError) {
        guard probability > 0, probability < 1 else {
            throw .probability("the coverage probability \(probability) must lie between 0 and 1")
        }
        self.trials = trials
        span = Int((probability * Double(trials) + 0.5).rounded(.down))
        guard span >= 1, span < trials else {
            throw .probability("\(trials) trials are too few for the coverage probability \(probability)")
        }
    }

    /// Number of smallest and of largest values that the intervals need.
    var tailCount: Int { trials - span }

    /// Probabilistically symmetric interval: r = (M − q)/2, or the whole part of (M − q + 1)/2.
    func equalTailed(_ values: OrderedTails) -> CoverageInterval {
        let rank = (tailCount + 1) / 2
        return CoverageInterval(low: values[rank: rank], high: values[rank: rank + span])
    }

    /// Shortest interval: r with y(r + q) − y(r) smallest, the first of several.
    func shortest(_ values: OrderedTails) -> CoverageInterval {
        var best = CoverageInterval(low: values[rank: 1], high: values[rank: 1 + span])
        for rank in 2...max(2, tailCount) where rank <= tailCount {
            let interval = CoverageInterval(low: values[rank: rank], high: values[rank: rank + span])
            if interval.length < best.length { best = interval }
        }
        return best
    }
}
