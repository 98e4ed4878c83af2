// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import Deliveries
internal import EtalonTestSupport
internal import Jobs
internal import JobsTesting
internal import LabOperations
internal import LaboratoryModel
internal import Logging
internal import Postgres
internal import Synchronization

/// The laboratory itself: its database, its jobs and its nightly timer, under a clock that the simulation moves.
final class SimulatedLaboratory: Sendable {
    /// Time that no clock of the database can change: what the computer has been running.
    private struct Running: Sendable {
        var milliseconds: Int64 = 1_000_000
        var boot = 1
    }

    private let database: LaboratoryDatabase
    private let laboratory: Laboratory
    private let zone: SimulatedZone
    private let clock: VirtualClock
    private let running = Mutex(Running())
    private let queue = Mutex<VirtualQueue?>(nil)
    private let mails = Mutex<[String: Int]>([:])
    let rules: [SlotModel.Rule]
    private let own: [Schedule]

    /// A fresh centre whose clock stands at an instant in seconds from 1970-01-01T00:00Z.
    static func open(zone: SimulatedZone, at instant: Int) async throws -> SimulatedLaboratory {
        let database = try await LaboratoryDatabase.make()
        let owner = try await database.connection(as: "etalon_owner")
        try await owner.prepare(zone: zone)
        await owner.close()
        let laboratory = try SimulatedLaboratory(database, zone: zone)
        try await laboratory.clock.stand(atMilliseconds: Int64(instant) * 1000)
        return laboratory
    }

    private init(_ database: LaboratoryDatabase, zone: SimulatedZone) throws {
        self.database = database
        self.zone = zone
        laboratory = database.laboratory
        clock = VirtualClock(as: database.ownerSettings)
        own = try Self.schedules(zone)
        let jobs = LaboratoryJobs(
            laboratory: database.laboratory, renderer: BlankRenderer(), timeZone: zone.rawValue, logger: .silent)
        rules = try (jobs.schedules + own).map { schedule in
            let read = SlotModel.Rule(
                key: schedule.key, pattern: schedule.pattern.description, catchUp: schedule.catchUp.policy.rawValue)
            guard let read, schedule.timeZone == zone.rawValue else {
                throw SimulationFault("schedule \(schedule.key) is not understood")
            }
            return read
        }
    }

    /// Schedules beside those of the laboratory: four a day, one in the hour that summer skips, one by working days.
    private static func schedules(_ zone: SimulatedZone) throws -> [Schedule] {
        try [
            ("simulated-quarter", "every 360m", CatchUp.all), ("simulated-gap", "daily 02:30", .latest),
            ("simulated-month", "working-day last 17:00", .none),
        ].map { key, pattern, catchUp in
            guard let read = SchedulePattern(pattern) else { throw SimulationFault("pattern \(pattern)") }
            return Schedule(key, read, runs: ownKind, timeZone: zone.rawValue, catchUp: catchUp, limit: 10_000)
        }
    }

    private static let ownKind = JobKind("simulated", lane: .maintenance)

    /// The daemon starts: a queue and a guard that know nothing but the database.
    func start(isOtherBoot: Bool) {
        let boot = running.withLock { running in
            if isOtherBoot { running = Running(milliseconds: 30_000, boot: running.boot + 1) }
            return running.boot
        }
        let jobs = LaboratoryJobs(laboratory: laboratory, renderer: BlankRenderer(), timeZone: zone.rawValue, logger: .silent)
        var handlers = jobs.handlers
        handlers.transaction(Self.ownKind) { _, _ in .succeeded }
        handlers.work(Outgoing.mailKind) { [self] job in
            mails.withLock { $0[job.key ?? "", default: 0] += 1 }
            return .succeeded
        }
        let watch = ClockGuard(running: ClockGuard.Running(boot: "boot \(boot)") { [self] in uptime }, logger: .silent)
        let queue = VirtualQueue(
            handlers: handlers, schedules: jobs.schedules + own, moments: jobs.moments, pool: database.pool, clock: clock,
            watch: watch)
        self.queue.withLock { $0 = queue }
    }

    private var uptime: Int64 { running.withLock { $0.milliseconds } }

    /// The daemon stops; nothing is looked at until it starts.
    func stop() async throws {
        try await queue.withLock { $0 }?.stop()
        queue.withLock { $0 = nil }
    }

    /// Both clocks go on.
    func pass(seconds: Int) async throws {
        running.withLock { $0.milliseconds += Int64(seconds) * 1000 }
        try await clock.move(by: .seconds(seconds))
    }

    /// The database's clock is set, and nothing else.
    func jump(seconds: Int) async throws {
        running.withLock { $0.milliseconds += 1 }
        try await clock.move(by: .seconds(seconds))
    }

    /// A person releases the clock.
    func release() async throws {
        let released = try await database.pool.transaction {
            try ClockGuard.release(by: "manager", reason: "the clock was set right", on: $0)
        }
        guard released else { throw SimulationFault("there was nothing to release") }
    }

    /// Looks at everything that is due. - Returns: jobs that failed or were given up.
    func look() async throws -> (failures: [String], jobs: Int, isHeld: Bool) {
        guard let queue = queue.withLock({ $0 }) else { throw SimulationFault("a look while the daemon is down") }
        let drained = try await queue.drain()
        await queue.forget()
        let failures = drained.ended.compactMap { ended -> String? in
            switch ended.ending {
            case .failed(let why), .givenUp(let why): "\(ended.job.kind): \(why)"
            case .leaseLost: "\(ended.job.kind): the lease was lost"
            case .succeeded, .superseded, .snoozed, .committed, .cancelled: nil
            }
        }
        return (failures, drained.ended.count, drained.isHeld)
    }

    /// The timer fires: asks which nights are to be made, and makes them.
    func night() async throws -> Int {
        let nights = try await laboratory.ask(DueNightList.self, (), by: .system)
        for night in nights.make {
            _ = try await laboratory.perform(DueEmit.self, EmitDueList(on: night, night: true), by: .system)
        }
        return nights.make.count
    }

    /// Prepares months and years to come, and drops what is old.
    func keepUp() async throws {
        try await database.pool.transaction { database in
            _ = try database.one(SimulationStatements.partitions)
            while try database.one(SimulationStatements.dropped).name != nil {}
        }
    }

    /// Enters customers, each with a site.
    func open(customers: Int) async throws {
        _ = try await database.pool.transaction { try $0.execute(SimulationStatements.customers, customers) }
    }

    /// Records facts of one kind after the other; the identities of those that can be an anchor.
    func record(_ facts: [Fact]) async throws -> [Int64?] {
        try await database.pool.transaction { try FactRecording(facts).write(on: $0) }
    }

    /// What the database says in the end.
    func findings() async throws -> Findings {
        // Ten years of a large laboratory are read as a whole here: that may take as long as it takes.
        var settings = database.settings
        settings.statementTimeout = .zero
        let connection = try await Connection.open(settings)
        var findings = try await connection.transaction { try Findings(on: $0) }
        await connection.close()
        findings.mailedTwice = mails.withLock { $0.values.count { $0 > 1 } }
        findings.mails = mails.withLock { $0.count }
        var next: String? = "0"
        while let after = next.flatMap({ Int64($0) }) {
            let page = Page(after: after, limit: 50)
            let checked = try await laboratory.ask(DueRunVerify.self, page, by: .system)
            findings.brokenRuns += checked.faults.map { "\($0.asOf): \($0.faults)" }
            next = checked.next
        }
        return findings
    }
}

/// Something that the simulation cannot go on without.
struct SimulationFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Renders everything to nothing: what papers look like is not what is simulated.
private struct BlankRenderer: DocumentRenderer {
    func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument {
        RenderedDocument(pdf: Array("%PDF".utf8), engine: "blank")
    }
}
