// SPDX-License-Identifier: Apache-2.0
package import Jobs
package import Postgres

/// A queue under a virtual clock: runs what is due at the present moment to the end, travels, and remembers what ran.
///
/// Everything happens on the caller's word and in the same order every time; the statements and handlers are those of production.
package actor VirtualQueue {
    /// What happened until there was nothing left to do.
    package struct Drained: Sendable {
        /// Attempts that ended, in order; a job that failed and was tried again stands there twice.
        package fileprivate(set) var ended: [EndedJob] = []
        /// Slots of schedules that enqueued a job.
        package fileprivate(set) var slots = 0
        /// Slots of schedules noted as not run.
        package fileprivate(set) var skippedSlots = 0
        /// What each moment source dealt with, by its name.
        package fileprivate(set) var ticked: [String: Int] = [:]
        /// Whether schedules and moments were held by the guard of the clock.
        package fileprivate(set) var isHeld = false

        /// Attempts of a kind.
        package func ended(_ kind: JobKind) -> [EndedJob] { ended.filter { $0.job.kind == kind.name } }

        fileprivate mutating func add(_ step: JobStepper.Step) {
            ended += step.ended
            slots += step.slots
            skippedSlots += step.skippedSlots
            ticked.merge(step.ticked, uniquingKeysWith: +)
            isHeld = isHeld || step.isHeld
        }

        fileprivate mutating func add(_ later: Drained) {
            ended += later.ended
            slots += later.slots
            skippedSlots += later.skippedSlots
            ticked.merge(later.ticked, uniquingKeysWith: +)
            isHeld = isHeld || later.isHeld
        }
    }

    /// The clock it lives by.
    package nonisolated let clock: VirtualClock
    private let pool: ConnectionPool
    private let stepper: JobStepper
    private let passedOver: Set<String>
    private var history: [EndedJob] = []
    private var next: Duration?

    /// Makes a queue over a database in which the clock was installed.
    ///
    /// - Parameters:
    ///   - handlers: what runs each kind.
    ///   - schedules: declared at the first look.
    ///   - moments: what else has to be looked at.
    ///   - passedOver: names of moments that no journey stops for; they are looked at whenever something else is.
    ///   - pool: lends connections as the daemon's role.
    ///   - clock: installed in the same database.
    ///   - watch: holds schedules and moments when the clock jumps, with a running time of the test's own.
    package init(
        handlers: JobHandlers, schedules: [Schedule] = [], moments: [MomentSource] = [], passingOver passedOver: Set<String> = [],
        pool: ConnectionPool, clock: VirtualClock, watch: ClockGuard? = nil
    ) {
        self.clock = clock
        self.pool = pool
        self.passedOver = passedOver
        stepper = JobStepper(handlers: handlers, schedules: schedules, moments: moments, pool: pool, clock: watch)
    }

    /// Runs schedules, moments and jobs until nothing is left to do at the present moment.
    ///
    /// - Parameter limit: most looks.
    /// - Throws: ``NeverIdle`` after so many looks; what the database throws. A handler's error fails its job and is in the answer.
    @discardableResult
    package func drain(limit: Int = 10_000) async throws -> Drained {
        var drained = Drained()
        for _ in 0..<limit {
            let step = try await stepper.step()
            drained.add(step)
            history += step.ended
            guard step.isIdle else { continue }
            next = step.pauses.filter { !passedOver.contains($0.key) }.values.min()
            return drained
        }
        throw NeverIdle(looks: limit)
    }

    /// Time until something is to be done, as the last drain left it; nil when nothing will be.
    package var untilNext: Duration? { next }

    /// Goes to the next moment and drains there; nil when there is none, or it lies further off than `longest`.
    @discardableResult
    package func travelToNext(within longest: Duration? = nil) async throws -> Drained? {
        guard let next, next <= longest ?? next else { return nil }
        try await clock.move(by: max(next, .milliseconds(1)))
        return try await drain()
    }

    /// Lives through a time: stops at every moment on the way, drains there, and at the end.
    @discardableResult
    package func live(through duration: Duration) async throws -> Drained {
        var (rest, drained) = (duration, try await drain())
        while let pause = next.map({ max($0, .milliseconds(1)) }), pause <= rest {
            rest -= pause
            try await clock.move(by: pause)
            drained.add(try await drain())
        }
        if rest > .zero {
            try await clock.move(by: rest)
            drained.add(try await drain())
        }
        return drained
    }

    /// Stops like a process that is asked to: the next look begins anew and declares the schedules again.
    package func stop() async throws {
        try await stepper.end()
    }

    // MARK: Spies

    /// Attempts of a kind that have ended here so far, in order.
    package func ran(_ kind: JobKind) -> [EndedJob] { history.filter { $0.job.kind == kind.name } }

    /// Forgets what ran.
    package func forget() { history = [] }

    /// Jobs of a kind in the database, unfinished and ended, in the order in which they were enqueued.
    package func enqueued(
        _ kind: JobKind, where isWanted: (EnqueuedJob) throws -> Bool = { _ in true }
    ) async throws -> [EnqueuedJob] {
        let statement = EnqueuedJob.ofKind
        return try await pool.transaction { try $0.rows(statement, kind.name) }.filter(isWanted)
    }
}

/// A queue that finds something to do at every look; a handler that snoozes for no time does that.
package struct NeverIdle: Error, Sendable {
    /// How many looks were taken.
    package let looks: Int
}

/// A job as the database has it.
package struct EnqueuedJob: Decodable, Sendable, Hashable {
    /// Number of the job.
    package let id: Int64
    /// Name of its kind.
    package let kind: String
    /// Name of its lane.
    package let lane: String
    /// `waiting`, `ready`, `running`, `dead`, `succeeded`, `cancelled` or `superseded`.
    package let state: String
    /// Name of the work, if it has one.
    package let key: String?
    /// Payload as JSON.
    package let payload: String
    /// When it became ready, or will; RFC 3339 in UTC.
    package let runAt: String
    /// Attempts begun.
    package let attempt: Int
    /// What the last failed attempt said.
    package let lastError: String?

    static let ofKind = Statement<EnqueuedJob>(
        name: "testing_enqueued",
        sql: """
            select x.id, x.kind, l.name as lane, x.state, x.ukey as key, x.payload::text as payload,
                   to_char(x.run_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as run_at, x.attempt, x.last_error
            from (
                select id, kind, lane, (array['waiting', 'ready', 'running'])[state + 1] as state, ukey, payload, run_at, attempt, last_error
                from jobs.job where kind = $1::text
                union all
                select id, kind, lane, 'dead', ukey, payload, run_at, attempt, last_error from jobs.job_dead where kind = $1::text
                union all
                select id, kind, lane, case outcome when 1 then 'succeeded' when 2 then 'cancelled' else 'superseded' end, ukey, payload,
                       run_at, attempt, last_error
                from jobs.job_done where kind = $1::text
            ) as x
            join jobs.lane l on l.id = x.lane
            order by x.id
            """)
}
