// SPDX-License-Identifier: Apache-2.0

/// How correlated inputs were drawn; part of a result.
package enum CorrelatedSampling: String, Sendable, Codable {
    /// No inputs are correlated.
    case none
    /// All correlated inputs are normal: their joint distribution is the multivariate normal one (JCGM 101:2008, 6.4.8).
    case normal
    /// A correlated input is not normal. The guides give no joint distribution then; here the inputs are functions of correlated
    /// normal quantities (Gaussian copula), and it is these that have the stated coefficients.
    case gaussianCopula = "gaussian_copula"
}

/// Inputs that are correlated with one another, drawn together.
struct CorrelatedInputs: Sendable {
    /// Function from a standard normal number to the value of an input.
    private enum Transform: Sendable {
        case scaled(Double)
        case quantiles(QuantileTable, Double)
    }

    /// Slots of the inputs, rising.
    let slots: [Int]
    /// Whether all of them are normal.
    let isNormal: Bool
    /// Coefficients of each input that are not zero, with the numbers of the independent variables behind the group.
    private let factor: [[(variable: Int, coefficient: Double)]]
    private let variableCount: Int
    private let estimates: [Double]
    private let transforms: [Transform]

    init(_ group: CorrelationMatrix.Group, estimates: [Double], distributions: [SampledDistribution]) {
        slots = group.members
        variableCount = group.rank
        factor = group.members.indices.map { row in
            (0..<group.rank).map { ($0, group.factor[row * group.rank + $0]) }.filter { $0.1 != 0 }
        }
        self.estimates = group.members.map { estimates[$0] }
        transforms = group.members.map { slot in
            let distribution = distributions[slot]
            return distribution.isNormal
                ? .scaled(distribution.scale) : .quantiles(QuantileTable(of: distribution), distribution.scale)
        }
        isNormal = group.members.allSatisfy { distributions[$0].isNormal }
    }

    /// Fills the columns of the inputs, in the order of ``slots``.
    ///
    /// - Parameters:
    ///   - normals: Columns for standard normal numbers, at least as many as inputs.
    ///   - source: Random numbers of the input in a slot.
    func draw(into columns: [TrialColumn], normals: [TrialColumn], from source: (Int) -> RandomSource) {
        for variable in 0..<variableCount { source(slots[variable]).drawNormal(into: normals[variable]) { $0 } }
        for (row, column) in columns.enumerated() {
            column.fill(0)
            for (variable, coefficient) in factor[row] {
                column.fill(from: column, normals[variable]) { $0 + $1 * coefficient }
            }
            let estimate = estimates[row]
            switch transforms[row] {
            case .scaled(let u): column.fill(from: column) { $0 * u + estimate }
            case .quantiles(let table, let scale): column.fill(from: column) { table.values(at: $0) * scale + estimate }
            }
        }
    }
}
