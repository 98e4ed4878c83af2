// SPDX-License-Identifier: Apache-2.0

/// What sort of job it is: which handler runs it, in which lane, and how often it is tried.
package struct JobKind: Sendable, Hashable {
    /// Name in the database, for example `document.render`; it outlives the program's version.
    package let name: String
    /// Lane in which jobs of the kind run.
    package let lane: Lane
    /// Most attempts, from 1.
    package let maxAttempts: Int
    /// Order within the lane, 0 first, up to 3.
    package let priority: Int
    /// Pauses between attempts.
    package let retryDelay: RetryDelay
    /// Longest run of one attempt; nil lets it run as long as it likes.
    package let timeLimit: Duration?
    /// Form of the payloads that this program writes, and the newest it reads, from 1; see ``JobContext/payloadVersion``.
    package let payloadVersion: Int

    /// Describes a kind.
    package init(
        _ name: String, lane: Lane = .default, maxAttempts: Int = 12, priority: Int = 0, retryDelay: RetryDelay = RetryDelay(),
        timeLimit: Duration? = nil, payloadVersion: Int = 1
    ) {
        self.name = name
        self.lane = lane
        self.maxAttempts = max(1, maxAttempts)
        self.priority = priority
        self.retryDelay = retryDelay
        self.timeLimit = timeLimit
        self.payloadVersion = max(1, payloadVersion)
    }
}

/// Number of a job.
package struct JobID: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number, never used again.
    package let rawValue: Int64

    /// Takes a number of the database.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }

    /// Order of enqueueing.
    package static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}

/// Number of one start of a process that runs jobs.
package struct WorkerID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, never used again.
    package let rawValue: Int

    /// Takes a number of the database.
    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }
}
