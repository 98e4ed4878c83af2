// SPDX-License-Identifier: Apache-2.0

struct NumberRow: Decodable, Sendable {
    let id: Int64
}

struct CountRow: Decodable, Sendable {
    let count: Int
}

struct MomentRow: Decodable, Sendable {
    let milliseconds: Int64?

    /// The time until the moment; nil when there is none.
    var pause: Duration? { milliseconds.map { .milliseconds($0) } }
}

/// Columns of a claimed job; rows are read by position, see ``ClaimedJobs``.
struct ClaimedRow: Decodable, Sendable {
    let id: Int64
    let kind: String
    let lane: Int
    let attempt: Int
    let maxAttempt: Int
    let key: String?
    let payload: String
    let timeLimitMs: Int?
    let trace: String?
    let isCancelled: Bool
    let waitedMs: Int
}

/// Columns of the pump: about the whole, then a claimed job or nothing.
struct PumpRow: Decodable, Sendable {
    let acknowledged: Int
    let linked: Int
    let isAlive: Bool
    let restricted: String?
    let nextMs: Int64?
    let waitingMs: Int64?
    let id: Int64?
    let kind: String?
    let lane: Int?
    let attempt: Int?
    let maxAttempt: Int?
    let key: String?
    let payload: String?
    let timeLimitMs: Int?
    let trace: String?
    let isCancelled: Bool?
    let waitedMs: Int?
}

struct FloorRow: Decodable, Sendable {
    let runAt: String
    let looseEnd: Int64
}

struct LaneRestRow: Decodable, Sendable {
    let milliseconds: Int64?
    let hasReady: Bool

    /// The time until a job may start; nil when none waits for that.
    var pause: Duration? { milliseconds.map { .milliseconds($0) } }
}

struct PlaceRow: Decodable, Sendable {
    let lane: Int
    let priority: Int
    let runAt: String
    let id: Int64
}

struct LaneNumberRow: Decodable, Sendable {
    let id: Int
    let name: String
}

struct BeatRow: Decodable, Sendable {
    let id: Int64
    let hasOrphans: Bool
    let toCancel: [Int64]
}

struct RescuedRow: Decodable, Sendable {
    let id: Int64
    let worker: Int
    let isDead: Bool
}

struct StateRow: Decodable, Sendable {
    let state: String
}

struct NameRow: Decodable, Sendable {
    let name: String
}

struct RunAtRow: Decodable, Sendable {
    let runAt: String
}

struct UntakenRow: Decodable, Sendable {
    let kind: String
    let count: Int
}

struct CareRow: Decodable, Sendable {
    let missing: Int
    let strays: Int
    let neglected: [String]
    let stranded: [String]
}
