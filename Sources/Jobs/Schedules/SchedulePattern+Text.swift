// SPDX-License-Identifier: Apache-2.0

extension SchedulePattern: CustomStringConvertible {
    static let monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// The text kept in the database, which ``init(_:)`` reads.
    package var description: String {
        let suffix = months.isEmpty ? "" : " in " + months.sorted().map { Self.monthNames[$0 - 1] }.joined(separator: ",")
        if case .every = days, case .steps = times { return times.description + suffix }
        return days.description + " " + times.description + suffix
    }

    /// Reads a pattern; nil for anything else.
    ///
    /// Days, then times, then months if not all: `daily`, `weekly mon,wed`, `monthly 5,20`, `month-end`, `nth 2 tue`, `nth last fri`,
    /// `working-days`, `working-day 1`, `working-day last`; `07:00`, `07:00,13:30`, `every 15m`, `every 15m 08:00-17:45`;
    /// `in jan,jul`. `every 15m` alone is every day. Minutes of `every` run from 1 to 1440, days of the month from 1 to 31.
    package init?(_ text: String) {
        var words = text.split(separator: " ")[...]
        var months: Set<Int> = []
        if words.count > 2, words[words.endIndex - 2] == "in" {
            for name in words.removeLast().split(separator: ",", omittingEmptySubsequences: false) {
                guard let month = Self.monthNames.firstIndex(of: String(name)) else { return nil }
                months.insert(month + 1)
            }
            words.removeLast()
        }
        guard let days = Days(&words), let times = SlotTimes(&words), words.isEmpty else { return nil }
        self.init(days, times, months: months)
    }
}

extension SchedulePattern.Days: CustomStringConvertible {
    var description: String {
        switch self {
        case .every: "daily"
        case .weekly(let days):
            "weekly " + Weekday.allCases.filter(days.contains).map(\.rawValue).joined(separator: ",")
        case .monthly([31]): "month-end"
        case .monthly(let days): "monthly " + days.map(String.init).joined(separator: ",")
        case .nth(let number, let day): "nth \(number.map(String.init) ?? "last") \(day.rawValue)"
        case .workingDays: "working-days"
        case .nthWorkingDay(let number): "working-day \(number.map(String.init) ?? "last")"
        }
    }

    /// Takes the words of the days off the front.
    init?(_ words: inout ArraySlice<Substring>) {
        guard let first = words.first else { return nil }
        func number(_ word: Substring?, _ range: ClosedRange<Int>) -> Int? {
            guard let word, word.first?.isNumber == true, let value = Int(word), range.contains(value) else { return nil }
            return value
        }
        if first == "every" {
            self = .every
            return
        }
        words.removeFirst()
        switch first {
        case "daily": self = .every
        case "month-end": self = .monthly([31])
        case "working-days": self = .workingDays
        case "weekly":
            let days = (words.popFirst() ?? "").split(separator: ",", omittingEmptySubsequences: false)
                .map { Weekday(rawValue: String($0)) }
            guard !days.contains(nil) else { return nil }
            self = .weekly(Set(days.compactMap { $0 }))
        case "monthly":
            let days = (words.popFirst() ?? "").split(separator: ",", omittingEmptySubsequences: false).map { number($0, 1...31) }
            guard !days.contains(nil) else { return nil }
            self = .monthly(Set(days.compactMap { $0 }).sorted())
        case "nth":
            let which = words.popFirst()
            guard let day = words.popFirst().flatMap({ Weekday(rawValue: String($0)) }) else { return nil }
            if which == "last" {
                self = .nth(nil, day)
            } else if let number = number(which, 1...5) {
                self = .nth(number, day)
            } else {
                return nil
            }
        case "working-day":
            let which = words.popFirst()
            if which == "last" {
                self = .nthWorkingDay(nil)
            } else if let number = number(which, 1...23) {
                self = .nthWorkingDay(number)
            } else {
                return nil
            }
        default: return nil
        }
    }
}

extension SlotTimes: CustomStringConvertible {
    var description: String {
        switch self {
        case .list(let minutes): minutes.map { TimeOfDay(ofDay: $0).description }.joined(separator: ",")
        case .steps(let step, 0, 1439): "every \(step)m"
        case .steps(let step, let from, let through):
            "every \(step)m \(TimeOfDay(ofDay: from))-\(TimeOfDay(ofDay: through))"
        }
    }

    /// Takes the words of the times off the front.
    init?(_ words: inout ArraySlice<Substring>) {
        guard let first = words.popFirst() else { return nil }
        guard first == "every" else {
            let times = first.split(separator: ",", omittingEmptySubsequences: false).map { TimeOfDay($0) }
            guard !times.isEmpty, !times.contains(nil) else { return nil }
            self = .list(Set(times.compactMap { $0?.minute }).sorted())
            return
        }
        guard let step = words.popFirst(), step.last == "m", step.first?.isNumber == true,
            let minutes = Int(step.dropLast()), (1...1440).contains(minutes)
        else { return nil }
        guard let window = words.popFirst() else {
            self = .wholeDay(step: minutes)
            return
        }
        let ends = window.split(separator: "-", omittingEmptySubsequences: false).map { TimeOfDay($0) }
        guard ends.count == 2, let from = ends[0], let through = ends[1], from.minute <= through.minute else { return nil }
        self = .steps(step: minutes, from: from.minute, through: through.minute)
    }
}
