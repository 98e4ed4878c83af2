// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Glibc
internal import Synchronization

/// Division of trials into units of work.
struct TrialUnits: Sendable, Hashable {
    /// Blocks of a unit; the last unit of a given number of trials may have fewer.
    let blocksPerUnit: Int
    /// All trials.
    let trials: Int

    /// Number of units.
    var count: Int { (trials + unitLength - 1) / unitLength }
    /// Trials of a whole unit.
    var unitLength: Int { blocksPerUnit * TrialLayout.block }

    /// Blocks of a unit with the trials that count in each.
    func blocks(of unit: Int) -> [(block: Int, count: Int)] {
        (0..<blocksPerUnit).compactMap { index in
            let block = unit * blocksPerUnit + index
            let count = min(TrialLayout.block, trials - block * TrialLayout.block)
            return count > 0 ? (block, count) : nil
        }
    }
}

/// What is kept of the trials of a unit.
struct TrialUnit: Sendable {
    var moments = TrialMoments()
    var tails = TailValues()
    /// Number of trials in which the model has no value.
    var failed = 0
    /// The first of them.
    var firstFailure: (block: Int, trial: Int)?
    /// Coverage intervals of the unit's own trials, where they were asked for.
    var equalTailed: CoverageInterval?
    var shortest: CoverageInterval?
}

/// Computes units on several threads.
struct TrialWorkers {
    private let plan: TrialPlan
    private let threads: Int

    /// - Parameter threads: Number of workers, at least 1; nil for one per processor.
    init(_ plan: TrialPlan, threads: Int?) {
        self.plan = plan
        self.threads = max(1, threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Computes units and returns them in their order.
    ///
    /// - Parameter ranks: Ranks of the coverage intervals of each unit's own trials; nil when they are not wanted.
    func run(_ range: Range<Int>, of units: TrialUnits, bounds: TailBounds, ranks: CoverageRanks? = nil) -> [TrialUnit] {
        guard !range.isEmpty else { return [] }
        let plan = plan
        let exchange = Exchange(first: range.lowerBound)
        let work: @Sendable (Int) -> Void = { _ in
            let evaluator = TrialEvaluator(plan)
            var done: [(Int, TrialUnit)] = []
            while let unit = exchange.next(below: range.upperBound) {
                done.append((unit, Self.compute(unit, of: units, bounds, ranks, with: evaluator)))
            }
            exchange.add(done)
        }
        let workers = min(threads, range.count)
        if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
        return exchange.units
    }

    /// What workers share: the number of the next unit, and the units that are done.
    private final class Exchange: Sendable {
        private let upcoming: Atomic<Int>
        private let done = Mutex<[(Int, TrialUnit)]>([])

        init(first: Int) { upcoming = Atomic(first) }

        func next(below end: Int) -> Int? {
            let unit = upcoming.wrappingAdd(1, ordering: .relaxed).oldValue
            return unit < end ? unit : nil
        }

        func add(_ units: [(Int, TrialUnit)]) { done.withLock { $0 += units } }

        /// The units in their order.
        var units: [TrialUnit] { done.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1) }
    }

    private static func compute(
        _ unit: Int, of units: TrialUnits, _ bounds: TailBounds, _ ranks: CoverageRanks?, with evaluator: TrialEvaluator
    ) -> TrialUnit {
        var result = TrialUnit()
        var moments: [TrialMoments] = []
        var all = TailValues()
        for (block, count) in units.blocks(of: unit) {
            let values = evaluator.evaluate(block: block, count: count)
            let blockMoments = TrialMoments(values)
            guard !blockMoments.mean.isNaN || values.firstFailure == nil else {
                values.forEach { result.failed += $0.isNaN ? 1 : 0 }
                if result.firstFailure == nil, let trial = values.firstFailure { result.firstFailure = (block, trial) }
                continue
            }
            moments.append(blockMoments)
            result.tails.append(TailValues(values, bounds))
            if ranks != nil { all.append(TailValues(values, .all)) }
        }
        result.moments = TrialMoments(joining: moments)
        result.tails.compact()
        if let ranks, result.failed == 0 {
            let ordered = result.tails.ordered(needed: ranks.tailCount) ?? all.ordered(needed: ranks.tailCount)
            result.equalTailed = ordered.map(ranks.equalTailed)
            result.shortest = ordered.map(ranks.shortest)
        }
        return result
    }

    /// Order statistics of the trials of units, whose ends are emptied on the way.
    ///
    /// Where the bounds kept too few of them, which hardly ever happens, all trials are computed again and kept.
    /// - Parameter needed: Number of values needed at each end.
    /// - Throws: ``MonteCarloError/range`` when trials cannot be ordered.
    func ordered(_ done: inout [TrialUnit], of units: TrialUnits, needed: Int) throws(MonteCarloError) -> OrderedTails {
        for bounds in [nil, TailBounds.all] {
            if let bounds { done = run(0..<done.count, of: units, bounds: bounds) }
            var tails = done.map(\.tails)
            for index in done.indices { done[index].tails = TailValues() }
            if let ordered = TailValues.joined(&tails).ordered(needed: needed) { return ordered }
        }
        throw .range
    }

    /// Refuses trials some of which have no value.
    ///
    /// - Throws: ``MonteCarloError/failedTrials(failed:of:example:)`` with what the model says to the inputs of the first of
    ///   them.
    func refuseFailures(_ units: [TrialUnit], trials: Int) throws(MonteCarloError) {
        guard let first = units.first(where: { $0.failed > 0 })?.firstFailure else { return }
        let failed = units.reduce(0) { $0 + $1.failed }
        let inputs = TrialEvaluator(plan).inputs(block: first.block, trial: first.trial)
        let example: String
        do {
            _ = try plan.program.model.evaluate(inputs)
            example = "a number too large to be kept"
        } catch {
            example = error.description
        }
        throw .failedTrials(failed: failed, of: trials, example: example)
    }
}
