// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension ModelProgram {
    /// Values of the outputs in decimals of 34 digits, for values that decide.
    ///
    /// Sums, products, quotients, whole powers, square roots, extremes and tables are rounded once each to 34 digits; other functions
    /// are evaluated in binary and have the 15 to 17 digits of that.
    /// - Parameter inputs: Values by slot, in coherent units.
    /// - Throws: ``ModelError/values(_:)``, ``ModelError/domain(_:in:)``.
    package func evaluateExactly(_ inputs: [WorkingDecimal]) throws(ModelError) -> [WorkingDecimal] {
        let values = try evaluateNodesExactly(inputs)
        return outputs.map { values[Int($0)] }
    }

    /// Value of one output in decimals of 34 digits; see ``evaluateExactly(_:)``.
    package func evaluateExactly(_ inputs: [WorkingDecimal], output: Int) throws(ModelError) -> WorkingDecimal {
        try evaluateNodesExactly(inputs)[Int(outputs[output])]
    }

    private func evaluateNodesExactly(_ inputs: [WorkingDecimal]) throws(ModelError) -> [WorkingDecimal] {
        guard inputs.count == self.inputs.count else {
            throw .values("the model has \(self.inputs.count) inputs, but \(inputs.count) values are given")
        }
        var values: [WorkingDecimal] = []
        values.reserveCapacity(nodes.count)
        for index in nodes.indices {
            do throws(DecimalError) {
                guard let value = try exactValue(of: nodes[index], inputs, values) else {
                    throw DecimalError.notANumber("")
                }
                values.append(value)
            } catch {
                // The binary words for the fault need binary operands.
                var approximations = values.map(\.approximateValue)
                approximations += [Double](repeating: .nan, count: nodes.count - approximations.count)
                throw fault(at: index, approximations)
            }
        }
        return values
    }

    /// Value of a node; nil outside the domain of its operation.
    private func exactValue(
        of node: Node, _ inputs: [WorkingDecimal], _ values: [WorkingDecimal]
    ) throws(DecimalError) -> WorkingDecimal? {
        let operands = Self.operandCount(node.operation)
        let a = operands > 0 ? values[Int(node.first)] : .zero
        let b = operands > 1 ? values[Int(node.second)] : .zero
        switch node.operation {
        case .input: return inputs[Int(node.first)]
        case .constant:
            let index = Int(node.first)
            if let constant = constants[index] { return WorkingDecimal(constant) }
            return try WorkingDecimal(approximating: constantValues[index])
        case .add: return try a.adding(b)
        case .subtract: return try a.subtracting(b)
        case .multiply: return try a.multiplied(by: b)
        case .divide: return try a.divided(by: b)
        case .negate: return a.negated
        case .abs: return a.magnitude
        case .min: return Swift.min(a, b)
        case .max: return Swift.max(a, b)
        case .wholePower: return try a.raised(to: Int(node.second))
        case .sqrt: return a.squareRoot()
        case .power: return try exactPower(a, b)
        case .interpolate: return try tables[Int(node.second)].exactlyInterpolated(at: a)
        case .step: return tables[Int(node.second)].exactlyStepped(at: a)
        case .atan2: return try WorkingDecimal(approximating: Glibc.atan2(a.approximateValue, b.approximateValue))
        default:
            let value = Self.elementary(node.operation, a.approximateValue)
            return value.isFinite ? try WorkingDecimal(approximating: value) : nil
        }
    }

    private func exactPower(_ base: WorkingDecimal, _ exponent: WorkingDecimal) throws(DecimalError) -> WorkingDecimal? {
        let power = exponent.approximateValue
        if exponent.isWhole, abs(power) <= Double(ModelLimits.wholeExponent) { return try base.raised(to: Int(power)) }
        if power == 0.5 { return base.squareRoot() }
        let value = pow(base.approximateValue, power)
        return value.isFinite ? try WorkingDecimal(approximating: value) : nil
    }

    /// Value of one node from the values of earlier ones, for nodes that depend on no input.
    func constantValue(of index: Int, _ values: [Double]) -> Double {
        values.withUnsafeBufferPointer { value(of: nodes[index], [], $0) }
    }
}

extension ModelTable {
    /// Value on the straight line between the neighbouring rows, in 34 digits; nil outside the table.
    func exactlyInterpolated(at x: WorkingDecimal) throws(DecimalError) -> WorkingDecimal? {
        let upper = exactRow(notBelow: x)
        guard upper < exactArguments.count else { return nil }
        if exactArguments[upper] == x { return exactValues[upper] }
        guard upper > 0 else { return nil }
        let (low, high) = (exactArguments[upper - 1], exactArguments[upper])
        let rise = try exactValues[upper].subtracting(exactValues[upper - 1]).multiplied(by: x.subtracting(low))
        return try exactValues[upper - 1].adding(rise.divided(by: high.subtracting(low)))
    }

    /// Value of the first row whose argument is not below x; nil beyond the last.
    func exactlyStepped(at x: WorkingDecimal) -> WorkingDecimal? {
        let upper = exactRow(notBelow: x)
        return upper < exactValues.count ? exactValues[upper] : nil
    }

    private func exactRow(notBelow x: WorkingDecimal) -> Int {
        var (low, high) = (0, exactArguments.count)
        while low < high {
            let middle = (low + high) / 2
            if exactArguments[middle] < x { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
