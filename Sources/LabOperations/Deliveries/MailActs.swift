// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Deliveries
internal import Digests
internal import FoundationEssentials
package import LabStore
package import LaboratoryModel

/// Sends mails again that wait for a person.
package enum MailResend: Act {
    package static let name = "mail.resend"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: ResendMails, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        if !(1...200).contains(request.mails.count) {
            check.fault("mails", vi: "từ 1 đến 200 thư", en: "between 1 and 200 mails")
        }
        try check.finish()
        // In one order, so that two such requests do not wait for each other.
        for mail in Set(request.mails).sorted() {
            try found(mail) { try Outgoing.resend(mail: mail, reason: reason, on: database) }
        }
        return Acknowledgement(id: request.mails[0])
    }
}

/// Ends a mail by decision: it has arrived otherwise, or is not to be sent.
package enum MailSettle: Act {
    package static let name = "mail.settle"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: SettleMail, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let outcome = check.word("outcome", request.outcome, of: [MailStage.markedSent.rawValue, MailStage.withdrawn.rawValue])
        let reason = check.text("reason", request.reason)
        try check.finish()
        let stage = MailStage(rawValue: outcome) ?? .withdrawn
        try found(request.mail) { try Outgoing.settle(mail: request.mail, as: stage, reason: reason, on: database) }
        return Acknowledgement(id: request.mail, code: outcome)
    }
}

/// Holds a mail that has not gone yet.
package enum MailHolding: Act {
    package static let name = "mail.hold"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: HoldMail, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        try found(request.mail) { try Outgoing.hold(mail: request.mail, reason: reason, on: database) }
        return Acknowledgement(id: request.mail, code: MailStage.held.rawValue)
    }
}

/// Sends a mail that shows that mails arrive.
package enum MailTest: Act {
    package static let name = "mail.test"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: TestMail, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        do {
            _ = try MailAddress(parsing: request.to)
        } catch {
            check.fault("to", vi: error.sentence.vi, en: error.sentence.en)
        }
        let kinds = [MailKind.alarm, .notice]
        let word = check.word("kind", request.kind ?? MailKind.alarm.name, of: kinds.map(\.name))
        try check.finish()
        let letter = Letter(
            kinds.first { $0.name == word } ?? .alarm, to: [request.to], subject: "Thư thử của Etalon · Etalon test mail",
            text: """
                Thư này chỉ để biết rằng thư của phòng thí nghiệm đến nơi.
                This mail only shows that the laboratory's mails arrive.

                \(setting.caller.name), \(setting.today.dayMonthYear)

                """, about: "mail.test")
        let key = "mail.test:\(try RandomCode.readable(length: 12))"
        guard let mail = try Outgoing.record(letter, key: key, on: database).first else {
            throw ActError.conflict(BilingualSentence(vi: "Thư này đã được ghi", en: "this mail is recorded already"))
        }
        return Acknowledgement(id: mail, code: key)
    }
}

/// Records a message about a failed delivery. What is none, or is about no mail of ours, is answered and let be: the mail system that hands
/// it over must not return it to anybody.
package enum MailBounceRecord: Act {
    package static let name = "mail.bounce"
    package static let roles: Set<Role> = [.administrator, .manager, .reception]

    package static func perform(
        _ request: RecordBounce, in setting: ActSetting, on database: isolated Transaction
    ) throws -> BounceOutcome {
        guard request.message.utf8.count <= DeliveryReport.longest * 3 / 2, let message = Data(base64Encoded: request.message)
        else {
            throw ActError.invalid(
                "message", vi: "phải là base64 của nhiều nhất 256 KiB", en: "must be the base 64 of at most 256 KiB")
        }
        let bounce = try Outgoing.recordBounce(Array(message), envelope: request.to, on: database)
        return BounceOutcome(outcome: bounce.outcome.rawValue, mail: bounce.mail, quarantined: bounce.isQuarantined)
    }
}

/// Takes an address out of quarantine.
package enum AddressClear: Act {
    package static let name = "mail.address_clear"
    package static let roles: Set<Role> = [.administrator, .manager]

    package static func perform(
        _ request: ClearAddress, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let address = check.text("address", request.address)
        let reason = check.text("reason", request.reason)
        try check.finish()
        guard try Outgoing.clear(address: address, reason: reason, on: database) else {
            throw ActError.notFound(thing: .quarantinedAddress, name: address)
        }
        return Acknowledgement(id: 0, code: address.lowercased())
    }
}

/// Carries out a decision about a mail.
private func found(_ mail: Int64, _ decide: () throws -> Bool) throws {
    do {
        guard try decide() else { throw ActError.notFound(thing: .mail, name: String(mail)) }
    } catch let refusal as DeliveryRefusal {
        throw ActError.conflict(refusal.sentence)
    }
}
