// SPDX-License-Identifier: Apache-2.0

/// Where a job stands.
///
/// *waiting* → ready, cancelled · *ready* → running, cancelled · *running* → succeeded, superseded, cancelled, dead,
/// waiting, ready. The finished four have no successor, but a person may put a dead job back to *ready*.
package enum JobState: Sendable, Hashable, CaseIterable {
    /// Waits for its moment or for other jobs.
    case waiting
    /// May be taken by any worker.
    case ready
    /// Held by a worker.
    case running
    /// Done.
    case succeeded
    /// No longer wanted when it ran.
    case superseded
    /// Ended by a person.
    case cancelled
    /// Given up; waits for a person.
    case dead
}

/// What can happen to a job.
package enum JobEvent: Sendable, Hashable {
    /// Its moment came.
    case due
    /// A worker took it.
    case claimed
    /// The attempt ended well.
    case succeeded
    /// The attempt found the work no longer wanted.
    case superseded
    /// The attempt asked to run later.
    case snoozed
    /// The attempt failed; whether attempts are left.
    case failed(attemptsLeft: Bool)
    /// The attempt failed in a way that no other can mend.
    case failedForGood
    /// A person ended it; a running one ends when its handler does.
    case cancelled
    /// Its worker is dead; whether it has lost too many workers.
    case orphaned(isPoison: Bool)
    /// Its worker stopped in good order.
    case released
    /// A person put it back.
    case redriven
}

extension JobState {
    /// The state after an event, or nil when the event means nothing in this state: the statement then finds no row.
    package func after(_ event: JobEvent) -> JobState? {
        switch self {
        case .waiting: afterWaiting(event)
        case .ready: afterReady(event)
        case .running: afterRunning(event)
        case .dead: event == .redriven ? .ready : nil
        case .succeeded, .superseded, .cancelled: nil
        }
    }

    private func afterWaiting(_ event: JobEvent) -> JobState? {
        switch event {
        case .due: .ready
        case .cancelled: .cancelled
        case .claimed, .succeeded, .superseded, .snoozed, .failed, .failedForGood, .orphaned, .released, .redriven: nil
        }
    }

    private func afterReady(_ event: JobEvent) -> JobState? {
        switch event {
        case .claimed: .running
        case .cancelled: .cancelled
        case .due, .succeeded, .superseded, .snoozed, .failed, .failedForGood, .orphaned, .released, .redriven: nil
        }
    }

    private func afterRunning(_ event: JobEvent) -> JobState? {
        switch event {
        case .succeeded: .succeeded
        case .superseded: .superseded
        case .cancelled: .cancelled
        case .snoozed: .waiting
        case .failed(let attemptsLeft): attemptsLeft ? .waiting : .dead
        case .failedForGood: .dead
        case .orphaned(let isPoison): isPoison ? .dead : .ready
        case .released: .ready
        case .due, .claimed, .redriven: nil
        }
    }
}
