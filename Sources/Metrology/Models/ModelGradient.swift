// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension ModelProgram {
    /// First derivatives of one output after every input, by one reverse sweep over an evaluated workspace.
    ///
    /// Where a model has a kink (|x| at 0, equal arguments of min or max, a row of a table) one of the two slopes is taken; |x| at 0
    /// has the slope 0.
    /// - Parameters:
    ///   - output: Index of the output.
    ///   - workspace: Workspace in which ``evaluate(_:in:)`` succeeded last.
    ///   - gradient: Derivatives by slot; overwritten, resized where its length differs.
    /// - Throws: ``ModelError/domain(_:in:)`` where a derivative does not exist, as for the root of zero.
    /// - Source: reverse accumulation, A. Griewank and A. Walther, Evaluating Derivatives, 2nd edition, chapter 3.
    package func differentiate(
        output: Int, in workspace: inout ModelWorkspace, into gradient: inout [Double]
    ) throws(ModelError) {
        if gradient.count != inputs.count { gradient = [Double](repeating: 0, count: inputs.count) }
        let last = Int(outputs[output])
        let watch = workspace.adjoints.withUnsafeMutableBufferPointer { adjoints in
            workspace.values.withUnsafeBufferPointer { values in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    sweep(from: last, values, adjoints, gradient)
                }
            }
        }
        guard watch == 0 else { throw missingDerivative(from: last, workspace) }
    }

    /// Value and gradient of one output; see ``evaluate(_:)`` and ``differentiate(output:in:into:)``.
    ///
    /// - Throws: ``ModelError``.
    package func gradient(output: Int = 0, at inputs: [Double]) throws(ModelError) -> (value: Double, gradient: [Double]) {
        var workspace = ModelWorkspace(for: self)
        var gradient: [Double] = []
        try evaluate(inputs, in: &workspace)
        try differentiate(output: output, in: &workspace, into: &gradient)
        return (workspace.values[Int(outputs[output])], gradient)
    }

    /// Reverse sweep; returns 0, or NaN where an adjoint is not finite.
    private func sweep(
        from last: Int, _ values: UnsafeBufferPointer<Double>, _ adjoints: UnsafeMutableBufferPointer<Double>,
        _ gradient: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        gradient.update(repeating: 0)
        for index in 0..<last { adjoints[index] = 0 }
        adjoints[last] = 1
        var watch = 0.0
        for index in stride(from: last, through: 0, by: -1) {
            let adjoint = adjoints[index]
            if adjoint == 0 || !dependent[index] { continue }
            watch += adjoint - adjoint
            let node = nodes[index]
            let first = Int(node.first)
            let second = Int(node.second)
            switch node.operation {
            case .input: gradient[first] = adjoint
            case .constant: break
            case .add:
                adjoints[first] += adjoint
                adjoints[second] += adjoint
            case .subtract:
                adjoints[first] += adjoint
                adjoints[second] -= adjoint
            case .multiply:
                // Both operands may be one node.
                let (a, b) = (values[first], values[second])
                adjoints[first] += adjoint * b
                adjoints[second] += adjoint * a
            case .divide:
                let quotient = adjoint / values[second]
                adjoints[first] += quotient
                adjoints[second] -= quotient * values[index]
            case .negate: adjoints[first] -= adjoint
            default:
                let slopes = slopes(of: node, index, values)
                adjoints[first] += adjoint * slopes.first
                if Self.operandCount(node.operation) == 2 { adjoints[second] += adjoint * slopes.second }
            }
        }
        return watch
    }

    /// Partial derivatives of a node after its operands.
    private func slopes(
        of node: Node, _ index: Int, _ values: UnsafeBufferPointer<Double>
    ) -> (first: Double, second: Double) {
        let a = values[Int(node.first)]
        let value = values[index]
        switch node.operation {
        case .input, .constant, .step: return (0, 0)
        case .add, .subtract, .negate: return (1, 1)
        case .multiply: return (values[Int(node.second)], a)
        case .divide: return (1 / values[Int(node.second)], value / values[Int(node.second)])
        case .power:
            let b = values[Int(node.second)]
            let base = b == 0 ? 0 : b * pow(a, b - 1)
            // A fixed exponent needs no logarithm of the base, which may be negative or zero.
            guard dependent[Int(node.second)] else { return (base, 0) }
            return (base, a == 0 && b > 0 ? 0 : value * log(a))
        case .wholePower:
            return (node.second == 0 ? 0 : Double(node.second) * Self.power(a, node.second - 1), 0)
        case .atan2:
            let b = values[Int(node.second)]
            let radius = hypot(a, b)
            return (b / radius / radius, -a / radius / radius)
        case .min, .max:
            let takesFirst = a == value
            return (takesFirst ? 1 : 0, takesFirst ? 0 : 1)
        case .interpolate: return (tables[Int(node.second)].slope(at: a), 0)
        default: return (ElementaryDerivatives.slope(node.operation, at: a, value: value), 0)
        }
    }

    /// Which derivative is missing, after a sweep that met one.
    func missingDerivative(from last: Int, _ workspace: ModelWorkspace) -> ModelError {
        var index = last
        while index >= 0 {
            if dependent[index], workspace.adjoints[index].isFinite, workspace.adjoints[index] != 0 {
                let slopes = workspace.values.withUnsafeBufferPointer { self.slopes(of: nodes[index], index, $0) }
                if !slopes.first.isFinite || !slopes.second.isFinite {
                    let argument = workspace.values[Int(nodes[index].first)]
                    return .domain("the model cannot be differentiated where the argument is \(argument)", in: text(of: index))
                }
            }
            index -= 1
        }
        return .domain("a derivative is too large to be kept", in: text(of: last))
    }
}

/// Derivatives of elementary functions of one argument.
enum ElementaryDerivatives {
    /// First derivative at a, where the function has the given value.
    static func slope(_ operation: ModelProgram.Operation, at a: Double, value: Double) -> Double {
        switch operation {
        case .sqrt: return 0.5 / value
        case .exp: return value
        case .ln: return 1 / a
        case .log10: return 0.434_294_481_903_251_827_65 / a
        case .sin: return cos(a)
        case .cos: return -sin(a)
        case .tan: return 1 + value * value
        case .asin: return 1 / ((1 - a) * (1 + a)).squareRoot()
        case .acos: return -1 / ((1 - a) * (1 + a)).squareRoot()
        case .atan: return 1 / (1 + a * a)
        case .sinh: return cosh(a)
        case .cosh: return sinh(a)
        case .tanh:
            let c = cosh(a)
            return 1 / c / c
        case .abs: return a > 0 ? 1 : a < 0 ? -1 : 0
        default: return .nan
        }
    }

    /// First to third derivative at a, where the function has the given value.
    static func upToThird(
        _ operation: ModelProgram.Operation, at a: Double, value: Double
    ) -> (first: Double, second: Double, third: Double) {
        let first = slope(operation, at: a, value: value)
        switch operation {
        case .sqrt: return (first, -first / (2 * a), 0.75 * first / (a * a))
        case .exp: return (value, value, value)
        case .ln, .log10: return (first, -first / a, 2 * first / (a * a))
        case .sin, .cos: return (first, -value, -first)
        case .sinh, .cosh: return (first, value, first)
        case .tan: return (first, 2 * value * first, first * (2 * first + 4 * value * value))
        case .asin, .acos:
            let rest = (1 - a) * (1 + a)
            return (first, first * a / rest, first * (1 + 3 * a * a / rest) / rest)
        case .atan: return (first, -2 * a * first * first, first * first * (8 * a * a * first - 2))
        case .tanh: return (first, -2 * value * first, first * (4 * value * value - 2 * first))
        case .abs: return (first, 0, 0)
        default: return (.nan, .nan, .nan)
        }
    }

    /// First to third derivative of a^n for a fixed n; a factor 0 ends the series whatever the power of a.
    static func ofPower(_ a: Double, _ n: Double) -> (first: Double, second: Double, third: Double) {
        func term(_ factor: Double, _ exponent: Double) -> Double { factor == 0 ? 0 : factor * pow(a, exponent) }
        return (term(n, n - 1), term(n * (n - 1), n - 2), term(n * (n - 1) * (n - 2), n - 3))
    }
}
