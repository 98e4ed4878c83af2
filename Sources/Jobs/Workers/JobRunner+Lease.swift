// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Logging
internal import Postgres

extension JobRunner {
    /// Beats and rescues until the task is cancelled, on a queue and a connection of their own, never behind job work.
    func keepLease() async {
        let beats = WakeSignal()
        let timer = DispatchSource.makeTimerSource(
            flags: .strict, queue: DispatchQueue(label: "etalon.jobs.lease", qos: .userInitiated))
        timer.setEventHandler { beats.wake() }
        timer.schedule(deadline: .now(), repeating: settings.beat.dispatchInterval)
        timer.activate()
        defer { timer.cancel() }
        for await _ in beats.rounds {
            await beat()
            await rescue()
        }
    }

    private func beat() async {
        guard let worker = machine.worker else { return }
        let lease = settings.lease.milliseconds
        do {
            let row = try await leases.use { database in
                try database.first(JobStatements.workerBeat, worker.rawValue, lease)
            }
            guard row == nil, machine.worker == worker else { return }
            counts.leasesLost += 1
            logger.error("lease lost, all running jobs are abandoned", metadata: ["worker.id": "\(worker)"])
            await carryOut(machine.handle(.leaseLost(worker)))
        } catch {
            note(error, "the lease was not renewed")
        }
    }

    private func rescue() async {
        let lease = settings.lease.milliseconds
        do {
            let rows = try await leases.use { database in try database.rows(JobStatements.rescue, lease) }
            guard !rows.isEmpty else { return }
            counts.rescued += rows.count
            for row in rows {
                logger.warning(
                    row.isDead ? "job given up, it has lost too many workers" : "job of a dead worker rescued",
                    metadata: ["job.id": "\(row.id)", "worker.id": "\(row.worker)"])
            }
            look.wake()
        } catch {
            note(error, "orphaned jobs were not looked for")
        }
    }

    private func note(_ error: any Error, _ message: Logger.Message) {
        if error.isCancellation { return }
        counts.faults += 1
        logger.error(message, metadata: ["error": "\(String(reflecting: error))"])
    }
}
