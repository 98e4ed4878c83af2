// SPDX-License-Identifier: Apache-2.0

/// Where a worker stands between its start and its end.
///
/// *starting* → working, stopped · *working* → starting (lease lost), draining · *draining* → cancelling, releasing,
/// stopped · *cancelling* → releasing, stopped · *releasing* → stopped · *stopped* has no successor.
struct WorkerStateMachine: Sendable, Hashable {
    enum State: Sendable, Hashable {
        /// Has no row yet.
        case starting
        /// Takes jobs and runs them.
        case working(WorkerID)
        /// Takes no more; running jobs may end by themselves.
        case draining(WorkerID)
        /// Running jobs have been told to end.
        case cancelling(WorkerID)
        /// Gives back what it still holds.
        case releasing(WorkerID)
        /// Has no row any more.
        case stopped
    }

    enum Event: Sendable, Hashable {
        case registered(WorkerID)
        case leaseLost(WorkerID)
        case stopRequested
        /// No job runs and nothing waits to be acknowledged.
        case idle
        case softLimitReached
        case hardLimitReached
        case released
    }

    enum Action: Sendable, Hashable {
        case none
        /// Look for work.
        case look
        /// Cancel all jobs, drop all results, register anew.
        case abandonAndRegister
        /// Cancel all jobs, drop all results, end.
        case abandonAndFinish
        /// Arm the soft limit.
        case armSoftLimit
        /// Cancel all jobs and arm the hard limit.
        case cancelAndArmHardLimit
        /// Acknowledge, give the rest back, remove the row.
        case release
        /// End.
        case finish
    }

    private(set) var state: State = .starting

    /// The identity under which jobs are held, while there is one.
    var worker: WorkerID? {
        switch state {
        case .starting, .stopped: nil
        case .working(let id), .draining(let id), .cancelling(let id), .releasing(let id): id
        }
    }

    /// Whether new jobs may be taken.
    var takesJobs: Bool {
        if case .working = state { true } else { false }
    }

    mutating func handle(_ event: Event) -> Action {
        if case .leaseLost(let id) = event, id != worker { return .none }
        switch state {
        case .starting: return handleStarting(event)
        case .working(let id): return handleWorking(id, event)
        case .draining(let id): return handleDraining(id, event)
        case .cancelling(let id): return handleCancelling(id, event)
        case .releasing: return handleReleasing(event)
        case .stopped: return .none
        }
    }

    private mutating func handleStarting(_ event: Event) -> Action {
        switch event {
        case .registered(let id): go(to: .working(id), .look)
        case .stopRequested: go(to: .stopped, .finish)
        case .leaseLost, .idle, .softLimitReached, .hardLimitReached, .released: .none
        }
    }

    private mutating func handleWorking(_ id: WorkerID, _ event: Event) -> Action {
        switch event {
        case .leaseLost: go(to: .starting, .abandonAndRegister)
        case .stopRequested: go(to: .draining(id), .armSoftLimit)
        case .registered, .idle, .softLimitReached, .hardLimitReached, .released: .none
        }
    }

    private mutating func handleDraining(_ id: WorkerID, _ event: Event) -> Action {
        switch event {
        case .leaseLost: go(to: .stopped, .abandonAndFinish)
        case .softLimitReached: go(to: .cancelling(id), .cancelAndArmHardLimit)
        case .idle, .stopRequested: go(to: .releasing(id), .release)
        case .registered, .hardLimitReached, .released: .none
        }
    }

    private mutating func handleCancelling(_ id: WorkerID, _ event: Event) -> Action {
        switch event {
        case .leaseLost: go(to: .stopped, .abandonAndFinish)
        case .idle, .hardLimitReached, .stopRequested: go(to: .releasing(id), .release)
        case .registered, .softLimitReached, .released: .none
        }
    }

    private mutating func handleReleasing(_ event: Event) -> Action {
        switch event {
        case .leaseLost: go(to: .stopped, .abandonAndFinish)
        case .released: go(to: .stopped, .finish)
        case .registered, .stopRequested, .idle, .softLimitReached, .hardLimitReached: .none
        }
    }

    private mutating func go(to next: State, _ action: Action) -> Action {
        state = next
        return action
    }
}
