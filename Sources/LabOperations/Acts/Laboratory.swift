// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Digests
package import LabStore
package import LaboratoryModel

/// An act that was done, or had been done before.
package struct PerformedAct: Sendable {
    /// The answer as JSON.
    package let body: [UInt8]
    /// True when the same request had been answered before: nothing was done this time.
    package let repeated: Bool
}

/// The one door to the records: authorisation, idempotency, the transaction and its audit context, for every act alike.
package struct Laboratory: Sendable {
    private let store: LabStore
    /// Facts about the installation.
    package let centre: Centre

    package init(store: LabStore, centre: Centre) {
        (self.store, self.centre) = (store, centre)
    }

    /// The zone in which the laboratory counts its days, by its IANA name.
    package func timeZone() async throws -> String {
        let fact = try await store.read { try $0.find(Statements.laboratoryFact, "time_zone") }
        return fact.map { $0.name.filter { $0 != "\"" } } ?? "Asia/Ho_Chi_Minh"
    }

    /// Performs an act in one transaction.
    ///
    /// With a key, a second request of the same caller under the same key gets the first answer, and one with another body is refused.
    /// The answer is kept in the transaction of the change, so that neither exists without the other.
    /// - Parameters:
    ///   - fingerprint: bytes of the request, to recognise another request under the same key.
    ///   - key: the caller's `Idempotency-Key`.
    ///   - revision: the revision of `If-Match`.
    package func perform<A: Act>(
        _ act: A.Type, _ request: A.Request, by caller: Caller, fingerprint: [UInt8] = [], key: String? = nil,
        revision: Int? = nil
    ) async throws -> PerformedAct {
        try Self.permit(A.roles, caller)
        let hash = SHA256.hex(Array(A.name.utf8) + [10] + (A.recognition(of: request) ?? fingerprint))
        let centre = centre
        let performed = try await store.write { database -> PerformedAct in
            if let key {
                _ = try database.find(Statements.idempotencyLock, caller.username, key)
                if let earlier = try database.find(Statements.idempotencyFind, caller.username, key) {
                    guard earlier.requestHash == hash else { throw ActError.keyReused }
                    return PerformedAct(body: Array(earlier.answer.utf8), repeated: true)
                }
            }
            let setting = try Self.begin(A.name, caller: caller, centre: centre, revision: revision, on: database)
            let answer = try A.perform(request, in: setting, on: database)
            let body = try StrictJSON.encode(answer)
            if let key {
                let kept = String(decoding: try StrictJSON.encode(A.kept(answer)), as: UTF8.self)
                try database.run(Statements.idempotencyKeep, caller.username, key, hash, kept)
            }
            return PerformedAct(body: body, repeated: false)
        }
        if let refusal = A.refusal(in: try StrictJSON.decode(A.Answer.self, from: performed.body)) { throw refusal }
        return performed
    }

    /// Answers a question from one view of the data.
    package func ask<Q: Question>(_ question: Q.Type, _ parameters: Q.Parameters, by caller: Caller) async throws -> Q.Answer {
        if !Q.roles.isEmpty { try Self.permit(Q.roles, caller) }
        let centre = centre
        return try await store.read { database in
            let setting = try Self.begin("question", caller: caller, centre: centre, revision: nil, on: database)
            return try Q.answer(parameters, in: setting, on: database)
        }
    }

    /// The daemon's own work on the records: a job's body, a tick.
    package func work<R: Sendable>(
        _ name: String, _ body: @escaping @Sendable (isolated Transaction, ActSetting) throws -> R
    ) async throws -> R {
        let centre = centre
        return try await store.write { database in
            let setting = try Self.begin(name, caller: .system, centre: centre, revision: nil, on: database)
            return try body(database, setting)
        }
    }

    private static func permit(_ roles: Set<Role>, _ caller: Caller) throws {
        guard !roles.isDisjoint(with: caller.roles) else {
            throw ActError.notPermitted(needs: roles.sorted { $0.rawValue < $1.rawValue })
        }
    }

    package static func begin(
        _ act: String, caller: Caller, centre: Centre, revision: Int?, on database: isolated Transaction
    ) throws -> ActSetting {
        let session = try database.only(Statements.sessionBegin, caller.personID, act)
        return ActSetting(caller: caller, today: try CivilDate(parsing: session.today), revision: revision, centre: centre)
    }
}
