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

struct ClaimedRow: Decodable, Sendable {
    let id: Int64
    let kind: String
    let lane: String
    let attempt: Int
    let maxAttempt: Int
    let key: String?
    let payload: String
    let runAt: String

    func held(by worker: WorkerID) -> ClaimedJob {
        ClaimedJob(
            id: JobID(rawValue: id), kind: kind, lane: Lane(rawValue: lane), attempt: attempt, maxAttempts: maxAttempt,
            key: key, payload: payload, runAt: runAt, worker: worker)
    }
}

struct RescuedRow: Decodable, Sendable {
    let id: Int64
    let worker: Int
    let isDead: Bool
}

struct SlotRow: Decodable, Sendable {
    let slot: String
}

struct StateRow: Decodable, Sendable {
    let state: String
}

struct RunAtRow: Decodable, Sendable {
    let runAt: String
}

struct OutcomeRow: Decodable, Sendable {
    let outcome: String
}

struct ScheduleRow: Decodable, Sendable {
    let pattern: String
    let tz: String
    let lastSlot: String
}

struct DueScheduleRow: Decodable, Sendable {
    let id: Int
    let key: String
    let tz: String
    let pattern: String
    let kind: String
    let catchUp: String
    let maxSlots: Int
    let overlap: String
    let lastSlot: String
    let nowSlot: String
}
