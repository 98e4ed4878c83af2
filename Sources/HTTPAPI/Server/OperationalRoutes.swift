// SPDX-License-Identifier: Apache-2.0

import APIContract
import Hummingbird

/// One thing the daemon needs in order to serve.
package struct ReadinessCheck: Codable, Hashable, Sendable {
    /// What is checked, such as `database`.
    package let name: String
    /// Whether it is there.
    package let ready: Bool
    /// A word on it that anyone may read.
    package let detail: String?

    /// The outcome of one check.
    package init(name: String, ready: Bool, detail: String? = nil) {
        self.name = name
        self.ready = ready
        self.detail = detail
    }
}

/// The body of `/readyz`.
struct ReadinessAnswer: Codable {
    let ready: Bool
    let checks: [ReadinessCheck]
}

extension Router<APIContext> {
    /// Adds what supervisors ask: whether the process lives, whether it can serve, and its metrics.
    func addOperationalRoutes(
        metrics: MetricsRegistry,
        readiness: @escaping @Sendable () async -> [ReadinessCheck]
    ) {
        handle(.get, Paths.health) { _ in Reply.text("ok\n") }
        handle(.get, Paths.ready) { _ in
            let checks = await answered(readiness, within: .seconds(2))
            let ready = checks.allSatisfy(\.ready)
            return try Reply.json(
                ReadinessAnswer(ready: ready, checks: checks),
                status: ready ? .ok : .serviceUnavailable
            )
        }
        handle(.get, Paths.metrics) { _ in
            Reply.text(await metrics.exposition(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}

/// What the checks say, or that they say nothing: supervisors ask with a limit of some seconds themselves, and an answer that comes
/// later than that is none.
private func answered(
    _ readiness: @escaping @Sendable () async -> [ReadinessCheck], within limit: Duration
) async -> [ReadinessCheck] {
    await withTaskGroup(of: [ReadinessCheck]?.self) { group in
        group.addTask { await readiness() }
        group.addTask {
            // Ended early when the checks have answered.
            try? await Task.sleep(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first ?? [ReadinessCheck(name: "checks", ready: false, detail: "no answer within \(limit.components.seconds) s")]
    }
}
