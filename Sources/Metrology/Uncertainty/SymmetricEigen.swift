// SPDX-License-Identifier: Apache-2.0

/// Eigenvalues of small symmetric matrices.
enum SymmetricEigen {
    /// Smallest eigenvalue and its vector, by Jacobi's rotations.
    ///
    /// Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 8.5.
    static func smallest(_ matrix: [Double], _ count: Int) -> (value: Double, vector: [Double]) {
        var a = matrix
        var vectors = [Double](repeating: 0, count: count * count)
        for index in 0..<count { vectors[index * count + index] = 1 }
        for _ in 0..<60 {
            var off = 0.0
            for row in 0..<count {
                for column in 0..<count where column > row { off += a[row * count + column] * a[row * count + column] }
            }
            if off < 1e-30 { break }
            for p in 0..<count {
                for q in 0..<count where q > p { rotate(&a, &vectors, count, p, q) }
            }
        }
        var least = 0
        for index in 0..<count where a[index * count + index] < a[least * count + least] { least = index }
        return (a[least * count + least], (0..<count).map { vectors[$0 * count + least] })
    }

    private static func rotate(_ a: inout [Double], _ vectors: inout [Double], _ count: Int, _ p: Int, _ q: Int) {
        let apq = a[p * count + q]
        if abs(apq) < 1e-18 { return }
        let theta = (a[q * count + q] - a[p * count + p]) / (2 * apq)
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<count {
            let (akp, akq) = (a[k * count + p], a[k * count + q])
            (a[k * count + p], a[k * count + q]) = (c * akp - s * akq, s * akp + c * akq)
        }
        for k in 0..<count {
            let (apk, aqk) = (a[p * count + k], a[q * count + k])
            (a[p * count + k], a[q * count + k]) = (c * apk - s * aqk, s * apk + c * aqk)
            let (vkp, vkq) = (vectors[k * count + p], vectors[k * count + q])
            (vectors[k * count + p], vectors[k * count + q]) = (c * vkp - s * vkq, s * vkp + c * vkq)
        }
    }
}
