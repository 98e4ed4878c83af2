// SPDX-License-Identifier: Apache-2.0

/// What a schedule needs to know its slots: the pattern, the days that are worked, and the clocks of its zone.
package struct SlotRules: Hashable, Sendable {
    /// When it runs, in civil time.
    package let pattern: SchedulePattern
    /// Which days are worked.
    package let calendar: WorkingCalendar
    /// The zone's clocks.
    package let zone: ZoneRules

    /// Puts the rules together.
    package init(_ pattern: SchedulePattern, calendar: WorkingCalendar = .week, zone: ZoneRules) {
        (self.pattern, self.calendar, self.zone) = (pattern, calendar, zone)
    }

    /// The first slot after another.
    func next(after slot: CivilSlot) -> CivilSlot { pattern.next(after: slot, in: calendar) }

    /// When to look at a slot, in seconds from 1970-01-01T00:00Z.
    ///
    /// A time that the clocks skip is shifted forward by what they skip, but a slot is never dealt with after a later one of its
    /// schedule; a time that the clocks repeat is the earlier instant.
    func moment(of slot: CivilSlot) -> Int {
        let (instant, kind) = zone.moment(of: slot)
        guard case .skipped = kind, let end = zone.endOfGap(around: slot) else { return instant }
        let before = CivilSlot(minutes: end.minutes - 1)
        return min(instant, zone.moment(of: next(after: max(slot, before))).instant)
    }

    /// Whether the clocks skip a slot and a later one of the schedule comes at the same moment or before.
    func isOvertaken(_ slot: CivilSlot) -> Bool {
        guard let end = zone.endOfGap(around: slot) else { return false }
        let later = next(after: max(slot, CivilSlot(minutes: end.minutes - 1)))
        return zone.moment(of: later).instant <= zone.moment(of: slot).instant
    }

    /// Slots after one, up to the last whose instant has come, the earliest first.
    func come(after last: CivilSlot, at now: Int) -> [CivilSlot] {
        // While the clocks repeat a time, slots may have come that the clock on the wall shows again later.
        var highest = zone.civil(at: now)
        if let change = zone.lastChange(through: now), change.after < change.before,
            now - change.at < change.before - change.after
        {
            highest = max(highest, CivilSlot(minutes: zone.civil(at: change.at - 1).minutes))
        }
        var slots: [CivilSlot] = []
        var certain = 0
        let past = highest.minutes - 2880
        var slot = next(after: last)
        while slot <= highest, slot < .never {
            slots.append(slot)
            if slot.minutes <= past || zone.moment(of: slot).instant <= now { certain = slots.count }
            slot = next(after: slot)
        }
        return Array(slots.prefix(certain))
    }
}

extension CivilSlot {
    /// The civil time so many minutes after 1970-01-01T00:00.
    init(minutes: Int) {
        let day = (minutes >= 0 ? minutes : minutes - 1439) / 1440
        self.init(day: day, minute: minutes - day * 1440)
    }
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
        /// Why.
        package let cause: SkipCause
        /// Why, for the auditor.
        package let reason: String
    }

    /// Slots to run, the earliest first.
    package let run: [CivilSlot]
    /// Slots to note as skipped, the earliest first.
    package let skipped: [Skipped]
    /// The last slot dealt with here.
    package let last: CivilSlot
    /// The first slot that is not.
    package let next: CivilSlot
    /// When that one is to be looked at, in seconds from 1970-01-01T00:00Z.
    package let moment: Int

    /// Most slots noted in one transaction; the next ones come with the next.
    static let mostNoted = 5000

    /// Plans the slots after the last one dealt with, up to and including now.
    ///
    /// - Parameters:
    ///   - rules: pattern, working days and zone of the schedule.
    ///   - last: the last slot dealt with.
    ///   - now: seconds from 1970-01-01T00:00Z.
    ///   - rule: what becomes of missed slots.
    ///   - absence: why no slot at all is to run, if so.
    package init(
        _ rules: SlotRules, after last: CivilSlot, at now: Int, catchUp rule: CatchUpRule, absence: SkipCause? = nil,
        most: Int = mostNoted
    ) {
        let come = rules.come(after: last, at: now)
        let until = rules.zone.civil(at: now)
        let running = absence == nil ? Self.chosen(of: come, rules.zone, now: now, rule) : []
        let chosen = Set(running)
        let before = come.prefix { !chosen.contains($0) }
        let isWhole = before.count <= most
        // In the night of a gap a slot that is run may have one behind it that is not: the skipped time came later.
        let missed = isWhole ? come.filter { !chosen.contains($0) } : Array(before.prefix(most))
        skipped = missed.map { slot in
            let cause = absence ?? Self.cause(of: slot, isLast: slot == come.last, rules, now: now, rule)
            return Skipped(slot: slot, cause: cause, reason: Self.reason(cause, last, until, rule, slot, rules.zone))
        }
        run = isWhole ? running : []
        self.last = (isWhole ? come.last : skipped.last?.slot) ?? last
        next = rules.next(after: self.last)
        moment = rules.moment(of: next)
    }

    private static func chosen(of come: [CivilSlot], _ zone: ZoneRules, now: Int, _ rule: CatchUpRule) -> [CivilSlot] {
        let candidates: ArraySlice<CivilSlot> =
            switch rule.policy {
            case .latest, .none: come.suffix(1)
            case .all: come.suffix(rule.limit)
            }
        let oldest = rule.policy == .none ? CatchUpRule.graceMinutes : rule.window
        guard let oldest else { return Array(candidates) }
        return candidates.filter { now - zone.moment(of: $0).instant < (oldest + 1) * 60 }
    }

    private static func cause(
        of slot: CivilSlot, isLast: Bool, _ rules: SlotRules, now: Int, _ rule: CatchUpRule
    ) -> SkipCause {
        if rule.policy != .all, !isLast, rules.isOvertaken(slot) { return .gap }
        switch rule.policy {
        case .latest: return isLast ? .window : .down
        case .none: return .late
        case .all:
            guard let window = rule.window, now - rules.zone.moment(of: slot).instant >= (window + 1) * 60 else {
                return .maximum
            }
            return .window
        }
    }

    private static func reason(
        _ cause: SkipCause, _ last: CivilSlot, _ now: CivilSlot, _ rule: CatchUpRule, _ slot: CivilSlot, _ zone: ZoneRules
    ) -> String {
        let absence = "not running between \(last) and \(now)"
        switch cause {
        case .down, .late: return "\(absence); catch-up \(rule.policy.rawValue)"
        case .window: return "\(absence); older than the window of \(rule.window ?? 0) minutes"
        case .maximum: return "\(absence); more than the \(rule.limit) slots that are run at once"
        case .gap: return "the clocks skip this time, up to \(zone.endOfGap(around: slot) ?? slot); a later slot came with it"
        case .overlap: return "the job of an earlier slot is unfinished"
        case .disabled: return "disabled between \(last) and \(now)"
        case .withdrawn: return "declared by no program between \(last) and \(now)"
        }
    }
}
