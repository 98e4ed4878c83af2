// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import Logging
package import Postgres
internal import Synchronization

/// Holds everything that a date decides when the database's clock has jumped.
///
/// A wrong year would send every notice of that year. So each look compares the database's clock with the time that this computer
/// has been running. A jump of more than an hour forward holds schedules, deadlines and pruning in all processes, until a person
/// releases it or the clock comes back. Jobs that are due already run on: nothing of the queue itself depends on the date.
///
/// A restart forgets nothing. Each look is kept in the database with the running time of its computer, so that a process started
/// later on the same computer knows exactly how much time has passed. After a restart of the computer, or on another one, nobody
/// can tell a stop from a jump: up to ``ClockLimits/absence`` it counts as a stop, beyond that a person is asked.
package final class ClockGuard: Sendable {
    /// What the guard goes by besides the database.
    package struct Running: Sendable {
        /// Names this start of this computer.
        let boot: String
        /// Milliseconds since that start.
        let uptime: @Sendable () -> Int64

        /// A running time of the caller's own, for tests.
        package init(boot: String, uptime: @escaping @Sendable () -> Int64) {
            (self.boot, self.uptime) = (boot, uptime)
        }

        /// The running time that the kernel keeps, which goes on while the computer is suspended.
        package static let kernel = Running(boot: kernelBoot(), uptime: kernelUptime)
    }

    /// Time between two notes of a steady clock.
    private static let noteEvery: Int64 = 20_000
    /// A look that takes longer says nothing about the clock.
    private static let longestLook: Int64 = 20_000

    private struct State: Sendable {
        var watch: ClockWatch
        var notedAt: Int64?
        var saidAt: Int64?
    }

    private let running: Running
    private let who: String
    private let logger: Logger
    private let state: Mutex<State>

    /// Makes a guard; it learns at its first look what was seen before.
    package init(limits: ClockLimits = ClockLimits(), running: Running = .kernel, logger: Logger) {
        let (host, pid) = processIdentity()
        self.running = running
        self.logger = logger
        who = "\(host)/\(pid)"
        state = Mutex(State(watch: ClockWatch(limits: limits)))
    }

    /// Whether the clock may be trusted; called at the beginning of a transaction whose work depends on the date.
    ///
    /// - Returns: false while the clock is held, or when the look took too long to tell. Nothing must be done then.
    package func trustsClock(on database: isolated Connection) throws -> Bool {
        let before = running.uptime()
        let row = try database.one(JobStatements.clockLook, running.boot)
        let after = running.uptime()
        guard after - before <= Self.longestLook else { return false }
        let reading = ClockWatch.Reading(database: row.now, running: after)
        let (verdict, notes, says) = state.withLock { state in
            let verdict = state.watch.judge(reading, row.memory)
            let notes = verdict != .steady || after - (state.notedAt ?? .min / 2) >= Self.noteEvery
            let says = verdict != .held || after - (state.saidAt ?? .min / 2) >= 600_000
            if notes { state.notedAt = after }
            if says { state.saidAt = after }
            return (verdict, notes, says)
        }
        if says { tell(verdict) }
        switch verdict {
        case .steady: break
        case .moved(let shift): try database.execute(JobStatements.clockEvent, "moved", shift, who)
        case .jumped(let shift): try database.execute(JobStatements.clockHold, shift, who)
        case .returned: try database.execute(JobStatements.clockRelease, "returned", who, nil as String?)
        case .held, .released: break
        }
        switch verdict {
        case .jumped, .held: return false
        case .steady, .moved, .returned, .released:
            if notes { try database.execute(JobStatements.clockNote, running.boot, row.now, after) }
            return true
        }
    }

    private func tell(_ verdict: ClockWatch.Verdict) {
        switch verdict {
        case .steady: break
        case .moved(let shift):
            logger.warning("the database's clock was moved", metadata: ["clock.shift_ms": "\(shift)"])
        case .jumped(let shift):
            logger.error(
                "the database's clock has jumped ahead: schedules and deadlines are held until a person releases them",
                metadata: ["clock.shift_ms": "\(shift)"])
        case .held: logger.error("schedules and deadlines are held, the database's clock has jumped")
        case .returned: logger.notice("the database's clock is right again, nothing is held")
        case .released: logger.notice("a person has released the database's clock")
        }
    }

    /// How the guard stands.
    package static func report(on database: isolated Connection) throws(PostgresError) -> ClockReport {
        try database.one(JobStatements.clockReport)
    }

    /// Lets schedules and deadlines go on by the clock as it is.
    ///
    /// - Returns: false when nothing is held.
    package static func release(by who: String, reason: String, on database: isolated Connection) throws -> Bool {
        guard try database.execute(JobStatements.clockRelease, "released", who, reason) > 0 else { return false }
        try hintMoment(on: database)
        return true
    }

    /// What has happened to the clock, the latest first.
    package static func events(limit: Int = 100, on database: isolated Connection) throws(PostgresError) -> [ClockEventReport] {
        try database.rows(JobStatements.clockEvents, limit)
    }
}

/// How the guard of the clock stands; instants are RFC 3339 with offset.
package struct ClockReport: Codable, Sendable, Hashable {
    /// What the database's clock shows.
    package let now: String
    /// Since when schedules and deadlines are held, by the clock that jumped; nil while they are not.
    package let heldAt: String?
    /// What the clock should have shown then.
    package let expectedAt: String?
    /// Seconds by which it was ahead.
    package let shiftSeconds: Int?
    /// Who noticed the jump: host and process.
    package let noticedBy: String?
    /// Schedules that would run at once after a release.
    package let dueSchedules: Int
    /// The last release by a person, or when the clock came back by itself.
    package let releasedAt: String?
    /// Who released it.
    package let releasedBy: String?
    /// Why it was released.
    package let releasedReason: String?
    /// The latest look from anywhere.
    package let seenAt: String?
}

/// Something that happened to the clock; instants are RFC 3339 with offset.
package struct ClockEventReport: Codable, Sendable, Hashable {
    /// When, by the clock as it was then.
    package let at: String
    /// `moved`, `held`, `released` or `returned`.
    package let what: String
    /// Seconds by which the clock was ahead of what was expected.
    package let shiftSeconds: Int
    /// The process that noticed, or the person who released.
    package let who: String
    /// Why it was released.
    package let reason: String?
}

struct ClockRow: Decodable, Sendable {
    let now: Int64
    let heldAt: Int64?
    let shift: Int64?
    let releasedAt: Int64?
    let hereAt: Int64?
    let hereUptime: Int64?
    let latest: Int64?

    var memory: ClockWatch.Memory {
        var here: ClockWatch.Reading?
        if let hereAt, let hereUptime { here = ClockWatch.Reading(database: hereAt, running: hereUptime) }
        return ClockWatch.Memory(heldAt: heldAt, shift: shift, releasedAt: releasedAt, here: here, latest: latest)
    }
}

extension JobStatements {
    static let clockLook = Statement<ClockRow>.named("clock_look")
    static let clockNote = Command.named("clock_note")
    static let clockHold = Command.named("clock_hold")
    static let clockEvent = Command.named("clock_event")
    static let clockRelease = Command.named("clock_release")
    static let clockReport = Statement<ClockReport>.named("clock_report")
    static let clockEvents = Statement<ClockEventReport>.named("clock_events")
}

extension CheckedJobStatement {
    static let clockStatements: [CheckedJobStatement] = [
        Self(JobStatements.clockLook), Self(command: JobStatements.clockNote), Self(command: JobStatements.clockHold),
        Self(command: JobStatements.clockEvent), Self(command: JobStatements.clockRelease), Self(JobStatements.clockReport),
        Self(JobStatements.clockEvents),
    ]
}

/// The kernel's name for this start of the computer; where it tells none, the process stands for it.
private func kernelBoot() -> String {
    let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "process \(getpid()) \(kernelUptime())" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 36 else { return "process \(getpid()) \(kernelUptime())" }
    return String(decoding: bytes.prefix(36), as: UTF8.self)
}

/// Milliseconds since the computer was started, those of suspension included.
private func kernelUptime() -> Int64 {
    var time = timespec()
    guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return 0 }
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
