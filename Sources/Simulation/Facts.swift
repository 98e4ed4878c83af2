// SPDX-License-Identifier: Apache-2.0

/// An instrument of the simulated centre.
struct SimulatedInstrument: Sendable {
    /// Place in the list, from 0.
    let number: Int
    /// Type of the master data.
    let type: String
    /// Months that a verification is valid, to the end of the month.
    let cycle: Int
    /// Its customer's place in the list; it has one site.
    let customer: Int
    let inUseFrom: CivilDay
}

/// Something that is recorded: dated, and never taken back.
enum Fact: Sendable {
    case instrument(SimulatedInstrument)
    /// A verification by another organisation; valid until nil when it failed.
    case verification(instrument: Int, workedOn: CivilDay, validUntil: CivilDay?)
    /// An event of the kinds that the records know.
    case event(instrument: Int, kind: String, on: CivilDay)
    /// A deadline held from a day through another.
    case suspension(of: Holder, from: CivilDay, through: CivilDay)
    /// A paper of a standard of the centre.
    case paper(standard: Int, kind: PaperKind, issuedOn: CivilDay, validUntil: CivilDay)
    /// A customer chooses the early reminders, or the general ones again, from a day.
    case preference(customer: Int, early: Bool, from: CivilDay)
}

/// Whose deadlines are held.
enum Holder: Sendable, Hashable {
    case instrument(Int)
    case customer(Int)
}

/// What a standard needs to be used.
enum PaperKind: String, Sendable, Hashable, CaseIterable {
    case calibration
    case certification
}

/// What the customers and the laboratory do, day by day, drawn from a seed; it knows nothing of what is due by the records.
struct PlannedLife: Sendable {
    /// How a customer keeps its dates.
    private enum Habit: CaseIterable, Sendable {
        case early
        case onTime
        case late
        case never
    }

    private static let types = [("19", 12), ("19", 12), ("19", 12), ("8b", 12), ("8a", 24), ("34b", 6), ("21a", 60)]

    private var dice: Dice
    private(set) var instruments: [SimulatedInstrument] = []
    private var habits: [Habit] = []
    private var nextWork: [CivilDay] = []
    private var usedDays: [Set<CivilDay>] = []
    private var outUntil: [Int: CivilDay] = [:]
    private var retired: Set<Int> = []
    private var papersUntil: [CivilDay] = []
    let customers: Int
    let standards = 6

    init(instruments count: Int, seed: UInt64) {
        dice = Dice(seed: seed)
        customers = max(3, count / 12)
    }

    /// What is on record when the centre begins to use the program.
    mutating func beginning(_ count: Int, on day: CivilDay) -> [Fact] {
        var facts: [Fact] = []
        for _ in 0..<count {
            let inUse = day - dice.number(100...2500)
            facts.append(.instrument(add(inUseFrom: inUse)))
            let number = instruments.count - 1
            let worked = max(inUse, day - dice.number(1...min(700, 30 * instruments[number].cycle)))
            facts.append(verify(number, on: worked))
            plan(number, after: day)
        }
        for standard in 0..<standards {
            let until = day + dice.number(20...365)
            papersUntil.append(until)
            for kind in PaperKind.allCases {
                facts.append(.paper(standard: standard, kind: kind, issuedOn: day - 200, validUntil: until))
            }
        }
        return facts
    }

    /// What is recorded on a day.
    mutating func facts(on day: CivilDay) -> [Fact] {
        var facts: [Fact] = []
        for number in instruments.indices where nextWork[number] <= day && !retired.contains(number) {
            facts += work(number, on: day)
        }
        // New instruments: some put in use later, some recorded late.
        let most = max(1, instruments.count / 800)
        for _ in 0..<(dice.happens(400) ? dice.number(1...most) : 0) {
            let instrument = add(inUseFrom: day + dice.number(-20...20))
            facts.append(.instrument(instrument))
            nextWork[instrument.number] = max(day, instrument.inUseFrom) + dice.number(0...45)
        }
        for _ in 0..<max(1, instruments.count / 600) where dice.happens(350) { facts += mishap(on: day) }
        for (number, until) in outUntil.sorted(by: { $0.key < $1.key }) where until <= day {
            outUntil[number] = nil
            if let on = freeDay(number, day) { facts.append(.event(instrument: number, kind: "put_back", on: on)) }
        }
        facts += renewals(on: day)
        if dice.happens(15) {
            let (customer, from) = (dice.number(0...customers - 1), day + dice.number(-3...30))
            facts.append(.preference(customer: customer, early: dice.happens(700), from: from))
        }
        return facts
    }

    private mutating func add(inUseFrom day: CivilDay) -> SimulatedInstrument {
        let (type, cycle) = Self.types[dice.number(0...Self.types.count - 1)]
        let instrument = SimulatedInstrument(
            number: instruments.count, type: type, cycle: cycle, customer: dice.number(0...customers - 1), inUseFrom: day)
        instruments.append(instrument)
        let habit: Habit =
            switch dice.number(0...99) {
            case ..<35: .early
            case ..<60: .onTime
            case ..<92: .late
            default: .never
            }
        habits.append(habit)
        nextWork.append(day)
        usedDays.append([])
        return instrument
    }

    /// A verification, which passes nine times of ten.
    private mutating func verify(_ number: Int, on day: CivilDay) -> Fact {
        usedDays[number].insert(day)
        let passes = dice.happens(930)
        let until = day.endOfMonth(after: instruments[number].cycle)
        nextWork[number] = passes ? until : day + dice.number(3...20)
        return .verification(instrument: number, workedOn: day, validUntil: passes ? until : nil)
    }

    /// Says when the customer comes next, as it is its habit.
    private mutating func plan(_ number: Int, after day: CivilDay) {
        let shift =
            switch habits[number] {
            case .early: dice.number(-75 ... -10)
            case .onTime: dice.number(-9...0)
            case .late: dice.number(1...90)
            case .never: dice.number(200...3000)
            }
        nextWork[number] = max(day + 1, nextWork[number] + shift)
    }

    private mutating func work(_ number: Int, on day: CivilDay) -> [Fact] {
        // Recorded days or weeks after the work, one time of six.
        let wanted = dice.happens(160) ? day - dice.number(1...45) : day
        guard let worked = freeDay(number, max(wanted, instruments[number].inUseFrom)), worked <= day else {
            nextWork[number] = day + 1
            return []
        }
        var facts = [verify(number, on: worked)]
        plan(number, after: day)
        // Somebody finds the paper of an older verification: it moves nothing.
        if dice.happens(40), let older = freeDay(number, max(worked - dice.number(10...200), instruments[number].inUseFrom)) {
            let next = nextWork[number]
            facts.append(verify(number, on: min(older, day)))
            nextWork[number] = next
        }
        return facts
    }

    /// Something happens to an instrument: a seal breaks, it is taken out, its deadline is held.
    private mutating func mishap(on day: CivilDay) -> [Fact] {
        let number = dice.number(0...instruments.count - 1)
        guard !retired.contains(number), outUntil[number] == nil, let on = freeDay(number, day - dice.number(0...12)),
            on >= instruments[number].inUseFrom
        else { return [] }
        switch dice.number(0...9) {
        case 0...3:
            nextWork[number] = min(nextWork[number], day + dice.number(2...60))
            return [.event(instrument: number, kind: ["seal_broken", "repaired", "stamp_lost"][dice.number(0...2)], on: on)]
        case 4...5:
            outUntil[number] = day + dice.number(20...200)
            return [.event(instrument: number, kind: "taken_out", on: on)]
        case 6:
            retired.insert(number)
            return [.event(instrument: number, kind: "taken_out", on: on)]
        case 7...8:
            let from = day + dice.number(-10...30)
            return [.suspension(of: .instrument(number), from: from, through: from + dice.number(5...120))]
        default:
            guard dice.happens(250) else { return [] }
            let from = day + dice.number(0...20)
            return [.suspension(of: .customer(instruments[number].customer), from: from, through: from + dice.number(5...40))]
        }
    }

    /// The centre renews the papers of its standards, sometimes too late.
    private mutating func renewals(on day: CivilDay) -> [Fact] {
        var facts: [Fact] = []
        for standard in 0..<standards where day.number - papersUntil[standard].number >= dice.number(-60...300) {
            papersUntil[standard] = day + dice.number(300...400)
            for kind in PaperKind.allCases {
                facts.append(
                    .paper(standard: standard, kind: kind, issuedOn: day - dice.number(0...9), validUntil: papersUntil[standard]))
            }
        }
        return facts
    }

    /// A day near another on which nothing is on record of an instrument yet, so that no order of two facts of one day matters.
    private mutating func freeDay(_ number: Int, _ day: CivilDay) -> CivilDay? {
        for back in 0..<10 where !usedDays[number].contains(day - back) {
            usedDays[number].insert(day - back)
            return day - back
        }
        return nil
    }
}
