// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rendering

@Suite("Restart of a renderer")
struct RestartDelayTests {
    private let now = ContinuousClock.now

    @Test func `the first failure costs no delay`() {
        var delay = RestartDelay()
        delay.failed(at: now)
        #expect(delay.remaining(at: now) == nil)
    }

    @Test func `from the second failure on the delay doubles up to thirty seconds`() {
        var delay = RestartDelay()
        delay.failed(at: now)
        let expected: [Duration] = [
            .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16),
            .seconds(30),
            .seconds(30),
        ]
        for wanted in expected {
            delay.failed(at: now)
            #expect(delay.remaining(at: now) == wanted)
        }
        #expect(delay.remaining(at: now + .seconds(30)) == nil)
    }

    @Test func `a success forgets the failures`() {
        var delay = RestartDelay()
        for _ in 0..<5 { delay.failed(at: now) }
        delay.succeeded()
        #expect(delay == RestartDelay())
    }
}
