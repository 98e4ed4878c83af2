// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Synchronization

/// The queue on which the jobs of one lane run in this process, bounded in width and apart from all others.
///
/// Work waits in one inbox and is done by up to `width` drains, each on a serial dispatch queue of its own and so on a
/// thread that no other lane can take. Some drains start at once; more are added while the inbox stands still, which is what
/// blocked handlers look like. Short work is therefore done by a few threads, and work that waits for something still gets
/// the whole width. It is the executor of tasks too, so that handlers with `await` stay off the cooperative pool.
final class LaneQueue: TaskExecutor {
    private static let growth = DispatchQueue(label: "etalon.jobs.growth")

    private enum Work {
        case body(@Sendable () -> Void)
        case task(UnownedJob)
    }

    private struct State {
        var inbox: [Work] = []
        var head = 0
        /// Work taken out since the start.
        var taken: UInt64 = 0
        /// Drains that are not at work, by number.
        var idle: [Int]
        var isGrowing = false

        var waiting: Int { inbox.count - head }
    }

    /// Most handlers at the same time.
    let width: Int
    private let eager: Int
    /// How long the inbox may stand still before drains are added.
    private let patience: DispatchTimeInterval
    private let queues: [DispatchQueue]
    private let state: Mutex<State>

    init(_ lane: Lane, width: Int, processors: Int = activeProcessors(), patience: DispatchTimeInterval = .milliseconds(1)) {
        self.width = max(1, width)
        self.patience = patience
        eager = min(self.width, max(2 * processors, 4))
        queues = (0..<self.width).map { DispatchQueue(label: "etalon.jobs.\(lane.rawValue).\($0)") }
        state = Mutex(State(idle: Array((0..<self.width).reversed())))
    }

    /// Runs bodies one after the other or side by side, as the width allows.
    func run(_ bodies: [@Sendable () -> Void]) {
        guard !bodies.isEmpty else { return }
        add(bodies.map(Work.body))
    }

    /// Runs a part of a task.
    func enqueue(_ job: consuming ExecutorJob) {
        add([.task(UnownedJob(job))])
    }

    private func add(_ work: [Work]) {
        let (drains, mustGrow) = state.withLock { state -> ([Int], Bool) in
            state.inbox.append(contentsOf: work)
            let busy = width - state.idle.count
            let drains = Self.start(min(eager - busy, state.waiting), &state)
            let mustGrow = !state.isGrowing && !state.idle.isEmpty && state.waiting > drains.count
            if mustGrow { state.isGrowing = true }
            return (drains, mustGrow)
        }
        for drain in drains { begin(drain) }
        if mustGrow { watch(from: taken) }
    }

    private var taken: UInt64 { state.withLock { $0.taken } }

    private static func start(_ count: Int, _ state: inout State) -> [Int] {
        guard count > 0 else { return [] }
        let drains = Array(state.idle.suffix(count))
        state.idle.removeLast(drains.count)
        return drains
    }

    private func begin(_ drain: Int) {
        queues[drain].async { self.drain(drain) }
    }

    private func drain(_ number: Int) {
        while let work = next(number) {
            switch work {
            case .body(let body): body()
            case .task(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            }
        }
    }

    private func next(_ drain: Int) -> Work? {
        state.withLock { state in
            guard state.head < state.inbox.count else {
                state.inbox.removeAll(keepingCapacity: true)
                state.head = 0
                state.idle.append(drain)
                return nil
            }
            let work = state.inbox[state.head]
            state.head += 1
            state.taken += 1
            if state.head == 1024 {
                state.inbox.removeFirst(state.head)
                state.head = 0
            }
            return work
        }
    }

    /// Adds drains while nothing is taken out of an inbox that holds something.
    private func watch(from before: UInt64) {
        Self.growth.asyncAfter(deadline: .now() + patience) {
            let (drains, seen) = self.state.withLock { state -> ([Int], UInt64?) in
                guard state.waiting > 0, !state.idle.isEmpty else {
                    state.isGrowing = false
                    return ([], nil)
                }
                let busy = self.width - state.idle.count
                let isStill = state.taken &- before < UInt64(busy)
                return (isStill ? Self.start(min(busy, state.waiting), &state) : [], state.taken)
            }
            for drain in drains { self.begin(drain) }
            if let seen { self.watch(from: seen) }
        }
    }
}
