// SPDX-License-Identifier: Apache-2.0

/// Propagation of distributions through a model by the Monte Carlo method.
///
/// The result depends on the model, the inputs, the seed and the number of trials only: not on the number of threads, and not on
/// the machine where the model keeps to arithmetic, square roots, powers up to the fourth, exp, ln, sin and cos of ordinary
/// numbers; other functions are those of the system's library, which may differ in the last digit.
/// Source: JCGM 101:2008, clause 7.
package struct MonteCarloSimulation: Sendable {
    /// Trials of a simulation unless others are asked for: enough for a 95 % interval to two digits (JCGM 101:2008, 7.2.2).
    package static let usualTrials = 1_000_000
    /// Fewest trials.
    package static let fewestTrials = 100
    /// Most trials.
    package static let mostTrials = 20_000_000
    /// Seed unless another is given.
    package static let usualSeed: UInt64 = 1

    let program: TrialProgram
    private let names: [String]
    private let estimates: [Double]
    private let distributions: [SampledDistribution]
    private let groups: [CorrelatedInputs]

    /// Prepares a simulation.
    ///
    /// - Parameters:
    ///   - model: The measurement model.
    ///   - output: Number of the output that is simulated.
    ///   - inputs: Inputs by slot, named as those of the model.
    ///   - correlations: Correlation coefficients of the inputs, by slot; nil for independent inputs.
    /// - Throws: ``MonteCarloError/input(_:_:)`` for inputs that are not those of the model or cannot be drawn,
    ///   ``MonteCarloError/model(_:)``, ``MonteCarloError/setting(_:)``.
    package init(
        model: ModelProgram, output: Int = 0, inputs: [InputQuantity], correlations: CorrelationMatrix? = nil
    ) throws(MonteCarloError) {
        guard model.outputs.indices.contains(output) else { throw .setting("the model has no output number \(output)") }
        for (index, name) in model.inputs.enumerated() where index >= inputs.count || inputs[index].name != name {
            throw .input(name, "the model has it as input number \(index + 1), but the list of inputs has not")
        }
        guard inputs.count == model.inputs.count else {
            throw .input(inputs[model.inputs.count].name, "the model has no such input")
        }
        guard correlations.map({ $0.groupIndices.count == inputs.count }) ?? true else {
            throw .setting("the correlations are those of another number of inputs")
        }
        names = inputs.map(\.name)
        estimates = inputs.map(\.estimate)
        var distributions: [SampledDistribution] = []
        for input in inputs { distributions.append(try SampledDistribution(input)) }
        self.distributions = distributions
        let estimates = estimates
        groups = correlations?.groups.map { CorrelatedInputs($0, estimates: estimates, distributions: distributions) } ?? []
        program = try TrialProgram(model, output: output, groups: groups.map(\.slots))
    }

    /// Simulates a given number of trials.
    ///
    /// - Parameters:
    ///   - trials: ``fewestTrials`` … ``mostTrials``.
    ///   - probability: Coverage probability p, 0 < p < 1.
    ///   - seed: Seed of the random numbers.
    ///   - threads: Number of workers; nil for one per processor.
    /// - Throws: ``MonteCarloError/setting(_:)``, ``MonteCarloError/probability(_:)``,
    ///   ``MonteCarloError/failedTrials(failed:of:example:)``, ``MonteCarloError/range``.
    /// - Source: JCGM 101:2008, 7.2 to 7.7.
    package func run(
        trials: Int = usualTrials, probability: Double, seed: UInt64 = usualSeed, threads: Int? = nil
    ) throws(MonteCarloError) -> MonteCarloResult {
        guard (Self.fewestTrials...Self.mostTrials).contains(trials) else {
            throw .setting("\(trials) trials; \(Self.fewestTrials) to \(Self.mostTrials) are possible")
        }
        try program.check(trials: trials)
        let ranks = try CoverageRanks(probability: probability, trials: trials)
        let workers = TrialWorkers(plan(seed: seed), threads: threads)
        let units = TrialUnits(blocksPerUnit: 1, trials: trials)
        // The first blocks show where the ends of the interval will lie.
        let pilot = 0..<min(16, units.count)
        var done = workers.run(pilot, of: units, bounds: .all)
        let bounds = Self.bounds(from: done, share: Double(ranks.tailCount) / Double(trials), groupSize: trials)
        for index in done.indices { done[index].tails.narrow(to: bounds) }
        done += workers.run(pilot.upperBound..<units.count, of: units, bounds: bounds)
        try workers.refuseFailures(done, trials: trials)
        let moments = TrialMoments(joining: done.map(\.moments))
        let ordered = try workers.ordered(&done, of: units, needed: ranks.tailCount)
        return try result(moments, ordered, ranks, probability, seed, nil)
    }

    // MARK: - Shared with the adaptive procedure

    func plan(seed: UInt64) -> TrialPlan {
        TrialPlan(
            program: program, estimates: estimates, distributions: distributions, groups: groups,
            generator: PhiloxGenerator(seed: seed))
    }

    static func bounds(from units: [TrialUnit], share: Double, groupSize: Int) -> TailBounds {
        guard units.allSatisfy({ $0.failed == 0 }) else { return .all }
        return TailBounds(RadixSort.sorted(units.flatMap(\.tails.low)), share: share, groupSize: groupSize)
    }

    func result(
        _ moments: TrialMoments, _ ordered: OrderedTails, _ ranks: CoverageRanks, _ probability: Double, _ seed: UInt64,
        _ adaptation: MonteCarloAdaptation?
    ) throws(MonteCarloError) -> MonteCarloResult {
        guard moments.mean.isFinite, moments.squares.isFinite else { throw .range }
        // Squares that vanish although the trials differ: their digits are gone.
        let shortest = ranks.shortest(ordered)
        guard moments.squares > 1e-280 || shortest.length == 0 else { throw .range }
        return MonteCarloResult(
            generator: PhiloxGenerator.name, seed: seed, trials: ranks.trials, probability: probability, mean: moments.mean,
            standardDeviation: moments.standardDeviation, equalTailed: ranks.equalTailed(ordered), shortest: shortest,
            correlatedSampling: groups.isEmpty ? .none : groups.allSatisfy(\.isNormal) ? .normal : .gaussianCopula,
            inputsWithoutVariance: zip(names, distributions).filter { !$1.hasVariance }.map(\.0), adaptation: adaptation)
    }
}
