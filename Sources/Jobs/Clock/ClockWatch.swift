// SPDX-License-Identifier: Apache-2.0

/// How far the database's clock may stray from running time before something is said or held.
package struct ClockLimits: Sendable, Hashable {
    /// A jump longer than this, forward or back, is logged.
    package var notice: Duration = .seconds(60)
    /// A jump forward longer than this holds everything that a date decides.
    package var hold: Duration = .seconds(3600)
    /// Longest time in which no computer looked that is taken for a stop; a longer one holds until a person says so.
    package var absence: Duration = .seconds(180 * 86_400)

    /// The usual limits.
    package init() {}
}

/// Compares the database's clock with time that nobody can set; a value, fed with readings.
///
/// States: without an anchor (nothing seen yet) → trusted (the anchor moves along) ⇄ held (the anchor stays where the clock was
/// right). Held → trusted when the clock comes back or a person releases it.
struct ClockWatch: Sendable {
    /// What one look found.
    struct Reading: Sendable, Hashable {
        /// The database's clock, in milliseconds from 1970-01-01T00:00Z.
        let database: Int64
        /// Milliseconds that this computer has been running; nobody can set them.
        let running: Int64
    }

    /// What the database remembers.
    struct Memory: Sendable, Hashable {
        /// What the clock showed when it had jumped; nil while it is trusted.
        var heldAt: Int64?
        /// How far it was ahead then; nil while it is trusted.
        var shift: Int64?
        /// When a person released it last.
        var releasedAt: Int64?
        /// The latest look from this start of this computer.
        var here: Reading?
        /// The latest look from anywhere, by the database's clock.
        var latest: Int64?
    }

    enum Verdict: Sendable, Hashable {
        /// The clock is as expected.
        case steady
        /// It moved by so many milliseconds, which is worth a line.
        case moved(Int64)
        /// It jumped ahead by so many milliseconds: hold.
        case jumped(Int64)
        /// It is held.
        case held
        /// It was held and is right again.
        case returned
        /// It was held and a person released it.
        case released
    }

    let limits: ClockLimits
    private var anchor: Reading?
    /// Where the clock stood before it moved back, in case it comes forward again.
    private var beforeMove: Reading?
    private var isHeld = false

    init(limits: ClockLimits) {
        self.limits = limits
    }

    /// Judges a reading.
    mutating func judge(_ now: Reading, _ memory: Memory) -> Verdict {
        if let shift = memory.shift, memory.heldAt != nil { return judgeHeld(now, shift: shift) }
        guard let anchor = anchor ?? memory.here.flatMap({ $0.running <= now.running ? $0 : nil }) else {
            return judgeFirst(now, memory)
        }
        if self.anchor == nil { self.anchor = anchor }
        let wasHeld = isHeld
        let shift = now.database - anchor.expected(at: now)
        if shift > limits.hold.milliseconds {
            if let before = beforeMove, abs(now.database - before.expected(at: now)) <= limits.hold.milliseconds {
                return trust(now, .moved(shift))
            }
            // Whoever released the clock after it had jumped has seen what this look sees now.
            if memory.isReleased(after: anchor.expected(at: now), by: now) { return trust(now, .released) }
            isHeld = true
            return .jumped(shift)
        }
        if wasHeld { return trust(now, .returned) }
        if shift < -limits.notice.milliseconds {
            beforeMove = beforeMove ?? anchor
            self.anchor = now
            return .moved(shift)
        }
        return trust(now, shift > limits.notice.milliseconds ? .moved(shift) : .steady)
    }

    /// Somebody holds the clock: only a clock that is right again changes that from here.
    private mutating func judgeHeld(_ now: Reading, shift: Int64) -> Verdict {
        isHeld = true
        // Without an anchor of its own, this process takes over what the one that noticed the jump expected.
        let anchor = anchor ?? Reading(database: now.database - shift, running: now.running)
        self.anchor = anchor
        guard abs(now.database - anchor.expected(at: now)) <= limits.hold.milliseconds else { return .held }
        return trust(now, .returned)
    }

    /// The first look from this start of the computer: whether it was a stop or a jump, nobody can tell, up to a limit.
    private mutating func judgeFirst(_ now: Reading, _ memory: Memory) -> Verdict {
        guard let latest = memory.latest else { return trust(now, .steady) }
        let away = now.database - latest
        if away > limits.absence.milliseconds {
            if memory.isReleased(after: latest, by: now) { return trust(now, .released) }
            isHeld = true
            anchor = Reading(database: latest, running: now.running)
            return .jumped(away)
        }
        return trust(now, away < -limits.notice.milliseconds ? .moved(away) : .steady)
    }

    private mutating func trust(_ now: Reading, _ verdict: Verdict) -> Verdict {
        if let before = beforeMove, abs(now.database - before.expected(at: now)) <= limits.notice.milliseconds {
            beforeMove = nil
        }
        isHeld = false
        anchor = now
        return verdict
    }
}

extension ClockWatch.Reading {
    /// What the database's clock should show at a later reading.
    func expected(at later: Self) -> Int64 { database + later.running - running }
}

extension ClockWatch.Memory {
    /// Whether a person released the clock behind a moment. A release that lies ahead was given while the clock was wrong, which has
    /// been mended since: it says nothing about a later jump.
    fileprivate func isReleased(after moment: Int64, by now: ClockWatch.Reading) -> Bool {
        releasedAt.map { $0 > moment && $0 <= now.database } ?? false
    }
}
