// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Memory of evaluations of one program, used again and again without allocation.
package struct ModelWorkspace: Sendable {
    /// Values of the nodes after an evaluation.
    package internal(set) var values: [Double]
    /// Adjoints of the nodes after a reverse sweep.
    var adjoints: [Double]

    package init(for program: ModelProgram) {
        values = [Double](repeating: 0, count: program.nodes.count)
        adjoints = values
    }
}

extension ModelProgram {
    /// Values of the outputs for values of the inputs by slot.
    ///
    /// - Throws: ``ModelError/values(_:)`` for a list of another length or values that are no numbers;
    ///   ``ModelError/domain(_:in:)`` for a division by zero, a root, logarithm or power outside its domain, an overflow, an argument
    ///   outside a table.
    package func evaluate(_ inputs: [Double]) throws(ModelError) -> [Double] {
        var workspace = ModelWorkspace(for: self)
        try evaluate(inputs, in: &workspace)
        return outputs.map { workspace.values[Int($0)] }
    }

    /// Evaluates all nodes; see ``evaluate(_:)``.
    package func evaluate(_ inputs: [Double], in workspace: inout ModelWorkspace) throws(ModelError) {
        guard inputs.count == self.inputs.count else {
            throw .values("the model has \(self.inputs.count) inputs, but \(inputs.count) values are given")
        }
        precondition(workspace.values.count == nodes.count, "a workspace belongs to one program")
        // x − x is zero for every finite x and NaN for the others, so one sum watches over all nodes.
        // The buffer keeps the array from being copied while it is both read and written.
        let watch = workspace.values.withUnsafeMutableBufferPointer { values in
            var watch = 0.0
            for index in nodes.indices {
                let value = value(of: nodes[index], inputs, UnsafeBufferPointer(values))
                values[index] = value
                watch += value - value
            }
            return watch
        }
        guard watch == 0 else { throw fault(inputs, workspace.values) }
    }

    @inline(__always)
    func value(of node: Node, _ inputs: [Double], _ values: UnsafeBufferPointer<Double>) -> Double {
        switch node.operation {
        case .input: inputs[Int(node.first)]
        case .constant: constantValues[Int(node.first)]
        case .add: values[Int(node.first)] + values[Int(node.second)]
        case .subtract: values[Int(node.first)] - values[Int(node.second)]
        case .multiply: values[Int(node.first)] * values[Int(node.second)]
        case .divide: values[Int(node.first)] / values[Int(node.second)]
        case .power: pow(values[Int(node.first)], values[Int(node.second)])
        case .wholePower: Self.power(values[Int(node.first)], node.second)
        case .negate: -values[Int(node.first)]
        case .sqrt: values[Int(node.first)].squareRoot()
        case .atan2: Glibc.atan2(values[Int(node.first)], values[Int(node.second)])
        case .abs: Swift.abs(values[Int(node.first)])
        case .min: Swift.min(values[Int(node.first)], values[Int(node.second)])
        case .max: Swift.max(values[Int(node.first)], values[Int(node.second)])
        case .interpolate: tables[Int(node.second)].interpolated(at: values[Int(node.first)])
        case .step: tables[Int(node.second)].stepped(at: values[Int(node.first)])
        default: Self.elementary(node.operation, values[Int(node.first)])
        }
    }

    /// Whole power: by products up to the fourth, beyond by the library's power.
    package static func power(_ base: Double, _ exponent: Int32) -> Double {
        switch exponent {
        case 0: return 1
        case 1: return base
        case 2: return base * base
        case 3: return base * base * base
        case 4:
            let square = base * base
            return square * square
        case -1: return 1 / base
        default: return pow(base, Double(exponent))
        }
    }

    /// Elementary function of one argument; NaN for other operations.
    package static func elementary(_ operation: Operation, _ x: Double) -> Double {
        switch operation {
        case .exp: Glibc.exp(x)
        case .ln: Glibc.log(x)
        case .log10: Glibc.log10(x)
        case .sin: Glibc.sin(x)
        case .cos: Glibc.cos(x)
        case .tan: Glibc.tan(x)
        case .asin: Glibc.asin(x)
        case .acos: Glibc.acos(x)
        case .atan: Glibc.atan(x)
        case .sinh: Glibc.sinh(x)
        case .cosh: Glibc.cosh(x)
        case .tanh: Glibc.tanh(x)
        default: .nan
        }
    }

    /// What went wrong first, after an evaluation that met a number that is not finite.
    private func fault(_ inputs: [Double], _ values: [Double]) -> ModelError {
        if let slot = inputs.firstIndex(where: { !$0.isFinite }) {
            return .values("input '\(self.inputs[slot])' is \(inputs[slot]); every value must be a number")
        }
        guard let index = values.firstIndex(where: { !$0.isFinite }) else { return .domain("no number results", in: "") }
        return fault(at: index, values)
    }

    /// Error for a node whose value is not finite although its operands are.
    package func fault(at index: Int, _ values: [Double]) -> ModelError {
        let node = nodes[index]
        let operands = Self.operandCount(node.operation)
        let first = operands > 0 ? values[Int(node.first)] : 0
        let second = operands > 1 ? values[Int(node.second)] : Double(node.second)
        let message =
            switch node.operation {
            case .divide where second == 0: "division by zero"
            case .power where first == 0, .wholePower where first == 0: "zero to the negative power \(second)"
            case .power where first < 0 && second != second.rounded():
                "the negative number \(first) to the broken power \(second)"
            case .sqrt: "the square root of the negative number \(first)"
            case .ln, .log10: "the logarithm of \(first), which is not positive"
            case .asin, .acos: "\(node.operation) of \(first), which lies outside -1 to 1"
            case .interpolate, .step: outside(tables[Int(node.second)], first, node.operation)
            default: "a number too large to be kept"
            }
        return .domain(message, in: text(of: index))
    }

    private func outside(_ table: ModelTable, _ x: Double, _ operation: Operation) -> String {
        guard let low = table.arguments.first, let high = table.arguments.last else { return "the table is empty" }
        return operation == .step
            ? "\(x) lies above the last upper bound \(high) of table '\(table.name)'"
            : "\(x) lies outside table '\(table.name)', which goes from \(low) to \(high)"
    }
}
