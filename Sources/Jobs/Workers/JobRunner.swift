// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
package import Logging
package import Postgres
internal import ServiceLifecycle

/// Runs jobs in this process until it is asked to stop.
///
/// Control has a queue of its own and never waits on it for the database: one connection of its own acknowledges and claims,
/// a second keeps the lease, a third listens. Handlers run on the queues of their lanes, and borrow connections from a pool
/// for work in a transaction. The runner looks for work when a hint arrives, when jobs end, when the next known moment comes
/// (one timer, whatever the number of waiting jobs) and at the latest after ``RunnerSettings/ceiling``.
package actor JobRunner: Service {
    nonisolated let executor = SerialQueueExecutor(label: "etalon.jobs.runner")
    private let listener: NotificationListener?
    /// Holds schedules and moments when the database's clock has jumped; nil where a test moves it.
    let clock: ClockGuard?
    private var timer: (any DispatchSourceTimer)?
    private var armedFor: ContinuousClock.Instant?
    private var limitTimer: (any DispatchSourceTimer)?
    private var deadlines: [Deadline: ContinuousClock.Instant] = [:]
    /// What the look by the timer is: for lost hints, or for something the runner knows.
    private var lookReason: WakeSignal.Reasons = .poll
    let schedules: [Schedule]
    let settings: RunnerSettings
    let handlers: JobHandlers
    let moments: [MomentSource]
    let handlerPool: ConnectionPool
    let control: DedicatedConnection
    let leases: DedicatedConnection
    let logger: Logger
    let observer: (any JobObserver)?
    let lanes: [(lane: Lane, queue: LaneQueue)]
    let kinds: [String]
    nonisolated let look = WakeSignal()
    nonisolated let tick = WakeSignal()
    nonisolated let beats = WakeSignal()
    nonisolated let ended = EndedAttempts()
    nonisolated let stop = StopRequest()

    var machine = WorkerStateMachine()
    var laneNumbers = LaneNumbers()
    var renewed: ContinuousClock.Instant?
    var running: [Int: RunningJob] = [:]
    var taken: [Lane: Int] = [:]
    var limits = DeadlineHeap<Int>()
    var nextRun = 0
    var unwritten = Settlement()
    var isReconciling = false
    /// Session of `control` that answered last.
    var session = 0
    var isPromotionDue = false
    /// Where looks begin while dead rows make them long.
    var floor = ClaimFloor()
    var isStoppingNoted = false
    var isDeafnessNoted = false
    var checksSent = 0
    var lastBeat = ContinuousClock.now
    var faults = 0
    /// After a fault: until when nothing but a connection that is back makes it ask the database again.
    var pausedUntil: ContinuousClock.Instant?
    var counts = RunnerStatistics()

    /// What the timer waits for.
    enum Deadline: Hashable {
        case look
        case due
        case tick
        case flush
        case limit
        case lease
    }

    /// Settings of the runner's own sessions.
    ///
    /// The tables grow and shrink by a million rows between two looks; the plan by index is right at every size.
    static let planSettings = [
        "plan_cache_mode": "force_generic_plan", "enable_seqscan": "off", "enable_hashjoin": "off",
        "enable_mergejoin": "off", "enable_sort": "off", "enable_bitmapscan": "off", "jit": "off",
    ]

    /// The queue on which control works.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a runner; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - settings: slots and time limits.
    ///   - handlers: what runs each kind; jobs of other kinds are left alone.
    ///   - schedules: declared in the database at the start; their kinds must have handlers.
    ///   - moments: what else has to be looked at when its moment comes.
    ///   - database: where the runner's own connections go; directly, unless it neither listens nor prepares statements.
    ///   - pool: lends connections for handlers, schedules and moments.
    ///   - observer: told what happens, for metrics and spans.
    ///   - logger: told of rescues, lost leases and failures.
    package init(
        settings: RunnerSettings, handlers: JobHandlers, schedules: [Schedule] = [], moments: [MomentSource] = [],
        database: ConnectionSettings, pool: ConnectionPool, observer: (any JobObserver)? = nil, logger: Logger
    ) {
        self.settings = settings
        self.handlers = handlers
        self.schedules = schedules
        self.moments = moments
        self.observer = observer
        self.logger = logger
        kinds = handlers.kinds.keys.sorted()
        lanes = settings.slots.filter { $0.value > 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { (lane: $0.key, queue: LaneQueue($0.key, width: $0.value)) }
        clock = settings.clock.map { ClockGuard(limits: $0, logger: logger) }
        handlerPool = pool
        var own = database
        own.applicationName += "-jobs"
        own.statementTimeout = min(own.statementTimeout, .seconds(30))
        own.sessionSettings.merge(Self.planSettings) { given, _ in given }
        control = DedicatedConnection(settings: own, hintsOf: pool)
        // A beat that takes longer than the time to the next one is of no use.
        own.applicationName = database.applicationName + "-lease"
        own.statementTimeout = min(own.statementTimeout, max(settings.beat, .seconds(1)))
        leases = DedicatedConnection(settings: own, hintsOf: pool)
        listener =
            settings.listens ? NotificationListener(settings: database, channels: [JobHint.channel], logger: logger) : nil
    }

    /// Numbers since the start.
    package var statistics: RunnerStatistics {
        var statistics = counts
        statistics.running = running.count
        statistics.sinceBeat = lastBeat.duration(to: .now)
        return statistics
    }

    /// Numbers of the pool that handlers borrow connections from.
    package var poolStatistics: PoolStatistics {
        get async { await handlerPool.statistics }
    }

    /// Runs jobs until the process shuts down in good order or the task is cancelled.
    ///
    /// - Throws: ``PostgresError/misuse(_:)`` when the connection string cannot be read. An unreachable database is not an
    ///   error but a pause.
    package func run() async throws {
        handlerPool.hints.observe { [weak self] hint in
            if hint.channel == JobHint.channel { self?.heed(JobHint(payload: hint.payload[...])) }
        }
        if listener == nil {
            logger.notice(
                "hints are not listened for: jobs wait for a look",
                metadata: ["look.seconds": "\(min(settings.ceiling, settings.deafCeiling) / .seconds(1))"])
        }
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if let listener {
                    group.addTask { try await listener.run() }
                    group.addTask { await self.hear(listener) }
                }
                group.addTask { await self.keepLease() }
                group.addTask { await self.keepTicking() }
                group.addTask {
                    await self.work()
                    throw Finished()
                }
                do {
                    while try await group.next() != nil {}
                } catch is Finished {
                    group.cancelAll()
                }
            }
        } onCancelOrGracefulShutdown: {
            self.stop.make()
            self.look.wake(.more)
        }
        timer?.cancel()
        limitTimer?.cancel()
        await control.close()
        await leases.close()
    }

    private struct Finished: Error {}

    // MARK: The control loop

    private func work() async {
        look.wake(.more)
        for await _ in look.rounds {
            if stop.isMade, machine.state == .starting || machine.takesJobs {
                await carryOut(machine.handle(.stopRequested))
            }
            await step()
            if machine.state == .stopped { break }
        }
        // Reached too when the task itself is cancelled: nothing may run on without an owner.
        abandon(.stop)
    }

    private func step() async {
        if let pausedUntil, .now < pausedUntil, machine.state == .starting || machine.takesJobs {
            // Each end, each hint would be one more attempt at a server that is away.
            return settle()
        }
        switch machine.state {
        case .starting:
            settle()
            await register()
        case .working(let worker):
            await lookForWork(as: worker)
        case .draining(let worker), .cancelling(let worker):
            await lookForWork(as: worker)
            if running.values.allSatisfy(\.isWrittenOff), unwritten.isEmpty { await carryOut(machine.handle(.idle)) }
        case .releasing, .stopped:
            break
        }
    }

    func carryOut(_ action: WorkerStateMachine.Action) async {
        switch action {
        case .none, .finish: break
        case .look: look.wake(.more)
        case .abandonAndRegister, .abandonAndFinish:
            abandon(.leaseLost)
            look.wake(.more)
        case .armSoftLimit: armLimit(settings.softStop, .softLimitReached)
        case .cancelAndArmHardLimit:
            for run in running.values { run.token.cancel(.stop) }
            armLimit(settings.hardStop, .hardLimitReached)
        case .release:
            await release()
            await carryOut(machine.handle(.released))
            look.wake(.more)
        }
    }

    /// Tells all running jobs to end and drops what was to be written.
    func abandon(_ reason: CancelToken.Reason) {
        for run in running.values { run.token.cancel(reason) }
        unwritten = Settlement()
    }

    private func register() async {
        let sent = ContinuousClock.now
        do {
            let (host, pid) = processIdentity()
            let (version, schedules, names, kinds) = (settings.version, schedules, lanes.map(\.lane.rawValue), kinds)
            let payloads = handlers.newestPayloads(of: kinds)
            let (worker, numbers) = try await control.use { database in
                try database.transaction { database in
                    try Schedule.declare(schedules, on: database)
                    let numbers = try database.rows(JobStatements.laneNumbers, names)
                    let row = try database.one(JobStatements.workerRegister, host, Int(pid), version, kinds, payloads, names)
                    return (WorkerID(rawValue: Int(row.id)), LaneNumbers(numbers))
                }
            }
            (faults, pausedUntil, laneNumbers, isReconciling, session) = (0, nil, numbers, false, control.openings)
            renewLease(at: sent)
            let unknown = lanes.map(\.lane).filter { numbers.number($0) == nil }
            if !unknown.isEmpty {
                logger.error("lanes are not in the database", metadata: ["lanes": "\(unknown.map(\.rawValue))"])
            }
            logger.info("worker registered", metadata: ["worker.id": "\(worker)"])
            await carryOut(machine.handle(.registered(worker)))
            tick.wake(.more)
            beats.wake(.more)
        } catch {
            pauseAfterFault(error, "worker cannot be registered")
        }
    }

    // MARK: The timer

    /// Sets when to look or tick next, at the latest after the ceiling.
    func wait(_ pause: Duration?, for deadline: Deadline) {
        let ceiling = counts.isListening ? settings.ceiling : min(settings.ceiling, settings.deafCeiling)
        if deadline == .look { lookReason = pause.map { $0 < ceiling } ?? false ? .more : .poll }
        set(deadline, .now + max(.milliseconds(1), min(pause ?? ceiling, ceiling)))
    }

    /// Notes that no hints are heard, so that looks and ticks come sooner; after a fault they come when its pause is over.
    func noteDeafness() {
        counts.isListening = false
        let latest = max(ContinuousClock.now + min(settings.ceiling, settings.deafCeiling), pausedUntil ?? .now)
        for deadline in [Deadline.look, .tick] where deadlines[deadline].map({ $0 > latest }) ?? false { set(deadline, latest) }
    }

    /// Whether something is to be done at a moment to come.
    func isSet(_ deadline: Deadline) -> Bool { deadlines[deadline] != nil }

    /// Sets when something is to be done, or that nothing is.
    func set(_ deadline: Deadline, _ instant: ContinuousClock.Instant?) {
        deadlines[deadline] = instant
        arm()
    }

    /// Tries again after a pause that doubles with each fault.
    func pauseAfterFault(_ error: any Error, _ message: Logger.Message) {
        faults += 1
        counts.faults += 1
        // An outage is told when it begins; afterwards a reminder now and then does.
        if faults <= 4 || faults.isMultiple(of: 4) {
            logger.error(message, metadata: ["error": "\(String(reflecting: error))", "fault.number": "\(faults)"])
        }
        let pause = RetryDelay(first: .milliseconds(100), longest: .seconds(4), spread: 0.2)
        wait(pause.pause(afterAttempt: faults, chance: .random(in: 0...1)), for: .look)
        pausedUntil = deadlines[.look]
    }

    private func arm() {
        // A timer that fires too early costs a round that does nothing; setting it at every change would cost more.
        guard let first = deadlines.values.min(), armedFor.map({ first < $0 }) ?? true else { return }
        armedFor = first
        let timer = timer ?? makeTimer()
        timer.schedule(
            deadline: .now() + max(.zero, ContinuousClock.now.duration(to: first)).dispatchInterval, leeway: .milliseconds(1))
    }

    private func makeTimer() -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        timer.setEventHandler { [weak self] in self?.assumeIsolated { $0.timerFired() } }
        self.timer = timer
        timer.activate()
        return timer
    }

    private func timerFired() {
        let now = ContinuousClock.now
        armedFor = nil
        for (deadline, instant) in deadlines where instant <= now {
            deadlines[deadline] = nil
            switch deadline {
            case .look: look.wake(lookReason)
            case .due:
                isPromotionDue = true
                look.wake(.due)
            case .flush: look.wake(.ended)
            case .tick: tick.wake(.more)
            case .limit: enforceLimits(now)
            case .lease: checkLease()
            }
        }
        arm()
    }

    private func armLimit(_ pause: Duration, _ event: WorkerStateMachine.Event) {
        limitTimer?.cancel()
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        timer.setEventHandler { [weak self] in self?.assumeIsolated { $0.limitReached(event) } }
        timer.schedule(deadline: .now() + pause.dispatchInterval)
        limitTimer = timer
        timer.activate()
    }

    private func limitReached(_ event: WorkerStateMachine.Event) {
        let action = machine.handle(event)
        look.wake(.more)
        guard action != .none else { return }
        switch action {
        case .cancelAndArmHardLimit:
            logger.warning("running jobs are cancelled", metadata: ["jobs.running": "\(running.count)"])
        case .release:
            logger.error("jobs do not heed their cancellation", metadata: ["jobs.running": "\(running.count)"])
        default: break
        }
        limitTask = Task { await carryOut(action) }
    }

    /// Carries out what a limit asks for; owned here, ends with the release.
    private var limitTask: Task<Void, Never>?
}

extension Duration {
    /// The same time for a timer of the dispatch library; never shorter.
    var dispatchInterval: DispatchTimeInterval { .milliseconds(Int(milliseconds)) }
}
