// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Wakes one loop; any number of calls while it is busy are one more round.
final class WakeSignal: Sendable {
    /// Rounds to do.
    let rounds: AsyncStream<Void>

    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (rounds, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { continuation.yield() }

    func finish() { continuation.finish() }
}

/// Whether the process wants the runner to stop.
final class StopRequest: Sendable {
    private let requested = Atomic(false)

    var isMade: Bool { requested.load(ordering: .acquiring) }

    func make() { requested.store(true, ordering: .releasing) }
}
