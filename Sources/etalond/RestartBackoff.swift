// SPDX-License-Identifier: Apache-2.0

/// How long to wait before something that died is started again.
///
/// 0.5 s, 1 s, 2 s … up to 30 s; after a life of a minute the count begins anew.
struct RestartBackoff: Sendable {
    private static let first = Duration.milliseconds(500)
    private static let longest = Duration.seconds(30)
    private static let healthyLife = Duration.seconds(60)

    private var next = first

    /// The pause after a life of this length.
    mutating func pause(afterLife life: Duration) -> Duration {
        if life >= Self.healthyLife { next = Self.first }
        defer { next = min(next * 2, Self.longest) }
        return next
    }
}
