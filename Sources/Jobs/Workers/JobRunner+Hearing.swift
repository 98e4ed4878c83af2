// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Logging
internal import Postgres

extension JobRunner {
    /// Does what hints ask for until the task is cancelled.
    func hear(_ listener: NotificationListener) async {
        let own = " " + handlerPool.hints.origin
        for await notification in listener.notifications {
            switch notification {
            case .lost: noteDeafness()
            case .reconnected:
                // Between here and the server may be a pooler, behind which nobody hears anything.
                noteDeafness()
                pausedUntil = nil
                beats.wake(.more)
                look.wake(.more)
                tick.wake(.more)
            case .message(_, let payload):
                let hint = JobHint(payload: payload[...])
                // What the pool of this process sent was heeded on its way out.
                if !payload.hasSuffix(own) { heed(hint) } else if hint == .check { noteHearing() }
            }
        }
        counts.isListening = false
    }

    private func noteHearing() {
        if isDeafnessNoted { logger.notice("hints are heard again") }
        (counts.isListening, isDeafnessNoted, checksSent) = (true, false, 0)
    }

    /// Whether to say something in order to hear it.
    func wantsHearingCheck() -> Bool {
        guard settings.listens, !counts.isListening else { return false }
        checksSent += 1
        if checksSent > 2, !isDeafnessNoted {
            isDeafnessNoted = true
            logger.error(
                "hints are not heard, so the queue is looked at more often",
                metadata: ["lane.lookEvery": "\(settings.deafCeiling)", "db.remedy": "connect without a pooler by transaction"])
        }
        return true
    }

    /// Does what a hint asks for, from any thread.
    nonisolated func heed(_ hint: JobHint) {
        switch hint {
        case .ready: look.wake(.hint)
        case .moment: tick.wake(.hint)
        case .check: break
        case .cancel(let job): executor.queue.async { self.assumeIsolated { $0.cancel(job) } }
        }
    }

    /// Tells a job that runs here to end because a person wants it to.
    func cancel(_ job: JobID) {
        for run in running.values where run.job.id == job && run.job.worker == machine.worker {
            run.token.cancel(.person)
        }
    }
}
