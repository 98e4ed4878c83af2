// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Postgres

extension JobRunner {
    /// From so many jobs in one claim, ends are gathered into batches instead of being written one by one.
    private static let bulk = 64
    /// Most ends that are gathered.
    private static let mostGathered = 200
    /// Longest time an end is held back.
    private static let longestGathering: Duration = .milliseconds(20)

    /// One look: writes what ended, takes what is ready, learns the next moment.
    func lookForWork(as worker: WorkerID) async {
        let why = look.take()
        settle()
        counts.hints += why.hints
        guard lastBeat.duration(to: .now) < leaseOfUse else {
            loseLease(worker, "the lease could not be renewed in time")
            return
        }
        guard let pump = nextPump(worker) else {
            // Every slot is taken: from now on the next end counts, unless the time for gathering ends is not over.
            if !isSet(.flush) { gather(0) }
            return
        }
        let settlement = unwritten
        unwritten = Settlement()
        let began = ContinuousClock.now
        do {
            let (control, session) = (control, session)
            let findings = try await control.use { database in
                guard pump.known != nil || control.openings == session else { throw AnotherSession() }
                return try pump(settlement, on: database)
            }
            (faults, pausedUntil, self.session, floor) = (0, nil, control.openings, findings.floor)
            counts.looks += 1
            counts.pumps.add(began.duration(to: .now))
            if !settlement.finishedIDs.isEmpty { counts.acknowledgements.add(settlement.finishedIDs.count) }
            isReconciling = false
            take(findings, as: worker, why: why.reasons, firstHint: why.firstHint)
        } catch is AnotherSession {
            restore(settlement, of: pump)
            look.wake(.more)
        } catch {
            guard machine.worker == worker else { return }
            restore(settlement, of: pump)
            pauseAfterFault(error, "the queue cannot be read")
        }
    }

    /// The session is not the one that answered last, so the server may be another, without the last commits of the one before:
    /// before anything is taken, what the worker holds there has to be reconciled with what runs here.
    private struct AnotherSession: Error {}

    /// Puts back what a look was to do that did not come to its end.
    private func restore(_ settlement: Settlement, of pump: Pump) {
        unwritten.restore(settlement)
        // Of a claim whose answer was lost nobody knows which jobs are held: they are given back.
        isReconciling = true
        if pump.isPromotionDue { isPromotionDue = true }
        if pump.isStopping { isStoppingNoted = false }
    }

    /// What to ask of the database; nil when there is nothing.
    private func nextPump(_ worker: WorkerID) -> Pump? {
        let rooms = machine.takesJobs ? rooms() : []
        let known = isReconciling ? known(worker) : nil
        var pump = Pump(
            worker: worker, lanes: laneNumbers, rooms: rooms, kinds: kinds, lease: settings.lease, known: known,
            isPromotionDue: isPromotionDue && machine.takesJobs, floor: floor)
        pump.isLeaving = !machine.takesJobs
        if pump.isLeaving, !isStoppingNoted {
            isStoppingNoted = true
            pump.isStopping = true
        }
        isPromotionDue = false
        // Of slots that become free while the worker stops others are told.
        let hasEnds = !unwritten.isEmpty || (pump.isLeaving && !unwritten.freed.isEmpty)
        return rooms.isEmpty && !hasEnds && known == nil && !pump.isPromotionDue && !pump.isStopping ? nil : pump
    }

    private func known(_ worker: WorkerID) -> Pump.Known {
        var known = Pump.Known()
        // What runs on under an identity that is gone is no concern of this one.
        for run in running.values where run.job.worker == worker {
            if run.isWrittenOff { known.writtenOff.append(run.job) } else { known.running.append(run.job) }
        }
        return known
    }

    /// Free slots of each lane.
    private func rooms() -> [(lane: Lane, room: Int)] {
        lanes.map { (lane: $0.lane, room: $0.queue.width - taken[$0.lane, default: 0]) }.filter { $0.room > 0 }
    }

    private func take(
        _ findings: Pump.Findings, as worker: WorkerID, why: WakeSignal.Reasons, firstHint: ContinuousClock.Instant?
    ) {
        for job in findings.lost {
            counts.leasesLost += 1
            logger.warning("result dropped, the lease was lost", metadata: ["job.id": "\(job)", "worker.id": "\(worker)"])
        }
        if findings.released > 0 {
            logger.warning("jobs of an unknown claim given back", metadata: ["jobs.released": "\(findings.released)"])
        }
        // The lease was lost meanwhile: whoever rescues the jobs runs them.
        guard machine.worker == worker else { return }
        guard findings.unheard.isEmpty else {
            logger.error(
                "the database has forgotten jobs that run here, as a standby does that was behind",
                metadata: ["worker.id": "\(worker)", "jobs.forgotten": "\(findings.unheard.count)"])
            loseLease(worker, "the database has forgotten some of its jobs")
            return
        }
        guard findings.isAlive, lastBeat.duration(to: .now) < leaseOfUse else {
            loseLease(worker, "the worker was declared dead")
            return
        }
        guard machine.takesJobs || findings.claimed.isEmpty else {
            // The stop came while the claim was under way; the next look gives the jobs back.
            isReconciling = true
            look.wake(.more)
            return
        }
        if !findings.claimed.isEmpty {
            counts.claimed += findings.claimed.count
            counts.claims.add(findings.claimed.count)
            if why.contains(.hint) { counts.usefulHints += 1 }
            if why == .poll { counts.pollsThatFoundWork += 1 }
            if let firstHint { counts.wakes.add(firstHint.duration(to: .now)) }
            begin(findings.claimed)
        }
        arrangeNext(findings)
    }

    private func arrangeNext(_ findings: Pump.Findings) {
        gather(findings.claimed.count)
        // What came in below the floor is found by a look from the front.
        wait(findings.floor.pause(at: .now), for: .look)
        if findings.madeReady > 0 { look.wake(.more) }
        if findings.promoted ?? 0 >= Pump.mostPromoted {
            isPromotionDue = true
            look.wake(.more)
        } else if let next = findings.nextMoment {
            // What is due and was not promoted just now is held by another process, which will be done with it soon.
            let least: Duration = findings.promoted == nil ? .milliseconds(1) : .milliseconds(20)
            if next <= .zero, findings.promoted == nil {
                isPromotionDue = true
                look.wake(.due)
            } else {
                wait(max(next, least), for: .due)
            }
        } else {
            set(.due, nil)
        }
    }

    /// Says how many ends are to come together before they are written: a few at once, many in batches.
    private func gather(_ claimed: Int) {
        let count = claimed >= Self.bulk ? min(Self.mostGathered, claimed / 2) : 1
        if count > 1 { set(.flush, .now + Self.longestGathering) }
        if ended.gather(count) { look.wake(.ended) }
    }

    /// Writes what ended, gives back what still runs and ends the worker's identity.
    func release() async {
        guard let worker = machine.worker else { return }
        settle()
        let settlement = unwritten
        unwritten = Settlement()
        for run in running.values { run.token.cancel(.stop) }
        do {
            let released = try await control.use { database in
                try database.transaction { database in
                    _ = try settlement.write(worker: worker, on: database)
                    let released = try database.rows(JobStatements.release, worker.rawValue, [Int64]()).count
                    try database.execute(JobStatements.workerRemove, worker.rawValue)
                    // For what it gave back, what came after its last ends, its places in lanes with a limit, the moments it knew.
                    hint(.ready, on: database)
                    return released
                }
            }
            logger.info("worker stopped", metadata: ["worker.id": "\(worker)", "jobs.released": "\(released)"])
        } catch {
            // The lease runs out and others rescue the jobs.
            logger.error(
                "worker could not give back its jobs",
                metadata: ["worker.id": "\(worker)", "error": "\(String(reflecting: error))"])
        }
    }
}
