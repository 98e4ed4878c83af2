// SPDX-License-Identifier: Apache-2.0

/// A failure that another attempt cannot mend: the job waits for a person at once.
package struct PermanentFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why, in words for the person.
    package let reason: String

    /// Gives the reason.
    package init(_ reason: String) {
        self.reason = reason
    }

    /// The reason.
    package var description: String { reason }
}

/// A failure that says itself when another attempt makes sense, such as a server that asks to be left alone for a while.
package struct RetryAfter: Error, Sendable, Hashable, CustomStringConvertible {
    /// Pause before the next attempt, in place of that of the kind.
    package let pause: Duration
    /// Why, in words for the person.
    package let reason: String

    /// Gives pause and reason.
    package init(_ pause: Duration, _ reason: String) {
        (self.pause, self.reason) = (pause, reason)
    }

    /// The reason.
    package var description: String { reason }
}

/// The worker no longer holds the job; its transaction is rolled back and its result dropped.
package struct LeaseLost: Error, Sendable, Hashable {
    /// The job.
    package let job: JobID
}

/// An attempt took longer than its job may.
struct TimeLimitExceeded: Error, Sendable, Hashable, CustomStringConvertible {
    let limit: Duration

    var description: String { "time limit of \(limit) exceeded" }
}

/// A job reached a worker that has no handler for its kind.
struct UnknownKind: Error, Sendable, Hashable, CustomStringConvertible {
    let kind: String

    var description: String { "no handler knows the kind \(kind)" }
}
