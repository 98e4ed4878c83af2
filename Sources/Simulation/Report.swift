// SPDX-License-Identifier: Apache-2.0

/// What a simulation came to.
package struct Report: Sendable {
    /// How many of what.
    package let counts: [(what: String, count: Int)]
    /// Where the laboratory and the model disagree, and what must not have happened.
    package let differences: [String]
    /// Time it took.
    package let took: Duration

    init(counts: [(String, Int)], differences: [String], took: Duration) {
        self.counts = counts.map { (what: $0.0, count: $0.1) }
        self.differences = differences
        self.took = took
    }

    /// A count by its name; 0 when there is none.
    package func count(_ what: String) -> Int { counts.first { $0.what == what }?.count ?? 0 }
}

/// Compares what was predicted with what is on record.
struct Comparison: Sendable {
    var differences: [String] = []

    mutating func compare(
        _ predicted: [PredictedReminder], _ found: [Findings.Reminder], _ identities: [Int64: Int]
    ) {
        let wanted = predicted.map(Self.line)
        let there = found.map { reminder in
            let isPaper = reminder.subject.hasPrefix("E-")
            let fact = reminder.anchorId == 0 ? 0 : identities[isPaper ? -reminder.anchorId : reminder.anchorId] ?? -1
            let skipped = reminder.skipped.split(separator: ",").joined(separator: ",")
            return "reminder \(reminder.subject) \(reminder.kind) fact \(fact) due \(reminder.dueOn) "
                + "\(reminder.stage) on \(reminder.remindedOn) skipping [\(skipped)]"
        }
        compare(wanted, there)
    }

    mutating func compare(_ predicted: [CivilDay: String], _ found: [Findings.Night]) {
        compare(predicted.map { "night \($0.key) \($0.value)" }, found.map { "night \($0.night) \($0.origin)" })
        // Without a gap from the first to the last.
        guard let first = predicted.keys.min(), let last = predicted.keys.max() else { return }
        let there = Set(found.map(\.night))
        for number in first.number...last.number where !there.contains("\(CivilDay(number))") {
            differences.append("no run of the night \(CivilDay(number))")
        }
    }

    mutating func compare(_ predicted: [SlotFate], _ found: [Findings.Slot]) {
        compare(
            predicted.map { "slot \($0.schedule) \($0.slot) \($0.fate)" },
            found.map { "slot \($0.schedule) \($0.slot) \($0.fate)" })
    }

    private mutating func compare(_ predicted: [String], _ found: [String]) {
        var open: [String: Int] = [:]
        for line in predicted { open[line, default: 0] += 1 }
        for line in found { open[line, default: 0] -= 1 }
        for (line, count) in open.sorted(by: { $0.key < $1.key }) where count != 0 {
            differences.append(count > 0 ? "predicted, not on record: \(line)" : "on record, not predicted: \(line)")
        }
    }

    private static func line(_ reminder: PredictedReminder) -> String {
        let (subject, kind) =
            switch reminder.key.subject {
            case .instrument(let number): ("I-\(number)", "verification")
            case .standard(let number, let kind): ("E-\(number)", kind.rawValue)
            }
        let skipped = reminder.skipped.map(Self.stage).joined(separator: ",")
        return "reminder \(subject) \(kind) fact \(reminder.key.anchor) due \(reminder.key.dueOn) "
            + "\(stage(reminder.stage)) on \(reminder.on) skipping [\(skipped)]"
    }

    private static func stage(_ days: Int) -> String {
        days <= 0 ? "\(-days)_days" : days == 1 ? "overdue" : "\(days)_days_over"
    }
}
