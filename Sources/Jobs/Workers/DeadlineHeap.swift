// SPDX-License-Identifier: Apache-2.0

/// Moments with what they belong to, the earliest first: one timer for any number of them.
struct DeadlineHeap<Value> {
    private var entries: [(instant: ContinuousClock.Instant, value: Value)] = []

    /// The earliest moment.
    var first: ContinuousClock.Instant? { entries.first?.instant }

    var count: Int { entries.count }

    mutating func insert(_ value: Value, at instant: ContinuousClock.Instant) {
        entries.append((instant, value))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].instant < entries[parent].instant else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the earliest if its moment has come.
    mutating func pop(until now: ContinuousClock.Instant) -> Value? {
        guard let first = entries.first, first.instant <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].instant < entries[least].instant { least = child }
            }
            guard least != parent else { break }
            entries.swapAt(least, parent)
            parent = least
        }
        return first.value
    }

    /// Keeps only what is still of interest.
    mutating func compact(_ isWanted: (Value) -> Bool) {
        let wanted = entries.filter { isWanted($0.value) }
        entries = []
        for entry in wanted { insert(entry.value, at: entry.instant) }
    }
}
