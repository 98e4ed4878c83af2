// SPDX-License-Identifier: Apache-2.0
import Dispatch
import EtalonTestSupport
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Jobs
@testable import Postgres

/// A runner beside a test: made, run, and stopped in good order.
struct RunnerStage: Sendable {
    let database: TestDatabase
    var observer: (any JobObserver)?

    init(observer: (any JobObserver)? = nil) async throws {
        database = try await TestDatabase.make()
        self.observer = observer
    }

    func runner(
        _ handlers: JobHandlers, at connection: ConnectionSettings? = nil, pool: ConnectionPool? = nil,
        _ change: (inout RunnerSettings) -> Void = { _ in }
    ) -> JobRunner {
        var settings = RunnerSettings(slots: [.default: 4, .list: 2])
        // Hints and timers have to do; the poll would come too late for every test.
        settings.ceiling = .seconds(3600)
        change(&settings)
        return JobRunner(
            settings: settings, handlers: handlers, database: connection ?? database.settings, pool: pool ?? database.pool,
            observer: observer, logger: .silent)
    }

    /// A runner that looks by the clock once an hour, whether it hears hints or not: it has to be told.
    func unhurried(_ handlers: JobHandlers, _ change: (inout RunnerSettings) -> Void = { _ in }) -> JobRunner {
        runner(handlers) {
            $0.deafCeiling = .seconds(3600)
            change(&$0)
        }
    }

    /// Runs the runner beside the body and stops it in good order.
    @discardableResult
    func running<R: Sendable>(_ runner: JobRunner, _ body: @Sendable () async throws -> R) async throws -> R {
        let services = ServiceGroup(services: [runner], logger: .silent)
        async let ended: Void = services.run()
        let result: Result<R, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await services.triggerGracefulShutdown()
        try await ended
        return try result.get()
    }

    @discardableResult
    func enqueueOne(
        _ kind: JobKind, at moment: RunMoment = .now, timeLimit: Duration? = nil, trace: TraceContext? = nil
    ) async throws -> JobID {
        try #require(
            try await database.pool.transaction {
                try enqueue(kind, payload: NoPayload(), at: moment, timeLimit: timeLimit, trace: trace, on: $0)
            })
    }

    func report(_ id: JobID) async throws -> JobReport {
        try #require(try await database.pool.transaction { try JobInspection.show(id, on: $0) })
    }

    func isDone(_ id: JobID) async throws -> Bool {
        try await eventually { try await report(id).state == "succeeded" }
    }

    /// Waits until something is so: looks again after each hint of time, at most ten seconds.
    func eventually(_ isSo: @Sendable () async throws -> Bool) async throws -> Bool {
        for _ in 0..<1000 {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

extension JobHandlers {
    /// Handlers of one kind that end well at once.
    init(of kind: JobKind) {
        self.init()
        work(kind) { _ in .succeeded }
    }
}

/// Keeps what a runner tells.
final class KeptObservations: JobObserver {
    private let kept = Mutex<[JobObservation]>([])

    var all: [JobObservation] { kept.withLock { $0 } }

    func observe(_ observation: JobObservation) {
        kept.withLock { $0.append(observation) }
    }
}

/// A door at which synchronous handlers wait until a test opens it.
final class Door: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func pass() { semaphore.wait() }
    func open(for count: Int = 1) { for _ in 0..<count { semaphore.signal() } }
}
