// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
package import Logging
package import Postgres
internal import ServiceLifecycle

/// Runs jobs in this process until it is asked to stop.
///
/// It has a queue of its own for control, three connections of its own (control, lease, listening) and borrows others
/// for handlers in a transaction. It looks for work when a hint arrives, when a job ends, when the next known moment
/// comes (one timer, whatever the number of waiting jobs) and at the latest after ``RunnerSettings/ceiling``.
package actor JobRunner: Service {
    private nonisolated let executor = SerialQueueExecutor(label: "etalon.jobs.runner")
    private let schedules: [Schedule]
    private let listener: NotificationListener
    private var timer: (any DispatchSourceTimer)?
    private var limitTimer: (any DispatchSourceTimer)?
    let settings: RunnerSettings
    let handlers: JobHandlers
    let moments: [MomentSource]
    let handlerPool: ConnectionPool
    let control: ConnectionPool
    let leases: ConnectionPool
    let logger: Logger
    let look = WakeSignal()
    let tick = WakeSignal()
    let stop = StopRequest()

    var machine = WorkerStateMachine()
    var running: [Int: RunningJob] = [:]
    var nextRun = 0
    var unwritten = Settlement()
    var isReconciling = false
    var faults = 0
    var counts = RunnerStatistics()
    private var deadlines: [Deadline: ContinuousClock.Instant] = [:]

    /// What the timer waits for.
    enum Deadline: Hashable {
        case look
        case tick
    }

    /// The queue on which control works.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a runner; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - settings: slots and time limits.
    ///   - handlers: what runs each kind; jobs of other kinds are left alone.
    ///   - schedules: declared in the database at the start; their kinds must have handlers.
    ///   - moments: what else has to be looked at when its moment comes.
    ///   - database: where the runner's own connections go, directly and not through a pooler.
    ///   - pool: lends connections for handlers, schedules and moments.
    ///   - logger: told of rescues, lost leases and failures.
    package init(
        settings: RunnerSettings, handlers: JobHandlers, schedules: [Schedule] = [], moments: [MomentSource] = [],
        database: ConnectionSettings, pool: ConnectionPool, logger: Logger
    ) {
        self.settings = settings
        self.handlers = handlers
        self.schedules = schedules
        self.moments = moments
        self.logger = logger
        handlerPool = pool
        var own = database
        own.applicationName += "-jobs"
        own.statementTimeout = min(own.statementTimeout, .seconds(30))
        control = ConnectionPool(settings: own, size: 1, logger: logger)
        // A beat that takes longer than the time to the next one is of no use.
        own.applicationName = database.applicationName + "-lease"
        own.statementTimeout = min(own.statementTimeout, max(settings.beat, .seconds(1)))
        leases = ConnectionPool(settings: own, size: 1, logger: logger)
        listener = NotificationListener(settings: database, channels: ["etalon_jobs"], logger: logger)
    }

    /// Numbers since the start.
    package var statistics: RunnerStatistics {
        var statistics = counts
        statistics.running = running.count
        return statistics
    }

    /// Runs jobs until the process shuts down in good order or the task is cancelled.
    ///
    /// - Throws: ``PostgresError/misuse(_:)`` when the connection string cannot be read. An unreachable database is not an
    ///   error but a pause.
    package func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.listener.run() }
                group.addTask { await self.hear() }
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
            self.look.wake()
        }
        timer?.cancel()
        limitTimer?.cancel()
        await control.shutdown()
        await leases.shutdown()
    }

    private struct Finished: Error {}

    // MARK: The control loop

    private func work() async {
        look.wake()
        for await _ in look.rounds {
            if stop.isMade, machine.state == .starting || machine.takesJobs {
                await carryOut(machine.handle(.stopRequested))
            }
            await step()
            if machine.state == .stopped { break }
        }
        // Reached too when the task itself is cancelled: nothing may run on without an owner.
        abandon()
    }

    private func step() async {
        switch machine.state {
        case .starting:
            await register()
        case .working(let worker):
            await lookForWork(as: worker)
        case .draining(let worker), .cancelling(let worker):
            await lookForWork(as: worker)
            if running.isEmpty, unwritten.isEmpty { await carryOut(machine.handle(.idle)) }
        case .releasing, .stopped:
            break
        }
    }

    func carryOut(_ action: WorkerStateMachine.Action) async {
        switch action {
        case .none, .finish: break
        case .look: look.wake()
        case .abandonAndRegister, .abandonAndFinish:
            abandon()
            look.wake()
        case .armSoftLimit: armLimit(settings.softStop, .softLimitReached)
        case .cancelAndArmHardLimit:
            for run in running.values { run.task.cancel() }
            armLimit(settings.hardStop, .hardLimitReached)
        case .release:
            await release()
            await carryOut(machine.handle(.released))
            look.wake()
        }
    }

    private func abandon() {
        for run in running.values { run.task.cancel() }
        unwritten = Settlement()
    }

    private func register() async {
        do {
            let (host, pid) = processIdentity()
            let version = settings.version
            let schedules = schedules
            let worker = try await control.transaction { database in
                for schedule in schedules { try schedule.declare(on: database) }
                let row = try database.one(JobStatements.workerRegister, host, Int(pid), version)
                return WorkerID(rawValue: Int(row.id))
            }
            faults = 0
            logger.info("worker registered", metadata: ["worker.id": "\(worker)"])
            await carryOut(machine.handle(.registered(worker)))
            tick.wake()
        } catch {
            pauseAfterFault(error, "worker cannot be registered")
        }
    }

    private func hear() async {
        for await notification in listener.notifications {
            switch notification {
            case .reconnected:
                look.wake()
                tick.wake()
            case .message(_, "moment"): tick.wake()
            case .message: look.wake()
            }
        }
    }

    // MARK: The timer

    /// Sets when to look or tick next, at the latest after the ceiling.
    func wait(_ pause: Duration?, for deadline: Deadline) {
        let pause = max(.milliseconds(1), min(pause ?? settings.ceiling, settings.ceiling))
        deadlines[deadline] = .now + pause
        arm()
    }

    /// Tries again after a pause that doubles with each fault.
    func pauseAfterFault(_ error: any Error, _ message: Logger.Message) {
        faults += 1
        counts.faults += 1
        logger.error(message, metadata: ["error": "\(String(reflecting: error))", "fault.number": "\(faults)"])
        let pause = RetryDelay(first: .milliseconds(100), longest: .seconds(5), spread: 0.2)
        wait(pause.pause(afterAttempt: faults, chance: .random(in: 0...1)), for: .look)
    }

    private func arm() {
        guard let first = deadlines.values.min() else { return }
        let timer = timer ?? makeTimer()
        timer.schedule(deadline: .now() + max(.zero, ContinuousClock.now.duration(to: first)).dispatchInterval)
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
        for (deadline, instant) in deadlines where instant <= now {
            deadlines[deadline] = nil
            switch deadline {
            case .look: look.wake()
            case .tick: tick.wake()
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
        look.wake()
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
