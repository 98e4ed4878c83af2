// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Derivatives of one output up to those of the third order that the second-order law of propagation needs.
package struct ModelCurvature: Sendable {
    /// Slots that derivatives of higher order were taken after, rising.
    package let slots: [Int]
    /// First derivatives after ``slots``.
    package let gradient: [Double]
    /// Second derivatives, row by row over ``slots``; symmetric.
    package let hessian: [Double]
    /// ∂³f/∂x_i ∂x_j² with i the row and j the column, row by row over ``slots``.
    package let mixedThird: [Double]
}

/// Value with first and second derivative along one direction of the inputs.
struct Jet {
    var value: Double
    var first: Double
    var second: Double

    static func + (a: Jet, b: Jet) -> Jet { Jet(value: a.value + b.value, first: a.first + b.first, second: a.second + b.second) }
    static func - (a: Jet, b: Jet) -> Jet { Jet(value: a.value - b.value, first: a.first - b.first, second: a.second - b.second) }
    static prefix func - (a: Jet) -> Jet { Jet(value: -a.value, first: -a.first, second: -a.second) }

    static func * (a: Jet, b: Jet) -> Jet {
        Jet(
            value: a.value * b.value, first: a.first * b.value + a.value * b.first,
            second: a.second * b.value + 2 * a.first * b.first + a.value * b.second)
    }

    /// Function of this jet, given its value and its first two derivatives there; factors 0 stay 0 beside infinite derivatives.
    func through(_ value: Double, _ slope: Double, _ curvature: Double) -> Jet {
        if first == 0 && second == 0 { return Jet(value: value, first: 0, second: 0) }
        return Jet(value: value, first: slope * first, second: (first == 0 ? 0 : curvature * first * first) + slope * second)
    }

    var reciprocal: Jet {
        let inverse = 1 / value
        return through(inverse, -inverse * inverse, 2 * inverse * inverse * inverse)
    }

    static let zero = Jet(value: 0, first: 0, second: 0)
    static let one = Jet(value: 1, first: 0, second: 0)
    var isFinite: Bool { value.isFinite && first.isFinite && second.isFinite }
    var isZero: Bool { value == 0 && first == 0 && second == 0 }
}

extension ModelProgram {
    /// Derivatives of the second order, and those of the third that are twice after one input, by forward-over-reverse: for each
    /// slot one forward sweep along it and one reverse sweep.
    ///
    /// - Parameters:
    ///   - output: Index of the output.
    ///   - inputs: Values by slot.
    ///   - slots: Slots to differentiate after, at most ``ModelLimits/curvatureInputs``.
    /// - Throws: ``ModelError/domain(_:in:)`` where a value or a derivative does not exist, ``ModelError/tooLarge(_:)`` also for more
    ///   than ``ModelLimits/curvatureOperations``.
    package func curvature(output: Int, at inputs: [Double], slots: [Int]) throws(ModelError) -> ModelCurvature {
        guard slots.count <= ModelLimits.curvatureInputs else {
            throw .tooLarge(
                "second derivatives after \(slots.count) inputs are too many; at most \(ModelLimits.curvatureInputs) are possible"
            )
        }
        guard slots.count * nodes.count <= ModelLimits.curvatureOperations else {
            throw .tooLarge(
                "second derivatives of \(nodes.count) operations after \(slots.count) inputs are too many; divide the model")
        }
        var workspace = ModelWorkspace(for: self)
        try evaluate(inputs, in: &workspace)
        let last = Int(outputs[output])
        var jets = [Jet](repeating: .zero, count: last + 1)
        var adjoints = jets
        var position = [Int](repeating: -1, count: self.inputs.count)
        for (row, slot) in slots.enumerated() { position[slot] = row }
        let count = slots.count
        var gradient = [Double](repeating: 0, count: count)
        var hessian = [Double](repeating: 0, count: count * count)
        var third = hessian
        for (column, slot) in slots.enumerated() {
            for index in 0...last {
                jets[index] = jet(of: nodes[index], workspace.values[index], along: slot, jets)
                // One value for all sweeps: a quotient formed in another way differs in its last digit, and min would choose anew.
                jets[index].value = workspace.values[index]
                adjoints[index] = .zero
            }
            adjoints[last] = .one
            for index in stride(from: last, through: 0, by: -1) where !adjoints[index].isZero {
                guard adjoints[index].isFinite else { throw missingCurvature(at: index, workspace.values) }
                let node = nodes[index]
                if node.operation == .input {
                    let row = position[Int(node.first)]
                    guard row >= 0 else { continue }
                    gradient[row] = adjoints[index].value
                    hessian[row * count + column] = adjoints[index].first
                    third[row * count + column] = adjoints[index].second
                } else {
                    propagate(index, jets, &adjoints)
                }
            }
        }
        return ModelCurvature(slots: slots, gradient: gradient, hessian: hessian, mixedThird: third)
    }

    private func missingCurvature(at index: Int, _ values: [Double]) -> ModelError {
        .domain("the model has no second or third derivative where the value is \(values[index])", in: text(of: index))
    }

    /// Forward: value and derivatives of a node along a slot.
    private func jet(of node: Node, _ value: Double, along slot: Int, _ jets: [Jet]) -> Jet {
        switch node.operation {
        case .input: return Jet(value: value, first: Int(node.first) == slot ? 1 : 0, second: 0)
        case .constant: return Jet(value: value, first: 0, second: 0)
        case .add: return jets[Int(node.first)] + jets[Int(node.second)]
        case .subtract: return jets[Int(node.first)] - jets[Int(node.second)]
        case .multiply: return jets[Int(node.first)] * jets[Int(node.second)]
        case .divide: return jets[Int(node.first)] * jets[Int(node.second)].reciprocal
        case .negate: return -jets[Int(node.first)]
        case .min, .max: return jets[Int(node.first)].value == value ? jets[Int(node.first)] : jets[Int(node.second)]
        case .step: return Jet(value: value, first: 0, second: 0)
        case .power where dependent[Int(node.second)]:
            return exponential(jets[Int(node.second)] * logarithm(jets[Int(node.first)]))
        case .atan2: return angle(jets[Int(node.first)], jets[Int(node.second)], value)
        default:
            let a = jets[Int(node.first)]
            let derivatives = derivatives(of: node, jets, value: value)
            return a.through(value, derivatives.first, derivatives.second)
        }
    }

    /// Reverse: hands the adjoint of a node on to its operands.
    private func propagate(_ index: Int, _ jets: [Jet], _ adjoints: inout [Jet]) {
        let node = nodes[index]
        let adjoint = adjoints[index]
        let first = Int(node.first)
        let second = Int(node.second)
        func add(_ jet: Jet, to operand: Int) { adjoints[operand] = adjoints[operand] + jet }
        switch node.operation {
        case .input, .constant, .step: break
        case .add:
            add(adjoint, to: first)
            add(adjoint, to: second)
        case .subtract:
            add(adjoint, to: first)
            add(-adjoint, to: second)
        case .multiply:
            add(adjoint * jets[second], to: first)
            add(adjoint * jets[first], to: second)
        case .divide:
            let quotient = adjoint * jets[second].reciprocal
            add(quotient, to: first)
            if dependent[second] { add(-(quotient * jets[index]), to: second) }
        case .negate: add(-adjoint, to: first)
        case .min, .max: add(adjoint, to: jets[first].value == jets[index].value ? first : second)
        case .power where dependent[second]:
            if dependent[first] { add(adjoint * jets[second] * jets[index] * jets[first].reciprocal, to: first) }
            add(adjoint * jets[index] * logarithm(jets[first]), to: second)
        case .atan2:
            let inverse = (jets[first] * jets[first] + jets[second] * jets[second]).reciprocal
            add(adjoint * jets[second] * inverse, to: first)
            add(-(adjoint * jets[first] * inverse), to: second)
        default:
            guard dependent[first] else { break }
            let a = jets[first]
            let derivatives = derivatives(of: node, jets, value: jets[index].value)
            add(adjoint * a.through(derivatives.first, derivatives.second, derivatives.third), to: first)
        }
    }

    private func derivatives(of node: Node, _ jets: [Jet], value: Double) -> (first: Double, second: Double, third: Double) {
        let a = jets[Int(node.first)].value
        return switch node.operation {
        case .wholePower: ElementaryDerivatives.ofPower(a, Double(node.second))
        case .power: ElementaryDerivatives.ofPower(a, jets[Int(node.second)].value)
        case .interpolate: (tables[Int(node.second)].slope(at: a), 0, 0)
        default: ElementaryDerivatives.upToThird(node.operation, at: a, value: value)
        }
    }

    private func logarithm(_ a: Jet) -> Jet { a.through(log(a.value), 1 / a.value, -1 / (a.value * a.value)) }

    private func exponential(_ a: Jet) -> Jet {
        let value = exp(a.value)
        return a.through(value, value, value)
    }

    /// Angle of the point (x, y).
    private func angle(_ y: Jet, _ x: Jet, _ value: Double) -> Jet {
        let square = x.value * x.value + y.value * y.value
        let turn = x.value * y.first - y.value * x.first
        let turnChange = x.value * y.second - y.value * x.second
        let squareChange = 2 * (x.value * x.first + y.value * y.first)
        return Jet(value: value, first: turn / square, second: (turnChange - turn / square * squareChange) / square)
    }
}
