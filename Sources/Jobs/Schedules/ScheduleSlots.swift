// SPDX-License-Identifier: Apache-2.0

/// What to do with slots that passed while nothing ran.
package enum CatchUp: String, Sendable, Hashable, CaseIterable {
    /// Run the latest one.
    case latest
    /// Run them all, up to the schedule's limit.
    case all
    /// Run none that is more than ten minutes late.
    case none
}

/// The slots of a schedule that have come, and what is to become of each.
///
/// Everything is computed from the last slot dealt with, never from the clock, so a late or early look neither doubles
/// nor loses a slot.
package struct ScheduleSlots: Sendable, Hashable {
    /// A slot that is not run.
    package struct Skipped: Sendable, Hashable {
        /// The slot.
        package let slot: CivilSlot
        /// Why, for the auditor.
        package let reason: String
    }

    /// Slots to run, the earliest first.
    package let run: [CivilSlot]
    /// Slots to note as skipped, the earliest first.
    package let skipped: [Skipped]
    /// The last slot that has come.
    package let last: CivilSlot
    /// The first slot that has not.
    package let next: CivilSlot

    /// Most slots noted one by one; of more, the earliest share one note.
    static let mostNoted = 1000
    /// How late, in minutes, a slot may run when nothing is caught up.
    static let graceMinutes = 10

    /// Plans the slots after the last one dealt with, up to and including now.
    ///
    /// - Parameters:
    ///   - pattern: when the schedule runs.
    ///   - last: the last slot dealt with.
    ///   - now: the civil time of now in the schedule's zone.
    ///   - catchUp: what becomes of missed slots.
    ///   - limit: most slots run at once with ``CatchUp/all``, from 1.
    package init(_ pattern: SchedulePattern, after last: CivilSlot, upTo now: CivilSlot, catchUp: CatchUp, limit: Int) {
        var come: [CivilSlot] = []
        var unnoted = 0
        var slot = pattern.next(after: last)
        while slot <= now {
            come.append(slot)
            // Twice the limit at most is held, so that years of minutes do not fill the memory.
            if come.count >= 2 * Self.mostNoted {
                unnoted += come.count - Self.mostNoted
                come.removeFirst(come.count - Self.mostNoted)
            }
            slot = pattern.next(after: slot)
        }
        if come.count > Self.mostNoted {
            unnoted += come.count - Self.mostNoted
            come.removeFirst(come.count - Self.mostNoted)
        }
        let running = Self.chosen(of: come, now: now, catchUp: catchUp, limit: limit)
        let missed = come.dropLast(running.count)
        let reason = "not running between \(last) and \(now); catch-up \(catchUp.rawValue)"
        var skipped = missed.map { Skipped(slot: $0, reason: reason) }
        if unnoted > 0, let first = skipped.first {
            skipped[0] = Skipped(slot: first.slot, reason: reason + "; stands for \(unnoted) earlier slots too")
        }
        self.run = running
        self.skipped = skipped
        self.last = come.last ?? last
        self.next = slot
    }

    private static func chosen(of come: [CivilSlot], now: CivilSlot, catchUp: CatchUp, limit: Int) -> [CivilSlot] {
        switch catchUp {
        case .latest: come.suffix(1)
        case .all: come.suffix(max(1, limit))
        case .none: come.suffix(1).filter { now.minutes - $0.minutes <= graceMinutes }
        }
    }
}
