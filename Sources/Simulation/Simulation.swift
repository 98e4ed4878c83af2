// SPDX-License-Identifier: Apache-2.0

/// Years of a laboratory under a virtual clock, next to a model that says what must come of them.
///
/// The laboratory is the program's own: its tables, jobs, schedules, deadlines and nightly runs. The model is written from the
/// definitions and asks the database nothing. Both are given the same facts, looks, stops and jumps of the clock; in the end
/// every reminder, every night and every slot is compared.
package struct Simulation: Sendable {
    /// How long, how large, and from which seed.
    package struct Settings: Sendable {
        /// Days from the first.
        package var days: Int
        /// Instruments at the beginning.
        package var instruments: Int
        /// Equal seeds give equal years.
        package var seed: UInt64
        /// Where the laboratory lives.
        package var zone: SimulatedZone
        /// The first day.
        package var begins = CivilDay(2021, 1, 4)

        /// Takes what has no usual value.
        package init(days: Int, instruments: Int, seed: UInt64, zone: SimulatedZone) {
            (self.days, self.instruments, self.seed, self.zone) = (days, instruments, seed, zone)
        }
    }

    /// The moments of a day at which something is done, in minutes: the turn of the day, the timer of the due list, reminders and their
    /// messages, the hour at which people work, and the evening. What is due between them is dealt with at the next.
    private enum Stop: Int, CaseIterable, Sendable {
        case turn = 0
        case night = 120
        case reminders = 420
        case messages = 510
        case work = 600
        case evening = 1025
    }

    private let settings: Settings
    private let laboratory: SimulatedLaboratory
    private var life: PlannedLife
    private var dice: Dice
    private var deadlines = DeadlineModel()
    private var nights = NightModel()
    private var slots: SlotModel
    private var now: Int
    private var lastStop = -1
    private var downUntil: Int?
    private var missedTimer = false
    /// How far the clock stands from where it stood before it was moved back, since the daemon started; nil when it was not.
    private var displaced: Int?
    private var facts = 0
    private var identities: [Int64: Int] = [:]
    private var counts: [String: Int] = [:]
    private var failures: [String] = []

    /// Lives through the time and compares.
    ///
    /// - Parameter progress: told the day and how much is done, from 0 to 1, about once a simulated month.
    package static func run(_ settings: Settings, progress: (CivilDay, Double) -> Void = { _, _ in }) async throws -> Report {
        let began = ContinuousClock.now
        var simulation = try await Simulation(settings)
        try await simulation.live(progress)
        let lived = began.duration(to: .now)
        let findings = try await simulation.laboratory.findings()
        return simulation.report(findings, took: lived)
    }

    private init(_ settings: Settings) async throws {
        self.settings = settings
        life = PlannedLife(instruments: settings.instruments, seed: settings.seed)
        dice = Dice(seed: settings.seed ^ 0x5EED)
        now = settings.zone.instant(settings.begins, minute: 12 * 60)
        laboratory = try await SimulatedLaboratory.open(zone: settings.zone, at: now)
        slots = SlotModel(laboratory.rules, zone: settings.zone, declaredAt: now)
        try await laboratory.keepUp()
        try await laboratory.open(customers: life.customers)
        try await record(life.beginning(settings.instruments, on: settings.begins))
        laboratory.start(isOtherBoot: false)
        try await look()
    }

    private mutating func live(_ progress: (CivilDay, Double) -> Void) async throws {
        let end = settings.zone.instant(settings.begins + settings.days, minute: 12 * 60)
        var month = 0
        while now < end {
            let (instant, stop) = nextStop()
            try await laboratory.pass(seconds: instant - now)
            (now, lastStop) = (instant, stop.rawValue)
            let day = settings.zone.civil(now).day
            if stop == .turn, day.parts.month != month {
                month = day.parts.month
                try await laboratory.keepUp()
                let begin = settings.zone.instant(settings.begins, minute: 0)
                progress(day, Double(now - begin) / Double(end - begin))
            }
            try await deal(with: stop, on: day, isQuiet: end - now < 40 * 86_400 || day < settings.begins + 10)
        }
        // What was found in the last hours is told, before another day turns.
        if downUntil != nil { try await comeUp() }
        for _ in 0..<2 {
            try await laboratory.pass(seconds: 3 * 3600)
            now += 3 * 3600
            try await look()
        }
    }

    /// The next moment at which something is done; two may lie at one instant where the clocks skip an hour.
    private func nextStop() -> (Int, Stop) {
        let today = settings.zone.civil(now).day
        var best: (Int, Stop)?
        for day in [today, today + 1] {
            for stop in Stop.allCases {
                let instant = settings.zone.instant(day, minute: stop.rawValue)
                guard instant > now || (instant == now && stop.rawValue > lastStop) else { continue }
                if best.map({ (instant, stop.rawValue) < ($0.0, $0.1.rawValue) }) ?? true { best = (instant, stop) }
            }
        }
        return best ?? (now + 3600, .turn)
    }

    private mutating func deal(with stop: Stop, on day: CivilDay, isQuiet: Bool) async throws {
        if let downUntil {
            guard now >= downUntil else {
                if stop == .night { missedTimer = true }
                return
            }
            try await comeUp()
        }
        switch stop {
        case .night: try await fireTimer()
        case .work:
            try await record(life.facts(on: day))
            try await look()
            if !isQuiet { try await disturb() }
        case .turn, .reminders, .messages, .evening: try await look()
        }
    }

    // MARK: What happens

    private mutating func look() async throws {
        let seen = try await laboratory.look()
        failures += seen.failures
        if seen.isHeld { failures.append("held on \(settings.zone.civil(now).day) without a jump") }
        let (day, second) = settings.zone.civil(now)
        slots.look(now)
        deadlines.look(day, second)
        note("looks", 1)
        note("jobs run", seen.jobs)
    }

    private mutating func fireTimer() async throws {
        try await look()
        _ = try await laboratory.night()
        nights.fire(settings.zone.civil(now).day)
        missedTimer = false
        try await look()
    }

    private mutating func record(_ facts: [Fact]) async throws {
        guard !facts.isEmpty else { return }
        let identities = try await laboratory.record(facts)
        for (fact, identity) in zip(facts, identities) {
            self.facts += 1
            deadlines.record(fact, number: self.facts)
            if let identity { self.identities[Self.anchor(fact, identity)] = self.facts }
        }
        note("facts recorded", facts.count)
    }

    /// Papers and measurements have numbers of their own.
    private static func anchor(_ fact: Fact, _ identity: Int64) -> Int64 {
        if case .paper = fact { return -identity }
        return identity
    }

    private mutating func note(_ what: String, _ count: Int) { counts[what, default: 0] += count }

    // MARK: What goes wrong

    private mutating func disturb() async throws {
        switch dice.number(0...999) {
        case ..<25: try await goDown()
        case ..<37: try await jumpAndReturn()
        case ..<42: try await jumpAndRelease()
        case ..<60:
            note("small moves of the clock", 1)
            try await jump(60 * dice.number(2...50))
        case ..<70:
            note("jumps back", 1)
            try await jump(-60 * (dice.happens(500) ? dice.number(5...300) : dice.number(300...4400)))
        default: break
        }
    }

    private mutating func goDown() async throws {
        let hours =
            switch dice.number(0...9) {
            case ..<6: dice.number(1...12)
            case ..<9: dice.number(13...96)
            default: dice.number(97...840)
            }
        note(hours <= 12 ? "stops of hours" : hours <= 96 ? "stops of days" : "stops of weeks", 1)
        note("hours stopped", hours)
        try await laboratory.stop()
        downUntil = now + hours * 3600
        missedTimer = false
    }

    private mutating func comeUp() async throws {
        downUntil = nil
        displaced = nil
        laboratory.start(isOtherBoot: dice.happens(500))
        try await look()
        if missedTimer { try await fireTimer() }
    }

    /// The database's clock is moved by less than what holds it, or back.
    private mutating func jump(_ seconds: Int) async throws {
        if seconds < 0, displaced == nil { displaced = 0 }
        displaced = displaced.map { $0 + seconds }
        try await laboratory.jump(seconds: seconds)
        now += seconds
        lastStop = -1
        try await look()
    }

    /// A jump ahead that does not end where the clock stood before it was moved back: that would be no jump but a correction.
    private func jump(ofHours hours: Int) -> Int {
        guard let displaced, abs(displaced + hours * 3600) < 3 * 3600 else { return hours }
        return hours + 24
    }

    /// The clock jumps ahead and is set right again two hours later: nothing may have come of it.
    private mutating func jumpAndReturn() async throws {
        note("jumps ahead, taken back", 1)
        let hours = jump(ofHours: [2, 30, 24 * 40, 24 * 400, 24 * 3650][dice.number(0...4)])
        try await laboratory.jump(seconds: hours * 3600)
        for _ in 0..<2 {
            try await lookHeld()
            try await laboratory.pass(seconds: 3600)
        }
        try await lookHeld()
        try await laboratory.jump(seconds: -hours * 3600)
        now += 7200
        try await look()
    }

    /// The clock jumps ahead, and a person says that it is right now.
    private mutating func jumpAndRelease() async throws {
        note("jumps ahead, released", 1)
        let hours = jump(ofHours: dice.number(2...480))
        displaced = displaced.map { $0 + hours * 3600 }
        try await laboratory.jump(seconds: hours * 3600)
        try await lookHeld()
        try await laboratory.pass(seconds: 3600)
        try await lookHeld()
        try await laboratory.release()
        now += hours * 3600 + 3600
        lastStop = -1
        let day = settings.zone.civil(now).day
        // The timer of the machine goes by the same clock and finds that its hour has passed.
        try await look()
        if settings.zone.civil(now - hours * 3600 - 3600).day < day { try await fireTimer() }
    }

    private mutating func lookHeld() async throws {
        let seen = try await laboratory.look()
        failures += seen.failures
        if !seen.isHeld { failures.append("not held after a jump on \(settings.zone.civil(now).day)") }
    }

    private func report(_ findings: Findings, took: Duration) -> Report {
        var comparison = Comparison()
        comparison.compare(deadlines.reminders, findings.reminders, identities)
        comparison.compare(nights.runs, findings.nights)
        comparison.compare(slots.fates, findings.slots)
        comparison.differences += failures.map { "failed: \($0)" }
        for none in findings.mustBeNone where none.count > 0 { comparison.differences.append("\(none.what): \(none.count)") }
        comparison.differences += findings.brokenRuns.map { "run of a night does not agree: \($0)" }
        if findings.mailedTwice > 0 { comparison.differences.append("mails handed over twice: \(findings.mailedTwice)") }
        let fates = deadlines.fates().map { ("stages " + $0.0, $0.1) }
        let nightCounts = Dictionary(grouping: nights.runs.values, by: \.self).map { ("nights \($0.key)", $0.value.count) }
        let slotCounts = Dictionary(grouping: slots.fates.map(\.fate), by: \.self).map { ("slots \($0.key)", $0.value.count) }
        var lines = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        lines.append(("instruments in the end", life.instruments.count))
        lines.append(("deadlines", deadlines.deadlines))
        lines += fates
        lines += nightCounts.sorted { $0.0 < $1.0 } + slotCounts.sorted { $0.0 < $1.0 }
        lines += findings.counts.map { ($0.what, $0.count) }
        lines.append(("mails", findings.mails))
        return Report(counts: lines, differences: comparison.differences, took: took)
    }
}
