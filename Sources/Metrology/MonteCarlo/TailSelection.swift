// SPDX-License-Identifier: Apache-2.0

/// Which values may become the end of a coverage interval: those up to `lower` and those from `upper`.
///
/// For a probability p only the smallest and the largest (1 − p)·M of M trials can; the others need not be kept and not be
/// sorted. The bounds come from the first trials, with a margin; whether they let enough pass is counted afterwards, so they
/// affect speed and memory, never the result.
struct TailBounds: Sendable, Hashable {
    let lower: Double
    let upper: Double

    /// Keeps every value, in one list.
    static let all = TailBounds(lower: .infinity, upper: .infinity)

    private init(lower: Double, upper: Double) {
        (self.lower, self.upper) = (lower, upper)
    }

    /// Bounds from sorted values that leave a share of them on each side.
    ///
    /// - Parameters:
    ///   - share: Share of the values needed on each side.
    ///   - groupSize: Number of values of the smallest group in which that share should be found.
    init(_ sorted: [Double], share: Double, groupSize: Int) {
        // Numbers of values beyond a bound scatter by their square roots; eight of these hardly ever are too few.
        let group = Double(groupSize)
        let wanted = (share * group + 8 * (share * group).squareRoot() + 8) / group
        let index = wanted * Double(sorted.count) + 8 * (wanted * Double(sorted.count)).squareRoot() + 8
        let count = index < Double(sorted.count) ? Int(index) : sorted.count
        guard 2 * count < sorted.count, sorted[count] < sorted[sorted.count - 1 - count] else {
            self = .all
            return
        }
        (lower, upper) = (sorted[count], sorted[sorted.count - 1 - count])
    }
}

/// Smallest and largest values of some trials.
struct TailValues: Sendable {
    /// Values up to the lower bound, or all.
    private(set) var low: [Double] = []
    /// Values from the upper bound.
    private(set) var high: [Double] = []
    /// Number of values of which these are the ends.
    private(set) var count = 0

    init() {}

    /// All of some values.
    init(all values: [Double]) { (low, count) = (values, values.count) }

    /// The ends of a block.
    init(_ values: TrialValues, _ bounds: TailBounds) {
        count = values.count
        // Every value is written behind the last one kept and stays only if it counts: no branch that a processor could guess
        // wrongly.
        low = [Double](unsafeUninitializedCapacity: count + 1) { buffer, initialized in
            var kept = 0
            values.forEach { value in
                buffer[kept] = value
                kept += value <= bounds.lower ? 1 : 0
            }
            initialized = kept
        }
        if bounds.upper < .infinity {
            high = [Double](unsafeUninitializedCapacity: count + 1) { buffer, initialized in
                var kept = 0
                values.forEach { value in
                    buffer[kept] = value
                    kept += value >= bounds.upper ? 1 : 0
                }
                initialized = kept
            }
        }
    }

    /// Adds the ends of other trials, kept with the same bounds.
    mutating func append(_ other: TailValues) {
        low += other.low
        high += other.high
        count += other.count
    }

    /// Keeps only what lies beyond narrower bounds than those used so far, which were ``TailBounds/all``.
    mutating func narrow(to bounds: TailBounds) {
        guard bounds != .all else { return }
        high = low.filter { $0 >= bounds.upper }
        low = low.filter { $0 <= bounds.lower }
    }

    /// Gives back memory that is reserved but not used.
    mutating func compact() {
        low = low.withUnsafeBufferPointer { Array($0) }
        high = high.withUnsafeBufferPointer { Array($0) }
    }

    /// Ends of several groups of trials, kept with the same bounds; empties them, so that the values are not held twice.
    static func joined(_ groups: inout [TailValues]) -> TailValues {
        var joined = TailValues()
        joined.low.reserveCapacity(groups.reduce(0) { $0 + $1.low.count })
        joined.high.reserveCapacity(groups.reduce(0) { $0 + $1.high.count })
        for index in groups.indices {
            joined.append(groups[index])
            groups[index] = TailValues()
        }
        return joined
    }

    /// The ends in order; nil unless at least `needed` values lie on each side.
    consuming func ordered(needed: Int) -> OrderedTails? {
        guard low.count == count || (low.count >= needed && high.count >= needed) else { return nil }
        RadixSort.sort(&low)
        RadixSort.sort(&high)
        return OrderedTails(low: low, high: low.count == count ? [] : high, count: count)
    }
}

/// Order statistics near both ends.
struct OrderedTails: Sendable {
    /// Smallest values in rising order; all of them where `high` is empty.
    let low: [Double]
    /// Largest values in rising order.
    let high: [Double]
    /// Number of all values.
    let count: Int

    /// Value of a rank, 1 for the smallest; the rank must be kept.
    subscript(rank rank: Int) -> Double {
        rank <= low.count ? low[rank - 1] : high[rank - 1 - (count - high.count)]
    }
}

/// Sorting of numbers by their bits, digit by digit.
///
/// 55 000 values take about a fifth of the time of a sort that compares.
enum RadixSort {
    private static let digitBits = 11
    private static let digits = 6

    /// The values in rising order; all of them must be numbers.
    static func sorted(_ values: [Double]) -> [Double] {
        var values = values
        sort(&values)
        return values
    }

    /// Brings values into rising order with room for as many more; all of them must be numbers.
    static func sort(_ values: inout [Double]) {
        guard values.count > 64 else { return values.sort() }
        // Keys take the places of the values, as the bits of numbers that only stand for them.
        for index in values.indices { values[index] = Double(bitPattern: key(values[index])) }
        var other = [Double](repeating: 0, count: values.count)
        let mask = (1 << digitBits) - 1
        var counts = [Int](repeating: 0, count: digits << digitBits)
        for value in values {
            for digit in 0..<digits { counts[digit << digitBits | place(value, digit) & mask] += 1 }
        }
        for digit in 0..<digits {
            let start = digit << digitBits
            // A digit that all keys share, as the exponent of neighbouring values, needs no pass.
            if counts[start | place(values[0], digit) & mask] == values.count { continue }
            var next = 0
            for index in start...(start | mask) { (counts[index], next) = (next, next + counts[index]) }
            for value in values {
                let index = start | place(value, digit) & mask
                other[counts[index]] = value
                counts[index] += 1
            }
            swap(&values, &other)
        }
        for index in values.indices { values[index] = self.value(values[index].bitPattern) }
    }

    @inline(__always)
    private static func place(_ key: Double, _ digit: Int) -> Int {
        Int(truncatingIfNeeded: key.bitPattern >> UInt64(digit * digitBits))
    }

    /// Whole number that is ordered as the value is: the sign bit set for positive numbers, all bits inverted for negative ones.
    private static func key(_ value: Double) -> UInt64 {
        let bits = value.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func value(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}
