// SPDX-License-Identifier: Apache-2.0

/// Correlation coefficients of input quantities, as groups of inputs that are correlated with one another.
///
/// Coefficients of ±1 and matrices of lower rank are normal in calibration (one standard, many comparisons) and accepted.
package struct CorrelationMatrix: Sendable {
    /// Coefficient of one pair of inputs, by position.
    package struct Pair: Sendable {
        package let first: Int
        package let second: Int
        package let coefficient: Double

        package init(_ first: Int, _ second: Int, _ coefficient: Double) {
            (self.first, self.second, self.coefficient) = (first, second, coefficient)
        }
    }

    /// Inputs that are connected by coefficients other than zero.
    package struct Group: Sendable {
        /// Positions of the inputs, rising.
        package let members: [Int]
        /// Coefficients, row by row over ``members``.
        package let coefficients: [Double]
        /// Factor F with R = F·Fᵀ, row by row over ``members`` with ``rank`` columns.
        package let factor: [Double]
        /// Number of independent variables behind the group.
        package let rank: Int
    }

    /// Largest number of inputs in one group.
    package static let largestGroup = 200
    /// Smallest eigenvalue that is still taken for rounding of typed coefficients.
    package static let smallestEigenvalue = -1e-10

    /// Groups of two inputs or more.
    package let groups: [Group]
    /// Group of each input; nil for inputs that are correlated with no other.
    package let groupIndices: [Int?]

    /// Matrix of inputs without correlation.
    package init(uncorrelated count: Int) {
        groups = []
        groupIndices = [Int?](repeating: nil, count: count)
    }

    /// Checks coefficients and factors them.
    ///
    /// - Parameters:
    ///   - names: Names of all inputs, for messages.
    ///   - pairs: Coefficients other than zero; pairs that are not listed have r = 0.
    /// - Throws: ``BudgetError/correlation(_:_:_:)`` for an input with itself, a pair given twice, |r| > 1, and for coefficients that
    ///   cannot belong together, naming the pair that has the largest part in it.
    package init(names: [String], pairs: [Pair]) throws(BudgetError) {
        var coefficients: [[Int: Double]] = Array(repeating: [:], count: names.count)
        for pair in pairs {
            let (low, high) = (min(pair.first, pair.second), max(pair.first, pair.second))
            guard names.indices.contains(low), names.indices.contains(high) else { continue }
            guard low != high else {
                throw .correlation(names[low], names[high], "an input is not correlated with itself; leave it out")
            }
            guard abs(pair.coefficient) <= 1 else {
                throw .correlation(names[low], names[high], "\(pair.coefficient) lies outside -1 to 1")
            }
            guard coefficients[low].updateValue(pair.coefficient, forKey: high) == nil else {
                throw .correlation(names[low], names[high], "is given twice; give each pair once")
            }
            coefficients[high][low] = pair.coefficient
        }
        var indices = [Int?](repeating: nil, count: names.count)
        var groups: [Group] = []
        for start in names.indices where indices[start] == nil {
            let members = Self.connected(from: start, coefficients)
            guard members.count > 1 else { continue }
            guard members.count <= Self.largestGroup else {
                throw .correlation(
                    names[members[0]], names[members[1]],
                    "\(members.count) inputs are correlated with one another; at most \(Self.largestGroup) are possible")
            }
            for member in members { indices[member] = groups.count }
            groups.append(try Self.group(members, coefficients, names))
        }
        self.groups = groups
        groupIndices = indices
    }

    /// Coefficient of two inputs.
    package subscript(first: Int, second: Int) -> Double {
        if first == second { return 1 }
        guard let index = groupIndices[first], index == groupIndices[second],
            let row = groups[index].members.firstIndex(of: first), let column = groups[index].members.firstIndex(of: second)
        else { return 0 }
        return groups[index].coefficients[row * groups[index].members.count + column]
    }

    private static func connected(from start: Int, _ coefficients: [[Int: Double]]) -> [Int] {
        var members: Set<Int> = [start]
        var open = [start]
        while let member = open.popLast() {
            for (other, r) in coefficients[member] where r != 0 && members.insert(other).inserted { open.append(other) }
        }
        return members.sorted()
    }

    private static func group(
        _ members: [Int], _ coefficients: [[Int: Double]], _ names: [String]
    ) throws(BudgetError) -> Group {
        let count = members.count
        var matrix = [Double](repeating: 0, count: count * count)
        for (row, first) in members.enumerated() {
            for (column, second) in members.enumerated() {
                matrix[row * count + column] = row == column ? 1 : coefficients[first][second] ?? 0
            }
        }
        // Two coefficients of magnitude 1 or less always belong together.
        if count > 2 {
            let (value, vector) = SymmetricEigen.smallest(matrix, count)
            if value < smallestEigenvalue {
                let (row, column) = worstPair(matrix, vector)
                throw .correlation(
                    names[members[row]], names[members[column]],
                    "\(matrix[row * count + column]) cannot belong together with the other coefficients (smallest eigenvalue "
                        + "\(value)); correct it, or take all from one set of readings")
            }
        }
        let (factor, rank) = factored(matrix, count)
        return Group(members: members, coefficients: matrix, factor: factor, rank: rank)
    }

    /// Pair with the largest part in a negative eigenvalue Σ v_i v_j r_ij.
    private static func worstPair(_ matrix: [Double], _ vector: [Double]) -> (Int, Int) {
        var worst = (0, 1)
        var least = Double.infinity
        for row in vector.indices {
            for column in vector.indices where column > row {
                let part = vector[row] * vector[column] * matrix[row * vector.count + column]
                if part < least { (least, worst) = (part, (row, column)) }
            }
        }
        return worst
    }

    /// Cholesky's factor with pivots, cut off where nothing but rounding is left.
    ///
    /// Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, 10.3.
    private static func factored(_ matrix: [Double], _ count: Int) -> (factor: [Double], rank: Int) {
        var rest = matrix
        var columns: [[Double]] = []
        var taken = [Bool](repeating: false, count: count)
        for _ in 0..<count {
            var pivot = -1
            for row in 0..<count where !taken[row] && (pivot < 0 || rest[row * count + row] > rest[pivot * count + pivot]) {
                pivot = row
            }
            guard pivot >= 0, rest[pivot * count + pivot] > Double(count) * 4e-16 else { break }
            let root = rest[pivot * count + pivot].squareRoot()
            var column = [Double](repeating: 0, count: count)
            for row in 0..<count where !taken[row] { column[row] = row == pivot ? root : rest[row * count + pivot] / root }
            taken[pivot] = true
            for row in 0..<count where !taken[row] {
                for other in 0..<count where !taken[other] { rest[row * count + other] -= column[row] * column[other] }
            }
            columns.append(column)
        }
        var factor: [Double] = []
        for row in 0..<count { factor += columns.map { $0[row] } }
        return (factor, columns.count)
    }
}
