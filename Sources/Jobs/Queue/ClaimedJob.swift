// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// A job that a worker has taken and holds by its lease.
package struct ClaimedJob: Sendable, Hashable {
    /// Number of the job.
    package let id: JobID
    /// Name of its kind.
    package let kind: String
    /// Lane it runs in.
    package let lane: Lane
    /// Number of this attempt, from 1.
    package let attempt: Int
    /// Most attempts.
    package let maxAttempts: Int
    /// Name of the work, if it has one.
    package let key: String?
    /// Payload as JSON.
    package let payload: String
    /// Time between the moment from which it could run and its claim.
    package let waited: Duration
    /// Longest run of this attempt as the job itself has it; nil leaves it to the kind.
    package let timeLimit: Duration?
    /// The trace it belongs to.
    package let trace: TraceContext?
    /// Whether a person has ended it before this attempt.
    let isCancelRequested: Bool
    /// Who holds it.
    package let worker: WorkerID

    /// Whether a failure of this attempt is the last.
    package var isLastAttempt: Bool { attempt >= maxAttempts }

    /// Version of the form of the payload; at most that of the kind of the program that runs it.
    package var payloadVersion: Int { PayloadWriter.version(of: payload) }

    /// Reads the payload.
    ///
    /// - Throws: ``PermanentFailure``: what cannot be read now cannot be read at the next attempt either.
    package func payload<Payload: Decodable>(as type: Payload.Type) throws(PermanentFailure) -> Payload {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(payload.utf8))
        } catch {
            throw PermanentFailure("the payload is not a \(type): \(error)")
        }
    }
}

/// How an attempt ended that did not fail.
package enum JobOutcome: Sendable, Hashable {
    /// The work is done.
    case succeeded
    /// The work is no longer wanted.
    case superseded
    /// The work is to be tried again after a pause; the attempt does not count.
    case snoozed(Duration)
    /// The handler has ended the job itself, in its own transaction, by ``finish(_:_:on:)``.
    case settled
}
