// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// A step that a job has done.
package struct StepReport: Codable, Sendable, Hashable {
    /// Name of the step.
    package let name: String
    /// Attempt that did it.
    package let attempt: Int
    /// When it was done, RFC 3339 with offset.
    package let at: String
}

/// What connects a job with others.
package struct FlowReport: Codable, Sendable, Hashable {
    /// Steps that it has done, in their order.
    package let steps: [StepReport]
    /// Jobs it comes after.
    package let after: [Int64]
    /// Those of them that it still waits for.
    package let waitsFor: [Int64]
    /// Jobs that come after it.
    package let followers: [Int64]
    /// Its keys: `serial NAME`, `limit NAME`.
    package let keys: [String]
    /// The key in whose line it stands.
    package let inLineFor: String?
    /// The jobs that hold that key.
    package let heldBy: [Int64]
    /// The batch it belongs to.
    package let batch: Int64?
}

/// How linked jobs stand after what ended was dealt with.
package struct FlowLook: Codable, Sendable, Hashable {
    /// Jobs that became ready.
    package let madeReady: Int
    /// Milliseconds until there is more to do; nil when nothing is known.
    package let milliseconds: Int64?

    /// The time until there is more to do; nil when nothing is known.
    package var pause: Duration? { milliseconds.map { .milliseconds(max(0, $0)) } }
}

/// What connects jobs: seen, and dealt with.
package enum JobFlow {
    /// What connects a job with others, wherever it stands; nil when nothing does.
    package static func show(_ id: JobID, on database: isolated Connection) throws(PostgresError) -> FlowReport? {
        try database.first(JobStatements.flowShow, id.rawValue)
    }

    /// Deals with the ends of linked jobs. Runners do it; a second one at the same time waits.
    @discardableResult
    package static func tie(on database: isolated Connection) throws(PostgresError) -> FlowLook {
        try database.one(JobStatements.tie)
    }

    /// Forgets what connected jobs that are older than all history; effects are kept. Returns how much.
    package static func prune(on database: isolated Connection) throws(PostgresError) -> Int {
        try database.one(JobStatements.flowPrune).count
    }

    /// Finds what is connected with jobs that are gone without a word, as after a restored backup, and has it dealt with.
    /// Returns how much; in a sound database that is 0.
    package static func check(on database: isolated Connection) throws(PostgresError) -> Int {
        try database.one(JobStatements.flowCheck).count
    }
}
