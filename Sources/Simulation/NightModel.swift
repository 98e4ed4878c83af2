// SPDX-License-Identifier: Apache-2.0

/// Which nights have a run of the due list, and why it was made.
struct NightModel: Sendable {
    /// Nights made up for lie no further back than so many days.
    static let furthest = 92

    private(set) var runs: [CivilDay: String] = [:]
    private var first: CivilDay?

    /// The timer fires on a day: what is missing up to it is made.
    mutating func fire(_ today: CivilDay) {
        let first = first ?? today
        self.first = min(first, today)
        var night = max(first, today - Self.furthest)
        while night <= today {
            if runs[night] == nil { runs[night] = night == today ? "nightly" : "caught_up" }
            night = night + 1
        }
    }
}

/// A slot of a schedule and what became of it.
struct SlotFate: Hashable, Sendable {
    let schedule: String
    /// `YYYY-MM-DDTHH:MM`.
    let slot: String
    /// `enqueued`, or the cause of the skip.
    let fate: String
}

/// Which slots schedules have, and what becomes of each: one row a slot, whatever happened.
struct SlotModel: Sendable {
    /// A schedule in the few words that the simulation knows.
    struct Rule: Sendable {
        enum Days: Sendable {
            case every
            /// The last Monday to Friday of a month.
            case lastWorkingDay
        }

        enum CatchUp: String, Sendable {
            case latest
            case all
            case none
        }

        let key: String
        let days: Days
        /// Minutes of the day.
        let minutes: [Int]
        let catchUp: CatchUp

        /// Reads a pattern and a policy; nil for what the simulation does not know.
        init?(key: String, pattern: String, catchUp: String) {
            let words = pattern.split(separator: " ")
            guard let policy = CatchUp(rawValue: catchUp), let last = words.last else { return nil }
            self.key = key
            self.catchUp = policy
            switch words.dropLast().map(String.init) {
            case ["daily"]: (days, minutes) = (.every, last.split(separator: ",").compactMap(Self.minute))
            case ["working-day", "last"]: (days, minutes) = (.lastWorkingDay, [Self.minute(last) ?? -1])
            case ["every"]:
                guard let step = Int(last.dropLast()), last.hasSuffix("m") else { return nil }
                (days, minutes) = (.every, Array(stride(from: 0, to: 1440, by: step)))
            default: return nil
            }
            guard !minutes.isEmpty, minutes.allSatisfy({ (0..<1440).contains($0) }) else { return nil }
        }

        private static func minute(_ text: Substring) -> Int? {
            let parts = text.split(separator: ":").compactMap { Int($0) }
            return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
        }

        func hasSlots(on day: CivilDay) -> Bool {
            switch days {
            case .every: return true
            case .lastWorkingDay:
                var last = day.endOfMonth(after: 0)
                while last.weekday > 5 { last = last - 1 }
                return day == last
            }
        }
    }

    private struct Place: Sendable {
        let rule: Rule
        var last: (day: CivilDay, minute: Int)
    }

    private let zone: SimulatedZone
    private var places: [Place]
    private(set) var fates: [SlotFate] = []

    /// Schedules declared at an instant: their slots begin after it.
    init(_ rules: [Rule], zone: SimulatedZone, declaredAt instant: Int) {
        self.zone = zone
        let (day, second) = zone.civil(instant)
        places = rules.map { Place(rule: $0, last: (day, second / 60)) }
    }

    /// The daemon looks at an instant at which nothing is held.
    mutating func look(_ instant: Int) {
        for index in places.indices { look(index, instant) }
    }

    private mutating func look(_ index: Int, _ instant: Int) {
        let rule = places[index].rule
        var come: [(day: CivilDay, minute: Int, instant: Int)] = []
        var day = places[index].last.day
        let today = zone.civil(instant).day
        while day <= today {
            if rule.hasSlots(on: day) {
                for minute in rule.minutes where day > places[index].last.day || minute > places[index].last.minute {
                    let moment = zone.instant(day, minute: minute)
                    if moment <= instant { come.append((day, minute, moment)) }
                }
            }
            day = day + 1
        }
        guard let newest = come.last else { return }
        places[index].last = (newest.day, newest.minute)
        for slot in come {
            let isNewest = slot.day == newest.day && slot.minute == newest.minute
            let fate =
                switch rule.catchUp {
                case .all: "enqueued"
                case .latest: isNewest ? "enqueued" : "down"
                case .none: isNewest && instant - slot.instant < 11 * 60 ? "enqueued" : "late"
                }
            let time =
                "\(slot.minute / 60 < 10 ? "0" : "")\(slot.minute / 60):\(slot.minute % 60 < 10 ? "0" : "")\(slot.minute % 60)"
            fates.append(SlotFate(schedule: rule.key, slot: "\(slot.day)T\(time)", fate: fate))
        }
    }
}
