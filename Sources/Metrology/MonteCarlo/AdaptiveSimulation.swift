// SPDX-License-Identifier: Apache-2.0

extension MonteCarloSimulation {
    /// Sequences after which the procedure may stop. With the two that the guide allows, spreads have one degree of freedom and
    /// are small by luck again and again.
    package static let fewestSequences = 10
    /// Sequences computed together; those beyond the last one needed are not used.
    private static let sequencesPerRound = 16

    /// Simulates sequences of trials until estimate, standard uncertainty and both ends of the interval are reliable to a number
    /// of digits of the standard uncertainty. All trials of all sequences make the result.
    ///
    /// - Parameters:
    ///   - significantDigits: Digits of the standard uncertainty, 1 … 4.
    ///   - interval: Interval whose ends are watched.
    ///   - probability: Coverage probability p; 1 − p at least 1/20 000.
    ///   - mostTrials: Trials after which the procedure ends although it is not stabilised, up to ``mostTrials``.
    ///   - seed: Seed of the random numbers.
    ///   - threads: Number of workers; nil for one per processor.
    /// - Throws: ``MonteCarloError/setting(_:)``, ``MonteCarloError/probability(_:)``,
    ///   ``MonteCarloError/failedTrials(failed:of:example:)``, ``MonteCarloError/range``.
    /// - Source: JCGM 101:2008, 7.9.4; sequences of max(100/(1 − p), 10 000) trials, here filled up to whole blocks of 4096.
    package func runAdaptively(
        significantDigits: Int = 2, interval: CoverageIntervalKind = .equalTailed, probability: Double,
        mostTrials: Int = mostTrials, seed: UInt64 = usualSeed, threads: Int? = nil
    ) throws(MonteCarloError) -> MonteCarloResult {
        let units = try sequences(significantDigits, probability, mostTrials)
        let ranks = try CoverageRanks(probability: probability, trials: units.unitLength)
        let workers = TrialWorkers(plan(seed: seed), threads: threads)
        var done = workers.run(0..<Self.fewestSequences, of: units, bounds: .all, ranks: ranks)
        try workers.refuseFailures(done, trials: done.count * units.unitLength)
        let bounds = Self.bounds(
            from: done, share: Double(ranks.tailCount) / Double(ranks.trials), groupSize: ranks.trials)
        for index in done.indices { done[index].tails.narrow(to: bounds) }

        var course = AdaptiveCourse(digits: significantDigits, interval: interval)
        for sequence in done { course.add(sequence) }
        // A spread out of range will not come back into it.
        while !course.isStabilised, course.count < units.count, course.moments.squares.isFinite {
            if course.count == done.count {
                let round = done.count..<min(done.count + Self.sequencesPerRound, units.count)
                let fresh = workers.run(round, of: units, bounds: bounds, ranks: ranks)
                try workers.refuseFailures(fresh, trials: round.count * units.unitLength)
                done += fresh
            }
            course.add(done[course.count])
        }
        let total = try CoverageRanks(probability: probability, trials: course.count * units.unitLength)
        done.removeSubrange(course.count...)
        let ordered = try workers.ordered(&done, of: units, needed: total.tailCount)
        return try result(
            course.moments, ordered, total, probability, seed, course.adaptation(sequenceLength: units.unitLength))
    }

    private func sequences(
        _ digits: Int, _ probability: Double, _ mostTrials: Int
    ) throws(MonteCarloError) -> TrialUnits {
        guard (1...4).contains(digits) else { throw .setting("\(digits) significant digits; 1 to 4 are possible") }
        guard probability > 0, probability < 1 else {
            throw .probability("the coverage probability \(probability) must lie between 0 and 1")
        }
        guard mostTrials <= Self.mostTrials else {
            throw .setting("at most \(mostTrials) trials; \(Self.mostTrials) are the most that is possible")
        }
        // A model of many operations gets fewer trials at most.
        let mostTrials = min(mostTrials, program.mostTrials)
        let length = max(10_000, (100 / (1 - probability)).rounded(.up))
        let blocks = (length / Double(TrialLayout.block)).rounded(.up)
        guard blocks * Double(TrialLayout.block * Self.fewestSequences) <= Double(mostTrials) else {
            throw .setting(
                "\(Self.fewestSequences) sequences of \(length) trials, which the coverage probability \(probability) needs, "
                    + "are more than the \(mostTrials) that are possible"
            )
        }
        let unitLength = Int(blocks) * TrialLayout.block
        return TrialUnits(blocksPerUnit: Int(blocks), trials: mostTrials / unitLength * unitLength)
    }
}

/// Course of the adaptive procedure: what its sequences have given so far.
private struct AdaptiveCourse {
    private let digits: Int
    private let interval: CoverageIntervalKind
    private var groups: [TrialMoments] = []
    /// Of each sequence: estimate, standard uncertainty, left-hand and right-hand end.
    private var results: [[Double]] = []

    init(digits: Int, interval: CoverageIntervalKind) {
        (self.digits, self.interval) = (digits, interval)
    }

    var count: Int { groups.count }
    /// Moments of all trials.
    var moments: TrialMoments { TrialMoments(joining: groups) }

    mutating func add(_ sequence: TrialUnit) {
        let ends = interval == .shortest ? sequence.shortest : sequence.equalTailed
        groups.append(sequence.moments)
        results.append([
            sequence.moments.mean, sequence.moments.standardDeviation, ends?.low ?? .nan, ends?.high ?? .nan,
        ])
    }

    /// Twice the standard deviations of the averages (JCGM 101:2008, 7.9.4 e to g).
    private var spreads: [Double] {
        let number = Double(results.count)
        return (0..<4).map { index in
            let mean = results.reduce(0) { $0 + $1[index] } / number
            let squares = results.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) }
            return 2 * (squares / (number * (number - 1))).squareRoot()
        }
    }

    private var tolerance: Double {
        NumericalTolerance.value(standardUncertainty: moments.standardDeviation, significantDigits: digits)
    }

    var isStabilised: Bool {
        let tolerance = tolerance
        return count >= MonteCarloSimulation.fewestSequences && spreads.allSatisfy { $0 <= tolerance }
    }

    func adaptation(sequenceLength: Int) -> MonteCarloAdaptation {
        MonteCarloAdaptation(
            significantDigits: digits, interval: interval, sequenceLength: sequenceLength, sequences: count, tolerance: tolerance,
            spreads: spreads, isStabilised: isStabilised)
    }
}
