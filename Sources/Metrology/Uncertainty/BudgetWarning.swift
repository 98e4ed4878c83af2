// SPDX-License-Identifier: Apache-2.0

/// What a reader of a budget should know before using its result.
package enum BudgetWarning: Sendable, Hashable {
    /// First order gives u_c = 0 although inputs of the model are uncertain.
    case hiddenUncertainty
    /// Terms of the second order matter: shift of the mean, and standard uncertainty with them.
    case secondOrder(shift: Double, standardUncertainty: Double)
    /// Correlated inputs with finite degrees of freedom leave ν_eff without meaning: state k.
    case correlatedDegreesOfFreedom
}

/// One or two rectangles that outweigh the rest, so that the result is not normal.
package enum RectangularDominance: Sendable, Hashable {
    /// One input, by slot: k = p·√3.
    case one(Int)
    /// Two inputs, by slot, and the top/base of their trapezoid.
    case two(Int, Int, topToBase: Double)
}

extension PropagatedBudget {
    /// Shift of the mean, as a share of u_c, above which terms of the second order are reported.
    package static let notableShift = 0.1
    /// Change of u, as a share of it, above which terms of the second order are reported.
    package static let notableChange = 0.05
    /// Share of the dominant contribution below which the combined rest counts as small. Source: EA-4/02 M:2022, S9.
    package static let smallRest = 0.3

    /// Warnings about one output; terms of the second order are looked at where they exist.
    package func warnings(output index: Int) -> [BudgetWarning] {
        let output = outputs[index]
        var warnings: [BudgetWarning] = []
        if output.hidesUncertainty { warnings.append(.hiddenUncertainty) }
        if output.effectiveDegreesOfFreedom == nil { warnings.append(.correlatedDegreesOfFreedom) }
        // Where there are no second derivatives there is nothing to warn of.
        if let second = try? budget.secondOrder(output: index, output) {
            let combined = output.combinedStandardUncertainty
            let shift = second.value - output.value
            if abs(shift) > Self.notableShift * combined
                || abs(second.standardUncertainty - combined) > Self.notableChange * combined
            {
                warnings.append(.secondOrder(shift: shift, standardUncertainty: second.standardUncertainty))
            }
        }
        return warnings
    }

    /// Rectangular inputs that outweigh the combined rest; nil where there are none, or where inputs are correlated.
    ///
    /// - Source: EA-4/02 M:2022, S9 and S10.
    package func dominance(output index: Int) -> RectangularDominance? {
        guard budget.propagation.correlations.groups.isEmpty else { return nil }
        let parts = outputs[index].contributions.map(abs)
        let order = parts.indices.sorted { parts[$0] > parts[$1] }
        guard let first = order.first, parts[first] > 0, let width = budget.inputs[first].distribution.rectangle else {
            return nil
        }
        func rest(after count: Int) -> Double {
            order.dropFirst(count).reduce(0) { $0 + parts[$1] * parts[$1] }.squareRoot()
        }
        if rest(after: 1) < Self.smallRest * parts[first] { return .one(first) }
        guard order.count > 1, let other = budget.inputs[order[1]].distribution.rectangle else { return nil }
        let pair = (parts[first] * parts[first] + parts[order[1]] * parts[order[1]]).squareRoot()
        guard rest(after: 2) < Self.smallRest * pair else { return nil }
        let wide = abs(outputs[index].sensitivities[first]) * width
        let narrow = abs(outputs[index].sensitivities[order[1]]) * other
        return .two(first, order[1], topToBase: abs(wide - narrow) / (wide + narrow))
    }
}

extension BudgetWarning {
    /// Sentence for people.
    package var sentence: BilingualWording {
        switch self {
        case .hiddenUncertainty:
            return BilingualWording(
                vietnamese:
                    "Bậc nhất cho u_c = 0 mặc dù đại lượng vào có độ không đảm bảo; hãy dùng số hạng bậc hai hoặc Monte Carlo.",
                english: "First order gives u_c = 0 although inputs are uncertain; take the second order or Monte Carlo.")
        case .secondOrder(let shift, let u):
            let numbers = { (sign: Character) in
                (BudgetNumber(shift).text(decimalSign: sign), BudgetNumber(u).text(decimalSign: sign))
            }
            return BilingualWording(
                vietnamese:
                    "Số hạng bậc hai đáng kể: trung bình dịch \(numbers(",").0), u = \(numbers(",").1); hãy kiểm tra bằng "
                    + "Monte Carlo.",
                english:
                    "Terms of the second order matter: the mean shifts by \(numbers(".").0), u = \(numbers(".").1); check by Monte "
                    + "Carlo.")
        case .correlatedDegreesOfFreedom:
            return BilingualWording(
                vietnamese:
                    "Các đại lượng vào tương quan có số bậc tự do hữu hạn: công thức Welch–Satterthwaite không áp dụng được; hãy "
                    + "nêu k.",
                english:
                    "Correlated inputs have finite degrees of freedom: the Welch–Satterthwaite formula does not apply; state k.")
        }
    }
}
