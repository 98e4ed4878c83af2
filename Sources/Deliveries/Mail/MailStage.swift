// SPDX-License-Identifier: Apache-2.0

/// Where a mail stands.
///
/// *recorded*, *deferred*, *resent* → transmitting, held · *transmitting* → accepted, refused, deferred, unknown · *unknown* → transmitting
/// (kinds that are sent again), accepted (the answer came late) · *accepted* → bounced. A person leads *held*, *refused*, *unknown* and
/// *bounced* to resent, marked_sent or withdrawn, and what has not gone yet to held.
package enum MailStage: String, Sendable, CaseIterable {
    /// Decided and fixed.
    case recorded
    /// Waits for a person, with a reason.
    case held
    /// The sending program runs, or ran when the daemon died.
    case transmitting
    /// The mail system has taken it over.
    case accepted
    /// The mail system could not take it; it is tried again.
    case deferred
    /// The mail system will not take it.
    case refused
    /// Nobody knows whether it was taken over.
    case unknown
    /// The mail system took it and could not deliver it.
    case bounced
    /// A person sent it again.
    case resent
    /// A person found that it has arrived, or told the recipient otherwise.
    case markedSent = "marked_sent"
    /// A person decided that it is not to be sent.
    case withdrawn

    /// Whether a person may decide about it.
    package var awaitsPerson: Bool {
        switch self {
        case .held, .refused, .unknown, .bounced, .transmitting: true
        case .recorded, .accepted, .deferred, .resent, .markedSent, .withdrawn: false
        }
    }

    /// Whether it is yet to be sent by itself.
    package var isUnderWay: Bool {
        switch self {
        case .recorded, .deferred, .resent: true
        case .held, .transmitting, .accepted, .refused, .unknown, .bounced, .markedSent, .withdrawn: false
        }
    }
}

/// Why a mail is held.
package enum MailHold: String, Sendable, CaseIterable {
    /// No sender is configured.
    case notConfigured = "not_configured"
    /// Mail is switched off in the configuration.
    case switchedOff = "switched_off"
    /// The recipient's address is none.
    case addressInvalid = "address_invalid"
    /// Mails to the address came back.
    case addressQuarantined = "address_quarantined"
    /// It is longer than mail systems take.
    case tooLarge = "too_large"
    /// A person holds it.
    case byPerson = "by_person"
    /// It may have been sent or not, and its kind is not sent twice.
    case outcomeUnknown = "outcome_unknown"
    /// It was tried too often.
    case givenUp = "given_up"
}

/// What the job of a mail does next.
enum MailStep: Equatable {
    /// Sends it; whether an earlier sending has to be noted as unknown first.
    case send(afterDoubt: Bool)
    /// Holds it, for a person.
    case hold(MailHold)
    /// Notes that nobody knows, and leaves it to a person.
    case leaveInDoubt
    /// Nothing: it went, or a person has decided.
    case nothing

    /// Sendings after which a mail is held.
    static let mostSendings = 20

    /// Decides from where the mail stands.
    init(
        stage: MailStage, whenUnknown: MailKind.WhenUnknown, isComposed: Bool, isOn: Bool, isQuarantined: Bool, sendings: Int
    ) {
        switch stage {
        case .accepted, .refused, .bounced, .held, .markedSent, .withdrawn:
            self = .nothing
        case .transmitting where whenUnknown == .hold:
            self = .leaveInDoubt
        case .unknown where whenUnknown == .hold:
            self = .nothing
        case .recorded, .deferred, .resent, .transmitting, .unknown:
            if !isComposed {
                self = .hold(.notConfigured)
            } else if !isOn {
                self = .hold(.switchedOff)
            } else if isQuarantined {
                self = .hold(.addressQuarantined)
            } else if sendings >= Self.mostSendings {
                self = .hold(.givenUp)
            } else {
                self = .send(afterDoubt: stage == .transmitting)
            }
        }
    }
}
