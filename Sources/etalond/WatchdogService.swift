// SPDX-License-Identifier: Apache-2.0

import Dispatch
import ServiceLifecycle

/// Tells the service manager twice per time limit that this process lives.
///
/// The tick starts on a dispatch queue and is answered by a task, so both must still be served: a process
/// whose threads are all stuck falls silent and is restarted. The state of the database is not part of it
/// (that is `/readyz`): a restart mends no database. Put it first in the service group, so that it is the
/// last to stop and the drain is still watched over.
package struct WatchdogService: Service {
    private let notify: SystemdNotify

    /// Makes the service; without a watchdog in `notify` it only waits for the end.
    package init(notify: SystemdNotify) {
        self.notify = notify
    }

    /// Runs until graceful shutdown or cancellation.
    package func run() async {
        let (ticks, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let timer = Self.startTimer(every: notify.watchdogLimit.map { $0 / 2 }, continuation)
        await withGracefulShutdownHandler {
            for await _ in ticks { notify.keepAlive() }
        } onGracefulShutdown: {
            continuation.finish()
        }
        timer?.cancel()
    }

    private static func startTimer(
        every interval: Duration?,
        _ continuation: AsyncStream<Void>.Continuation
    ) -> (any DispatchSourceTimer)? {
        guard let interval else { return nil }
        let parts = interval.components
        let nanoseconds = Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "etalond.watchdog"))
        timer.schedule(deadline: .now(), repeating: .nanoseconds(nanoseconds), leeway: .milliseconds(10))
        timer.setEventHandler { continuation.yield() }
        timer.activate()
        return timer
    }
}
