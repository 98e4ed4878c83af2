// SPDX-License-Identifier: Apache-2.0

/// Measurement model as a flat program: nodes in the order of evaluation, operands are indices of earlier nodes.
///
/// Equal sub-expressions are one node and every input is at most one, so x − x has no uncertainty and x·x equals x^2. Programs have
/// no loops, no calls and no state; their size is bounded by ``ModelLimits``. Values are numbers in coherent units.
package struct ModelProgram: Sendable {
    /// What a node computes from its operands a (`first`) and b (`second`).
    package enum Operation: UInt8, Sendable, CaseIterable {
        /// Value of the input in slot `first`.
        case input
        /// Constant with index `first`.
        case constant
        case add, subtract, multiply, divide
        /// a to the power b; 0^0 is 1.
        case power
        /// a to the whole power `second`, which is the exponent itself and no index.
        case wholePower
        case negate, sqrt, exp, ln, log10, sin, cos, tan, asin, acos, atan
        /// Angle of the point with ordinate a and abscissa b.
        case atan2
        case sinh, cosh, tanh, abs, min, max
        /// Straight lines between the rows of table `second` at a.
        case interpolate
        /// First row of table `second` whose upper bound is not below a.
        case step
    }

    /// One operation.
    package struct Node: Sendable, Hashable {
        package let operation: Operation
        /// First operand: a node; a slot for ``Operation/input``, an index of a constant for ``Operation/constant``.
        package let first: Int32
        /// Second operand: a node; an exponent for ``Operation/wholePower``, an index of a table for tables; else 0.
        package let second: Int32
    }

    /// Piece of source text that a node was first written as, in bytes of UTF-8.
    struct Place: Sendable {
        let source: Int32
        let start: Int32
        let end: Int32
    }

    /// Operations in the order of evaluation.
    package let nodes: [Node]
    /// Constants as written; nil where a text has more digits or a larger exponent than decimals keep.
    package let constants: [DecimalNumber?]
    /// Constants as binary numbers.
    package let constantValues: [Double]
    /// Names of inputs by slot, each once, in the order of declaration; readings of a series are `x[1]`, `x[2]` …
    package let inputs: [String]
    /// Node of each output.
    package let outputs: [Int32]
    /// Name of each output.
    package let outputNames: [String]
    /// Tables by index.
    package let tables: [ModelTable]
    /// Whether each node depends on an input; the others are constant.
    package let dependent: [Bool]
    /// Expressions by index of ``Place/source``.
    let sources: [[UInt8]]
    /// Source text of each node.
    let places: [Place]
}

extension ModelProgram {
    /// Number of operands that are nodes.
    package static func operandCount(_ operation: Operation) -> Int {
        switch operation {
        case .input, .constant: 0
        case .add, .subtract, .multiply, .divide, .power, .atan2, .min, .max: 2
        default: 1
        }
    }

    /// Whether a text can name a quantity: letters A to Z, digits and _, no digit at the beginning.
    package static func isName(_ text: String) -> Bool { ModelScanner.isName(text) }

    /// Source text of a node, shortened in the middle where it is long.
    package func text(of node: Int) -> String {
        let place = places[node]
        let bytes = sources[Int(place.source)][Int(place.start)..<Int(place.end)]
        let text = String(decoding: bytes, as: UTF8.self)
        return text.count <= 80 ? text : "\(text.prefix(48)) … \(text.suffix(24))"
    }

    /// Which inputs an output was written with, by slot: also those that cancel.
    package func usesInput(output: Int) -> [Bool] {
        var reached = [Bool](repeating: false, count: nodes.count)
        var uses = [Bool](repeating: false, count: inputs.count)
        reached[Int(outputs[output])] = true
        for index in nodes.indices.reversed() where reached[index] {
            let node = nodes[index]
            let operands = Self.operandCount(node.operation)
            if operands > 0 { reached[Int(node.first)] = true }
            if operands > 1 { reached[Int(node.second)] = true }
            if node.operation == .input { uses[Int(node.first)] = true }
        }
        return uses
    }

    /// Whether each node depends on an input.
    static func dependence(of nodes: [Node]) -> [Bool] {
        var depends = [Bool](repeating: false, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            switch operandCount(node.operation) {
            case 0: depends[index] = node.operation == .input
            case 1: depends[index] = depends[Int(node.first)]
            default: depends[index] = depends[Int(node.first)] || depends[Int(node.second)]
            }
        }
        return depends
    }
}
