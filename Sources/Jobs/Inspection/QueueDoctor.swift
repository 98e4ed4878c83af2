// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What is examined.
package enum QueueCheck: String, Sendable, Hashable, CaseIterable {
    /// Some worker takes jobs.
    case workers
    /// Some worker takes each kind of job that is ready.
    case kinds
    /// Every running job has a worker that lives.
    case orphans
    /// No lane is paused.
    case lanes
    /// No ready job waits long for a slot.
    case ready
    /// No waiting job has passed its moment.
    case waiting
    /// No job waits for a person.
    case dead
    /// Every schedule ran its slots.
    case schedules
    /// What is notified is heard.
    case listener
    /// Every index can be used.
    case indexes
    /// Jobs are found by the partial indexes.
    case plans
    /// No session holds an old snapshot, which keeps dead rows alive.
    case snapshots
    /// Sessions of other roles can be seen.
    case visibility
    /// Dead rows of the hot table are removed.
    case vacuum
    /// The server's notification queue has room.
    case notifications
    /// The server's clock and this process's agree.
    case clock
    /// The guard of the clock holds nothing back.
    case clockGuard = "clock_guard"
    /// No job waits for a moment that was set while the clock was ahead.
    case stranded
    /// The history has its months and years.
    case partitions
    /// Somebody keeps the tables in order.
    case upkeep
}

/// How grave it is.
package enum FindingLevel: String, Sendable, Hashable, Comparable {
    /// As it should be.
    case ok
    /// Somebody should look.
    case warning
    /// Jobs do not run, or soon will not.
    case fault

    /// The graver later.
    package static func < (left: FindingLevel, right: FindingLevel) -> Bool { left.grade < right.grade }

    private var grade: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .fault: 2
        }
    }

    /// The level of a figure that should be small.
    package init(_ figure: Int, warning: Int, fault: Int) {
        self = figure >= fault ? .fault : figure >= warning ? .warning : .ok
    }
}

/// What an examination found.
package struct QueueFinding: Sendable, Hashable {
    /// What was examined.
    package let check: QueueCheck
    /// How grave it is.
    package let level: FindingLevel
    /// The figure it was judged by, in the unit of the check: jobs, seconds, milliseconds, rows or percent.
    package let figure: Int
    /// What is concerned: lanes, schedules, indexes, a session.
    package let names: [String]

    init(_ check: QueueCheck, _ level: FindingLevel, _ figure: Int, _ names: [String] = []) {
        (self.check, self.level, self.figure, self.names) = (check, level, figure, names)
    }
}

/// Whether a runner hears what it says to itself.
package enum ListenerProbe: Sendable, Hashable {
    /// Nobody was asked: this process runs no jobs.
    case notAsked
    /// The runner has just started and may not have heard itself yet.
    case starting
    /// It was heard.
    case heard
    /// It was not heard in time.
    case silent
    /// The runner does not listen, by its settings.
    case polling
}

/// Examines the queue and the server around it.
package enum QueueDoctor {
    /// Seconds for which a snapshot may be held before it is told.
    package static let snapshotSeconds = 120

    /// Examines everything; changes nothing.
    ///
    /// - Parameters:
    ///   - probe: what a runner of this process heard.
    ///   - clock: this process's clock, in milliseconds since 1970.
    package static func examine(
        probe: ListenerProbe, clock: Int64, lease: Duration = JobInspection.usualLease, on database: isolated Connection
    ) throws(PostgresError) -> [QueueFinding] {
        let figures = try QueueFigures.read(lease: lease, on: database)
        var findings = figures.findings(lease: lease, clock: clock)
        findings += try lanes(on: database)
        let untaken = try database.rows(JobStatements.queueUntaken, lease.milliseconds)
        findings.append(
            QueueFinding(.kinds, untaken.isEmpty ? .ok : .fault, untaken.reduce(0) { $0 + $1.count }, untaken.map(\.kind)))
        findings.append(try schedules(on: database))
        findings.append(heard(probe))
        let invalid = try database.rows(JobStatements.invalidIndexes).map(\.name)
        findings.append(QueueFinding(.indexes, invalid.isEmpty ? .ok : .fault, invalid.count, invalid))
        findings.append(try plans(on: database))
        findings += try care(on: database)
        let order = Dictionary(uniqueKeysWithValues: QueueCheck.allCases.enumerated().map { ($1, $0) })
        return findings.sorted { order[$0.check, default: 0] < order[$1.check, default: 0] }
    }

    private static func lanes(on database: isolated Connection) throws(PostgresError) -> [QueueFinding] {
        let lanes = try LaneControl.figures(on: database)
        let paused = lanes.filter(\.isPaused)
        let oldest = lanes.filter { !$0.isPaused }.max { $0.oldestReadySeconds < $1.oldestReadySeconds }
        let age = oldest?.oldestReadySeconds ?? 0
        return [
            QueueFinding(.lanes, paused.isEmpty ? .ok : .warning, paused.count, paused.map(\.lane)),
            QueueFinding(
                .ready, FindingLevel(age, warning: 600, fault: 3600), age, age > 0 ? [oldest?.lane].compactMap(\.self) : []),
        ]
    }

    private static func schedules(on database: isolated Connection) throws(PostgresError) -> QueueFinding {
        let late = try JobInspection.schedules(on: database).filter { ($0.lateSeconds ?? 0) >= 120 }
        let most = late.compactMap(\.lateSeconds).max() ?? 0
        return QueueFinding(.schedules, FindingLevel(most, warning: 120, fault: 900), most, late.map(\.key))
    }

    private static func heard(_ probe: ListenerProbe) -> QueueFinding {
        switch probe {
        case .notAsked: QueueFinding(.listener, .warning, 0, ["not asked"])
        case .starting: QueueFinding(.listener, .ok, 0, ["starting"])
        case .polling: QueueFinding(.listener, .ok, 0, ["polling"])
        case .silent: QueueFinding(.listener, .fault, 0)
        case .heard: QueueFinding(.listener, .ok, 1)
        }
    }

    private static func care(on database: isolated Connection) throws(PostgresError) -> [QueueFinding] {
        let held = try ClockGuard.report(on: database)
        let care = try database.one(JobStatements.queueCare)
        return [
            QueueFinding(.clockGuard, held.heldAt == nil ? .ok : .fault, held.shiftSeconds ?? 0),
            // A few to begin with; at most 1,000 are counted.
            QueueFinding(
                .stranded, care.stranded.isEmpty ? .ok : .warning, care.stranded.count, Array(care.stranded.prefix(3))),
            QueueFinding(
                .partitions, care.missing + care.strays == 0 ? .ok : .warning, care.missing + care.strays,
                care.missing > 0 ? ["missing"] : []),
            QueueFinding(.upkeep, care.neglected.isEmpty ? .ok : .warning, care.neglected.count, care.neglected),
        ]
    }

    private static func plans(on database: isolated Connection) throws(PostgresError) -> QueueFinding {
        _ = try database.rows(JobStatements.planBegin)
        var missed: [String] = []
        let wanted = [
            ("job_ready", JobStatements.planReady), ("job_waiting", JobStatements.planWaiting),
            ("job_running", JobStatements.planRunning),
        ]
        for (index, statement) in wanted {
            let plan = try database.rows(statement)
            if !plan.contains(where: { $0.contains(index) }) { missed.append(index) }
        }
        return QueueFinding(.plans, missed.isEmpty ? .ok : .fault, missed.count, missed)
    }
}

extension QueueFigures {
    /// What the figures alone say.
    fileprivate func findings(lease: Duration, clock: Int64) -> [QueueFinding] {
        let silence = Duration.seconds(longestSilenceSeconds)
        let orphaned: FindingLevel = orphans == 0 ? .ok : silence > lease * 3 ? .fault : .warning
        let usage = Int((notificationUsage * 100).rounded(.up))
        let difference = Int(abs(clockMilliseconds - clock) / 1000)
        return [
            QueueFinding(.workers, liveWorkers == 0 ? .fault : .ok, liveWorkers),
            QueueFinding(.orphans, orphaned, orphans),
            QueueFinding(.waiting, FindingLevel(overdueSeconds, warning: 60, fault: 300), overdueSeconds),
            QueueFinding(.dead, dead == 0 ? .ok : .warning, dead),
            QueueFinding(
                .snapshots,
                FindingLevel(snapshotSeconds, warning: QueueDoctor.snapshotSeconds, fault: 15 * QueueDoctor.snapshotSeconds),
                snapshotSeconds, [snapshotHolder].compactMap(\.self)),
            QueueFinding(.visibility, isAllVisible ? .ok : .warning, isAllVisible ? 1 : 0),
            QueueFinding(.vacuum, FindingLevel(deadTuples, warning: 20_000, fault: 200_000), deadTuples),
            QueueFinding(.notifications, FindingLevel(usage, warning: 10, fault: 50), usage),
            QueueFinding(.clock, difference < 5 ? .ok : .warning, difference),
        ]
    }
}
