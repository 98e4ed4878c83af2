// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Logging
internal import Postgres

extension JobRunner {
    /// Beats between two looks for jobs that have been passed over.
    private static let beatsBetweenAgeings = 6

    /// Beats and rescues until the task is cancelled, on a queue and a connection of their own, never behind job work.
    func keepLease() async {
        let timer = DispatchSource.makeTimerSource(
            flags: .strict, queue: DispatchQueue(label: "etalon.jobs.lease", qos: .userInitiated))
        timer.setEventHandler { [beats] in beats.wake(.more) }
        // Processes that start together need not beat and rescue together; the first beat follows the registration.
        timer.schedule(
            deadline: .now() + (settings.beat * Double.random(in: 0.5...1)).dispatchInterval,
            repeating: settings.beat.dispatchInterval)
        timer.activate()
        defer { timer.cancel() }
        var beatsDone = 0
        for await _ in beats.rounds {
            await beat()
            beatsDone += 1
            if beatsDone.isMultiple(of: Self.beatsBetweenAgeings) { await age() }
        }
    }

    private func beat() async {
        guard let worker = machine.worker else { return }
        let lease = settings.lease.milliseconds
        let (sent, isChecking) = (ContinuousClock.now, wantsHearingCheck())
        do {
            let row = try await leases.use { database in
                let row = try database.first(JobStatements.workerBeat, worker.rawValue, lease)
                if isChecking { hint(.check, on: database) }
                return row
            }
            guard machine.worker == worker else { return }
            guard let row else {
                loseLease(worker, "the worker was declared dead")
                return
            }
            renewLease(at: sent)
            for id in row.toCancel { cancel(JobID(rawValue: id)) }
            if row.hasOrphans { await rescue() }
        } catch {
            note(error, "the lease was not renewed")
        }
    }

    /// Notes a beat and sets when everything is to be given up without another: before others may think so.
    func renewLease(at sent: ContinuousClock.Instant) {
        lastBeat = sent
        set(.lease, sent + leaseOfUse)
    }

    /// Time after a beat for which the worker may count on its lease; the rest covers what is under way.
    var leaseOfUse: Duration { settings.lease * 0.9 }

    /// Gives everything up when no beat has come through for too long.
    func checkLease() {
        guard let worker = machine.worker, lastBeat.duration(to: .now) >= leaseOfUse else { return }
        loseLease(worker, "the lease could not be renewed in time")
    }

    /// Gives everything up: others may run the jobs by now.
    func loseLease(_ worker: WorkerID, _ why: Logger.Message) {
        guard machine.worker == worker else { return }
        counts.leasesLost += 1
        logger.error(
            "lease lost, all running jobs are abandoned",
            metadata: ["worker.id": "\(worker)", "lease.why": "\(why)", "jobs.running": "\(running.count)"])
        observer?.observe(.leaseLost(worker))
        if machine.handle(.leaseLost(worker)) != .none { abandon(.leaseLost) }
        look.wake(.more)
    }

    private func rescue() async {
        let lease = settings.lease.milliseconds
        do {
            let rows = try await leases.use { database in
                let rows = try database.rows(JobStatements.rescue, lease)
                if !rows.isEmpty { hint(.ready, on: database) }
                return rows
            }
            counts.rescued += rows.count
            for row in rows {
                logger.warning(
                    row.isDead ? "job given up, it has lost too many workers" : "job of a dead worker rescued",
                    metadata: ["job.id": "\(row.id)", "worker.id": "\(row.worker)"])
                observer?.observe(
                    .rescued(JobID(rawValue: row.id), from: WorkerID(rawValue: row.worker), isDead: row.isDead))
            }
            if !rows.isEmpty { look.wake(.more) }
        } catch {
            note(error, "orphaned jobs were not looked for")
        }
    }

    private func age() async {
        do {
            _ = try await leases.use { try $0.one(JobStatements.age).count }
        } catch {
            note(error, "jobs that wait long were not moved up")
        }
    }

    private func note(_ error: any Error, _ message: Logger.Message) {
        if error.isCancellation { return }
        counts.faults += 1
        logger.error(message, metadata: ["error": "\(String(reflecting: error))"])
    }
}
