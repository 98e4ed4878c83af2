// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What the processes of a queue tell each other after a commit; each may get lost, since everyone also looks by himself.
package enum JobHint: Sendable, Hashable {
    /// Channel on which the hints travel.
    static let channel = "etalon_jobs"

    /// Jobs may have become ready, wait for a nearer moment, or have found a place; of whichever lane, since one look serves all.
    case ready
    /// A moment that a ``MomentSource`` knows may have come nearer.
    case moment
    /// A running job is to end.
    case cancel(JobID)
    /// Nothing; a process says it to hear itself.
    case check

    /// The hint as a payload of NOTIFY.
    package var payload: String {
        switch self {
        case .ready: "ready"
        case .moment: "moment"
        case .cancel(let job): "cancel \(job)"
        case .check: "check"
        }
    }

    /// Reads a payload of this or another version; what it does not know asks for a look.
    init(payload: Substring) {
        // Behind them stands the origin of what a pool sent.
        let words = payload.split(separator: " ")
        switch (words.first, words.dropFirst().first) {
        case ("moment", _): self = .moment
        case ("check", _): self = .check
        case ("cancel", let number?):
            self = Int64(number).map { .cancel(JobID(rawValue: $0)) } ?? .ready
        default: self = .ready
        }
    }
}

/// Gives a hint to every runner when the transaction commits, and none when it does not; outside a transaction, at once.
package func hint(_ hint: JobHint, on database: isolated Connection) {
    database.hint(JobHint.channel, hint.payload)
}

/// Tells every runner, when the transaction commits, that a moment its ``MomentSource`` knows may have come nearer.
package func hintMoment(on database: isolated Connection) throws(PostgresError) {
    hint(.moment, on: database)
}
