// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite("Job states")
struct JobStateTests {
    private static let events: [JobEvent] = [
        .due, .claimed, .succeeded, .superseded, .snoozed, .failed(attemptsLeft: true), .failed(attemptsLeft: false),
        .failedForGood, .cancelled, .orphaned(isPoison: false), .orphaned(isPoison: true), .released, .redriven,
    ]

    /// Every arrow there is; what is not listed does not exist.
    private static let arrows: [JobState: [JobEvent: JobState]] = [
        .waiting: [.due: .ready, .cancelled: .cancelled],
        .ready: [.claimed: .running, .cancelled: .cancelled],
        .running: [
            .succeeded: .succeeded, .superseded: .superseded, .snoozed: .waiting,
            .failed(attemptsLeft: true): .waiting, .failed(attemptsLeft: false): .dead, .failedForGood: .dead,
            .cancelled: .cancelled, .orphaned(isPoison: false): .ready, .orphaned(isPoison: true): .dead,
            .released: .ready,
        ],
        .dead: [.redriven: .ready],
    ]

    @Test(arguments: JobState.allCases, JobStateTests.events)
    func `every event leads where the drawing says, or nowhere`(state: JobState, event: JobEvent) {
        #expect(state.after(event) == Self.arrows[state]?[event])
    }
}

@Suite("Pauses between attempts")
struct RetryDelayTests {
    @Test func `the pause doubles with each attempt up to its limit`() {
        let delay = RetryDelay(first: .seconds(10), longest: .seconds(60), spread: 0.1)
        #expect((1...5).map { delay.pause(afterAttempt: $0, chance: 0.5) } == [10, 20, 40, 60, 60].map { .seconds($0) })
        #expect(delay.pause(afterAttempt: 4000, chance: 0.5) == .seconds(60))
    }

    @Test func `the pause is spread to both sides`() {
        let delay = RetryDelay(first: .seconds(10), longest: .seconds(60), spread: 0.1)
        #expect(delay.pause(afterAttempt: 1, chance: 0) == .seconds(9))
        #expect(delay.pause(afterAttempt: 1, chance: 1) == .seconds(11))
    }
}
