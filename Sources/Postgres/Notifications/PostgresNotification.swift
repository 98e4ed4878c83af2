// SPDX-License-Identifier: Apache-2.0

/// What a listener hears.
package enum PostgresNotification: Sendable, Hashable {
    /// Listening began, for the first time or after a gap: what was sent before may have been missed, so look once.
    case reconnected
    /// Listening ended; nothing is heard until it begins again.
    case lost
    /// A NOTIFY arrived.
    case message(channel: String, payload: String)
}
