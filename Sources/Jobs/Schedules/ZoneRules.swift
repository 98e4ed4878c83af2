// SPDX-License-Identifier: Apache-2.0

/// The offsets of a time zone over the years 1970 to 2099, as the database's own zone files have them.
package struct ZoneRules: Hashable, Sendable {
    /// A moment at which the clocks of the zone are changed.
    struct Change: Hashable, Sendable {
        /// Seconds from 1970-01-01T00:00Z.
        let at: Int
        /// Seconds east of Greenwich until then.
        let before: Int
        /// Seconds east of Greenwich from then on.
        let after: Int
    }

    /// How a civil time stands to the clocks of the zone.
    enum Kind: Hashable, Sendable {
        /// The clock shows it once.
        case plain
        /// The clock skips it: it is shifted forward by so many seconds.
        case skipped(Int)
        /// The clock shows it twice, so many seconds apart: the earlier counts.
        case repeated(Int)
    }

    /// Name of the zone, for example `Europe/Berlin`.
    package let name: String
    private let first: Int
    let changes: [Change]

    init(name: String, first: Int, changes: [Change]) {
        (self.name, self.first, self.changes) = (name, first, changes)
    }

    /// Seconds east of Greenwich at an instant in seconds from 1970-01-01T00:00Z.
    func offset(at instant: Int) -> Int {
        let index = changeCount(through: instant)
        return index == 0 ? first : changes[index - 1].after
    }

    /// What the clock shows at an instant in seconds from 1970-01-01T00:00Z.
    func civil(at instant: Int) -> CivilSlot {
        let seconds = instant + offset(at: instant)
        let minutes = (seconds >= 0 ? seconds : seconds - 59) / 60
        let day = (minutes >= 0 ? minutes : minutes - 1439) / 1440
        return CivilSlot(day: day, minute: minutes - day * 1440)
    }

    /// The instant of a civil time, in seconds from 1970-01-01T00:00Z, and how it stands to the clocks.
    func moment(of slot: CivilSlot) -> (instant: Int, kind: Kind) {
        let local = slot.minutes * 60
        // Offsets lie between -16 h and +16 h, and a change skips or repeats a day at the most.
        let low = changeCount(through: local - 150_000)
        let high = changeCount(through: local + 150_000)
        var found: [Int] = []
        for index in low...high {
            let offset = index == 0 ? first : changes[index - 1].after
            let instant = local - offset
            let since = index == 0 ? Int.min : changes[index - 1].at
            let until = index < changes.count ? changes[index].at : Int.max
            if instant >= since, instant < until { found.append(instant) }
        }
        if let earliest = found.first {
            return (earliest, found.count > 1 ? .repeated(found[found.count - 1] - earliest) : .plain)
        }
        for change in changes[max(0, low - 1)..<high] where local - change.before >= change.at && local - change.after < change.at
        {
            return (local - change.before, .skipped(change.after - change.before))
        }
        return (local - offset(at: local), .plain)
    }

    /// The first civil time after a gap that a time lies in; nil when it lies in none.
    func endOfGap(around slot: CivilSlot) -> CivilSlot? {
        let (instant, kind) = moment(of: slot)
        guard case .skipped = kind, let change = lastChange(through: instant) else { return nil }
        return civil(at: change.at)
    }

    /// The latest change up to an instant.
    func lastChange(through instant: Int) -> Change? {
        let count = changeCount(through: instant)
        return count == 0 ? nil : changes[count - 1]
    }

    /// How many changes there were up to an instant.
    private func changeCount(through instant: Int) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
