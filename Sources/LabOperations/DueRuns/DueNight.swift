// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel

/// Whether a night's run is what such nights give: the rule is a fact of the centre, `due_watch`.
package enum DueNight {
    /// The rule, as `laboratory.yaml` states it.
    package struct Rule: Codable, Sendable, Equatable {
        /// A run with fewer lines than this share of the usual is suspicious, in percent from 0 (never) to 100.
        package let sharePercent: Int
        /// How many earlier nights of the same class (working day or weekend) say what is usual, 1 to 60.
        package let nights: Int
        /// With fewer earlier nights than this nothing is usual yet, and no run is called small.
        package let atLeast: Int

        package init(sharePercent: Int, nights: Int, atLeast: Int) {
            (self.sharePercent, self.nights, self.atLeast) = (sharePercent, nights, atLeast)
        }

        /// The rule where the facts of the centre state none.
        package static let usual = Rule(sharePercent: 50, nights: 7, atLeast: 3)
    }

    /// What is wrong with a run.
    package enum Verdict: Equatable, Sendable {
        /// Nothing.
        case good
        /// Fewer lines than the share of the usual, which is given.
        case small(usual: Int)
        /// No line although something has a deadline.
        case empty(usual: Int?)
    }

    /// Judges a number of lines against those of earlier nights; the usual is their median, the lower of the two middle ones.
    package static func verdict(lines: Int, earlier: [Int], rule: Rule, deadlinesExist: () throws -> Bool) rethrows -> Verdict {
        let counts = earlier.prefix(max(rule.nights, 0)).sorted()
        let usual = counts.isEmpty ? nil : counts[(counts.count - 1) / 2]
        if lines == 0, try deadlinesExist(), (usual ?? 1) > 0 { return .empty(usual: usual) }
        guard let usual, counts.count >= rule.atLeast, lines * 100 < usual * rule.sharePercent else { return .good }
        return .small(usual: usual)
    }

    /// Raises the alarm of a night's suspicious run, or ends the alarms that a good one ends.
    static func judge(run: String, asOf day: CivilDate, within: Int, lines: Int, on database: isolated Transaction) throws {
        let rule = try database.dueWatchRule()
        let earlier = try database.all(Statements.dueRunTotals, "\(day)", within, rule.nights).map(\.lines)
        let verdict = try verdict(lines: lines, earlier: earlier, rule: rule) {
            try database.only(Statements.dueDeadlinesExist, "\(day)").found
        }
        switch verdict {
        case .good: _ = try database.all(Statements.dueAlarmEnd, run, "\(day)", within, earlier.count >= rule.atLeast)
        case .small(let usual): _ = try database.only(Statements.dueAlarmAdd, "\(day)", "small", run, lines, usual)
        case .empty(let usual): _ = try database.only(Statements.dueAlarmAdd, "\(day)", "empty", run, lines, usual)
        }
        if verdict != .good { try DueWatch.enqueue(on: database) }
    }
}

extension Transaction {
    /// The rule by which nights are judged.
    fileprivate func dueWatchRule() throws -> DueNight.Rule {
        guard let fact = try find(Statements.laboratoryFact, "due_watch") else { return .usual }
        return try StrictJSON.decode(DueNight.Rule.self, from: fact.name.utf8)
    }
}
