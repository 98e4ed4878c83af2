// SPDX-License-Identifier: Apache-2.0

/// Pauses that double up to a limit, each spread by ± 20 % so that many waiters do not return at once.
struct Backoff {
    private let first: Duration
    private let longest: Duration
    private var doublings = 0

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The next pause.
    mutating func next() -> Duration {
        let pause = min(first * (1 << doublings), longest)
        if pause < longest { doublings += 1 }
        return pause * Double.random(in: 0.8...1.2)
    }

    /// Begins again with the shortest pause.
    mutating func reset() {
        doublings = 0
    }
}
