// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite("Life of a worker")
struct WorkerStateMachineTests {
    typealias Machine = WorkerStateMachine

    private static let me = WorkerID(rawValue: 7)
    private static let other = WorkerID(rawValue: 6)

    /// How each state is reached from the start.
    private static let ways: [(state: Machine.State, events: [Machine.Event])] = [
        (.starting, []),
        (.working(me), [.registered(me)]),
        (.draining(me), [.registered(me), .stopRequested]),
        (.cancelling(me), [.registered(me), .stopRequested, .softLimitReached]),
        (.releasing(me), [.registered(me), .stopRequested, .idle]),
        (.stopped, [.stopRequested]),
    ]

    private static let events: [Machine.Event] = [
        .registered(other), .leaseLost(me), .leaseLost(other), .stopRequested, .idle, .softLimitReached,
        .hardLimitReached, .released,
    ]

    /// Every arrow there is; what is not listed changes nothing.
    private static let arrows: [Machine.State: [Machine.Event: (Machine.State, Machine.Action)]] = [
        .starting: [.registered(other): (.working(other), .look), .stopRequested: (.stopped, .finish)],
        .working(me): [
            .leaseLost(me): (.starting, .abandonAndRegister), .stopRequested: (.draining(me), .armSoftLimit),
        ],
        .draining(me): [
            .leaseLost(me): (.stopped, .abandonAndFinish), .softLimitReached: (.cancelling(me), .cancelAndArmHardLimit),
            .idle: (.releasing(me), .release), .stopRequested: (.releasing(me), .release),
        ],
        .cancelling(me): [
            .leaseLost(me): (.stopped, .abandonAndFinish), .hardLimitReached: (.releasing(me), .release),
            .idle: (.releasing(me), .release), .stopRequested: (.releasing(me), .release),
        ],
        .releasing(me): [.leaseLost(me): (.stopped, .abandonAndFinish), .released: (.stopped, .finish)],
        .stopped: [:],
    ]

    @Test(arguments: 0..<6, WorkerStateMachineTests.events)
    func `every event leads where the drawing says, or nowhere`(way: Int, event: Machine.Event) {
        var machine = Machine()
        for step in Self.ways[way].events { _ = machine.handle(step) }
        #expect(machine.state == Self.ways[way].state)
        let action = machine.handle(event)
        let expected = Self.arrows[Self.ways[way].state]?[event] ?? (Self.ways[way].state, .none)
        #expect(machine.state == expected.0)
        #expect(action == expected.1)
    }

    @Test func `only a working worker takes jobs`() {
        for way in Self.ways {
            var machine = Machine()
            for step in way.events { _ = machine.handle(step) }
            #expect(machine.takesJobs == (way.state == .working(Self.me)))
        }
    }
}
