// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Postgres

@Suite("Bookkeeping of the pool")
struct PoolStateMachineTests {
    private typealias Machine = PoolStateMachine<String, Int>

    private func describe(_ action: Machine.LendAction) -> String {
        switch action {
        case .lend(.open): "open"
        case .lend(.reuse(let name, _)): "reuse \(name)"
        case .wait: "wait"
        case .refuse: "refuse"
        }
    }

    private func describe(_ action: Machine.ReturnAction) -> String {
        switch action {
        case .none: "none"
        case .hand(.open, let waiter): "open for \(waiter)"
        case .hand(.reuse(let name, _), let waiter): "\(name) for \(waiter)"
        case .close(let name): "close \(name)"
        case .finished(let name): "finished \(name ?? "-")"
        }
    }

    @Test func `places are opened up to the size, then callers wait`() {
        var machine = Machine(size: 2)
        #expect((0..<3).map { _ in describe(machine.lend()) } == ["open", "open", "wait"])
        #expect(machine.lent == 2)
    }

    @Test func `the connection returned last is lent first`() {
        var machine = Machine(size: 2)
        _ = (machine.lend(), machine.lend())
        #expect(describe(machine.giveBack("a", at: .now)) == "none")
        #expect(describe(machine.giveBack("b", at: .now)) == "none")
        #expect(machine.lent == 0)
        #expect((0..<3).map { _ in describe(machine.lend()) } == ["reuse b", "reuse a", "wait"])
    }

    @Test func `waiters are served in order, and one that has gone is skipped`() {
        var machine = Machine(size: 1)
        _ = machine.lend()
        let tickets = (1...3).map { machine.enqueue($0) }
        machine.abandon(tickets[0])
        #expect(machine.waiting == 2)
        #expect(describe(machine.giveBack("a", at: .now)) == "a for 2")
        #expect(describe(machine.free()) == "open for 3")
        #expect(describe(machine.giveBack("b", at: .now)) == "none")
    }

    @Test func `a freed place can be opened again`() {
        var machine = Machine(size: 1)
        _ = machine.lend()
        #expect(describe(machine.free()) == "none")
        #expect(describe(machine.lend()) == "open")
    }

    @Test func `a closing pool refuses, closes what comes back and finishes with the last`() {
        var machine = Machine(size: 3)
        _ = (machine.lend(), machine.lend(), machine.lend())
        _ = machine.giveBack("a", at: .now)
        _ = machine.enqueue(1)
        let (refused, closing) = machine.shutDown()
        #expect(refused == [1])
        #expect(closing == ["a"])
        #expect(describe(machine.lend()) == "refuse")
        #expect(describe(machine.giveBack("b", at: .now)) == "close b")
        #expect(!machine.isFinished)
        #expect(describe(machine.free()) == "finished -")
        #expect(machine.isFinished)
    }

    @Test func `an empty pool is finished at once`() {
        var machine = Machine(size: 1)
        _ = machine.shutDown()
        #expect(machine.isFinished)
        #expect(machine.shutDown().closing.isEmpty)
    }
}
