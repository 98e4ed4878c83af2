// SPDX-License-Identifier: Apache-2.0

/// When a renderer that failed may be started again.
///
/// The first failure after a success costs no delay; from the second on it doubles from half a second up
/// to thirty seconds. States: ready → failed(n) → ready.
struct RestartDelay: Equatable {
    private(set) var failures = 0
    private var notBefore: ContinuousClock.Instant?

    /// How long to wait still; nil when a start is allowed now.
    func remaining(at now: ContinuousClock.Instant) -> Duration? {
        guard let notBefore, now < notBefore else { return nil }
        return now.duration(to: notBefore)
    }

    /// The renderer died, hung or did not start.
    mutating func failed(at now: ContinuousClock.Instant) {
        failures += 1
        let doublings = min(failures - 2, 6)
        notBefore = doublings < 0 ? nil : now + min(.milliseconds(500) * (1 << doublings), .seconds(30))
    }

    /// The renderer answered.
    mutating func succeeded() { self = RestartDelay() }
}
