// SPDX-License-Identifier: Apache-2.0

/// A deadline that has a reminder: whose, by which fact, and for which day.
struct DeadlineKey: Hashable, Sendable {
    /// An instrument or a standard.
    let subject: Subject
    /// The fact from which it follows, by its number; 0 when there is none.
    let anchor: Int
    let dueOn: CivilDay
}

/// What has deadlines.
enum Subject: Hashable, Sendable {
    case instrument(Int)
    case standard(Int, PaperKind)
}

/// One reminder that is predicted.
struct PredictedReminder: Hashable, Sendable {
    let key: DeadlineKey
    /// Days after the due date.
    let stage: Int
    /// Stages passed over, named in it.
    let skipped: [Int]
    let on: CivilDay
}

/// What the definitions say about deadlines and reminders, in words of its own: due dates from dated facts, as of a day; each stage of a
/// deadline once, at seven in the morning of its day; of several that have passed, the newest, with the others named.
struct DeadlineModel: Sendable {
    static let general = [-60, -30, -7, 1, 14, 30]
    static let early = [-90, -30, -7, 1, 14, 30]
    static let ownStandards = [-90, -30, 1]
    /// The second of the day at which stages come.
    static let morning = 7 * 3600

    private struct Verification: Sendable {
        let fact: Int
        let workedOn: CivilDay
        let validUntil: CivilDay?
    }

    /// All that is on record of one subject.
    private struct Dossier: Sendable {
        let subject: Subject
        var inUseFrom = CivilDay(.min / 2)
        var customer: Int?
        var verifications: [Verification] = []
        var endings: [CivilDay] = []
        var uses: [(on: CivilDay, isOut: Bool)] = []
        var holds: [(from: CivilDay, through: CivilDay)] = []
        var papers: [(fact: Int, issuedOn: CivilDay, validUntil: CivilDay)] = []
        /// The deadline at the last look.
        var current: DeadlineKey?
        /// Day and second before which nothing can come.
        var sleepsUntil = (CivilDay(.min / 2), 0)
    }

    /// What became of the stages of a deadline.
    private struct Episode: Sendable {
        var stages: [Int]
        var told: Set<Int> = []
        var skipped: Set<Int> = []
        /// Why it is not the deadline any more; nil while it is.
        var ended: Ending?
    }

    /// Why a deadline is no more.
    enum Ending: String, Sendable, CaseIterable {
        case anotherVerification = "superseded by another verification"
        case anotherPaper = "superseded by another paper"
        case endedEarly = "superseded: validity ended early"
        case outOfUse = "superseded: out of use"
    }

    private(set) var reminders: [PredictedReminder] = []
    private var dossiers: [Dossier] = []
    private var places: [Subject: Int] = [:]
    private var customerHolds: [Int: [(from: CivilDay, through: CivilDay)]] = [:]
    private var preferences: [Int: [(from: CivilDay, early: Bool)]] = [:]
    private var lastTold: [DeadlineKey: Int] = [:]
    private var episodes: [DeadlineKey: Episode] = [:]
    private var lastLook = (CivilDay(.min / 2), 0)

    /// Takes in a fact under its number, from 1 and rising.
    mutating func record(_ fact: Fact, number: Int) {
        switch fact {
        case .instrument(let instrument):
            change(.instrument(instrument.number)) {
                $0.inUseFrom = instrument.inUseFrom
                $0.customer = instrument.customer
            }
        case .verification(let instrument, let workedOn, let validUntil):
            change(.instrument(instrument)) {
                $0.verifications.append(Verification(fact: number, workedOn: workedOn, validUntil: validUntil))
            }
        case .event(let instrument, let kind, let day):
            change(.instrument(instrument)) {
                switch kind {
                case "taken_out", "put_back": $0.uses.append((day, kind == "taken_out"))
                default: $0.endings.append(day)
                }
            }
        case .suspension(.instrument(let instrument), let from, let through):
            change(.instrument(instrument)) { $0.holds.append((from, through)) }
        case .suspension(.customer(let customer), let from, let through):
            customerHolds[customer, default: []].append((from, through))
            wake(customer)
        case .paper(let standard, let kind, let issuedOn, let validUntil):
            change(.standard(standard, kind)) { $0.papers.append((number, issuedOn, validUntil)) }
        case .preference(let customer, let early, let from):
            preferences[customer, default: []].append((from, early))
            wake(customer)
        }
    }

    /// The daemon looks while the clock shows a time; it must be one at which nothing is held.
    mutating func look(_ day: CivilDay, _ second: Int) {
        let isBack = (day, second) < lastLook
        lastLook = (day, second)
        for place in dossiers.indices where isBack || dossiers[place].sleepsUntil <= (day, second) { look(place, day, second) }
    }

    private mutating func change(_ subject: Subject, _ body: (inout Dossier) -> Void) {
        let place = places[subject] ?? dossiers.count
        if place == dossiers.count {
            places[subject] = place
            dossiers.append(Dossier(subject: subject))
        }
        body(&dossiers[place])
        dossiers[place].sleepsUntil = (CivilDay(.min / 2), 0)
    }

    private mutating func wake(_ customer: Int) {
        for place in dossiers.indices where dossiers[place].customer == customer {
            dossiers[place].sleepsUntil = (CivilDay(.min / 2), 0)
        }
    }

    private mutating func look(_ place: Int, _ day: CivilDay, _ second: Int) {
        let dossier = dossiers[place]
        let key = deadline(of: dossier, on: day)
        if let former = dossier.current, former != key {
            let why = ending(former, key)
            episodes[former]?.ended = why
        }
        dossiers[place].current = key
        var sleepsUntil = (CivilDay(.max / 2), 0)
        if let key {
            let stages = stages(of: dossier, on: day)
            episodes[key, default: Episode(stages: stages)].stages = stages
            episodes[key]?.ended = nil
            if !isHeld(dossier, on: day) {
                let open = stages.filter { $0 > lastTold[key] ?? .min }
                let come = open.filter { (key.dueOn + $0, Self.morning) <= (day, second) }
                if let newest = come.last {
                    tell(key, newest, skipping: come.dropLast(), on: day)
                }
                if let next = open.first(where: { (key.dueOn + $0, Self.morning) > (day, second) }) {
                    sleepsUntil = (key.dueOn + next, Self.morning)
                }
            }
        }
        if let turn = nextTurn(of: dossier, after: day), (turn, 0) < sleepsUntil { sleepsUntil = (turn, 0) }
        dossiers[place].sleepsUntil = sleepsUntil
    }

    private mutating func tell(_ key: DeadlineKey, _ stage: Int, skipping skipped: ArraySlice<Int>, on day: CivilDay) {
        reminders.append(PredictedReminder(key: key, stage: stage, skipped: Array(skipped), on: day))
        lastTold[key] = stage
        episodes[key]?.told.insert(stage)
        episodes[key]?.skipped.formUnion(skipped)
    }

    /// The deadline of a subject as of a day, from what is dated up to it.
    private func deadline(of dossier: Dossier, on day: CivilDay) -> DeadlineKey? {
        guard case .instrument = dossier.subject else {
            // The paper issued last.
            let paper = dossier.papers.filter { $0.issuedOn <= day }
                .max { ($0.issuedOn, $0.validUntil, $0.fact) < ($1.issuedOn, $1.validUntil, $1.fact) }
            return paper.map { DeadlineKey(subject: dossier.subject, anchor: $0.fact, dueOn: $0.validUntil) }
        }
        guard dossier.inUseFrom <= day else { return nil }
        var use: (on: CivilDay, isOut: Bool)?
        for change in dossier.uses where change.on <= day && change.on >= use?.on ?? change.on { use = change }
        if use?.isOut == true { return nil }
        let known = dossier.verifications.filter { $0.workedOn <= day }
        guard let newest = known.max(by: { ($0.workedOn, $0.fact) < ($1.workedOn, $1.fact) }) else {
            return DeadlineKey(subject: dossier.subject, anchor: 0, dueOn: dossier.inUseFrom - 1)
        }
        guard let validUntil = newest.validUntil else {
            return DeadlineKey(subject: dossier.subject, anchor: newest.fact, dueOn: newest.workedOn - 1)
        }
        let ending = dossier.endings.filter { $0 <= day && $0 > newest.workedOn }.min()
        let dueOn = ending.map { $0 <= validUntil ? $0 - 1 : validUntil } ?? validUntil
        return DeadlineKey(subject: dossier.subject, anchor: newest.fact, dueOn: dueOn)
    }

    private func isHeld(_ dossier: Dossier, on day: CivilDay) -> Bool {
        let holds = dossier.holds + (dossier.customer.flatMap { customerHolds[$0] } ?? [])
        return holds.contains { $0.from <= day && day <= $0.through }
    }

    private func stages(of dossier: Dossier, on day: CivilDay) -> [Int] {
        guard case .instrument = dossier.subject else { return Self.ownStandards }
        var choice: (from: CivilDay, early: Bool)?
        for wish in dossier.customer.flatMap({ preferences[$0] }) ?? [] where wish.from <= day {
            if wish.from >= choice?.from ?? wish.from { choice = wish }
        }
        return choice?.early == true ? Self.early : Self.general
    }

    /// The next day on which something that is on record begins or ends to count.
    private func nextTurn(of dossier: Dossier, after day: CivilDay) -> CivilDay? {
        var days = [dossier.inUseFrom] + dossier.verifications.map(\.workedOn) + dossier.endings + dossier.uses.map(\.on)
        days += dossier.papers.map(\.issuedOn)
        for hold in dossier.holds + (dossier.customer.flatMap { customerHolds[$0] } ?? []) {
            days += [hold.from, hold.through + 1]
        }
        if let customer = dossier.customer { days += preferences[customer]?.map(\.from) ?? [] }
        return days.filter { $0 > day }.min()
    }

    private func ending(_ former: DeadlineKey, _ key: DeadlineKey?) -> Ending {
        guard let key else { return .outOfUse }
        guard key.anchor != former.anchor else { return .endedEarly }
        if case .standard = key.subject { return .anotherPaper }
        return .anotherVerification
    }

    /// How many stages of all deadlines came to what.
    func fates() -> [(String, Int)] {
        var (told, skipped, open) = (0, 0, 0)
        var ended: [Ending: Int] = [:]
        for episode in episodes.values {
            told += episode.told.count
            skipped += episode.skipped.count
            let rest = episode.stages.count { !episode.told.contains($0) && !episode.skipped.contains($0) }
            if let ending = episode.ended { ended[ending, default: 0] += rest } else { open += rest }
        }
        let reasons = Ending.allCases.map { ($0.rawValue, ended[$0] ?? 0) }
        return [("reminded", told), ("skipped, named in the newer stage", skipped)] + reasons + [("still to come, or held", open)]
    }

    /// Deadlines there were.
    var deadlines: Int { episodes.count }
}
