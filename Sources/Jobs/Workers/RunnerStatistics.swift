// SPDX-License-Identifier: Apache-2.0

/// Numbers of a runner since its start.
package struct RunnerStatistics: Sendable, Hashable {
    /// Jobs running now.
    package internal(set) var running = 0
    /// Jobs written off whose handlers still hold a slot.
    package internal(set) var stuck = 0
    /// Looks at the queue.
    package internal(set) var looks = 0
    /// Jobs taken.
    package internal(set) var claimed = 0
    /// Attempts that ended without failure.
    package internal(set) var ended = 0
    /// Attempts that failed.
    package internal(set) var failed = 0
    /// Jobs given up for a person.
    package internal(set) var died = 0
    /// Results dropped because the lease was lost.
    package internal(set) var leasesLost = 0
    /// Jobs of dead workers made ready again, or given up.
    package internal(set) var rescued = 0
    /// Slots of schedules dealt with, by schedule.
    package internal(set) var ticked = 0
    /// Looks, ticks and beats that failed.
    package internal(set) var faults = 0
    /// Hints heard, the process's own among them.
    package internal(set) var hints = 0
    /// Looks after a hint that found work.
    package internal(set) var usefulHints = 0
    /// Looks by the ceiling alone that found work: hints that got lost.
    package internal(set) var pollsThatFoundWork = 0
    /// Whether hints are heard; false while the listening connection is away.
    package internal(set) var isListening = false
    /// Time since the lease was last renewed.
    package internal(set) var sinceBeat: Duration = .zero
    /// Durations of the statement that acknowledges and claims.
    package internal(set) var pumps = DurationHistogram()
    /// Jobs acknowledged in one statement.
    package internal(set) var acknowledgements = CountHistogram()
    /// Jobs claimed in one statement that found any.
    package internal(set) var claims = CountHistogram()
    /// Times from hearing a hint to the start of the first job it led to.
    package internal(set) var wakes = DurationHistogram()
    /// By name of the kind.
    package internal(set) var kinds: [String: KindStatistics] = [:]
    /// When schedules and each source of moments were last dealt with to the end, by name.
    package internal(set) var ticks: [String: ContinuousClock.Instant] = [:]
}

/// Numbers of one kind of job since the start of a runner.
package struct KindStatistics: Sendable, Hashable {
    /// Jobs taken.
    package internal(set) var claimed = 0
    /// Attempts that ended without failure.
    package internal(set) var ended = 0
    /// Attempts that failed.
    package internal(set) var failed = 0
    /// Jobs given up for a person.
    package internal(set) var died = 0
    /// Times from the moment at which a job could run to its claim.
    package internal(set) var waits = DurationHistogram()
    /// Durations of attempts.
    package internal(set) var runs = DurationHistogram()
}

/// How often durations fell between fixed bounds.
package struct DurationHistogram: Sendable, Hashable {
    /// Upper bounds in seconds; what is longer than the last is in ``counts`` behind it.
    package static let bounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800,
    ]

    /// Number in each interval, one more than there are bounds.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// Sum in seconds.
    package private(set) var sum = 0.0
    /// Number of all.
    package private(set) var count = 0

    mutating func add(_ duration: Duration) {
        let seconds = duration.inSeconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
        count += 1
    }
}

/// How often numbers fell between fixed bounds.
package struct CountHistogram: Sendable, Hashable {
    /// Upper bounds; what is more than the last is in ``counts`` behind it.
    package static let bounds = [1, 2, 5, 10, 25, 50, 100, 200, 300, 400, 500]

    /// Number in each interval, one more than there are bounds.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// Sum of all numbers.
    package private(set) var sum = 0
    /// Number of all.
    package private(set) var count = 0

    mutating func add(_ number: Int) {
        counts[Self.bounds.firstIndex { number <= $0 } ?? Self.bounds.count] += 1
        sum += number
        count += 1
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
