// SPDX-License-Identifier: Apache-2.0

/// A model with its inputs, prepared for evaluation in columns: which operation runs when, and on which columns.
///
/// A column is used again after its last reader, so that the columns in use stay in the first-level cache.
struct TrialProgram: Sendable {
    /// Columns that one worker may use: 32 MiB.
    static let largestColumnCount = 8_192
    /// Constants that keep a column; others are written each time.
    private static let pinnedConstants = 64

    /// What happens to columns.
    enum Step: Sendable {
        /// Draws the input of a slot.
        case draw(slot: Int, column: Int)
        /// Draws all inputs of a group of correlated ones into these columns, in the order of the group.
        case drawCorrelated(group: Int, columns: [Int])
        /// Computes a node; an operand that the operation does not have is 0.
        case compute(node: Int, column: Int, first: Int, second: Int)
    }

    /// Operations, counted over all trials, that a simulation may have: minutes of one processor.
    private static let mostOperations = 20_000_000_000

    let model: ModelProgram
    /// Steps that run once: constants.
    let preparation: [Step]
    /// Steps of every chunk.
    let steps: [Step]
    /// Column of the output.
    let output: Int
    let columnCount: Int
    /// Trials that a model of this size may have.
    let mostTrials: Int

    /// Prepares one output of a model.
    ///
    /// - Parameter groups: Slots of inputs that are drawn together.
    /// - Throws: ``MonteCarloError/model(_:)`` for a model that needs too many values at once.
    init(_ model: ModelProgram, output: Int, groups: [[Int]]) throws(MonteCarloError) {
        var schedule = Schedule(model, root: Int(model.outputs[output]), groups: groups)
        schedule.run(pinning: Self.pinnedConstants)
        guard schedule.columnCount <= Self.largestColumnCount else {
            throw .model(
                .tooLarge(
                    "the model keeps \(schedule.columnCount) values at once; at most \(Self.largestColumnCount) are possible"))
        }
        self.model = model
        preparation = schedule.preparation
        steps = schedule.steps
        self.output = schedule.columns[Int(model.outputs[output])]
        columnCount = schedule.columnCount
        let groupCost = groups.reduce(0) { $0 + $1.count * $1.count }
        mostTrials = Self.mostOperations / max(1, schedule.steps.count + groupCost)
    }

    /// Refuses more trials than a model of this size may have.
    ///
    /// - Throws: ``MonteCarloError/setting(_:)``.
    func check(trials: Int) throws(MonteCarloError) {
        guard trials <= mostTrials else {
            throw .setting(
                "\(trials) trials are too many for a model of \(steps.count) operations; at most \(mostTrials) are possible")
        }
    }

    /// Gives columns to nodes in the order of evaluation.
    private struct Schedule {
        private let nodes: [ModelProgram.Node]
        /// Last node that reads each node; −1 for nodes that the output does not need.
        private var lastReader: [Int]
        private let dependsOnInput: [Bool]
        private let groups: [[Int]]
        private let groupOfSlot: [Int: Int]
        private let nodeOfSlot: [Int: Int]
        private var free: [Int] = []
        private(set) var columns: [Int]
        private(set) var columnCount = 0
        private(set) var preparation: [Step] = []
        private(set) var steps: [Step] = []

        init(_ model: ModelProgram, root: Int, groups: [[Int]]) {
            nodes = model.nodes
            columns = [Int](repeating: -1, count: nodes.count)
            var lastReader = [Int](repeating: -1, count: nodes.count)
            // The output is never free again.
            lastReader[root] = nodes.count
            for index in nodes.indices.reversed() where lastReader[index] >= 0 {
                for operand in Self.operands(nodes[index]) { lastReader[operand] = max(lastReader[operand], index) }
            }
            self.lastReader = lastReader
            dependsOnInput = model.dependent
            self.groups = groups
            let memberships = groups.enumerated().flatMap { group in group.element.map { ($0, group.offset) } }
            groupOfSlot = Dictionary(memberships, uniquingKeysWith: { first, _ in first })
            let drawn = model.nodes.indices.filter { model.nodes[$0].operation == .input && lastReader[$0] >= 0 }
            nodeOfSlot = Dictionary(drawn.map { (Int(model.nodes[$0].first), $0) }, uniquingKeysWith: { first, _ in first })
        }

        mutating func run(pinning limit: Int) {
            var pinned: Set<Int> = []
            for index in nodes.indices where lastReader[index] >= 0 && !dependsOnInput[index] && pinned.count < limit {
                guard Self.operands(nodes[index]).allSatisfy(pinned.contains) else { continue }
                pinned.insert(index)
                preparation.append(compute(index, releasing: false))
            }
            for index in nodes.indices where lastReader[index] >= 0 && !pinned.contains(index) {
                if nodes[index].operation == .input { draw(index) } else { steps.append(compute(index, except: pinned)) }
            }
        }

        private mutating func draw(_ index: Int) {
            let slot = Int(nodes[index].first)
            guard let group = groupOfSlot[slot] else {
                columns[index] = takeColumn()
                steps.append(.draw(slot: slot, column: columns[index]))
                return
            }
            // The first of the group draws all; one that the output does not need takes a column that is free again at once.
            guard columns[index] < 0 else { return }
            let taken = groups[group].map { _ in takeColumn() }
            for (slot, column) in zip(groups[group], taken) {
                if let node = nodeOfSlot[slot] { columns[node] = column } else { free.append(column) }
            }
            steps.append(.drawCorrelated(group: group, columns: taken))
        }

        private mutating func compute(_ index: Int, releasing: Bool = true, except pinned: Set<Int> = []) -> Step {
            let operands = Self.operands(nodes[index])
            if releasing {
                for operand in Set(operands) where lastReader[operand] == index && !pinned.contains(operand) {
                    free.append(columns[operand])
                }
            }
            // A target may be one of its operands: every vector is read before it is written.
            columns[index] = takeColumn()
            return .compute(
                node: index, column: columns[index], first: operands.first.map { columns[$0] } ?? 0,
                second: operands.count > 1 ? columns[operands[1]] : 0)
        }

        private mutating func takeColumn() -> Int {
            if let column = free.popLast() { return column }
            columnCount += 1
            return columnCount - 1
        }

        private static func operands(_ node: ModelProgram.Node) -> [Int] {
            switch ModelProgram.operandCount(node.operation) {
            case 0: []
            case 1: [Int(node.first)]
            default: [Int(node.first), Int(node.second)]
            }
        }
    }
}
