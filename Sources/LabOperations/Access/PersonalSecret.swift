// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Digests
internal import LabStore
internal import LaboratoryModel

/// The personal secret asked at each signature and when it is changed.
enum PersonalSecret {
    /// Wrong tries after which it is locked.
    static let mostTries = 5

    /// What a refusal says that was committed together with the counted try.
    static func refusal(_ reasons: [ReasonView]) -> ActError {
        .refusedAfterwards(
            reasons.map {
                RefusalSentence(code: $0.code, clause: $0.clause, text: BilingualSentence(vi: $0.vi, en: $0.en))
            })
    }
}

extension Transaction {
    /// Checks the personal secret and counts wrong tries; the count is committed with the refusal.
    func wrongPIN(_ pin: String, of person: Int64) throws -> Reason? {
        guard let stored = try find(Statements.pinFind, person) else { return .noPIN }
        guard stored.failures < PersonalSecret.mostTries else { return .pinLocked }
        if try ScryptHash(stored: stored.scrypt).matches(pin) {
            if stored.failures > 0 { try run(Statements.pinFailures, person, 0) }
            return nil
        }
        try run(Statements.pinFailures, person, stored.failures + 1)
        let left = PersonalSecret.mostTries - stored.failures - 1
        return left > 0 ? .wrongPIN(left: left) : .pinLocked
    }
}
