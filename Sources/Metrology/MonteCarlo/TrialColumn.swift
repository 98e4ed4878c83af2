// SPDX-License-Identifier: Apache-2.0

/// Four trials side by side: as many as two registers of the smallest x86-64 processor hold.
typealias TrialVector = SIMD4<Double>
/// Bits of four trials.
typealias TrialBits = SIMD4<UInt64>

/// Sizes of the pieces in which trials are computed. Part of the definition of the random numbers: other sizes give other trials.
package enum TrialLayout {
    /// Trials that share a block number among the counters of the generator.
    package static let block = 4_096
    /// Trials that pass through all operations of a model together; their columns stay in the first-level cache.
    static let chunk = 512
    /// Chunks of a block.
    static let chunksPerBlock = block / chunk
    /// Vectors of a chunk.
    static let vectors = chunk / TrialVector.scalarCount
}

/// Values of one quantity in the trials of a chunk.
///
/// One of the two types that hold a pointer. Arrays would be checked for uniqueness and bounds at each of the operations, of
/// which a simulation has some 10^8; an index here runs over a constant number of vectors. The memory belongs to a
/// ``TrialStorage``, which outlives the column.
struct TrialColumn {
    private let base: UnsafeMutablePointer<TrialVector>

    fileprivate init(_ base: UnsafeMutablePointer<TrialVector>) { self.base = base }

    /// Vector number 0 ..< ``TrialLayout/vectors``.
    subscript(index: Int) -> TrialVector {
        @inline(__always) get { base[index] }
        @inline(__always) nonmutating set { base[index] = newValue }
    }

    /// Value of trial 0 ..< ``TrialLayout/chunk``.
    subscript(trial trial: Int) -> Double { base[trial >> 2][trial & 3] }

    /// Sets all trials to one value.
    func fill(_ value: Double) {
        for index in 0..<TrialLayout.vectors { base[index] = TrialVector(repeating: value) }
    }

    /// Sets every vector to a function of that of another column.
    @inline(__always)
    func fill(from column: TrialColumn, _ function: (TrialVector) -> TrialVector) {
        for index in 0..<TrialLayout.vectors { base[index] = function(column.base[index]) }
    }

    /// Sets every vector to a function of those of two other columns.
    @inline(__always)
    func fill(from left: TrialColumn, _ right: TrialColumn, _ function: (TrialVector, TrialVector) -> TrialVector) {
        for index in 0..<TrialLayout.vectors { base[index] = function(left.base[index], right.base[index]) }
    }
}

/// Random words of 64 bits for the trials of a chunk; see ``TrialColumn`` for why it holds a pointer.
struct WordColumn {
    private let base: UnsafeMutablePointer<TrialBits>

    fileprivate init(_ base: UnsafeMutablePointer<TrialBits>) { self.base = base }

    /// Words number 0 ..< ``TrialLayout/vectors``, four at once.
    subscript(index: Int) -> TrialBits {
        @inline(__always) get { base[index] }
        @inline(__always) nonmutating set { base[index] = newValue }
    }
}

/// Memory of one worker: columns of values and two columns of random words.
///
/// Not sendable: each worker has its own, allocated once and zeroed, and frees it.
final class TrialStorage {
    private let values: UnsafeMutablePointer<TrialVector>
    private let words: UnsafeMutablePointer<TrialBits>
    private let columnCount: Int

    init(columns: Int) {
        columnCount = columns
        values = .allocate(capacity: columns * TrialLayout.vectors)
        values.initialize(repeating: TrialVector(), count: columns * TrialLayout.vectors)
        words = .allocate(capacity: 2 * TrialLayout.vectors)
        words.initialize(repeating: TrialBits(), count: 2 * TrialLayout.vectors)
    }

    deinit {
        values.deallocate()
        words.deallocate()
    }

    /// Column 0 ..< the number of columns.
    func column(_ index: Int) -> TrialColumn {
        precondition((0..<columnCount).contains(index), "a column outside the storage")
        return TrialColumn(values + index * TrialLayout.vectors)
    }

    /// First and second words of calls of the generator.
    var wordColumns: (first: WordColumn, second: WordColumn) {
        (WordColumn(words), WordColumn(words + TrialLayout.vectors))
    }
}
