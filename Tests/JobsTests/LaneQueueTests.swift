// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Testing

@testable import Jobs

@Suite("Queues of lanes", .timeLimit(.minutes(1)))
struct LaneQueueTests {
    /// How many bodies run at the same time, and the most there ever were.
    private final class Crowd: Sendable {
        private let state = Mutex((now: 0, most: 0, done: 0))
        var most: Int { state.withLock { $0.most } }
        var done: Int { state.withLock { $0.done } }

        func enter() {
            state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() {
            state.withLock {
                $0.now -= 1
                $0.done += 1
            }
        }
    }

    @Test func `work that blocks gets the whole width and no more`() async throws {
        let (queue, crowd, door) = (LaneQueue(Lane(rawValue: "test"), width: 24, processors: 2), Crowd(), Door())
        let (entered, ended) = (Told<Void>(), Told<Void>())
        queue.run(
            (0..<40).map { _ in
                {
                    crowd.enter()
                    entered.tell(())
                    door.pass()
                    crowd.leave()
                    ended.tell(())
                }
            })
        _ = try await entered.next(24)
        #expect(crowd.most == 24 && crowd.done == 0)
        door.open(for: 40)
        _ = try await ended.next(40)
        #expect(crowd.most == 24 && crowd.done == 40)
    }

    @Test func `short work is done by a few threads, each piece once`() async throws {
        // A machine that is busy with something else lets threads stand for a millisecond, too, without their being blocked.
        let (queue, crowd) = (LaneQueue(Lane(rawValue: "test"), width: 500, processors: 2, patience: .milliseconds(100)), Crowd())
        let ended = Told<Void>()
        for _ in 0..<50 {
            queue.run(
                (0..<100).map { _ in
                    {
                        crowd.enter()
                        crowd.leave()
                        ended.tell(())
                    }
                })
        }
        _ = try await ended.next(5000)
        #expect(crowd.done == 5000 && crowd.most < 200, "\(crowd.most) threads")
    }

    @Test func `handlers that block their threads hold up no other lane and no task of the program`() async throws {
        let stage = try await RunnerStage()
        let (slow, quick) = (JobKind("test.slow"), JobKind("test.quick", lane: .list))
        let (told, door) = (Told<String>(), Door())
        var handlers = JobHandlers()
        handlers.effect(slow) { _ in
            told.tell("slow")
            door.pass()
            return .succeeded
        }
        handlers.effect(quick) { _ in
            await Task.yield()
            told.tell("quick")
            return .succeeded
        }
        try await stage.running(stage.runner(handlers) { $0.slots[.default] = 16 }) {
            for _ in 0..<20 { try await stage.enqueueOne(slow) }
            // More of them than the cooperative pool has threads.
            #expect(try await told.next(16) == Array(repeating: "slow", count: 16))
            #expect(await Task.detached { 17 }.value == 17)
            try await stage.enqueueOne(quick)
            #expect(try await told.next() == "quick")
            door.open(for: 20)
        }
    }

    @Test func `the heap gives moments in their order, and keeps what is wanted`() {
        var random = SystemRandomNumberGenerator()
        let start = ContinuousClock.now
        let moments = (0..<500).map { _ in Int.random(in: 0..<1000, using: &random) }
        var heap = DeadlineHeap<Int>()
        for moment in moments { heap.insert(moment, at: start + .seconds(moment)) }
        #expect(heap.pop(until: start - .seconds(1)) == nil)
        heap.compact { $0.isMultiple(of: 2) }
        #expect(heap.count == moments.count { $0.isMultiple(of: 2) })
        var popped: [Int] = []
        while let next = heap.pop(until: start + .seconds(600)) { popped.append(next) }
        #expect(popped == moments.filter { $0.isMultiple(of: 2) && $0 <= 600 }.sorted())
        #expect(heap.first.map { $0 > start + .seconds(600) } ?? true)
    }
}
