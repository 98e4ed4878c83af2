// SPDX-License-Identifier: Apache-2.0

/// Pauses between the attempts of a job: they double up to a limit and are spread, so that many do not return at once.
package struct RetryDelay: Sendable, Hashable {
    /// Pause after the first failed attempt.
    package let first: Duration
    /// Longest pause.
    package let longest: Duration
    /// Part of the pause by which it may be longer or shorter, 0 to 1.
    package let spread: Double

    /// Sets the pauses; a spread outside 0 … 1 is brought to the nearer end.
    package init(first: Duration = .seconds(15), longest: Duration = .seconds(6 * 3600), spread: Double = 0.1) {
        self.first = first
        self.longest = longest
        self.spread = min(max(spread, 0), 1)
    }

    /// Pause after a failed attempt.
    ///
    /// - Parameters:
    ///   - attempt: number of the attempt that failed, from 1.
    ///   - chance: a number from 0 to 1 that chooses within the spread; 0.5 is the middle.
    package func pause(afterAttempt attempt: Int, chance: Double) -> Duration {
        let doublings = min(max(attempt, 1) - 1, 30)
        let middle = min(first * (1 << doublings), longest)
        return middle * (1 + spread * (2 * min(max(chance, 0), 1) - 1))
    }
}
