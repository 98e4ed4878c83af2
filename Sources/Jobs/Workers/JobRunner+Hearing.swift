// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Postgres

extension JobRunner {
    /// Does what hints ask for until the task is cancelled.
    func hear(_ listener: NotificationListener) async {
        let own = " " + handlerPool.hints.origin
        for await notification in listener.notifications {
            switch notification {
            case .reconnected:
                counts.isListening = true
                pausedUntil = nil
                look.wake(.more)
                tick.wake(.more)
            case .message(_, let payload):
                // What the pool of this process sent was heard on its way out.
                if !payload.hasSuffix(own) { heed(JobHint(payload: payload[...])) }
            }
        }
        counts.isListening = false
    }

    /// Does what a hint asks for, from any thread.
    nonisolated func heed(_ hint: JobHint) {
        switch hint {
        case .ready: look.wake(.hint)
        case .moment: tick.wake(.hint)
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
