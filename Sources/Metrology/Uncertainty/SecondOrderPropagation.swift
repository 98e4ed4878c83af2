// SPDX-License-Identifier: Apache-2.0

/// Terms of the second order of one output: a light that warns where the first order misleads.
package struct SecondOrderPropagation: Sendable, Hashable {
    /// f + ½ tr(HV): what the mean of the output is shifted to.
    package let value: Double
    /// √(g′Vg + ½ tr(HVHV)), exact for quadratics of normal inputs, correlated ones too.
    ///
    /// - Source: JCGM 101:2008, 9.4.3 (the same sum for a quadratic).
    package let standardUncertainty: Double
    /// √ of the sum of JCGM 100:2008, note to 5.1.2, with derivatives of the third order; nil for correlated inputs and where the
    /// sum is negative.
    package let noteUncertainty: Double?
}

extension MeasurementBudget {
    /// Terms of the second order of one output.
    ///
    /// - Parameters:
    ///   - index: Index of the output.
    ///   - first: The output to first order.
    /// - Throws: ``BudgetError/model(_:)`` where a derivative does not exist, or for more uncertain inputs than
    ///   ``ModelLimits/curvatureInputs``.
    package func secondOrder(output index: Int, _ first: PropagatedOutput) throws(BudgetError) -> SecondOrderPropagation {
        let slots = inputs.indices.filter { inputs[$0].standardUncertainty > 0 && first.usesInput[$0] }
        let curvature: ModelCurvature
        do throws(ModelError) {
            curvature = try program.curvature(output: index, at: inputs.map(\.estimate), slots: slots)
        } catch {
            throw .model(error)
        }
        let count = slots.count
        let u = slots.map { inputs[$0].standardUncertainty }
        // u_i u_j h_ij, in the unit of the output.
        var scaled = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            for column in 0..<count {
                scaled[row * count + column] = u[row] * curvature.hessian[row * count + column] * u[column]
            }
        }
        let transformed = inIndependentVariables(scaled, slots)
        var trace = 0.0
        var squares = 0.0
        for row in 0..<count {
            trace += transformed[row * count + row]
            for column in 0..<count { squares += transformed[row * count + column] * transformed[row * count + column] }
        }
        let variance = first.combinedStandardUncertainty * first.combinedStandardUncertainty
        let result = SecondOrderPropagation(
            value: first.value + trace / 2, standardUncertainty: (variance + squares / 2).squareRoot(),
            noteUncertainty: note(curvature, scaled, u, variance))
        guard result.value.isFinite, result.standardUncertainty.isFinite else {
            throw .model(.domain("the terms of the second order are too large to be kept", in: ""))
        }
        return result
    }

    /// FᵀHF over the factor of the correlation matrix, so that traces of HV become those of this matrix.
    private func inIndependentVariables(_ scaled: [Double], _ slots: [Int]) -> [Double] {
        let count = slots.count
        guard !propagation.correlations.groups.isEmpty, count > 0 else { return scaled }
        var factor = [Double](repeating: 0, count: count * count)
        var column = 0
        for (row, slot) in slots.enumerated() where propagation.correlations.groupIndices[slot] == nil {
            factor[row * count + column] = 1
            column += 1
        }
        for group in propagation.correlations.groups {
            let members = group.members.enumerated().compactMap { index, slot in slots.firstIndex(of: slot).map { (index, $0) } }
            guard !members.isEmpty else { continue }
            // A group of which some inputs do not count here may need more columns than there are rows left: take it as it is.
            let block = Self.rows(of: group, members.map(\.0))
            for (position, member) in members.enumerated() {
                for (offset, value) in block[position].enumerated() { factor[member.1 * count + column + offset] = value }
            }
            column += members.count
        }
        return Self.congruence(scaled, factor, count)
    }

    /// Rows of a factor of the coefficients of some members of a group, square.
    private static func rows(of group: CorrelationMatrix.Group, _ members: [Int]) -> [[Double]] {
        var names: [String] = []
        var pairs: [CorrelationMatrix.Pair] = []
        for (row, member) in members.enumerated() {
            names.append("\(row)")
            for (column, other) in members.enumerated() where column > row {
                let r = group.coefficients[member * group.members.count + other]
                if r != 0 { pairs.append(CorrelationMatrix.Pair(row, column, r)) }
            }
        }
        var rows = [[Double]](repeating: [Double](repeating: 0, count: members.count), count: members.count)
        // Part of a matrix that was accepted is accepted.
        guard let part = try? CorrelationMatrix(names: names, pairs: pairs) else { return rows }
        var column = 0
        for index in members.indices where part.groupIndices[index] == nil {
            rows[index][column] = 1
            column += 1
        }
        for group in part.groups {
            for (row, member) in group.members.enumerated() {
                for offset in 0..<group.rank { rows[member][column + offset] = group.factor[row * group.rank + offset] }
            }
            column += group.rank
        }
        return rows
    }

    private static func congruence(_ matrix: [Double], _ factor: [Double], _ count: Int) -> [Double] {
        var half = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            for inner in 0..<count where matrix[row * count + inner] != 0 {
                let value = matrix[row * count + inner]
                for column in 0..<count { half[row * count + column] += value * factor[inner * count + column] }
            }
        }
        var result = [Double](repeating: 0, count: count * count)
        for inner in 0..<count {
            for row in 0..<count where factor[inner * count + row] != 0 {
                let value = factor[inner * count + row]
                for column in 0..<count { result[row * count + column] += value * half[inner * count + column] }
            }
        }
        return result
    }

    /// Σ_i (c_i u_i)² + Σ_ij (½ f_ij² + f_i f_ijj) u_i² u_j².
    ///
    /// Source: JCGM 100:2008, 5.1.2, note.
    private func note(_ curvature: ModelCurvature, _ scaled: [Double], _ u: [Double], _ variance: Double) -> Double? {
        guard propagation.correlations.groups.isEmpty else { return nil }
        let count = u.count
        var sum = variance
        for row in 0..<count {
            for column in 0..<count {
                let cross = scaled[row * count + column]
                let third = curvature.mixedThird[row * count + column] * u[row] * u[column] * u[column]
                sum += cross * cross / 2 + curvature.gradient[row] * u[row] * third
            }
        }
        return sum >= 0 && sum.isFinite ? sum.squareRoot() : nil
    }
}
