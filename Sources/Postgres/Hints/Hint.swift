// SPDX-License-Identifier: Apache-2.0

/// Word to the listeners of a channel that something may have changed; it may get lost and may come twice.
package struct Hint: Sendable, Hashable {
    /// Channel of LISTEN.
    package let channel: String
    /// What may have changed, in a few bytes without anything secret.
    package let payload: String

    /// Puts a hint together.
    package init(channel: String, payload: String) {
        self.channel = channel
        self.payload = payload
    }
}

extension Connection {
    private static let notifyHints = Command(
        name: "etalon_hints",
        sql: """
            select pg_notify(h.channel, h.payload) from unnest($1::text[], $2::text[]) as h(channel, payload)
            """)

    /// Sends hints in a statement of its own; those of a pool are followed by a blank and its origin.
    func notify(_ hints: [Hint], origin: String?) throws(PostgresError) {
        let suffix = origin.map { " " + $0 } ?? ""
        try execute(Self.notifyHints, hints.map(\.channel), hints.map { $0.payload + suffix })
    }
}
