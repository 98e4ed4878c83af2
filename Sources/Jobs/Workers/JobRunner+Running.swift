// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Postgres

/// One attempt under way.
struct RunningJob: Sendable {
    let job: ClaimedJob
    let kind: JobKind
    let token: CancelToken
    let began: ContinuousClock.Instant
    /// Longest run of the attempt.
    let limit: Duration?
    /// Whether its time is up and it was told to end.
    var isPastLimit = false
    /// Whether its job has been ended although the handler still runs.
    var isWrittenOff = false
}

extension JobRunner {
    /// How long a job whose payload only a newer program can read is left to others.
    private static let pauseForNewer: Duration = .seconds(60)

    /// Starts attempts on the queues of their lanes.
    func begin(_ jobs: [ClaimedJob]) {
        var bodies: [Lane: [@Sendable () -> Void]] = [:]
        let now = ContinuousClock.now
        for job in jobs {
            guard let kind = handlers.kinds[job.kind], let handler = handlers.handler(of: job) else {
                unwritten.addFailure(job, UnknownKind(kind: job.kind), delay: RetryDelay(), chance: 0.5)
                look.wake(.more)
                continue
            }
            guard job.payloadVersion <= kind.payloadVersion else {
                logger.notice(
                    "job left for a newer program",
                    metadata: ["job.id": "\(job.id)", "job.kind": "\(job.kind)", "job.payloadVersion": "\(job.payloadVersion)"])
                unwritten.add(job, .snoozed(Self.pauseForNewer))
                look.wake(.ended)
                continue
            }
            counts.kinds[job.kind, default: KindStatistics()].claimed += 1
            counts.kinds[job.kind]?.waits.add(job.waited)
            observer?.observe(.claimed(job))
            if job.isCancelRequested {
                unwritten.addCancelled(job)
                look.wake(.ended)
                continue
            }
            let (number, context) = enter(job, kind, now)
            let (ended, look) = (ended, look)
            if case .work(let body) = handler {
                bodies[job.lane, default: []].append {
                    if ended.add(number, attempt(context, body)) { look.wake(.ended) }
                }
            } else if let queue = queue(of: job.lane) {
                let pool = handlerPool
                context.token.attach(
                    Task(executorPreference: queue) { @concurrent in
                        if ended.add(number, await attempt(context, handler, pool)) { look.wake(.ended) }
                    })
            }
        }
        for (lane, bodies) in bodies { queue(of: lane)?.run(bodies) }
    }

    private func enter(_ job: ClaimedJob, _ kind: JobKind, _ now: ContinuousClock.Instant) -> (Int, JobContext) {
        let number = nextRun
        nextRun += 1
        let limit = job.timeLimit ?? kind.timeLimit
        let run = RunningJob(job: job, kind: kind, token: CancelToken(), began: now, limit: limit)
        running[number] = run
        taken[job.lane, default: 0] += 1
        if let limit {
            limits.insert(number, at: now + limit)
            set(.limit, limits.first)
        }
        return (number, JobContext(job, deadline: limit.map { now + $0 }, token: run.token, pool: handlerPool))
    }

    private func queue(of lane: Lane) -> LaneQueue? { lanes.first { $0.lane == lane }?.queue }

    /// Deals with the attempts that ended since the last look.
    func settle() {
        for end in ended.take() {
            guard let run = running.removeValue(forKey: end.run) else { continue }
            taken[run.job.lane, default: 1] -= 1
            settle(run, end)
        }
    }

    private func settle(_ run: RunningJob, _ end: EndedAttempts.Ended) {
        let (job, took) = (run.job, run.began.duration(to: end.instant))
        guard !run.isWrittenOff else {
            counts.stuck -= 1
            logger.warning("handler of a job written off has returned", metadata: metadata(job, took))
            return
        }
        // The end of a job held under an identity that is gone says nothing.
        guard job.worker == machine.worker else {
            counts.leasesLost += 1
            return
        }
        counts.kinds[job.kind]?.runs.add(took)
        switch end.ending {
        case .returned(.snoozed) where run.token.reason == .person:
            unwritten.addCancelled(job)
            observer?.observe(.cancelled(job, took))
        case .returned(let outcome):
            noteEnd(job)
            unwritten.add(job, outcome)
            observer?.observe(.finished(job, outcome, took))
        case .committed:
            noteEnd(job)
            unwritten.add(job, .settled)
            observer?.observe(.finished(job, .settled, took))
        case .leaseLost:
            counts.leasesLost += 1
            logger.warning("effect taken back, the lease was lost", metadata: metadata(job, took))
        case .failed(let error):
            fail(run, error, took)
        }
    }

    private func noteEnd(_ job: ClaimedJob) {
        counts.ended += 1
        counts.kinds[job.kind]?.ended += 1
    }

    /// What a failure means depends on why the attempt was told to end, if it was.
    private func fail(_ run: RunningJob, _ error: any Error, _ took: Duration) {
        switch run.token.reason {
        case .person:
            unwritten.addCancelled(run.job)
            observer?.observe(.cancelled(run.job, took))
        case .stop, .leaseLost:
            // The release gives the job back and the attempt does not count.
            break
        case .timeLimit:
            noteFailure(run, TimeLimitExceeded(limit: run.limit ?? .zero), took)
        case nil:
            noteFailure(run, error, took)
        }
    }

    private func noteFailure(_ run: RunningJob, _ error: any Error, _ took: Duration) {
        let job = run.job
        let isDead = job.isLastAttempt || error is PermanentFailure
        counts.failed += 1
        counts.kinds[job.kind]?.failed += 1
        if isDead {
            counts.died += 1
            counts.kinds[job.kind]?.died += 1
        }
        var metadata = metadata(job, took)
        metadata["error"] = "\(String(reflecting: error))"
        logger.log(level: isDead ? .error : .warning, isDead ? "job given up" : "job failed", metadata: metadata)
        unwritten.addFailure(job, error, delay: run.kind.retryDelay, chance: .random(in: 0...1))
        observer?.observe(.failed(job, error: String(describing: error), took, isDead: isDead))
    }

    private func metadata(_ job: ClaimedJob, _ took: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "job.id": "\(job.id)", "job.kind": "\(job.kind)", "job.attempt": "\(job.attempt)",
            "job.milliseconds": "\(took.milliseconds)",
        ]
        if let trace = job.trace { metadata["trace.parent"] = "\(trace)" }
        return metadata
    }

    /// Tells attempts whose time is up to end, and writes off those that were told a while ago.
    func enforceLimits(_ now: ContinuousClock.Instant) {
        // What ended in time counts, however long the last look has been standing still.
        settle()
        if !unwritten.isEmpty { look.wake(.ended) }
        while let number = limits.pop(until: now) {
            guard let run = running[number], run.job.worker == machine.worker, !run.isWrittenOff else { continue }
            guard run.isPastLimit else {
                // Where a person ended it before, it was told already and may be deaf to that.
                run.token.cancel(.timeLimit)
                running[number]?.isPastLimit = true
                limits.insert(number, at: now + settings.grace)
                continue
            }
            // The release gives back what runs at a stop.
            guard run.token.reason == .timeLimit || run.token.reason == .person else { continue }
            running[number]?.isWrittenOff = true
            counts.stuck += 1
            let took = run.began.duration(to: now)
            logger.error("handler ignores that its time is up, its slot is held", metadata: metadata(run.job, took))
            fail(run, TimeLimitExceeded(limit: run.limit ?? .zero), took)
            observer?.observe(.stuck(run.job, took))
            look.wake(.ended)
        }
        if limits.count > 4 * running.count + 64 { limits.compact { running[$0] != nil } }
        set(.limit, limits.first)
    }
}
