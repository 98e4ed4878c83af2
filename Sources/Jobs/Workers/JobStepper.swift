// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Runs a queue one look at a time, on the caller's word: no timer, no listener, no lease to keep.
///
/// It takes the same steps by the same statements as ``JobRunner``, in an order that is always the same: schedules, moments, jobs
/// by lane and number, each to its end. For tests, and for programs that drive time themselves.
package actor JobStepper {
    /// What one look did.
    package struct Step: Sendable {
        /// Attempts that ended, in order.
        package fileprivate(set) var ended: [EndedJob] = []
        /// Slots of schedules that enqueued a job.
        package fileprivate(set) var slots = 0
        /// Slots of schedules noted as not run.
        package fileprivate(set) var skippedSlots = 0
        /// What each ``MomentSource`` dealt with, by its name; only those that did.
        package fileprivate(set) var ticked: [String: Int] = [:]
        /// Whether schedules and moments were held because the database's clock is not trusted.
        package fileprivate(set) var isHeld = false
        /// Time until each comes again, by name: `schedules`, `jobs`, and the names of the moments.
        package fileprivate(set) var pauses: [String: Duration] = [:]
        /// Whether there was nothing to do, so that there is nothing until the clock goes on.
        package fileprivate(set) var isIdle = true
    }

    /// The queue of the handlers: one thread, so that one job runs after the other.
    private nonisolated let executor = SerialQueueExecutor(label: "etalon.jobs.stepper")
    private let handlerQueue = LaneQueue(.default, width: 1)
    private let handlers: JobHandlers
    private let schedules: [Schedule]
    private let moments: [MomentSource]
    private let pool: ConnectionPool
    private let clock: ClockGuard?
    private var worker: WorkerID?
    private var lanes = LaneNumbers()
    private var unwritten = Settlement()
    private var lastBeat = ContinuousClock.now

    /// The queue on which it works.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a stepper; the first step registers it.
    ///
    /// - Parameters:
    ///   - handlers: what runs each kind; jobs of other kinds are left alone.
    ///   - schedules: declared at the first step.
    ///   - moments: what else has to be looked at when its moment comes.
    ///   - pool: lends the connections, at least one.
    ///   - clock: holds schedules and moments when the database's clock jumps; nil where the caller moves it.
    package init(
        handlers: JobHandlers, schedules: [Schedule] = [], moments: [MomentSource] = [], pool: ConnectionPool,
        clock: ClockGuard? = nil
    ) {
        self.handlers = handlers
        self.schedules = schedules
        self.moments = moments
        self.pool = pool
        self.clock = clock
    }

    /// One look at the present moment: what is due is enqueued, what is ready is taken and run to its end.
    ///
    /// The end of a job is written with the next step. - Throws: whatever the database does; handlers' errors fail their jobs.
    package func step() async throws -> Step {
        let worker = try await registered()
        var step = Step()
        try await tickSchedules(&step)
        for source in moments { try await tick(source, &step) }
        let claimed = try await pump(worker, &step)
        for job in claimed { step.ended.append(await run(job)) }
        if !claimed.isEmpty { step.isIdle = false }
        return step
    }

    /// Writes what has ended and gives up the worker's identity; the next step takes another.
    package func end() async throws {
        guard let worker else { return }
        let settlement = unwritten
        unwritten = Settlement()
        self.worker = nil
        try await pool.transaction { database in
            _ = try settlement.write(worker: worker, on: database)
            _ = try database.rows(JobStatements.release, worker.rawValue, [Int64]())
            try database.execute(JobStatements.workerRemove, worker.rawValue)
        }
    }

    private func registered() async throws -> WorkerID {
        if let worker {
            guard lastBeat.duration(to: .now) > .seconds(10) else { return worker }
            lastBeat = .now
            _ = try await pool.transaction { try $0.first(JobStatements.workerBeat, worker.rawValue, Int64(3_600_000)) }
            return worker
        }
        let (schedules, names) = (schedules, Set(handlers.kinds.values.map(\.lane.rawValue)).sorted())
        let kinds = handlers.kinds.keys.sorted()
        let payloads = handlers.newestPayloads(of: kinds)
        let (worker, numbers) = try await pool.transaction { database in
            try Schedule.declare(schedules, on: database)
            let (host, pid) = processIdentity()
            let row = try database.one(JobStatements.workerRegister, host, Int(pid), "stepper", kinds, payloads, names)
            return (WorkerID(rawValue: Int(row.id)), LaneNumbers(try database.rows(JobStatements.laneNumbers, names)))
        }
        (self.worker, lanes, lastBeat) = (worker, numbers, .now)
        return worker
    }

    private func tickSchedules(_ step: inout Step) async throws {
        guard !schedules.isEmpty else { return }
        let (tick, clock) = (ScheduleTick(kinds: handlers.kinds), clock)
        let round = try await pool.transaction { database -> ScheduleTick.Round? in
            if let clock, try !clock.trustsClock(on: database) { return nil }
            return try tick(on: database)
        }
        guard let round else {
            step.isHeld = true
            return
        }
        if let unreadable = round.unreadable.first { throw unreadable }
        step.slots = round.enqueued
        step.skippedSlots = round.skipped
        step.pauses["schedules"] = round.pause
        if round.advanced > 0 { step.isIdle = false }
    }

    private func tick(_ source: MomentSource, _ step: inout Step) async throws {
        let clock = source.isBoundToDate ? clock : nil
        let dealt = try await pool.transaction { database -> (count: Int, pause: Duration?)? in
            if let clock, try !clock.trustsClock(on: database) { return nil }
            let count = try source.tick(database)
            return (count, count == 0 ? try source.untilNext(database) : nil)
        }
        guard let dealt else {
            step.isHeld = true
            return
        }
        step.pauses[source.name] = dealt.pause
        guard dealt.count > 0 else { return }
        step.ticked[source.name] = dealt.count
        step.isIdle = false
    }

    private func pump(_ worker: WorkerID, _ step: inout Step) async throws -> [ClaimedJob] {
        let lanes = lanes
        let rooms = Set(handlers.kinds.values.map(\.lane)).sorted { $0.rawValue < $1.rawValue }
            .filter { lanes.number($0) != nil }.map { (lane: $0, room: Pump.mostClaimed) }
        let pump = Pump(
            worker: worker, lanes: lanes, rooms: rooms, kinds: handlers.kinds.keys.sorted(), lease: .seconds(3600),
            isPromotionDue: true)
        let settlement = unwritten
        unwritten = Settlement()
        let findings = try await pool.use { try pump(settlement, on: $0) }
        step.pauses["jobs"] = findings.nextMoment
        if !settlement.isEmpty || findings.promoted ?? 0 > 0 || findings.madeReady > 0 { step.isIdle = false }
        return findings.claimed
    }

    private func run(_ job: ClaimedJob) async -> EndedJob {
        guard let kind = handlers.kinds[job.kind], let handler = handlers.handler(of: job) else {
            unwritten.addFailure(job, UnknownKind(kind: job.kind), delay: RetryDelay(), chance: 0.5)
            return EndedJob(job: job, ending: .failed("no handler for the kind"))
        }
        guard !job.isCancelRequested else {
            unwritten.addCancelled(job)
            return EndedJob(job: job, ending: .cancelled)
        }
        let (context, pool) = (JobContext(job, pool: pool), pool)
        let ending = await Task(executorPreference: handlerQueue) { @concurrent in await attempt(context, handler, pool) }.value
        switch ending {
        case .returned(let outcome): unwritten.add(job, outcome)
        case .failed(let error): unwritten.addFailure(job, error, delay: kind.retryDelay, chance: 0.5)
        case .committed, .leaseLost: break
        }
        return EndedJob(job: job, ending: EndedJob.Ending(ending, isLast: job.isLastAttempt))
    }
}

/// An attempt that has ended, and how.
package struct EndedJob: Sendable, Hashable {
    /// How an attempt ended.
    package enum Ending: Sendable, Hashable {
        /// The work is done.
        case succeeded
        /// The work is no longer wanted.
        case superseded
        /// It is to be tried again after a pause.
        case snoozed(Duration)
        /// The handler committed its effect together with the end of the job.
        case committed
        /// It failed and is tried again, if the kind allows it.
        case failed(String)
        /// It failed and waits for a person.
        case givenUp(String)
        /// A person had ended it.
        case cancelled
        /// It was no longer held by whoever ran it; its effect was taken back.
        case leaseLost
    }

    /// The job.
    package let job: ClaimedJob
    /// How it ended.
    package let ending: Ending
}

extension EndedJob.Ending {
    init(_ ending: AttemptEnding, isLast: Bool) {
        switch ending {
        case .returned(.succeeded): self = .succeeded
        case .returned(.superseded): self = .superseded
        case .returned(.snoozed(let pause)): self = .snoozed(pause)
        case .returned(.settled), .committed: self = .committed
        case .leaseLost: self = .leaseLost
        case .failed(let error):
            let text = String(describing: error)
            self = isLast || error is PermanentFailure ? .givenUp(text) : .failed(text)
        }
    }
}

extension JobHandlers {
    /// Runs the handler of a kind as it stands, without a database: for tests of what a handler does with a payload.
    ///
    /// - Parameters:
    ///   - kind: a kind whose handler is synchronous work or an effect.
    ///   - payload: as it would be enqueued.
    ///   - key: name of the work.
    ///   - attempt: number of the attempt, from 1.
    /// - Returns: how it ended; ``EndedJob/Ending/givenUp(_:)`` where there is no handler, or it needs a transaction.
    package func runInline(
        _ kind: JobKind, payload: some Encodable, key: String? = nil, attempt number: Int = 1
    ) async throws -> EndedJob {
        let job = ClaimedJob(
            id: JobID(rawValue: 0), kind: kind.name, lane: kind.lane, attempt: number, maxAttempts: kind.maxAttempts, key: key,
            payload: try PayloadWriter(kind).text(payload), waited: .zero, timeLimit: nil, trace: nil, isCancelRequested: false,
            worker: WorkerID(rawValue: 0))
        let ending: AttemptEnding
        switch handler(of: job) {
        case .work(let body): ending = attempt(JobContext(job), body)
        case .effect(let body): ending = await inlineAttempt(JobContext(job), body)
        case .transaction: ending = .failed(PermanentFailure("the handler needs a transaction"))
        case nil: ending = .failed(PermanentFailure("no handler for the kind"))
        }
        return EndedJob(job: job, ending: EndedJob.Ending(ending, isLast: job.isLastAttempt))
    }
}

@concurrent
private func inlineAttempt(
    _ context: JobContext, _ body: @Sendable (JobContext) async throws -> JobOutcome
) async -> AttemptEnding {
    do {
        return .returned(try await body(context))
    } catch {
        return .failed(error)
    }
}
