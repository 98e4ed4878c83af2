// SPDX-License-Identifier: Apache-2.0

/// Linear least squares by orthogonal reflections, with about 32 digits.
///
/// Reflections do not square the condition of the design as normal equations do; with twice the digits of a double on top, the
/// reference sets of NIST that were made to break programs are solved to the last digit of a double.
/// Source: G. H. Golub, Numer. Math. 7 (1965) 206–216.
struct HouseholderSolution {
    /// Parameters b that minimise |y − X·b|².
    let parameters: [ExtendedNumber]
    /// Least sum of squares.
    let sumOfSquares: ExtendedNumber
    /// (X'X)⁻¹.
    let inverseNormalMatrix: [[ExtendedNumber]]

    /// Solves a system.
    ///
    /// - Parameters:
    ///   - columns: Columns of the design matrix X, each as long as the right side, fewer than rows or as many.
    ///   - rightSide: Readings y.
    /// - Throws: ``RegressionError/dependentTerms(index:)``, ``RegressionError/notFinite``.
    init(columns: [[ExtendedNumber]], rightSide: [ExtendedNumber]) throws(RegressionError) {
        // Powers of two as units of the columns: exact, and squares of small powers do not vanish.
        var units: [Double] = []
        for (index, column) in columns.enumerated() {
            let largest = column.map { abs($0.high) }.max() ?? 0
            guard largest.isFinite else { throw .notFinite }
            guard largest >= Double.leastNormalMagnitude else { throw .dependentTerms(index: index) }
            units.append(Double(sign: .plus, exponent: -largest.exponent, significand: 1))
        }
        let scaled = zip(columns, units).map { column, unit in column.map { $0 * unit } }
        let factor = try TriangularFactor(columns: scaled)
        let solved = factor.solve(rightSide)
        // From the residuals themselves: the tail of the rotated right side would carry its rounding.
        sumOfSquares = rightSide.indices.map { row in
            var residual = rightSide[row]
            for (column, parameter) in zip(scaled, solved) { residual -= column[row] * parameter }
            return residual * residual
        }.total()
        parameters = zip(solved, units).map { $0 * $1 }
        inverseNormalMatrix = zip(factor.inverseNormalMatrix, units).map { row, unit in
            zip(row, units).map { $0 * $1 * unit }
        }
        let numbers = parameters + inverseNormalMatrix.joined() + [sumOfSquares]
        guard numbers.allSatisfy(\.isFinite) else { throw .notFinite }
    }
}

/// Triangular factor of a design matrix, and the reflections that made it.
private struct TriangularFactor {
    /// Reflection vectors below, the triangle above the diagonal; by columns.
    private var columns: [[ExtendedNumber]]
    private var diagonal: [ExtendedNumber] = []

    /// Smallest share of a column that may be its own: below, it is a combination of the others but for noise.
    ///
    /// Decimals of up to 20 digits come in with relative errors of 1e-32, which the condition of a design multiplies.
    private static let smallestOwnShare = 1e-20

    init(columns given: [[ExtendedNumber]]) throws(RegressionError) {
        columns = given
        for pivot in columns.indices {
            let whole = given[pivot].map { $0 * $0 }.total().squareRoot()
            let rest = columns[pivot][pivot...].map { $0 * $0 }.total().squareRoot()
            guard whole.isFinite, rest.isFinite else { throw .notFinite }
            guard rest.high > whole.high * Self.smallestOwnShare else { throw .dependentTerms(index: pivot) }
            // Away from the sign of the pivot, so that no digits cancel.
            let reflected = columns[pivot][pivot] < .zero ? rest : -rest
            columns[pivot][pivot] -= reflected
            diagonal.append(reflected)
            let vector = columns[pivot]
            for other in (pivot + 1)..<columns.endIndex {
                Self.reflect(&columns[other], by: vector, from: pivot, diagonal: reflected)
            }
        }
    }

    /// Applies one reflection to a column.
    private static func reflect(
        _ column: inout [ExtendedNumber], by vector: [ExtendedNumber], from pivot: Int, diagonal: ExtendedNumber
    ) {
        var product = ExtendedNumber.zero
        for row in pivot..<vector.count { product += vector[row] * column[row] }
        // |v|² = −2·r·v_pivot for the vector as it is built above.
        let scale = product / (diagonal * vector[pivot])
        for row in pivot..<vector.count { column[row] += vector[row] * scale }
    }

    /// Parameters for a right side.
    func solve(_ rightSide: [ExtendedNumber]) -> [ExtendedNumber] {
        var rotated = rightSide
        for pivot in columns.indices {
            Self.reflect(&rotated, by: columns[pivot], from: pivot, diagonal: diagonal[pivot])
        }
        return backSubstitution(rotated)
    }

    private func backSubstitution(_ rightSide: [ExtendedNumber]) -> [ExtendedNumber] {
        var solution = Array(rightSide.prefix(columns.count))
        for row in solution.indices.reversed() {
            for column in columns.indices where column > row { solution[row] -= columns[column][row] * solution[column] }
            solution[row] = solution[row] / diagonal[row]
        }
        return solution
    }

    /// (X'X)⁻¹ = R⁻¹·R⁻ᵀ.
    var inverseNormalMatrix: [[ExtendedNumber]] {
        let inverse = columns.indices.map { index in
            backSubstitution(columns.indices.map { $0 == index ? .one : .zero })
        }
        return columns.indices.map { row in
            columns.indices.map { column in inverse.map { $0[row] * $0[column] }.total() }
        }
    }
}
