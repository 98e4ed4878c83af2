// SPDX-License-Identifier: Apache-2.0

/// Everything that defines the trials of a simulation but their number.
struct TrialPlan: Sendable {
    let program: TrialProgram
    /// Estimates of the inputs, by slot.
    let estimates: [Double]
    /// Distributions of the inputs, by slot.
    let distributions: [SampledDistribution]
    let groups: [CorrelatedInputs]
    let generator: PhiloxGenerator
}

/// Computes blocks of trials; each worker has its own.
struct TrialEvaluator {
    private let plan: TrialPlan
    private let samplers: [InputSampler]
    private let storage: TrialStorage
    private let operations: TrialOperations
    /// Faults of constants, with which those of every chunk begin.
    private let constantFaults: TrialColumn
    private let results: [TrialColumn]
    private let normals: [TrialColumn]

    init(_ plan: TrialPlan) {
        self.plan = plan
        samplers = zip(plan.estimates, plan.distributions).map { InputSampler(estimate: $0, $1) }
        // After the columns of the program: faults, faults of constants, the results of a block, normal numbers for correlated
        // inputs.
        let own = plan.program.columnCount
        let normalCount = plan.groups.map(\.slots.count).max() ?? 0
        let storage = TrialStorage(columns: own + 2 + TrialLayout.chunksPerBlock + normalCount)
        self.storage = storage
        operations = TrialOperations(model: plan.program.model, faults: storage.column(own))
        constantFaults = storage.column(own + 1)
        results = (0..<TrialLayout.chunksPerBlock).map { storage.column(own + 2 + $0) }
        normals = (0..<normalCount).map { storage.column(own + 2 + TrialLayout.chunksPerBlock + $0) }
        operations.faults.fill(0)
        for step in plan.program.preparation { run(step, block: 0, chunk: 0) }
        constantFaults.fill(from: operations.faults) { $0 }
    }

    /// Computes the first trials of a block.
    ///
    /// - Parameter count: 1 … ``TrialLayout/block``.
    /// - Returns: Columns of values that stay valid until the next call; a failed trial is NaN.
    func evaluate(block: Int, count: Int) -> TrialValues {
        let chunks = (count + TrialLayout.chunk - 1) / TrialLayout.chunk
        for chunk in 0..<chunks {
            operations.faults.fill(from: constantFaults) { $0 }
            for step in plan.program.steps { run(step, block: block, chunk: chunk) }
            // An infinite output becomes NaN, and negative zero becomes zero, so that equal values have equal bits.
            results[chunk].fill(from: storage.column(plan.program.output), operations.faults) { ($0 + $0 * 0) + $1 }
        }
        return TrialValues(storage: storage, columns: results, count: count)
    }

    /// Values of all inputs in one trial, by slot.
    func inputs(block: Int, trial: Int) -> [Double] {
        let chunk = trial / TrialLayout.chunk
        let column = operations.faults
        var values = plan.estimates.indices.map { slot in
            samplers[slot].draw(into: column, from: source(slot, block, chunk))
            return column[trial: trial % TrialLayout.chunk]
        }
        for group in plan.groups {
            let own = TrialStorage(columns: group.slots.count)
            let columns = group.slots.indices.map(own.column)
            withExtendedLifetime(own) {
                group.draw(into: columns, normals: normals) { source($0, block, chunk) }
                for (slot, column) in zip(group.slots, columns) { values[slot] = column[trial: trial % TrialLayout.chunk] }
            }
        }
        return values
    }

    private func run(_ step: TrialProgram.Step, block: Int, chunk: Int) {
        switch step {
        case .draw(let slot, let column):
            samplers[slot].draw(into: storage.column(column), from: source(slot, block, chunk))
        case .drawCorrelated(let group, let columns):
            plan.groups[group].draw(into: columns.map(storage.column), normals: normals) { source($0, block, chunk) }
        case .compute(let node, let column, let first, let second):
            operations.compute(
                plan.program.model.nodes[node], into: storage.column(column), storage.column(first), storage.column(second))
        }
    }

    private func source(_ slot: Int, _ block: Int, _ chunk: Int) -> RandomSource {
        RandomSource(
            generator: plan.generator, words: storage.wordColumns, block: UInt32(truncatingIfNeeded: block),
            chunk: UInt32(truncatingIfNeeded: chunk), stream: UInt32(truncatingIfNeeded: slot))
    }
}

/// Results of the trials of a block.
struct TrialValues {
    /// Memory of the columns, kept alive by this reference.
    fileprivate let storage: TrialStorage
    fileprivate let columns: [TrialColumn]
    let count: Int

    /// Calls a function with every vector of four trials, then with the values that remain.
    @inline(__always)
    func forEach(vector: (TrialVector) -> Void, remaining: (Double) -> Void) {
        withExtendedLifetime(storage) {
            var left = count
            for column in columns where left > 0 {
                let here = Swift.min(left, TrialLayout.chunk)
                let vectors = here / TrialVector.scalarCount
                for index in 0..<vectors { vector(column[index]) }
                for trial in (vectors * TrialVector.scalarCount)..<here { remaining(column[trial: trial]) }
                left -= here
            }
        }
    }

    /// Calls a function with every value.
    @inline(__always)
    func forEach(_ body: (Double) -> Void) {
        forEach(vector: { for lane in 0..<TrialVector.scalarCount { body($0[lane]) } }, remaining: body)
    }

    /// Number of the first trial that failed; nil when none did.
    var firstFailure: Int? {
        var trial = 0
        var first: Int?
        forEach { value in
            if first == nil, value.isNaN { first = trial }
            trial += 1
        }
        return first
    }
}
